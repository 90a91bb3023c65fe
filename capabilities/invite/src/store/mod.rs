//! The SQL of this room's tables: how it asks (`settings`), the lots (`draws`), who is asked (`invitations`), what came of it
//! (`funnel`), and codes (`codes`).

pub mod codes;
pub mod draws;
pub mod funnel;
pub mod invitations;
pub mod settings;

use foundation::store::Statement;

/// Every statement of this room.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    [settings::STATEMENTS, draws::STATEMENTS, invitations::STATEMENTS, funnel::STATEMENTS, codes::STATEMENTS]
        .into_iter()
        .flatten()
        .copied()
}
