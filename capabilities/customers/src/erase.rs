//! Forgetting one person, and telling her what is known of her.

use domain::{CustomerId, OptOutWay};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use serde_json::{Value, json};

use crate::rules;
use crate::store::opt_outs;
use crate::store::people::{self, Customer};

/// Visits and letters of one person that are told.
const TOLD_MAX: u32 = 1_000;

/// Why somebody is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// She asked for it: nobody writes to her again, and no file brings her back.
    SheAsked,
    /// Her last visit is long ago, or her shop is gone: she may come back like anybody.
    TimeIsOver,
}

/// The batch that forgets a customer: her row stays empty, her visits keep their day, letters to her are emptied and what
/// had not left never does. Other rooms add to it what they know of her. `None` when there is nobody to forget.
pub async fn erase(
    context: &Context,
    scope: &Scope,
    id: CustomerId,
    because: Because,
) -> Result<Option<Batch>, StoreError> {
    let Some(customer) = people::customer(scope, id).await? else { return Ok(None) };
    if customer.erased_at.is_some() {
        return Ok(None);
    }
    let mut batch = Batch::new();
    people::forget(&mut batch, &customer, context.now());
    for contact in contacts(&customer) {
        if because == Because::SheAsked {
            opt_outs::opt_out(&mut batch, context, scope.organization(), contact, OptOutWay::Erased);
        }
        batch.extend(notify::forget_address(context, contact));
    }
    Ok(Some(batch))
}

fn contacts(customer: &Customer) -> impl Iterator<Item = &str> {
    [customer.email.as_str(), customer.phone.as_str()].into_iter().filter(|contact| !contact.is_empty())
}

/// Everything known of one person, for herself: what this room keeps, and the letters that were written to her.
pub async fn export(scope: &Scope, id: CustomerId) -> Result<Option<Value>, StoreError> {
    let Some(customer) = people::customer(scope, id).await? else { return Ok(None) };
    if customer.erased_at.is_some() {
        return Ok(None);
    }
    let day = |number: i64| rules::day_of(number).map(|day| day.to_string());
    let visits = people::visits(scope, id, TOLD_MAX).await?;
    let visits: Vec<Value> = visits
        .iter()
        .map(|visit| {
            json!({
                "day": day(visit.day), "reference": visit.reference, "known_from": visit.origin.as_str(),
                "cancelled_at": visit.cancelled_at.map(|at| at.to_string()), "recorded_at": visit.created_at.to_string(),
            })
        })
        .collect();
    let mut letters = Vec::new();
    for contact in contacts(&customer) {
        letters.extend(notify::letters_to(scope, contact, TOLD_MAX).await?);
    }
    let letters: Vec<Value> = letters
        .iter()
        .map(|letter| {
            json!({
                "kind": letter.kind.as_str(), "subject": letter.subject, "body": letter.body,
                "state": letter.state.as_str(), "written_at": letter.created_at.to_string(),
                "changed_at": letter.changed_at.to_string(),
            })
        })
        .collect();
    Ok(Some(json!({
        "name": customer.name, "email": customer.email, "phone": customer.phone, "language": customer.language,
        "lawful_basis": customer.basis.as_str(), "told_that_she_may_say_no": customer.basis_note,
        "basis_since": customer.basis_at.to_string(), "last_visit": day(customer.seen_day),
        "opted_out_at": customer.opted_out_at.map(|at| at.to_string()), "recorded_at": customer.created_at.to_string(),
        "visits": visits, "letters": letters,
    })))
}
