//! From the cells of one row to an item.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::dates::{self, Reading};
use super::error::{FileError, RowErrorKind};
use super::limits::Limits;
use super::mapping::{Column, Mapping, ROLES, Role};
use super::stars::{self, Stars};
use super::{clean, relative};
use crate::item::{Item, ItemKind, PostedAt, Reply};

/// The cells of a row, one slot for each role.
pub(super) type Cells<'a> = [Option<&'a str>; ROLES];

/// A mapping resolved against the columns of one file: no look-ups by name are left for the rows.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// For tables: where each role is.
    pub(super) index: [Option<usize>; ROLES],
    reply_known: bool,
    day_first: bool,
    best: f64,
    utc: bool,
    kind: ItemKind,
    made_at: Option<Timestamp>,
    zone: TimeZone,
    cell_bytes: usize,
}

impl Plan {
    /// Resolves names against `columns`. A saved mapping may name columns this file lacks: they count as absent.
    /// JSON keys may be missing from any one record, so there a name always counts (`open_ended`).
    pub(super) fn new(
        mapping: &Mapping,
        columns: &[String],
        open_ended: bool,
        limits: &Limits,
        zone: &TimeZone,
    ) -> Result<Self, FileError> {
        let index = Role::ALL.map(|role| match mapping.column(role)? {
            Column::Index(index) => (*index < limits.columns).then_some(*index),
            Column::Name(name) => columns.iter().position(|column| column == name),
        });
        let has = |role: Role| {
            index[role as usize].is_some()
                || (open_ended && matches!(mapping.column(role), Some(Column::Name(_))))
        };
        if !has(Role::Text) && !has(Role::TextMore) && !has(Role::Stars) && !has(Role::Title) {
            return Err(FileError::NoUsableColumns);
        }
        Ok(Self {
            index,
            reply_known: has(Role::ReplyText) || has(Role::ReplyDate),
            day_first: mapping.day_first,
            best: if mapping.stars_best.is_finite() && mapping.stars_best >= 2.0 {
                mapping.stars_best
            } else {
                5.0
            },
            utc: mapping.times_are_utc,
            kind: mapping.kind,
            made_at: mapping.made_at,
            zone: zone.clone(),
            cell_bytes: limits.cell_bytes,
        })
    }

    /// Builds the item, or says why the row cannot be one.
    pub(super) fn item(&self, cells: &Cells<'_>) -> Result<Item, RowErrorKind> {
        if cells.iter().flatten().any(|cell| cell.len() > self.cell_bytes) {
            return Err(RowErrorKind::CellTooLong);
        }
        let cell = |role: Role| cells[role as usize].map(str::trim).filter(|cell| !cell.is_empty());
        let rating = match cell(Role::Stars).map(|cell| (stars::parse(cell, self.best), cell)) {
            None | Some((Stars::Absent, _)) => None,
            Some((Stars::Given(rating), _)) => Some(rating),
            Some((Stars::Bad, value)) => return Err(RowErrorKind::BadStars { value: excerpt(value) }),
        };
        let posted_at = match cell(Role::Date) {
            None => None,
            Some(value) => {
                Some(self.date(value).ok_or_else(|| RowErrorKind::BadDate { value: excerpt(value) })?)
            }
        };
        let mut text = cell(Role::Text).map(clean::text).unwrap_or_default();
        if let Some(more) = cell(Role::TextMore).map(clean::text) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&more);
        }
        let title = cell(Role::Title).and_then(clean::label);
        if text.is_empty() && title.is_none() && rating.is_none() {
            return Err(RowErrorKind::NoTextAndNoStars);
        }
        Ok(Item {
            external_id: cell(Role::Id).and_then(|id| clean::label(&clean::id(id))),
            kind: self.kind,
            url: cell(Role::Url).and_then(clean::url),
            author: cell(Role::Author).and_then(clean::label),
            title,
            text,
            rating,
            language_declared: cell(Role::Language).and_then(clean::label),
            posted_at,
            reply: self.reply(cell(Role::ReplyText), cell(Role::ReplyDate)),
            place: cell(Role::Place).map(place).and_then(clean::label),
        })
    }

    fn date(&self, cell: &str) -> Option<PostedAt> {
        let how = Reading { day_first: self.day_first, zone: &self.zone, utc: self.utc };
        dates::parse(cell, how).or_else(|| relative::parse(cell, self.made_at?, &self.zone))
    }

    /// A reply whose date cannot be read is still a reply: what matters is that the customer was answered.
    fn reply(&self, text: Option<&str>, date: Option<&str>) -> Reply {
        match (text, date) {
            (None, None) if self.reply_known => Reply::None,
            (None, None) => Reply::Unknown,
            _ => Reply::Answered {
                text: text.map(clean::text).filter(|text| !text.is_empty()),
                at: date.and_then(|date| self.date(date)).map(|posted| posted.at),
            },
        }
    }
}

/// Google names a review by its whole path; the place is the location in it.
fn place(cell: &str) -> &str {
    let after = cell.strip_prefix("accounts/").and_then(|rest| rest.split_once("/locations/"));
    after.map_or(cell, |(_, rest)| rest.split('/').next().unwrap_or(rest))
}

/// The beginning of a cell or row, to recognise it by.
pub(super) fn excerpt(text: &str) -> String {
    const CHARS: usize = 120;
    let mut out = String::new();
    for (n, c) in text.trim().chars().enumerate() {
        if n == CHARS {
            out.push('…');
            break;
        }
        out.push(if clean::is_unsafe(c) || c == '\n' { ' ' } else { c });
    }
    out
}

/// Borrows owned cells.
pub(super) fn borrow<'a>(cells: &'a [Option<Cow<'_, str>>; ROLES]) -> Cells<'a> {
    std::array::from_fn(|role| cells[role].as_deref())
}
