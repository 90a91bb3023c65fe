//! **Invite**: ask every real customer how it was, never only the happy ones.
//!
//! *What for*: three unhappy customers are seen and hundreds of happy ones are not. Here all of them are asked, or as many
//! as a lot takes that anybody can run again, with one text, after one delay, with the same links.
//!
//! *How*: [`step::ask`] decides about every new visit ([`asking::eligible`]), draws the lots ([`asking::draw`]), and lets
//! invitations leave at a pace that follows from what the business usually gets ([`asking::pace`]), through the outbox of
//! `notify`. [`letter`] is the one place where they are worded. Whoever prints codes instead of writing has
//! [`store::codes`]. `reviews` asks [`by_token`] and [`by_code`] who may answer, and adds [`answered`] to its batch.
//!
//! *What must stay true*: a visit has one invitation, one letter and at most one reminder, whatever crashes. Nothing leaves
//! to who said no. What puts an invitation off puts it off for days, never for good. Nothing here reads an answer: no
//! statement of this room names stars, a text, a sentiment.
//!
//! *What it never does*: choose by mood, offer anything, link to a place that forbids being asked about, count by employee.
//!
//! *Start at* [`step::ask`], then [`Asked`].

pub mod letter;
pub mod pages;
pub mod rules;
pub mod step;
pub mod store;

use domain::{
    AskPurpose, CustomerId, DrawId, InvitationId, InvitationState, OptOutWay, OrganizationId, Proof,
};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};

pub use asking::Link;
pub use step::leave::{Pace, pace_of};
pub use store::funnel::{Funnel, funnel};
pub use store::settings::{by_form_code, links};

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
    Invitation(InvitationId),
    Receipt(Vec<u8>),
    Open,
}

/// What a token or a code opens.
#[derive(Debug, Clone)]
pub enum Opening {
    /// The form.
    Open(Asked),
    /// It was answered before.
    Answered(OrganizationId),
    /// Its thirty days are over, or it was withdrawn.
    Over(OrganizationId),
    /// Nobody knows it.
    Unknown,
}

/// What the token at the end of a letter's link opens. Changes nothing.
pub async fn by_token(context: &Context, token: &str) -> Result<Opening, StoreError> {
    let Some(found) = store::invitations::by_token(context, token).await? else {
        return Ok(Opening::Unknown);
    };
    if found.answered {
        return Ok(Opening::Answered(found.organization));
    }
    let scope = context.scope(found.organization);
    let today = customers::today(context, &scope).await?;
    // Whoever said no to letters may still answer the one she has.
    let lives = matches!(found.state, InvitationState::Sent | InvitationState::OptedOut);
    if !lives || today > found.visit_day + asking::ANSWER_DAYS {
        return Ok(Opening::Over(found.organization));
    }
    Ok(Opening::Open(Asked {
        organization: found.organization,
        purpose: found.purpose,
        proof: Proof::Invitation,
        visit_day: Some(found.visit_day),
        language: Some(found.language).filter(|language| !language.is_empty()),
        invitation: Some(found.id),
        draw: found.draw,
        reminded: found.reminded,
        key: Key::Invitation(found.id),
    }))
}

/// What a code typed into the organisation's form opens: a receipt code, or the code of `experienced_day` (since 1970).
/// Changes nothing; whoever asks counts wrong guesses.
pub async fn by_code(
    context: &Context,
    scope: &Scope,
    code: &str,
    experienced_day: i64,
) -> Result<Opening, StoreError> {
    let Some(code) = asking::code::read(code) else { return Ok(Opening::Unknown) };
    let organization = scope.organization();
    if code.len() == asking::code::DAILY_LENGTH {
        let of_that_day = daily_code(context, organization, experienced_day) == code;
        let proved =
            Asked { proof: Proof::DailyCode, visit_day: Some(experienced_day), ..declared(organization) };
        return Ok(if of_that_day { Opening::Open(proved) } else { Opening::Unknown });
    }
    let hash = store::codes::code_hash(context, organization, &code);
    let today = customers::today(context, scope).await?;
    Ok(match store::codes::find(scope, &hash).await? {
        None => Opening::Unknown,
        Some((true, _)) => Opening::Answered(organization),
        Some((false, last_day)) if today > last_day => Opening::Over(organization),
        Some(_) => Opening::Open(Asked {
            proof: Proof::ReceiptCode,
            key: Key::Receipt(hash),
            ..declared(organization)
        }),
    })
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
pub fn answered(context: &Context, batch: &mut Batch, asked: &Asked) {
    match &asked.key {
        Key::Invitation(id) => store::invitations::answer(batch, *id, context.now()),
        Key::Receipt(hash) => store::codes::use_up(batch, hash, context.now()),
        Key::Open => {}
    }
}

/// The organisation's form code; made when there is none yet.
pub async fn form_code(context: &Context, scope: &Scope) -> Result<String, StoreError> {
    let today = customers::today(context, scope).await?;
    Ok(store::settings::ensure(context, scope, today).await?.form_code)
}

/// The code of a day (since 1970), for the poster or the till's screen, as it is typed.
pub fn daily_code(context: &Context, organization: OrganizationId, day: i64) -> String {
    let bytes = context.secret.sign(&[b"daily-code", &organization.0.to_be_bytes(), &day.to_be_bytes()]);
    asking::code::make(&bytes, asking::code::DAILY_LENGTH)
}

/// The batch by which the customer of an invitation is never written to again, and whose it is; `None` when nobody knows
/// the token.
pub async fn opt_out(
    context: &Context,
    token: &str,
    way: OptOutWay,
) -> Result<Option<(OrganizationId, Batch)>, StoreError> {
    let Some(found) = store::invitations::by_token(context, token).await? else { return Ok(None) };
    let mut batch = Batch::new();
    for contact in found.contacts.iter().filter(|contact| !contact.is_empty()) {
        customers::opt_out(&mut batch, context, found.organization, contact, way);
    }
    store::invitations::opt_out(&mut batch, found.id, found.customer, context.now());
    Ok(Some((found.organization, batch)))
}

/// Adds to the batch that forgets a customer what this room knows of her.
pub fn forgotten(batch: &mut Batch, customer: CustomerId) {
    store::invitations::forget(batch, customer);
}
