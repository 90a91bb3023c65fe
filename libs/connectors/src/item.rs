//! One thing somebody said, in the shape every source must fill.
//!
//! An item carries only what the source states. What the source does not say stays `None` (or
//! [`Reply::Unknown`]): absent and empty are different facts, and later rooms rely on the difference.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What sort of thing was said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// An opinion left on a review platform, usually with stars.
    #[default]
    Review,
    /// Something published on a network, a blog or the press.
    Post,
    /// Something addressed to the business.
    Message,
}

/// A review, a post or a message, as its source gave it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The source's own stable id. `None` where it has none: the caller then identifies by content.
    pub external_id: Option<String>,
    /// What sort of thing it is.
    pub kind: ItemKind,
    /// Where it can be read. Only `http` and `https`.
    pub url: Option<String>,
    /// The public name it is signed with.
    pub author: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// What was said, in the original language. Empty when the person only gave stars.
    pub text: String,
    /// The stars, on the source's own scale.
    pub rating: Option<Rating>,
    /// The language the source declares; often wrong, never trusted.
    pub language_declared: Option<String>,
    /// When it was first published.
    pub posted_at: Option<PostedAt>,
    /// What is known of the business's answer.
    pub reply: Reply,
    /// The establishment it speaks of, as the source names it.
    pub place: Option<String>,
}

/// A grade on the source's own scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    /// The grade given.
    pub value: f64,
    /// The best grade possible there: 5, 10, 100…
    pub best: f64,
}

impl Rating {
    /// The grade as one to five stars, or `None` where the numbers make no sense.
    ///
    /// The lowest grades of longer scales (0 of 10) are one star: nobody can give less.
    pub fn stars(self) -> Option<u8> {
        let Self { value, best } = self;
        let sane = value.is_finite() && best.is_finite() && best > 0.0 && (0.0..=best).contains(&value);
        sane.then(|| (value / best * 5.0).round().clamp(1.0, 5.0) as u8)
    }
}

/// When an item was published, and how well that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedAt {
    /// The moment. With only a date, the start of that day (or month) in the reader's time zone.
    pub at: Timestamp,
    /// `false` when the source gave a date, a month or "two weeks ago", not a time.
    pub precise: bool,
}

/// What is known of the business's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// The source does not say whether there is one. Not the same as [`Reply::None`].
    #[default]
    Unknown,
    /// The source says there is none.
    None,
    /// There is one.
    Answered {
        /// Its words, where the source gives them.
        text: Option<String>,
        /// When, where the source says so.
        at: Option<Timestamp>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_scale_becomes_one_to_five_stars() {
        for (value, best, stars) in [
            (5.0, 5.0, Some(5)),
            (1.0, 5.0, Some(1)),
            (4.5, 5.0, Some(5)),
            (0.0, 10.0, Some(1)),
            (8.2, 10.0, Some(4)),
            (80.0, 100.0, Some(4)),
            (6.0, 5.0, None),
            (-1.0, 5.0, None),
            (f64::NAN, 5.0, None),
            (1.0, 0.0, None),
            (f64::INFINITY, f64::INFINITY, None),
        ] {
            assert_eq!(Rating { value, best }.stars(), stars, "{value} of {best}");
        }
    }
}
