//! An answer becomes a review: mention, what is known beside it, photograph, used-up token, used-up proof of work and the
//! hour's counters are one batch.
//!
//! **What must stay true.** The same form sent twice, by whomever and however close together, is one review, and the first
//! one: a form's name is in the mention's identity and unique in `own_review`, so whoever comes second is a conflict. What the
//! answer says decides nothing here.

use connectors::item::{Item, ItemKind, PostedAt, Rating, Reply};
use domain::{AskPurpose, KioskId, Proof, SourceId, SourceKind};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use foundation::web::{Locale, Texts};
use invite::Asked;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use listen::save::{Decided, Origin, save};
use listen::store::sources;

use crate::photo::Photo;
use crate::rules::{Answer, Lane};
use crate::store::{self, Counter, NewCensusAnswer, NewReview};
use crate::work::Solved;

/// An answer with everything that came with it.
pub struct Arrival<'a> {
    /// Why she may answer.
    pub asked: &'a Asked,
    /// What she answers.
    pub answer: Answer,
    /// Her photograph.
    pub photo: Option<Photo>,
    /// Names the form.
    pub key: String,
    /// The form's language.
    pub language: Locale,
    /// What it counts against.
    pub counters: Vec<Counter>,
    /// The proof of work that came with it.
    pub solved: Option<Solved>,
    /// The device it was written at.
    pub kiosk: Option<KioskId>,
    /// When it was written.
    pub at: Timestamp,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is saved, on the disk.
    Saved,
    /// This very form was saved before.
    Known,
    /// Its token or receipt code was used by another.
    Answered,
    /// Its proof of work was used by another.
    WorkUsed,
    /// Its hour is full.
    Full,
}

/// Which lane an answer comes in by.
pub fn lane(proof: Proof, solved: bool) -> Lane {
    match (proof, solved) {
        (Proof::Invitation | Proof::ReceiptCode, _) => Lane::Proven,
        (Proof::DailyCode, _) => Lane::DailyCode,
        (Proof::Declared, true) => Lane::Worked,
        (Proof::Declared, false) => Lane::Bare,
    }
}

/// Saves an answer, or says why not.
pub async fn receive(
    context: &Context,
    scope: &Scope,
    zone: &TimeZone,
    arrival: &Arrival<'_>,
) -> Result<Outcome, StoreError> {
    if store::known(scope, &arrival.key).await? {
        return Ok(Outcome::Known);
    }
    let written = match arrival.asked.purpose {
        AskPurpose::Review => review(context, scope, zone, arrival).await,
        AskPurpose::Census => census(context, scope, zone, arrival).await,
    };
    match written {
        Ok(()) => Ok(Outcome::Saved),
        Err(error) if error.is_conflict() => why(scope, arrival).await,
        Err(error) => Err(error),
    }
}

/// What a conflict was about.
async fn why(scope: &Scope, arrival: &Arrival<'_>) -> Result<Outcome, StoreError> {
    if store::known(scope, &arrival.key).await? {
        return Ok(Outcome::Known);
    }
    if let Some(solved) = &arrival.solved
        && store::work_used(scope, solved).await?
    {
        return Ok(Outcome::WorkUsed);
    }
    Ok(if store::full(scope, &arrival.counters).await? { Outcome::Full } else { Outcome::Answered })
}

/// What stands or falls with every answer.
fn beside(context: &Context, arrival: &Arrival<'_>) -> Batch {
    let mut batch = Batch::new();
    invite::answered(context, &mut batch, arrival.asked);
    if let Some(solved) = &arrival.solved {
        store::use_work(&mut batch, solved);
    }
    store::count(&mut batch, &arrival.counters);
    batch
}

fn item(arrival: &Arrival<'_>) -> Item {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Item {
        external_id: Some(arrival.key.clone()),
        kind: ItemKind::Review,
        author: said(&arrival.answer.name),
        text: arrival.answer.text.clone(),
        rating: Some(Rating { value: arrival.answer.stars.into(), best: 5.0 }),
        language_declared: Some(arrival.language.as_str().to_owned()),
        posted_at: Some(PostedAt { at: arrival.at, precise: true }),
        reply: Reply::None,
        ..Item::default()
    }
}

async fn review(
    context: &Context,
    scope: &Scope,
    zone: &TimeZone,
    arrival: &Arrival<'_>,
) -> Result<(), StoreError> {
    let source = source(context, scope, SourceKind::OwnForm).await?;
    let new = NewReview {
        key: &arrival.key,
        day: arrival.answer.day,
        proof: arrival.asked.proof,
        invitation: arrival.asked.invitation,
        kiosk: arrival.kiosk,
        language: arrival.language.as_str(),
        now: context.now(),
    };
    let also = |decided: &Decided<'_>| {
        // Somebody was faster with this very form, word for word: there is nothing left to save.
        let Some((_, mention)) = decided.mentions().next().filter(|_| decided.tally.same == 0) else {
            return Batch::new();
        };
        let mut batch = beside(context, arrival);
        store::insert_review(&mut batch, mention, &new, arrival.photo.as_ref());
        batch
    };
    let origin = Origin { source, import: None, zone };
    save(context, scope, &origin, vec![item(arrival)], also).await.map(|_| ())
}

/// An answer to the private question. Its comment is heard like everything else, without stars and with nobody to answer it.
async fn census(
    context: &Context,
    scope: &Scope,
    zone: &TimeZone,
    arrival: &Arrival<'_>,
) -> Result<(), StoreError> {
    let new = NewCensusAnswer {
        key: &arrival.key,
        grade: arrival.answer.stars,
        comment: &arrival.answer.text,
        invitation: arrival.asked.invitation,
        draw: arrival.asked.draw,
        day: arrival.answer.day,
        after_reminder: arrival.asked.reminded,
        now: context.now(),
    };
    if arrival.answer.text.is_empty() {
        let mut batch = beside(context, arrival);
        store::insert_census(&mut batch, None, &new);
        return scope.write(batch).await.map(|_| ());
    }
    let source = source(context, scope, SourceKind::Census).await?;
    let said = Item { author: None, rating: None, reply: Reply::Unknown, ..item(arrival) };
    let also = |decided: &Decided<'_>| {
        let Some((_, mention)) = decided.mentions().next().filter(|_| decided.tally.same == 0) else {
            return Batch::new();
        };
        let mut batch = beside(context, arrival);
        store::insert_census(&mut batch, Some(mention), &new);
        batch
    };
    let origin = Origin { source, import: None, zone };
    save(context, scope, &origin, vec![said], also).await.map(|_| ())
}

/// The one source of this kind; named in the organisation's language when there is none yet.
async fn source(context: &Context, scope: &Scope, kind: SourceKind) -> Result<SourceId, StoreError> {
    if let Some(found) = sources::sources(scope).await?.into_iter().find(|source| source.kind == kind) {
        return Ok(found.id);
    }
    let home = accounts::organization(scope).await?;
    let locale = home.and_then(|home| Locale::parse(&home.locale)).unwrap_or(Locale::Es);
    let name = Texts::of(locale).get(&format!("source-{kind}")).into_owned();
    sources::ensure(context, scope, kind, &name, None).await
}
