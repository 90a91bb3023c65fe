//! Who waits worst, why, and until when. Pure.

use domain::Sentiment;
use jiff::{SignedDuration, Timestamp};
use nlp::Intent;
use understand::store::ReadMention;

use super::Settings;

/// Why somebody stands where she stands; worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A complaint with its clock running.
    Complaint,
    /// Speaks of lawyers, courts, consumer offices.
    Legal,
    /// Calls on others not to come.
    Boycott,
    /// One star.
    OneStar,
    /// Wants to be called or written to.
    Contact,
    /// Two stars.
    TwoStars,
    /// Wrote to us.
    Letter,
    /// Three stars, or good stars with bad words.
    ThreeStars,
    /// Asks something under a good review.
    Question,
    /// Four or five stars: thanks.
    Thanks,
}

impl Reason {
    /// Its end of the key of a sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Legal => "legal",
            Self::Boycott => "boycott",
            Self::OneStar => "one-star",
            Self::Contact => "contact",
            Self::TwoStars => "two-stars",
            Self::Letter => "letter",
            Self::ThreeStars => "three-stars",
            Self::Question => "question",
            Self::Thanks => "thanks",
        }
    }

    /// Whether not answering hurts: the others are for when there is time.
    pub const fn is_pressing(self) -> bool {
        !matches!(self, Self::Thanks)
    }
}

/// Why a mention waits. A complaint is known by its row, the rest by stars and reading.
pub fn reason(mention: &ReadMention, is_complaint: bool) -> Reason {
    let wants =
        |intent| mention.reading.as_ref().is_some_and(|reading| reading.intents.iter().any(|i| i == intent));
    let sounds_bad = mention.reading.as_ref().is_some_and(|reading| reading.sentiment == Sentiment::Negative);
    match mention.stars {
        _ if is_complaint => Reason::Complaint,
        _ if wants(Intent::LegalThreat) => Reason::Legal,
        _ if wants(Intent::BoycottThreat) => Reason::Boycott,
        Some(1) => Reason::OneStar,
        _ if wants(Intent::ContactRequest) => Reason::Contact,
        Some(2) => Reason::TwoStars,
        None => Reason::Letter,
        Some(3) => Reason::ThreeStars,
        Some(_) if sounds_bad => Reason::ThreeStars,
        Some(_) if wants(Intent::Question) => Reason::Question,
        Some(_) => Reason::Thanks,
    }
}

/// Until when an answer is in time. Where only the day is known the clock starts at its end.
pub fn due_at(mention: &ReadMention, settings: &Settings) -> Timestamp {
    let hours =
        if mention.stars.is_none_or(|stars| stars <= 3) { settings.bad_hours } else { settings.other_hours };
    let grace = if mention.dated == 2 { 0 } else { 24 };
    mention.posted_at.saturating_add(SignedDuration::from_hours(hours + grace)).unwrap_or(Timestamp::MAX)
}

/// The order of the queue: by reason; among equals first whom an answer still reaches in time, the most urgent first, then
/// who was let down most recently, since she still remembers and is still read.
pub fn order(reason: Reason, due_at: Timestamp, now: Timestamp) -> (Reason, bool, i64) {
    let is_late = due_at < now;
    let seconds = due_at.as_second();
    (reason, is_late, if is_late { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{MentionId, OrganizationKind, ReplyState, SourceId, SourceKind};

    fn mention(stars: Option<u8>, dated: i64) -> ReadMention {
        ReadMention {
            id: MentionId(1),
            source: SourceId(1),
            source_kind: SourceKind::Google,
            source_name: String::new(),
            author: None,
            title: None,
            text: String::new(),
            url: None,
            stars,
            place: None,
            posted_at: Timestamp::from_second(1_700_000_000).expect("in range"),
            dated,
            reply_state: ReplyState::Unanswered,
            reply_text: None,
            replied_at: None,
            revision: 1,
            reading: None,
        }
    }

    #[test]
    fn bad_reviews_have_two_days_others_a_week_and_an_unknown_hour_a_day_more() {
        let settings = Settings::usual(OrganizationKind::Bar);
        for (stars, dated, hours) in
            [(Some(1), 2, 48), (Some(3), 2, 48), (Some(4), 2, 168), (None, 2, 48), (Some(1), 1, 72)]
        {
            let mention = mention(stars, dated);
            let due = due_at(&mention, &settings);
            assert_eq!(due.duration_since(mention.posted_at).as_hours(), hours, "{stars:?} {dated}");
        }
    }

    #[test]
    fn who_can_still_be_answered_in_time_comes_before_who_cannot() {
        let at = |hours: i64| Timestamp::from_second(1_700_000_000 + hours * 3_600).expect("in range");
        let now = at(0);
        let mut all = [
            ("late long ago", order(Reason::OneStar, at(-100), now)),
            ("two stars due soon", order(Reason::TwoStars, at(1), now)),
            ("due tomorrow", order(Reason::OneStar, at(24), now)),
            ("late since yesterday", order(Reason::OneStar, at(-10), now)),
            ("due in an hour", order(Reason::OneStar, at(1), now)),
            ("a complaint", order(Reason::Complaint, at(200), now)),
        ];
        all.sort_by_key(|(_, key)| *key);
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            names,
            [
                "a complaint",
                "due in an hour",
                "due tomorrow",
                "late since yesterday",
                "late long ago",
                "two stars due soon"
            ]
        );
    }

    #[test]
    fn stars_alone_give_a_reason_and_a_complaint_comes_first() {
        assert_eq!(reason(&mention(Some(1), 2), false), Reason::OneStar);
        assert_eq!(reason(&mention(Some(5), 2), false), Reason::Thanks);
        assert_eq!(reason(&mention(None, 2), false), Reason::Letter);
        assert_eq!(reason(&mention(Some(5), 2), true), Reason::Complaint);
        assert!(Reason::Complaint < Reason::Legal && Reason::OneStar < Reason::Thanks);
    }

    #[test]
    fn no_clock_is_longer_than_the_law_allows() {
        let chosen = Settings {
            complaint_days: 90,
            bad_hours: 0,
            other_hours: -3,
            ..Settings::usual(OrganizationKind::Bar)
        };
        let bounded = chosen.bounded();
        assert_eq!((bounded.complaint_days, bounded.bad_hours, bounded.other_hours), (15, 1, 1));
    }
}
