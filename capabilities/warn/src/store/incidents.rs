//! `incident`, its tasks and its diary.

use domain::{AccountId, IncidentId, IncidentTaskId, PublicationKind, TriageClass, WarningId};
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use crate::rules::publication::Written;

/// Columns of an incident; [`incident`] takes them in this order.
macro_rules! incidents {
    () => {
        "SELECT id, warning_id, title, statement, lessons, change_made, opened_at, closed_at, revision, class, decider,
        statement_title, change_title, change_day FROM incident WHERE organization_id = $1"
    };
}

foundation::statements! {
    organization NEWEST = concat!(incidents!(), " ORDER BY opened_at DESC LIMIT $2");
    organization ONE = concat!(incidents!(), " AND id = $2");
    organization OF_WARNING = "SELECT id FROM incident WHERE organization_id = $1 AND warning_id = $2";
    organization OPEN_COUNT = "SELECT COUNT(*) FROM incident WHERE organization_id = $1 AND closed_at IS NULL";
    organization INSERT = "INSERT INTO incident (organization_id, id, warning_id, title, statement, lessons, change_made, opened_at, revision)
        VALUES ($1, $2, $3, $4, '', '', '', $5, 1)";
    organization UPDATE = "UPDATE incident SET title = $4, statement = $5, lessons = $6, change_made = $7, class = $8, decider = $9,
        statement_title = $10, change_title = $11, change_day = $12, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    /// Touches its one row only while nobody has written since.
    organization UNCHANGED = "UPDATE incident SET revision = revision WHERE organization_id = $1 AND id = $2 AND revision = $3";
    organization CLOSE = "UPDATE incident SET closed_at = $3, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND closed_at IS NULL";
    organization REOPEN = "UPDATE incident SET closed_at = NULL, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND closed_at IS NOT NULL";
    organization INSERT_TASKS = "INSERT INTO incident_task (organization_id, id, incident_id, title) VALUES {rows: $1, $2, $3, $4}";
    organization COUNT_TASKS = "SELECT COUNT(*) FROM incident_task WHERE organization_id = $1 AND incident_id = $2";
    organization TASKS = "SELECT id, title, done_at FROM incident_task WHERE organization_id = $1 AND incident_id = $2 ORDER BY id LIMIT 100";
    organization DO_TASK = "UPDATE incident_task SET done_at = $4 WHERE organization_id = $1 AND incident_id = $2 AND id = $3";
    organization INSERT_NOTE = "INSERT INTO incident_note (organization_id, id, incident_id, account_id, text, at) VALUES ($1, $2, $3, $4, $5, $6)";
    organization COUNT_NOTES = "SELECT COUNT(*) FROM incident_note WHERE organization_id = $1 AND incident_id = $2";
    organization NOTES = "SELECT n.text, n.at, a.email FROM incident_note n LEFT JOIN account a ON a.id = n.account_id
        WHERE n.organization_id = $1 AND n.incident_id = $2 ORDER BY n.id LIMIT 500";
}

/// Tasks of one incident.
pub const TASKS_MAX: i64 = 100;
/// Lines in the diary of one incident.
pub const NOTES_MAX: i64 = 500;

/// An incident.
#[derive(Debug, Clone)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// The warning it was opened from.
    pub warning: Option<WarningId>,
    /// What the owner calls it.
    pub title: String,
    /// What the business says about it.
    pub statement: String,
    /// What went wrong, in hindsight.
    pub lessons: String,
    /// What was changed so that it does not happen again.
    pub change_made: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Counts up with every change.
    pub revision: i64,
    /// What kind of incident somebody said it is.
    pub class: Option<TriageClass>,
    /// Who decides; empty until somebody says.
    pub decider: String,
    /// What the statement is called where it is published.
    pub statement_title: String,
    /// What the change is called where it is published.
    pub change_title: String,
    /// The day since 1970 from which the change holds.
    pub change_day: Option<i64>,
}

impl Incident {
    /// A text of it that can be published, as it is written now.
    pub fn written(&self, kind: PublicationKind) -> Written<'_> {
        match kind {
            PublicationKind::Statement => {
                Written { kind, title: &self.statement_title, text: &self.statement, day: None }
            }
            PublicationKind::Change => {
                Written { kind, title: &self.change_title, text: &self.change_made, day: self.change_day }
            }
        }
    }
}

fn incident(row: &Row) -> Result<Incident, StoreError> {
    Ok(Incident {
        id: row.get(0)?,
        warning: row.get(1)?,
        title: row.get(2)?,
        statement: row.get(3)?,
        lessons: row.get(4)?,
        change_made: row.get(5)?,
        opened_at: row.get(6)?,
        closed_at: row.get(7)?,
        revision: row.get(8)?,
        class: row.get(9)?,
        decider: row.get(10)?,
        statement_title: row.get(11)?,
        change_title: row.get(12)?,
        change_day: row.get(13)?,
    })
}

/// The newest incidents.
pub async fn newest(scope: &Scope, limit: u32) -> Result<Vec<Incident>, StoreError> {
    scope.all(&NEWEST, values![limit]).await?.iter().map(incident).collect()
}

/// One incident.
pub async fn one(scope: &Scope, id: IncidentId) -> Result<Option<Incident>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(incident).transpose()
}

/// The incident that was opened from a warning.
pub async fn of_warning(scope: &Scope, warning: WarningId) -> Result<Option<IncidentId>, StoreError> {
    scope.one(&OF_WARNING, values![warning]).await?.map(|row| row.get(0)).transpose()
}

/// How many incidents are open. While one is, nobody should be invited to write a review: platforms take a burst of
/// praise in a storm for manipulation, and it would be one.
pub async fn open_count(scope: &Scope) -> Result<i64, StoreError> {
    scope.one(&OPEN_COUNT, vec![]).await?.map_or(Ok(0), |row| row.get(0))
}

/// Adds a new incident to a batch.
pub fn insert(batch: &mut Batch, id: IncidentId, warning: Option<WarningId>, title: &str, now: Timestamp) {
    batch.push(&INSERT, vec![values![id, warning, title, now]], Expect::Exactly(1));
}

/// Adds to a batch what was written; a conflict if somebody else wrote meanwhile.
pub fn update(batch: &mut Batch, incident: &Incident) {
    let row = values![
        incident.id,
        incident.revision,
        &*incident.title,
        &*incident.statement,
        &*incident.lessons,
        &*incident.change_made,
        incident.class,
        &*incident.decider,
        &*incident.statement_title,
        &*incident.change_title,
        incident.change_day
    ];
    batch.push(&UPDATE, vec![row], Expect::Exactly(1));
}

/// Adds to a batch that nobody may have written since a revision, without changing anything.
pub fn unchanged(batch: &mut Batch, id: IncidentId, revision: i64) {
    batch.push(&UNCHANGED, vec![values![id, revision]], Expect::Exactly(1));
}

/// Adds to a batch that an incident is over, or that it is not; a conflict if it was so already.
pub fn set_closed(batch: &mut Batch, id: IncidentId, closed: bool, now: Timestamp) {
    if closed {
        batch.push(&CLOSE, vec![values![id, now]], Expect::Exactly(1));
    } else {
        batch.push(&REOPEN, vec![values![id]], Expect::Exactly(1));
    }
}

/// Something to do.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its id.
    pub id: IncidentTaskId,
    /// What.
    pub title: String,
    /// When it was done.
    pub done_at: Option<Timestamp>,
}

/// Adds tasks to a batch.
pub fn add_tasks(batch: &mut Batch, incident: IncidentId, tasks: &[(IncidentTaskId, String)]) {
    let rows = tasks.iter().map(|(id, title)| values![*id, incident, &**title]).collect();
    batch.push(&INSERT_TASKS, rows, Expect::Exactly(tasks.len() as u64));
}

/// How many tasks an incident has.
pub async fn count_tasks(scope: &Scope, incident: IncidentId) -> Result<i64, StoreError> {
    scope.one(&COUNT_TASKS, values![incident]).await?.map_or(Ok(0), |row| row.get(0))
}

/// The tasks of an incident.
pub async fn tasks(scope: &Scope, incident: IncidentId) -> Result<Vec<Task>, StoreError> {
    let rows = scope.all(&TASKS, values![incident]).await?;
    rows.iter().map(|row| Ok(Task { id: row.get(0)?, title: row.get(1)?, done_at: row.get(2)? })).collect()
}

/// Adds to a batch whether a task is done; a conflict if there is no such task.
pub fn do_task(batch: &mut Batch, incident: IncidentId, id: IncidentTaskId, done_at: Option<Timestamp>) {
    batch.push(&DO_TASK, vec![values![incident, id, done_at]], Expect::Exactly(1));
}

/// One line of the diary: what, when, who.
#[derive(Debug, Clone)]
pub struct Note {
    /// What was written.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<String>,
}

/// Adds a line to the diary. `id` grows with time.
pub fn note(batch: &mut Batch, id: i64, incident: IncidentId, by: AccountId, text: &str, at: Timestamp) {
    batch.push(&INSERT_NOTE, vec![values![id, incident, by, text, at]], Expect::Exactly(1));
}

/// How many lines the diary has.
pub async fn count_notes(scope: &Scope, incident: IncidentId) -> Result<i64, StoreError> {
    scope.one(&COUNT_NOTES, values![incident]).await?.map_or(Ok(0), |row| row.get(0))
}

/// The diary, from its beginning.
pub async fn notes(scope: &Scope, incident: IncidentId) -> Result<Vec<Note>, StoreError> {
    let rows = scope.all(&NOTES, values![incident]).await?;
    rows.iter().map(|row| Ok(Note { text: row.get(0)?, at: row.get(1)?, by: row.get(2)? })).collect()
}
