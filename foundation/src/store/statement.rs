//! Statements as data: one SQL text per query for both engines, declared where its table's owner lives, and checked as
//! a whole. [`statements!`](crate::statements) builds the registry that the tests PREPARE on each engine.

use jiff::Timestamp;

use super::StoreError;

/// Who a statement speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// One organisation: `$1` is the organisation's id, bound by the [`Scope`](super::Scope) and by nobody else.
    Organization,
    /// The whole installation: sign-in before an organisation is known, steps looking for work, migrations.
    Installation,
}

/// One query, in the common dialect with the tokens of [`dialect`](super::dialect).
///
/// Placeholders are `$1`, `$2`…; `{rows}` stands for as many `(…)` groups as there are rows in a bulk insert and must
/// be followed by the one-row pattern, `{rows: $1, $2, $3}`; `{list:2}` for as many placeholders as are left from `$2` on.
#[derive(Debug)]
pub struct Statement {
    /// `room::NAME`, for messages and metrics.
    pub name: &'static str,
    /// The text.
    pub sql: &'static str,
    /// Who it speaks for.
    pub reach: Reach,
}

/// Declares statements and a `STATEMENTS` registry of them.
///
/// ```
/// foundation::statements! {
///     /// The newest sources first.
///     organization SOURCES = "SELECT id, name FROM source WHERE organization_id = $1 ORDER BY id DESC";
/// }
/// assert_eq!(STATEMENTS.len(), 1);
/// ```
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $reach:ident $name:ident = $sql:expr;)+) => {
        $($(#[$meta])* #[doc = concat!("`", $sql, "`")] pub static $name: $crate::store::Statement = $crate::store::Statement {
            name: concat!(module_path!(), "::", stringify!($name)),
            sql: $sql,
            reach: $crate::statements!(@reach $reach),
        };)+
        /// Every statement of this file, for the tests that prepare each on both engines.
        pub static STATEMENTS: &[&$crate::store::Statement] = &[$(&$name),+];
    };
    (@reach organization) => { $crate::store::Reach::Organization };
    (@reach installation) => { $crate::store::Reach::Installation };
}

/// A value on its way into or out of the database.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// Whole numbers, booleans (0/1), ids and times (µs since 1970).
    Int(i64),
    /// Fractions.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

macro_rules! from_value {
    ($($from:ty => |$v:ident| $into:expr),+ $(,)?) => {$(
        impl From<$from> for Value { fn from($v: $from) -> Self { $into } }
    )+};
}

from_value! {
    i64 => |v| Value::Int(v),
    i32 => |v| Value::Int(v.into()),
    u32 => |v| Value::Int(v.into()),
    u8 => |v| Value::Int(v.into()),
    bool => |v| Value::Int(v.into()),
    f64 => |v| Value::Real(v),
    f32 => |v| Value::Real(v.into()),
    &str => |v| Value::Text(v.to_owned()),
    String => |v| Value::Text(v),
    Vec<u8> => |v| Value::Blob(v),
    &[u8] => |v| Value::Blob(v.to_owned()),
    Timestamp => |v| Value::Int(v.as_microsecond()),
    domain::OrganizationId => |v| Value::Int(v.0),
    domain::AccountId => |v| Value::Int(v.0),
    domain::SourceId => |v| Value::Int(v.0),
    domain::MentionId => |v| Value::Int(v.0),
    domain::ImportId => |v| Value::Int(v.0),
    domain::WatchTermId => |v| Value::Int(v.0),
    domain::FixId => |v| Value::Int(v.0),
    domain::CorrectionId => |v| Value::Int(v.0),
    domain::IncidentTaskId => |v| Value::Int(v.0),
    domain::ReplyId => |v| Value::Int(v.0),
    domain::SavedReplyId => |v| Value::Int(v.0),
    domain::ComplaintId => |v| Value::Int(v.0),
    domain::PromiseId => |v| Value::Int(v.0),
    domain::IncidentId => |v| Value::Int(v.0),
    domain::WarningId => |v| Value::Int(v.0),
    domain::ChannelId => |v| Value::Int(v.0),
    domain::OutgoingId => |v| Value::Int(v.0),
    domain::MailboxId => |v| Value::Int(v.0),
    domain::PublicationId => |v| Value::Int(v.0),
    domain::ToldId => |v| Value::Int(v.0),
    domain::DrillId => |v| Value::Int(v.0),
    domain::ApiKeyId => |v| Value::Int(v.0),
    domain::CustomerId => |v| Value::Int(v.0),
    domain::VisitId => |v| Value::Int(v.0),
    domain::ShopId => |v| Value::Int(v.0),
    domain::CustomerImportId => |v| Value::Int(v.0),
    domain::DrawId => |v| Value::Int(v.0),
    domain::InvitationId => |v| Value::Int(v.0),
    domain::CodeBatchId => |v| Value::Int(v.0),
    domain::KioskId => |v| Value::Int(v.0),
    domain::OrganizationKind => |v| Value::Text(v.as_str().to_owned()),
    domain::Role => |v| Value::Text(v.as_str().to_owned()),
    domain::SourceKind => |v| Value::Text(v.as_str().to_owned()),
    domain::Sentiment => |v| Value::Text(v.as_str().to_owned()),
    domain::ReplyState => |v| Value::Text(v.as_str().to_owned()),
    domain::Cause => |v| Value::Text(v.as_str().to_owned()),
    domain::Standing => |v| Value::Text(v.as_str().to_owned()),
    domain::CorrectedField => |v| Value::Text(v.as_str().to_owned()),
    domain::ReadBy => |v| Value::Text(v.as_str().to_owned()),
    domain::WatchKind => |v| Value::Text(v.as_str().to_owned()),
    domain::WarningChange => |v| Value::Text(v.as_str().to_owned()),
    domain::ReplyStage => |v| Value::Text(v.as_str().to_owned()),
    domain::ReplyWay => |v| Value::Text(v.as_str().to_owned()),
    domain::ReplyChange => |v| Value::Text(v.as_str().to_owned()),
    domain::Profession => |v| Value::Text(v.as_str().to_owned()),
    domain::ComplaintState => |v| Value::Text(v.as_str().to_owned()),
    domain::ComplaintChannel => |v| Value::Text(v.as_str().to_owned()),
    domain::ComplaintOutcome => |v| Value::Text(v.as_str().to_owned()),
    domain::ComplaintChange => |v| Value::Text(v.as_str().to_owned()),
    domain::PromiseState => |v| Value::Text(v.as_str().to_owned()),
    domain::WarningVerdict => |v| Value::Text(v.as_str().to_owned()),
    domain::WarningState => |v| Value::Text(v.as_str().to_owned()),
    domain::WarningLevel => |v| Value::Text(v.as_str().to_owned()),
    domain::KeyScope => |v| Value::Text(v.as_str().to_owned()),
    domain::ChannelKind => |v| Value::Text(v.as_str().to_owned()),
    domain::SmsStyle => |v| Value::Text(v.as_str().to_owned()),
    domain::SmsAuth => |v| Value::Text(v.as_str().to_owned()),
    domain::NoticeKind => |v| Value::Text(v.as_str().to_owned()),
    domain::AlertLevel => |v| Value::Text(v.as_str().to_owned()),
    domain::OutgoingState => |v| Value::Text(v.as_str().to_owned()),
    domain::MailSecurity => |v| Value::Text(v.as_str().to_owned()),
    domain::MailboxState => |v| Value::Text(v.as_str().to_owned()),
    domain::TriageClass => |v| Value::Text(v.as_str().to_owned()),
    domain::PublicationKind => |v| Value::Text(v.as_str().to_owned()),
    domain::DrillState => |v| Value::Text(v.as_str().to_owned()),
    domain::LawfulBasis => |v| Value::Text(v.as_str().to_owned()),
    domain::VisitOrigin => |v| Value::Text(v.as_str().to_owned()),
    domain::ShopKind => |v| Value::Text(v.as_str().to_owned()),
    domain::OptOutWay => |v| Value::Text(v.as_str().to_owned()),
    domain::AskPurpose => |v| Value::Text(v.as_str().to_owned()),
    domain::AskWhom => |v| Value::Text(v.as_str().to_owned()),
    domain::AskWay => |v| Value::Text(v.as_str().to_owned()),
    domain::InvitationState => |v| Value::Text(v.as_str().to_owned()),
    domain::DrawState => |v| Value::Text(v.as_str().to_owned()),
    domain::Proof => |v| Value::Text(v.as_str().to_owned()),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Value::Null, Into::into)
    }
}

/// Builds a `Vec<Value>` from anything that is `Into<Value>`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::Value::from($value)),*] };
}

/// Types that can be read out of a column.
pub trait FromValue: Sized {
    /// `None` when the value has another type.
    fn from_value(value: &Value) -> Option<Self>;
}

macro_rules! read_value {
    ($($ty:ty => $pattern:pat => $out:expr),+ $(,)?) => {$(
        impl FromValue for $ty {
            fn from_value(value: &Value) -> Option<Self> {
                match value { $pattern => $out, _ => None }
            }
        }
    )+};
}

read_value! {
    i64 => Value::Int(v) => Some(*v),
    u64 => Value::Int(v) => u64::try_from(*v).ok(),
    u32 => Value::Int(v) => u32::try_from(*v).ok(),
    u8 => Value::Int(v) => u8::try_from(*v).ok(),
    bool => Value::Int(v) => Some(*v != 0),
    String => Value::Text(v) => Some(v.clone()),
    Vec<u8> => Value::Blob(v) => Some(v.clone()),
    Timestamp => Value::Int(v) => Timestamp::from_microsecond(*v).ok(),
    domain::OrganizationId => Value::Int(v) => Some(Self(*v)),
    domain::AccountId => Value::Int(v) => Some(Self(*v)),
    domain::SourceId => Value::Int(v) => Some(Self(*v)),
    domain::MentionId => Value::Int(v) => Some(Self(*v)),
    domain::ImportId => Value::Int(v) => Some(Self(*v)),
    domain::WatchTermId => Value::Int(v) => Some(Self(*v)),
    domain::FixId => Value::Int(v) => Some(Self(*v)),
    domain::CorrectionId => Value::Int(v) => Some(Self(*v)),
    domain::IncidentTaskId => Value::Int(v) => Some(Self(*v)),
    domain::ReplyId => Value::Int(v) => Some(Self(*v)),
    domain::SavedReplyId => Value::Int(v) => Some(Self(*v)),
    domain::ComplaintId => Value::Int(v) => Some(Self(*v)),
    domain::PromiseId => Value::Int(v) => Some(Self(*v)),
    domain::IncidentId => Value::Int(v) => Some(Self(*v)),
    domain::WarningId => Value::Int(v) => Some(Self(*v)),
    domain::ChannelId => Value::Int(v) => Some(Self(*v)),
    domain::OutgoingId => Value::Int(v) => Some(Self(*v)),
    domain::MailboxId => Value::Int(v) => Some(Self(*v)),
    domain::PublicationId => Value::Int(v) => Some(Self(*v)),
    domain::ToldId => Value::Int(v) => Some(Self(*v)),
    domain::DrillId => Value::Int(v) => Some(Self(*v)),
    domain::ApiKeyId => Value::Int(v) => Some(Self(*v)),
    domain::CustomerId => Value::Int(v) => Some(Self(*v)),
    domain::VisitId => Value::Int(v) => Some(Self(*v)),
    domain::ShopId => Value::Int(v) => Some(Self(*v)),
    domain::CustomerImportId => Value::Int(v) => Some(Self(*v)),
    domain::DrawId => Value::Int(v) => Some(Self(*v)),
    domain::InvitationId => Value::Int(v) => Some(Self(*v)),
    domain::CodeBatchId => Value::Int(v) => Some(Self(*v)),
    domain::KioskId => Value::Int(v) => Some(Self(*v)),
    domain::OrganizationKind => Value::Text(v) => Self::parse(v),
    domain::Role => Value::Text(v) => Self::parse(v),
    domain::SourceKind => Value::Text(v) => Self::parse(v),
    domain::Sentiment => Value::Text(v) => Self::parse(v),
    domain::ReplyState => Value::Text(v) => Self::parse(v),
    domain::Cause => Value::Text(v) => Self::parse(v),
    domain::Standing => Value::Text(v) => Self::parse(v),
    domain::CorrectedField => Value::Text(v) => Self::parse(v),
    domain::ReadBy => Value::Text(v) => Self::parse(v),
    domain::WatchKind => Value::Text(v) => Self::parse(v),
    domain::WarningChange => Value::Text(v) => Self::parse(v),
    domain::ReplyStage => Value::Text(v) => Self::parse(v),
    domain::ReplyWay => Value::Text(v) => Self::parse(v),
    domain::ReplyChange => Value::Text(v) => Self::parse(v),
    domain::Profession => Value::Text(v) => Self::parse(v),
    domain::ComplaintState => Value::Text(v) => Self::parse(v),
    domain::ComplaintChannel => Value::Text(v) => Self::parse(v),
    domain::ComplaintOutcome => Value::Text(v) => Self::parse(v),
    domain::ComplaintChange => Value::Text(v) => Self::parse(v),
    domain::PromiseState => Value::Text(v) => Self::parse(v),
    domain::WarningVerdict => Value::Text(v) => Self::parse(v),
    domain::WarningState => Value::Text(v) => Self::parse(v),
    domain::WarningLevel => Value::Text(v) => Self::parse(v),
    domain::KeyScope => Value::Text(v) => Self::parse(v),
    domain::ChannelKind => Value::Text(v) => Self::parse(v),
    domain::SmsStyle => Value::Text(v) => Self::parse(v),
    domain::SmsAuth => Value::Text(v) => Self::parse(v),
    domain::NoticeKind => Value::Text(v) => Self::parse(v),
    domain::AlertLevel => Value::Text(v) => Self::parse(v),
    domain::OutgoingState => Value::Text(v) => Self::parse(v),
    domain::MailSecurity => Value::Text(v) => Self::parse(v),
    domain::MailboxState => Value::Text(v) => Self::parse(v),
    domain::TriageClass => Value::Text(v) => Self::parse(v),
    domain::PublicationKind => Value::Text(v) => Self::parse(v),
    domain::DrillState => Value::Text(v) => Self::parse(v),
    domain::LawfulBasis => Value::Text(v) => Self::parse(v),
    domain::VisitOrigin => Value::Text(v) => Self::parse(v),
    domain::ShopKind => Value::Text(v) => Self::parse(v),
    domain::OptOutWay => Value::Text(v) => Self::parse(v),
    domain::AskPurpose => Value::Text(v) => Self::parse(v),
    domain::AskWhom => Value::Text(v) => Self::parse(v),
    domain::AskWay => Value::Text(v) => Self::parse(v),
    domain::InvitationState => Value::Text(v) => Self::parse(v),
    domain::DrawState => Value::Text(v) => Self::parse(v),
    domain::Proof => Value::Text(v) => Self::parse(v),
}

impl FromValue for f64 {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Real(v) => Some(*v),
            Value::Int(v) => Some(*v as f64),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// One row of an answer, columns by position.
#[derive(Debug, Clone, PartialEq)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// Column `index` (from 0) as `T`.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, StoreError> {
        self.0.get(index).and_then(T::from_value).ok_or_else(|| StoreError::Shape {
            column: index,
            wanted: std::any::type_name::<T>(),
            found: format!("{:?}", self.0.get(index).map(kind)),
        })
    }

    /// The values, for dumps.
    pub fn values(&self) -> &[Value] {
        &self.0
    }
}

/// The value's kind without its content: messages must not carry personal data.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Int(_) => "int",
        Value::Real(_) => "real",
        Value::Text(_) => "text",
        Value::Blob(_) => "blob",
    }
}

/// How many rows an operation must touch for its batch to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Any number.
    Any,
    /// Exactly this many, else the batch is undone with [`StoreError::Conflict`].
    Exactly(u64),
}

/// One statement with its rows of values (without the organisation, which the scope binds).
#[derive(Debug)]
pub struct Operation {
    pub(crate) statement: &'static Statement,
    pub(crate) rows: Vec<Vec<Value>>,
    pub(crate) expect: Expect,
}

/// Operations that stand or fall together. Built in one piece and then handed over: a transaction never waits for our
/// code, so the writer can put many of them in one disk sync.
#[derive(Debug, Default)]
pub struct Batch {
    pub(crate) operations: Vec<Operation>,
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a statement with one row of values.
    #[must_use]
    pub fn add(mut self, statement: &'static Statement, values: Vec<Value>) -> Self {
        self.push(statement, vec![values], Expect::Any);
        self
    }

    /// Adds a statement that must touch exactly `n` rows.
    #[must_use]
    pub fn add_exactly(mut self, n: u64, statement: &'static Statement, values: Vec<Value>) -> Self {
        self.push(statement, vec![values], Expect::Exactly(n));
        self
    }

    /// Adds a bulk statement (one with `{rows: …}` or `{list:n}`); nothing is added when there are no rows.
    pub fn push(&mut self, statement: &'static Statement, rows: Vec<Vec<Value>>, expect: Expect) {
        if !rows.is_empty() {
            self.operations.push(Operation { statement, rows, expect });
        }
    }

    /// Appends another batch.
    pub fn extend(&mut self, other: Batch) {
        self.operations.extend(other.operations);
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }
}

/// What one operation did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Rows inserted, updated or deleted.
    pub affected: u64,
    /// Rows of a RETURNING clause.
    pub rows: Vec<Row>,
}
