//! Ids as newtypes, so that a source's id never stands where a mention's should.
//!
//! All ids are positive 63-bit integers that grow with time: a new row lands at the end of its table's tree, which
//! keeps inserts flat as the table grows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map($name)
            }
        }
    )+};
}

id! {
    /// A business or a person: the tenant.
    OrganizationId,
    /// Somebody who can sign in; a member of one or more organisations.
    AccountId,
    /// A configured connector.
    SourceId,
    /// Anything someone said. See [`MentionId::clustered`].
    MentionId,
    /// One run of an import.
    ImportId,
    /// Something the owner corrected in a reading.
    CorrectionId,
    /// Something the owner changed in the business, to see whether it worked.
    FixId,
    /// A name that is looked for in every mention.
    WatchTermId,
    /// A detected anomaly.
    WarningId,
    /// What the owner manages when something has gone wrong.
    IncidentId,
    /// Something to do in an incident.
    IncidentTaskId,
    /// Where somebody wants to be told things: a topic, a chat.
    ChannelId,
    /// What lets a program of the organisation's own in.
    ApiKeyId,
    /// One message to one address, from the moment it is decided to the moment its fate is known.
    OutgoingId,
    /// An answer to a mention.
    ReplyId,
    /// A text the owner keeps to answer with.
    SavedReplyId,
    /// A complaint with its key and its clock.
    ComplaintId,
    /// Something a reply promised.
    PromiseId,
    /// A mailbox of the organisation's own that is read.
    MailboxId,
    /// One text of an incident, as it was approved.
    PublicationId,
    /// Somebody who was told of an incident.
    ToldId,
    /// One drill.
    DrillId,
    /// Somebody who bought or used something.
    CustomerId,
    /// One time a customer bought or used something: what an invitation is about.
    VisitId,
    /// A shop on the web that tells of its orders.
    ShopId,
    /// A file of visits.
    CustomerImportId,
    /// One lot that decides who is asked.
    DrawId,
    /// One customer asked once about one visit.
    InvitationId,
    /// Receipt codes made at one time.
    CodeBatchId,
    /// A device in the shop that asks.
    KioskId,
}

/// Bits of a [`MentionId`] that tell mentions of the same minute apart.
const HASH_BITS: u32 = 37;
const HASH_MASK: u64 = (1 << HASH_BITS) - 1;

impl MentionId {
    /// `(minute << 37) | hash37`: the id clusters by the time of the mention, so "the newest twenty" is a walk along
    /// the key, and de-duplication needs no second index. A random unique key costs eight times more per insert once
    /// a table has four million rows; this one stays flat.
    ///
    /// `salt` 0 is the first choice; a mention whose place is taken by another takes the next salt.
    pub fn clustered(at: Timestamp, identity: u64, salt: u64) -> Self {
        let minute = at.as_second().div_euclid(60).clamp(0, (1 << 26) - 1) as u64;
        // splitmix64: spreads the salt over every bit that is kept
        let mut z = identity.wrapping_add(salt.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        Self(((minute << HASH_BITS) | (z & HASH_MASK)) as i64)
    }

    /// The smallest id a mention of this moment's minute can have: the edge of a time range.
    pub fn first_of(at: Timestamp) -> Self {
        let minute = at.as_second().div_euclid(60).clamp(0, (1 << 26) - 1);
        Self(minute << HASH_BITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mention_ids_follow_time_whatever_the_hash() {
        let early = Timestamp::from_second(1_700_000_000).expect("in range");
        let later = Timestamp::from_second(1_700_000_060).expect("in range");
        assert!(MentionId::clustered(early, u64::MAX, 0) < MentionId::clustered(later, 0, 0));
        assert!(MentionId::first_of(later) > MentionId::clustered(early, 7, 3));
        assert_ne!(MentionId::clustered(early, 7, 0), MentionId::clustered(early, 7, 1));
        assert!(MentionId::clustered(Timestamp::MIN, 1, 0).0 >= 0);
        assert!(MentionId::clustered(Timestamp::MAX, 1, 0).0 >= 0);
    }
}
