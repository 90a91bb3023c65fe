//! `draw` and `draw_entry`: the lots, and who took part.

use std::collections::BTreeMap;

use domain::{AskPurpose, CustomerId, DrawId, DrawState, OrganizationId, VisitId};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

macro_rules! draw_columns {
    () => {
        "SELECT id, code, number, purpose, state, from_day, until_day, size, seed, seed_hash, list_hash, listed, left_out,
        promised_at, listed_at, drawn_at FROM draw WHERE organization_id = $1"
    };
}

foundation::statements! {
    organization NEWEST = concat!(draw_columns!(), " ORDER BY number DESC LIMIT $2");
    organization ONE = concat!(draw_columns!(), " AND id = $2");
    organization UNFINISHED = concat!(draw_columns!(), " AND state IN ('promised', 'listed') ORDER BY number");
    organization COVERING = "SELECT COUNT(*) FROM draw WHERE organization_id = $1 AND from_day <= $2 AND until_day >= $2 AND state <> 'abandoned'";
    organization PROMISE = "INSERT INTO draw (organization_id, id, code, number, purpose, state, from_day, until_day, size, seed, seed_hash,
        list_hash, listed, left_out, promised_at)
        SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, $4, 'promised', $5, $6, $7, $8, $9, '', 0, '', $10 FROM draw WHERE organization_id = $1";
    organization LIST = "UPDATE draw SET state = 'listed', list_hash = $3, listed = $4, left_out = $5, listed_at = $6
        WHERE organization_id = $1 AND id = $2 AND state = 'promised'";
    organization DRAWN = "UPDATE draw SET state = 'drawn', drawn_at = $3 WHERE organization_id = $1 AND id = $2 AND state = 'listed'";
    organization ABANDON = "UPDATE draw SET state = 'abandoned' WHERE organization_id = $1 AND id = $2 AND state IN ('promised', 'listed')";
    organization ENTER = "INSERT INTO draw_entry (organization_id, draw_id, tag, visit_id, picked) VALUES {rows: $1, $2, $3, $4, 0}";
    organization LEAVE = "DELETE FROM draw_entry WHERE organization_id = $1 AND draw_id = $2
        AND EXISTS (SELECT 1 FROM draw d WHERE d.organization_id = $1 AND d.id = $2 AND d.state = 'abandoned')";
    organization PICK = "UPDATE draw_entry SET picked = 1 WHERE organization_id = $1 AND draw_id = $2 AND tag = $3 AND picked = 0";
    organization ENTRIES = "SELECT e.tag, e.picked, v.id, v.customer_id, v.day, c.email, c.phone
        FROM draw_entry e JOIN visit v ON v.organization_id = e.organization_id AND v.id = e.visit_id
        JOIN customer c ON c.organization_id = v.organization_id AND c.id = v.customer_id
        WHERE e.organization_id = $1 AND e.draw_id = $2 ORDER BY e.tag";
    organization TAG_OF = "SELECT d.code, e.tag FROM draw_entry e JOIN draw d ON d.organization_id = e.organization_id AND d.id = e.draw_id
        WHERE e.organization_id = $1 AND e.visit_id = $2";
    /// A stranger knows the code and nothing else.
    installation BY_CODE = "SELECT organization_id, id FROM draw WHERE code = $1";
}

/// One lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Its id.
    pub id: DrawId,
    /// The end of its public address.
    pub code: String,
    /// Which one: they are counted without gaps, so that none is thrown away unseen.
    pub number: i64,
    /// What is asked for.
    pub purpose: AskPurpose,
    /// How far it has come.
    pub state: DrawState,
    /// Visits from this day (since 1970)…
    pub from_day: i64,
    /// …to this one take part.
    pub until_day: i64,
    /// How many are picked.
    pub size: i64,
    /// The seed as it is written; secret until it is drawn.
    pub seed: String,
    /// What was published of it before.
    pub seed_hash: String,
    /// What was published of the closed list; empty until then.
    pub list_hash: String,
    /// How many took part.
    pub listed: i64,
    /// How many did not, by reason.
    pub left_out: BTreeMap<String, i64>,
    /// When the seed was promised.
    pub promised_at: Timestamp,
    /// When the list was closed.
    pub listed_at: Option<Timestamp>,
    /// When it was drawn.
    pub drawn_at: Option<Timestamp>,
}

fn draw(row: &Row) -> Result<Draw, StoreError> {
    let seed: Vec<u8> = row.get(8)?;
    let left_out: String = row.get(12)?;
    Ok(Draw {
        id: DrawId(row.get(0)?),
        code: row.get(1)?,
        number: row.get(2)?,
        purpose: row.get(3)?,
        state: row.get(4)?,
        from_day: row.get(5)?,
        until_day: row.get(6)?,
        size: row.get(7)?,
        seed: String::from_utf8_lossy(&seed).into_owned(),
        seed_hash: row.get(9)?,
        list_hash: row.get(10)?,
        listed: row.get(11)?,
        left_out: serde_json::from_str(&left_out).unwrap_or_default(),
        promised_at: row.get(13)?,
        listed_at: row.get(14)?,
        drawn_at: row.get(15)?,
    })
}

/// The newest lots.
pub async fn newest(scope: &Scope, limit: u32) -> Result<Vec<Draw>, StoreError> {
    scope.all(&NEWEST, values![limit]).await?.iter().map(draw).collect()
}

/// One lot.
pub async fn one(scope: &Scope, id: DrawId) -> Result<Option<Draw>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(draw).transpose()
}

/// Lots that are neither drawn nor given up.
pub async fn unfinished(scope: &Scope) -> Result<Vec<Draw>, StoreError> {
    scope.all(&UNFINISHED, vec![]).await?.iter().map(draw).collect()
}

/// Whether a lot decides about visits of this day.
pub async fn covers(scope: &Scope, day: i64) -> Result<bool, StoreError> {
    let row = scope.one(&COVERING, values![day]).await?;
    Ok(row.map_or(Ok(0i64), |row| row.get(0))? > 0)
}

/// The lot with this public code.
pub async fn by_code(context: &Context, code: &str) -> Result<Option<(OrganizationId, DrawId)>, StoreError> {
    let row = context.store.installation().one(&BY_CODE, values![code]).await?;
    row.map(|row| Ok((row.get(0)?, DrawId(row.get(1)?)))).transpose()
}

/// What a new lot decides.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// What is asked for.
    pub purpose: AskPurpose,
    /// Visits from this day…
    pub from_day: i64,
    /// …to this one.
    pub until_day: i64,
    /// How many are picked.
    pub size: i64,
}

/// Symbols of a lot's public address, and of a tag.
const CODE_LENGTH: usize = 16;
const TAG_LENGTH: usize = 12;

/// Adds a lot to a batch, its seed promised.
pub fn promise(context: &Context, batch: &mut Batch, plan: &Plan) -> DrawId {
    let id = DrawId(context.new_id());
    let seed = asking::draw::seed_text(&context.random::<32>());
    let code = asking::code::make(&context.random::<16>(), CODE_LENGTH);
    let hash = asking::draw::promise(&seed);
    let values = values![
        id,
        code,
        plan.purpose,
        plan.from_day,
        plan.until_day,
        plan.size,
        seed.into_bytes(),
        hash,
        context.now()
    ];
    batch.push(&PROMISE, vec![values], Expect::Exactly(1));
    id
}

/// A visit that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What the published list calls it.
    pub tag: String,
    /// Whether it was picked.
    pub picked: bool,
    /// Which visit.
    pub visit: VisitId,
    /// Whose.
    pub customer: CustomerId,
    /// When it was.
    pub day: i64,
    /// Whether she has an e-mail address (else a telephone).
    pub by_email: bool,
}

/// Everybody who took part, by tag.
pub async fn entries(scope: &Scope, id: DrawId) -> Result<Vec<Entry>, StoreError> {
    let rows = scope.all(&ENTRIES, values![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Entry {
                tag: row.get(0)?,
                picked: row.get(1)?,
                visit: row.get(2)?,
                customer: row.get(3)?,
                day: row.get(4)?,
                by_email: !row.get::<String>(5)?.is_empty(),
            })
        })
        .collect()
}

/// The public code of the lot that chose a visit, and the visit's own tag in it.
pub async fn tag_of(scope: &Scope, visit: VisitId) -> Result<Option<(String, String)>, StoreError> {
    let row = scope.one(&TAG_OF, values![visit]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Adds the closing of a list to a batch: who takes part, under which tag, and how many do not, by reason.
pub fn list(
    context: &Context,
    batch: &mut Batch,
    id: DrawId,
    visits: &[VisitId],
    left_out: &BTreeMap<String, i64>,
) {
    let tagged: Vec<(String, VisitId)> = visits
        .iter()
        .map(|visit| (asking::code::make(&context.random::<12>(), TAG_LENGTH), *visit))
        .collect();
    let hash = asking::draw::list_hash(tagged.iter().map(|(tag, _)| tag.as_str()));
    let counts = serde_json::to_string(left_out).expect("a map of numbers is plain data");
    let values = values![id, hash, visits.len() as i64, counts, context.now()];
    batch.push(&LIST, vec![values], Expect::Exactly(1));
    if !tagged.is_empty() {
        let rows: Vec<_> = tagged.into_iter().map(|(tag, visit)| values![id, tag, visit]).collect();
        let n = rows.len() as u64;
        batch.push(&ENTER, rows, Expect::Exactly(n));
    }
}

/// Adds the drawing to a batch: these tags are picked.
pub fn drawn(batch: &mut Batch, id: DrawId, tags: &[&str], now: Timestamp) {
    batch.push(&DRAWN, vec![values![id, now]], Expect::Exactly(1));
    for tag in tags {
        batch.push(&PICK, vec![values![id, *tag]], Expect::Exactly(1));
    }
}

/// Gives up a lot that is not drawn; it stays in the list of lots, and who took part may take part in another.
pub async fn abandon(scope: &Scope, id: DrawId) -> Result<(), StoreError> {
    let batch = Batch::new().add_exactly(1, &ABANDON, values![id]).add(&LEAVE, values![id]);
    scope.write(batch).await?;
    Ok(())
}
