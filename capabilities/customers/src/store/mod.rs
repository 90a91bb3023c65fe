//! The tables this room owns: customers and visits (`people`), opt-outs, shops, files of visits.

pub mod imports;
pub mod opt_outs;
pub mod people;
pub mod shops;

use foundation::store::{Row, Scope, Statement, StoreError, Value};

/// Values of one list that are asked for at once, and the sizes they are filled up to, so that few texts are prepared.
const LIST_SIZES: [usize; 3] = [8, 64, 500];

/// Asks a `{list: 2}` statement for any number of values, a few hundred at a time.
pub(crate) async fn listed(
    scope: &Scope,
    statement: &Statement,
    values: &[Value],
) -> Result<Vec<Row>, StoreError> {
    let mut found = Vec::new();
    for part in values.chunks(LIST_SIZES[2]) {
        let mut part = part.to_vec();
        let size = LIST_SIZES.into_iter().find(|size| *size >= part.len()).unwrap_or(part.len());
        if let Some(last) = part.last().cloned() {
            part.resize(size, last);
        }
        found.extend(scope.all(statement, part).await?);
    }
    Ok(found)
}

/// Every statement of this room.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    [
        people::STATEMENTS,
        people::KEEP_STATEMENTS,
        opt_outs::STATEMENTS,
        imports::STATEMENTS,
        shops::STATEMENTS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
