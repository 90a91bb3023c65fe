//! Which column holds what. Plain data: guessed by [`super::inspect`], corrected by the owner, saved by the caller.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::item::ItemKind;

/// A column, by position (from 0) or by name.
///
/// A name survives a reordered export; a position is all there is without a header. For JSON the name is the
/// path of keys joined by dots (`reviewer.displayName`); lists on the way are entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Column {
    /// By position, from 0.
    Index(usize),
    /// By name, as the header spells it.
    Name(String),
}

/// What each column means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// The source's own id. A link with a `reviewId=` or a path ending in `/reviews/…` also serves.
    pub id: Option<Column>,
    /// When it was published.
    pub date: Option<Column>,
    /// The stars.
    pub stars: Option<Column>,
    /// The headline.
    pub title: Option<Column>,
    /// What was said.
    pub text: Option<Column>,
    /// A second column of text, added below the first (hotels ask for "liked" and "disliked" apart).
    pub text_more: Option<Column>,
    /// Who said it.
    pub author: Option<Column>,
    /// Where it can be read.
    pub url: Option<Column>,
    /// The business's answer.
    pub reply_text: Option<Column>,
    /// When the business answered.
    pub reply_date: Option<Column>,
    /// The language the source declares.
    pub language: Option<Column>,
    /// The establishment.
    pub place: Option<Column>,
    /// Reads 03/04/2024 as the third of April. A date that can only be read the other way still is.
    pub day_first: bool,
    /// The best grade of the stars column: 5, 10 or 100. A cell that says so itself ("8/10") wins.
    pub stars_best: f64,
    /// Times without a zone are UTC (some exports say so in the header) instead of local.
    pub times_are_utc: bool,
    /// What sort of items these are.
    pub kind: ItemKind,
    /// When the file was made, if known: only then can "two months ago" be placed.
    pub made_at: Option<Timestamp>,
}

impl Default for Mapping {
    fn default() -> Self {
        Self {
            id: None,
            date: None,
            stars: None,
            title: None,
            text: None,
            text_more: None,
            author: None,
            url: None,
            reply_text: None,
            reply_date: None,
            language: None,
            place: None,
            day_first: true,
            stars_best: 5.0,
            times_are_utc: false,
            kind: ItemKind::Review,
            made_at: None,
        }
    }
}

/// The meanings a column can have. The order is that of the slots of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Id,
    Date,
    Stars,
    Title,
    Text,
    TextMore,
    Author,
    Url,
    ReplyText,
    ReplyDate,
    Language,
    Place,
}

/// How many roles there are.
pub(super) const ROLES: usize = 12;

impl Role {
    pub(super) const ALL: [Self; ROLES] = [
        Self::Id,
        Self::Date,
        Self::Stars,
        Self::Title,
        Self::Text,
        Self::TextMore,
        Self::Author,
        Self::Url,
        Self::ReplyText,
        Self::ReplyDate,
        Self::Language,
        Self::Place,
    ];
}

impl Mapping {
    pub(super) fn column(&self, role: Role) -> Option<&Column> {
        match role {
            Role::Id => &self.id,
            Role::Date => &self.date,
            Role::Stars => &self.stars,
            Role::Title => &self.title,
            Role::Text => &self.text,
            Role::TextMore => &self.text_more,
            Role::Author => &self.author,
            Role::Url => &self.url,
            Role::ReplyText => &self.reply_text,
            Role::ReplyDate => &self.reply_date,
            Role::Language => &self.language,
            Role::Place => &self.place,
        }
        .as_ref()
    }

    pub(super) fn set(&mut self, role: Role, column: Option<Column>) {
        let slot = match role {
            Role::Id => &mut self.id,
            Role::Date => &mut self.date,
            Role::Stars => &mut self.stars,
            Role::Title => &mut self.title,
            Role::Text => &mut self.text,
            Role::TextMore => &mut self.text_more,
            Role::Author => &mut self.author,
            Role::Url => &mut self.url,
            Role::ReplyText => &mut self.reply_text,
            Role::ReplyDate => &mut self.reply_date,
            Role::Language => &mut self.language,
            Role::Place => &mut self.place,
        };
        *slot = column;
    }
}
