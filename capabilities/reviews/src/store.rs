//! The SQL of this room's tables: `own_review`, its photograph, `census_answer`, what is counted so that nobody floods the
//! forms, and `kiosk`.

use std::collections::HashMap;

use domain::{DrawId, InvitationId, KioskId, MentionId, OrganizationId, Proof, ReplyState};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use crate::photo::Photo;
use crate::rules::Quota;
use crate::work::Solved;

foundation::statements! {
    organization KNOWN = "SELECT 1 FROM own_review WHERE organization_id = $1 AND client_key = $2
        UNION ALL SELECT 1 FROM census_answer WHERE organization_id = $1 AND client_key = $2";
    organization INSERT_REVIEW = "INSERT INTO own_review (organization_id, mention_id, client_key, experienced_day, proof, invitation_id,
        kiosk_id, language, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    organization INSERT_PHOTO = "INSERT INTO own_review_photo (organization_id, mention_id, width, height, jpeg) VALUES ($1, $2, $3, $4, $5)";
    organization INSERT_CENSUS = "INSERT INTO census_answer (organization_id, client_key, grade, comment, invitation_id, draw_id, mention_id,
        visit_day, after_reminder, answered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    organization USE_WORK = "INSERT INTO used_work (organization_id, work_hash, until_at) VALUES ($1, $2, $3)";
    organization WORK_USED = "SELECT 1 FROM used_work WHERE organization_id = $1 AND work_hash = $2";
    /// Touches no row when the hour is full.
    organization COUNT = "INSERT INTO form_quota (organization_id, hour, counter_hash, answers) VALUES ($1, $2, $3, 1)
        ON CONFLICT (organization_id, hour, counter_hash) DO UPDATE SET answers = form_quota.answers + 1 WHERE form_quota.answers < $4";
    organization COUNTED = "SELECT answers FROM form_quota WHERE organization_id = $1 AND hour = $2 AND counter_hash = $3";
    organization REFUSE = "INSERT INTO review_refusal (organization_id, day, refused) VALUES ($1, $2, 1)
        ON CONFLICT (organization_id, day) DO UPDATE SET refused = review_refusal.refused + 1";
    organization REFUSED = "SELECT CAST(COALESCE(SUM(refused), 0) AS BIGINT) FROM review_refusal WHERE organization_id = $1";
    organization BY_PROOF = "SELECT proof, COUNT(*) FROM own_review WHERE organization_id = $1 GROUP BY proof";
    organization LIST = "SELECT o.mention_id, o.experienced_day, o.proof, o.kiosk_id, o.language, m.posted_at, m.author, m.text, m.stars,
        m.reply_state, p.width, p.height FROM own_review o JOIN mention m ON m.id = o.mention_id AND m.organization_id = $1
        LEFT JOIN own_review_photo p ON p.organization_id = $1 AND p.mention_id = o.mention_id
        WHERE o.organization_id = $1 AND o.mention_id < $2 ORDER BY o.mention_id DESC LIMIT $3";
    organization PROOFS = "SELECT mention_id, proof FROM own_review WHERE organization_id = $1 AND mention_id IN ({list: 2})";
    organization PHOTO = "SELECT jpeg FROM own_review_photo WHERE organization_id = $1 AND mention_id = $2";
    organization INSERT_KIOSK = "INSERT INTO kiosk (organization_id, id, name, key_hash, created_at) VALUES ($1, $2, $3, $4, $5)";
    organization KIOSKS = "SELECT k.id, k.name, k.created_at, k.last_heard_at, k.revoked_at FROM kiosk k
        WHERE k.organization_id = $1 ORDER BY k.id DESC LIMIT 100";
    organization REVOKE = "UPDATE kiosk SET revoked_at = $3 WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL";
    organization HEARD = "UPDATE kiosk SET last_heard_at = $3 WHERE organization_id = $1 AND id = $2";
    /// A device knows its key and nothing else.
    installation KIOSK_BY_KEY = "SELECT organization_id, id FROM kiosk WHERE key_hash = $1 AND revoked_at IS NULL";
    installation FORGET_WORK = "DELETE FROM used_work WHERE until_at < $1";
    installation FORGET_COUNTERS = "DELETE FROM form_quota WHERE hour < $1";
}

/// A counter of one hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// Hours since 1970.
    pub hour: i64,
    /// What is counted.
    pub hash: Vec<u8>,
    /// Where it is full.
    pub max: u32,
}

/// What an own review has beside its mention.
#[derive(Debug, Clone)]
pub struct NewReview<'a> {
    /// Names its form.
    pub key: &'a str,
    /// Day of the visit, since 1970.
    pub day: i64,
    /// How it is known that she was a customer.
    pub proof: Proof,
    /// Her invitation.
    pub invitation: Option<InvitationId>,
    /// The device she wrote at.
    pub kiosk: Option<KioskId>,
    /// The form's language.
    pub language: &'a str,
    /// When it came to us.
    pub now: Timestamp,
}

/// Whether this form came before.
pub async fn known(scope: &Scope, key: &str) -> Result<bool, StoreError> {
    Ok(scope.one(&KNOWN, values![key]).await?.is_some())
}

/// Adds a review to the batch that saves its mention; a conflict where the form came before.
pub fn insert_review(batch: &mut Batch, mention: MentionId, new: &NewReview<'_>, photo: Option<&Photo>) {
    let row = values![mention, new.key, new.day, new.proof, new.invitation, new.kiosk, new.language, new.now];
    batch.push(&INSERT_REVIEW, vec![row], Expect::Exactly(1));
    if let Some(photo) = photo {
        let row = values![mention, photo.width, photo.height, photo.jpeg.as_slice()];
        batch.push(&INSERT_PHOTO, vec![row], Expect::Exactly(1));
    }
}

/// An answer to the private question.
#[derive(Debug, Clone)]
pub struct NewCensusAnswer<'a> {
    /// Names its form.
    pub key: &'a str,
    /// 1 to 5.
    pub grade: u8,
    /// In her words.
    pub comment: &'a str,
    /// Her invitation.
    pub invitation: Option<InvitationId>,
    /// The lot that chose her.
    pub draw: Option<DrawId>,
    /// Day of the visit, since 1970.
    pub day: i64,
    /// Whether she had been asked twice.
    pub after_reminder: bool,
    /// When.
    pub now: Timestamp,
}

/// Adds an answer to a batch; `mention` is her comment's. A conflict where the form or the invitation was answered before.
pub fn insert_census(batch: &mut Batch, mention: Option<MentionId>, new: &NewCensusAnswer<'_>) {
    let row = values![
        new.key,
        new.grade,
        new.comment,
        new.invitation,
        new.draw,
        mention,
        new.day,
        new.after_reminder,
        new.now
    ];
    batch.push(&INSERT_CENSUS, vec![row], Expect::Exactly(1));
}

/// Adds to a batch that a challenge is used; a conflict where it was.
pub fn use_work(batch: &mut Batch, solved: &Solved) {
    batch.push(&USE_WORK, vec![values![&solved.hash[..], solved.until]], Expect::Exactly(1));
}

/// Whether a challenge was used.
pub async fn work_used(scope: &Scope, solved: &Solved) -> Result<bool, StoreError> {
    Ok(scope.one(&WORK_USED, values![&solved.hash[..]]).await?.is_some())
}

/// Adds one to counters; a conflict where one is full.
pub fn count(batch: &mut Batch, counters: &[Counter]) {
    for counter in counters {
        let row = values![counter.hour, counter.hash.as_slice(), counter.max];
        batch.push(&COUNT, vec![row], Expect::Exactly(1));
    }
}

/// What a counter has counted.
pub async fn counted(scope: &Scope, counter: &Counter) -> Result<i64, StoreError> {
    let row = scope.one(&COUNTED, values![counter.hour, counter.hash.as_slice()]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Whether one of the counters is full.
pub async fn full(scope: &Scope, counters: &[Counter]) -> Result<bool, StoreError> {
    for counter in counters {
        if counted(scope, counter).await? >= i64::from(counter.max) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The counters of a network (or a device) and of its organisation. What is hashed changes every day and with it every
/// hash, so nobody is known again tomorrow.
pub fn counters(context: &Context, scope: &Scope, lane: &str, who: &[u8], quota: Quota) -> Vec<Counter> {
    let hour = context.now().as_second().div_euclid(3_600);
    let day = hour.div_euclid(24).to_be_bytes();
    let organization = scope.organization().0.to_be_bytes();
    let counter = |who: &[u8], max| {
        let hash = context.secret.sign(&[b"form-counter", &day, &organization, lane.as_bytes(), who]);
        Counter { hour, hash: hash[..16].to_vec(), max }
    };
    vec![counter(who, quota.network), counter(b"everybody", quota.organization)]
}

/// Counts that a review was not taken because its visit was too long ago.
pub async fn refuse(scope: &Scope, today: i64) -> Result<(), StoreError> {
    scope.write(Batch::new().add_exactly(1, &REFUSE, values![today])).await.map(|_| ())
}

/// What the owner is told about all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many for each proof.
    pub by_proof: Vec<(Proof, i64)>,
    /// How many were not taken because of the thirty days.
    pub refused: i64,
}

impl Figures {
    /// All of them.
    pub fn all(&self) -> i64 {
        self.by_proof.iter().map(|(_, n)| n).sum()
    }

    /// Those whose writer only says that she was a customer.
    pub fn declared(&self) -> i64 {
        self.by_proof.iter().filter(|(proof, _)| *proof == Proof::Declared).map(|(_, n)| n).sum()
    }
}

/// Figures of all own reviews.
pub async fn figures(scope: &Scope) -> Result<Figures, StoreError> {
    let rows = scope.all(&BY_PROOF, vec![]).await?;
    let by_proof =
        rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_, StoreError>>()?;
    let refused = scope.one(&REFUSED, vec![]).await?.map_or(Ok(0), |row| row.get(0))?;
    Ok(Figures { by_proof, refused })
}

/// An own review, for its owner.
#[derive(Debug, Clone)]
pub struct OwnReview {
    /// Its mention.
    pub mention: MentionId,
    /// Day of the visit, since 1970.
    pub day: i64,
    /// How it is known that she was a customer.
    pub proof: Proof,
    /// Whether it was written at a device in the shop.
    pub at_kiosk: bool,
    /// The form's language.
    pub language: String,
    /// When it was written.
    pub posted_at: Timestamp,
    /// How she signed.
    pub author: Option<String>,
    /// In her words.
    pub text: String,
    /// 1 to 5.
    pub stars: Option<u8>,
    /// Whether it was answered.
    pub reply_state: ReplyState,
    /// Its photograph's width and height.
    pub photo: Option<(u32, u32)>,
}

fn own_review(row: &Row) -> Result<OwnReview, StoreError> {
    let kiosk: Option<i64> = row.get(3)?;
    let (width, height): (Option<u32>, Option<u32>) = (row.get(10)?, row.get(11)?);
    Ok(OwnReview {
        mention: row.get(0)?,
        day: row.get(1)?,
        proof: row.get(2)?,
        at_kiosk: kiosk.is_some(),
        language: row.get(4)?,
        posted_at: row.get(5)?,
        author: row.get(6)?,
        text: row.get(7)?,
        stars: row.get(8)?,
        reply_state: row.get(9)?,
        photo: width.zip(height),
    })
}

/// The newest own reviews before one, whatever they say.
pub async fn list(
    scope: &Scope,
    before: Option<MentionId>,
    limit: u32,
) -> Result<Vec<OwnReview>, StoreError> {
    let before = before.map_or(i64::MAX, |id| id.0);
    scope.all(&LIST, values![before, limit]).await?.iter().map(own_review).collect()
}

/// How it is known of each that its writer was a customer; nothing of what is no own review.
pub async fn proof_of(
    scope: &Scope,
    mentions: &[MentionId],
) -> Result<HashMap<MentionId, Proof>, StoreError> {
    let mut found = HashMap::new();
    for chunk in mentions.chunks(500) {
        let ids = chunk.iter().map(|id| (*id).into()).collect();
        for row in scope.all(&PROOFS, ids).await? {
            found.insert(row.get(0)?, row.get(1)?);
        }
    }
    Ok(found)
}

/// A review's photograph, a JPEG.
pub async fn photo(scope: &Scope, mention: MentionId) -> Result<Option<Vec<u8>>, StoreError> {
    scope.one(&PHOTO, values![mention]).await?.map(|row| row.get(0)).transpose()
}

/// A device in the shop.
#[derive(Debug, Clone)]
pub struct Kiosk {
    /// Its id.
    pub id: KioskId,
    /// What the owner calls it.
    pub name: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it last sent something.
    pub last_heard_at: Option<Timestamp>,
    /// When it was locked out.
    pub revoked_at: Option<Timestamp>,
}

/// Devices, the newest first.
pub async fn kiosks(scope: &Scope) -> Result<Vec<Kiosk>, StoreError> {
    let read = |row: &Row| {
        Ok(Kiosk {
            id: row.get(0)?,
            name: row.get(1)?,
            created_at: row.get(2)?,
            last_heard_at: row.get(3)?,
            revoked_at: row.get(4)?,
        })
    };
    scope.all(&KIOSKS, vec![]).await?.iter().map(read).collect()
}

/// Lets a device in with a key of which only the hash is kept.
pub async fn add_kiosk(
    context: &Context,
    scope: &Scope,
    name: &str,
    hash: [u8; 32],
) -> Result<(), StoreError> {
    let values = values![context.new_id(), name, &hash[..], context.now()];
    scope.write(Batch::new().add_exactly(1, &INSERT_KIOSK, values)).await.map(|_| ())
}

/// Locks a device out; `false` when there is no such device, or it already was.
pub async fn revoke(scope: &Scope, id: KioskId, now: Timestamp) -> Result<bool, StoreError> {
    let done = scope.write(Batch::new().add(&REVOKE, values![id, now])).await?;
    Ok(done.iter().any(|outcome| outcome.affected > 0))
}

/// Whose device has this key.
pub async fn kiosk_by_key(
    context: &Context,
    hash: [u8; 32],
) -> Result<Option<(OrganizationId, KioskId)>, StoreError> {
    let row = context.store.installation().one(&KIOSK_BY_KEY, values![&hash[..]]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Notes that a device sent something.
pub async fn heard(scope: &Scope, id: KioskId, now: Timestamp) -> Result<(), StoreError> {
    scope.write(Batch::new().add(&HEARD, values![id, now])).await.map(|_| ())
}

/// Forgets what is of no use any more: challenges that are over, counters of yesterday.
pub async fn forget(context: &Context) -> Result<(), StoreError> {
    let now = context.now();
    let hour = now.as_second().div_euclid(3_600) - 24;
    let batch = Batch::new().add(&FORGET_WORK, values![now]).add(&FORGET_COUNTERS, values![hour]);
    context.store.installation().write(batch).await.map(|_| ())
}
