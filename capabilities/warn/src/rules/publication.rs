//! How far a text of an incident has come: written, approved, published, withdrawn. What was approved or published is that
//! text and no other; a word changed, and it is a draft again.

use domain::PublicationKind;
use jiff::Timestamp;

/// A text as it is written now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written<'a> {
    /// Which text.
    pub kind: PublicationKind,
    /// What it is called where it is published.
    pub title: &'a str,
    /// The text.
    pub text: &'a str,
    /// The day since 1970 from which a change holds.
    pub day: Option<i64>,
}

/// The same text as somebody approved it, with its fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approved<'a> {
    /// What was approved.
    pub written: Written<'a>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
}

/// How far a text has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// There is nothing to publish: no title, or no text.
    Unwritten,
    /// Nobody approved it as it is.
    Draft,
    /// Approved, not public.
    Approved,
    /// Public.
    Published,
    /// It was public and was taken back.
    Withdrawn,
}

impl Stage {
    /// How it is spelled in the keys of the texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unwritten => "unwritten",
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// How far a text has come, given the last one of its kind that was approved.
pub fn stage(written: Written<'_>, latest: Option<Approved<'_>>) -> Stage {
    if written.title.is_empty() || written.text.is_empty() {
        return Stage::Unwritten;
    }
    match latest.filter(|approved| approved.written == written) {
        None => Stage::Draft,
        Some(Approved { withdrawn_at: Some(_), .. }) => Stage::Withdrawn,
        Some(Approved { published_at: Some(_), .. }) => Stage::Published,
        Some(_) => Stage::Approved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: Written<'static> =
        Written { kind: PublicationKind::Statement, title: "La terraza", text: "Lo sentimos.", day: None };

    #[test]
    fn a_changed_word_is_a_draft_again_whatever_was_published() {
        let at = Some(Timestamp::UNIX_EPOCH);
        let approved = Approved { written: WRITTEN, published_at: None, withdrawn_at: None };
        let published = Approved { published_at: at, ..approved };
        let withdrawn = Approved { withdrawn_at: at, ..published };
        for (written, latest, expected) in [
            (WRITTEN, None, Stage::Draft),
            (WRITTEN, Some(approved), Stage::Approved),
            (WRITTEN, Some(published), Stage::Published),
            (WRITTEN, Some(withdrawn), Stage::Withdrawn),
            (Written { text: "Lo sentimos mucho.", ..WRITTEN }, Some(published), Stage::Draft),
            (Written { title: "Otra", ..WRITTEN }, Some(approved), Stage::Draft),
            (Written { day: Some(1), ..WRITTEN }, Some(approved), Stage::Draft),
            (Written { title: "", ..WRITTEN }, Some(published), Stage::Unwritten),
            (Written { text: "", ..WRITTEN }, None, Stage::Unwritten),
        ] {
            assert_eq!(stage(written, latest), expected, "{written:?} after {latest:?}");
        }
    }
}
