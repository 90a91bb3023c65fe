//! The tables of this room: `source`, `import`, `import_rejection`, `mention`, `mention_revision`, `mention_search`,
//! `mention_unread`, `mention_day`. Later rooms may read them in joins; only this room writes them.

pub mod imports;
pub mod mentions;
pub mod sources;

use foundation::store::Statement;

/// Every statement of this room.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    [imports::STATEMENTS, mentions::STATEMENTS, sources::STATEMENTS].into_iter().flatten().copied()
}
