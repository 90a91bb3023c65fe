//! Recording visits: find or make each one's customer, then write customers, visits and opt-outs in one batch, with the
//! importer's own progress. Everything or nothing; twice is once.

mod decide;

use domain::{CustomerId, LawfulBasis, OptOutWay, OrganizationId, ShopId, VisitId, VisitOrigin};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError, Value};
use jiff::Timestamp;

use crate::rules::{self, Refusal};
use crate::store::{opt_outs, people};
use decide::{Known, decide};

/// How often a batch is decided again when somebody else was faster.
const TRIES_MAX: usize = 8;

/// A visit that somebody tells of, as it was written. Nothing in it is trusted.
#[derive(Debug, Clone)]
pub struct NewVisit {
    /// May be empty.
    pub name: String,
    /// An e-mail; may be empty, then a telephone is needed.
    pub email: String,
    /// A telephone; may be empty.
    pub phone: String,
    /// A code, a name or a country; may be empty.
    pub language: String,
    /// Why she may be written to.
    pub basis: LawfulBasis,
    /// How she was told, when she left her address, that she may say no. Never empty.
    pub basis_note: String,
    /// Since when that holds.
    pub basis_at: Timestamp,
    /// When she was here, in days since 1970 in the organisation's zone.
    pub day: i64,
    /// The order, stay or invoice; may be empty.
    pub reference: String,
    /// How it became known.
    pub origin: VisitOrigin,
    /// The shop that tells of it.
    pub shop: Option<ShopId>,
    /// Whether she said that she does not want to be written to.
    pub opts_out: bool,
}

/// A visit that is known now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// Whose.
    pub customer: CustomerId,
    /// Which.
    pub visit: VisitId,
    /// Whether nobody knew of it before.
    pub is_new: bool,
    /// Whether nobody writes to her.
    pub opted_out: bool,
}

/// What recording did, in the order of what was told.
pub type Fate = Result<Recorded, Refusal>;

/// Records one visit. A reference is known once; without one, a customer has one visit a day. A customer is found by her
/// e-mail, else by her telephone; a weaker basis never replaces a stronger one.
///
/// # Errors
/// The outer error is the store's; the inner one says why the visit is not recorded.
pub async fn record(context: &Context, scope: &Scope, visit: NewVisit) -> Result<Fate, StoreError> {
    let fates = record_all(context, scope, vec![visit], |_| Batch::new()).await?;
    Ok(fates.into_iter().next().unwrap_or(Err(Refusal::NoContact)))
}

/// Records visits of one organisation in one batch. `also` adds what must stand or fall with them.
pub async fn record_all(
    context: &Context,
    scope: &Scope,
    visits: Vec<NewVisit>,
    also: impl Fn(&[Fate]) -> Batch,
) -> Result<Vec<Fate>, StoreError> {
    let limits = Limits::load(context, scope).await?;
    let told: Vec<Result<Told, Refusal>> =
        visits.into_iter().map(|visit| understand(context, scope.organization(), visit, &limits)).collect();
    let mut tries = 0;
    loop {
        tries += 1;
        let known = look_up(scope, &told).await?;
        let (mut batch, fates) = decide(context, scope.organization(), &told, known);
        batch.extend(also(&fates));
        if batch.is_empty() {
            return Ok(fates);
        }
        match scope.write(batch).await {
            Ok(_) => {
                if fates.iter().any(|fate| fate.is_ok_and(|recorded| recorded.is_new)) {
                    context.wakes.wake(crate::VISITED);
                }
                return Ok(fates);
            }
            // Somebody saved the same meanwhile: looked up again above.
            Err(error) if error.is_conflict() && tries < TRIES_MAX => {}
            Err(error) => return Err(error),
        }
    }
}

/// Between which days visits are recorded.
struct Limits {
    today: i64,
    oldest: i64,
}

impl Limits {
    async fn load(context: &Context, scope: &Scope) -> Result<Self, StoreError> {
        let today = crate::today(context, scope).await?;
        Ok(Self { today, oldest: today - people::keep_days(scope).await? })
    }
}

/// A visit as it is kept.
struct Told {
    visit: NewVisit,
    language: &'static str,
    email_hash: Option<[u8; 32]>,
    phone_hash: Option<[u8; 32]>,
}

impl Told {
    fn hashes(&self) -> impl Iterator<Item = [u8; 32]> {
        self.email_hash.into_iter().chain(self.phone_hash)
    }
}

fn understand(
    context: &Context,
    organization: OrganizationId,
    mut visit: NewVisit,
    limits: &Limits,
) -> Result<Told, Refusal> {
    visit.email = rules::email(&visit.email).unwrap_or_default();
    visit.phone = rules::phone(&visit.phone).unwrap_or_default();
    visit.name = rules::line(&visit.name, rules::NAME_MAX);
    visit.reference = rules::line(&visit.reference, rules::REFERENCE_MAX);
    visit.basis_note = rules::line(&visit.basis_note, rules::BASIS_NOTE_MAX);
    if visit.email.is_empty() && visit.phone.is_empty() {
        return Err(Refusal::NoContact);
    }
    if visit.basis_note.is_empty() {
        return Err(Refusal::NoNote);
    }
    if visit.day > limits.today {
        return Err(Refusal::Future);
    }
    if visit.day < limits.oldest {
        return Err(Refusal::TooOld);
    }
    let hash =
        |contact: &str| (!contact.is_empty()).then(|| opt_outs::contact_hash(context, organization, contact));
    let (email_hash, phone_hash) = (hash(&visit.email), hash(&visit.phone));
    Ok(Told { language: rules::language(&visit.language), email_hash, phone_hash, visit })
}

async fn look_up(scope: &Scope, told: &[Result<Told, Refusal>]) -> Result<Known, StoreError> {
    let good = || told.iter().flatten();
    let texts = |of: fn(&Told) -> &str| {
        let some = good().map(of).filter(|text| !text.is_empty());
        some.map(Value::from).collect::<Vec<_>>()
    };
    let hashes: Vec<Value> = good().flat_map(Told::hashes).map(|hash| Value::from(&hash[..])).collect();
    let ways = opt_outs::those(scope, &hashes).await?;
    let by_email = people::by_email(scope, &texts(|t| &t.visit.email)).await?;
    let by_phone = people::by_phone(scope, &texts(|t| &t.visit.phone)).await?;
    let references = people::references(scope, &texts(|t| &t.visit.reference)).await?;
    let ids: Vec<Value> = by_email.iter().chain(&by_phone).map(|customer| customer.id.into()).collect();
    let wants_days = good().any(|t| t.visit.reference.is_empty());
    let days = if wants_days { people::days(scope, &ids).await? } else { Vec::new() };
    Ok(Known::new(ways, by_email, by_phone, references, days))
}

/// How somebody who is told of as not to be written to is put on the list.
const fn way_of(origin: VisitOrigin) -> OptOutWay {
    match origin {
        VisitOrigin::Hand => OptOutWay::Hand,
        VisitOrigin::Import | VisitOrigin::Shop | VisitOrigin::Program => OptOutWay::Import,
    }
}
