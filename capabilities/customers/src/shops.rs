//! What shops tell becomes visits: by itself ([`hook`]), or because it was asked (`step::poll_shops`).

pub mod hook;

use connectors::shops::{Basis, Order, Told};
use domain::{LawfulBasis, OptOutWay, ShopKind, VisitOrigin};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use jiff::tz::TimeZone;

use crate::rules;
use crate::save::{NewVisit, record_all};
use crate::store::opt_outs;
use crate::store::people;
use crate::store::shops::{self, Shop};

/// Most shops of one organisation.
pub const SHOPS_MAX: usize = 20;

/// What came of what was told.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Heard {
    /// Messages and orders.
    pub heard: u64,
    /// Orders that could not be recorded.
    pub skipped: u64,
}

/// Takes in what a shop tells, all in one batch with what `also` adds. Told twice is once: an order's reference is known once,
/// and a cancelled one stays cancelled.
pub(crate) async fn take(
    context: &Context,
    scope: &Scope,
    shop: &Shop,
    told: Vec<Told>,
    also: impl Fn(Heard) -> Batch,
) -> Result<Heard, StoreError> {
    let home = accounts::organization(scope).await?;
    let zone = home.as_ref().map_or(TimeZone::UTC, accounts::Organization::zone);
    let heard = told.len() as u64;
    let (mut visits, mut unlawful, mut wakes_erasure) = (Vec::new(), 0, false);
    let (mut cancelled, mut wishes) = (Vec::new(), Wishes::default());
    for told in told {
        match told {
            Told::Completed(order) => match visit_of(context, shop, order, &zone) {
                Some(visit) => visits.push(visit),
                None => unlawful += 1,
            },
            Told::Cancelled { reference } => {
                cancelled.push(rules::line(&reference, rules::REFERENCE_MAX));
            }
            Told::Forget { contacts } => {
                wishes.forget(scope, &contacts).await?;
                wakes_erasure = true;
            }
            Told::AskedForData { contacts } => wishes.tell(scope, &contacts).await?,
            Told::ForgetShop => wishes.shop = true,
            Told::Ping | Told::Nothing => {}
        }
    }
    let told = |skipped| Heard { heard, skipped };
    let fates = record_all(context, scope, visits, |fates| {
        let mut batch = Batch::new();
        for reference in &cancelled {
            people::cancel_reference(&mut batch, Some(shop.id), reference, context.now());
        }
        batch.extend(also(told(unlawful + fates.iter().filter(|fate| fate.is_err()).count() as u64)));
        // Last: a shop that is gone is heard no more.
        wishes.add(&mut batch, context, scope, shop);
        batch
    })
    .await?;
    if wakes_erasure || wishes.shop {
        context.wakes.wake(crate::ERASURE_ASKED);
    }
    Ok(told(unlawful + fates.iter().filter(|fate| fate.is_err()).count() as u64))
}

/// An order as a visit; `None` when its own program says that nobody may write.
fn visit_of(context: &Context, shop: &Shop, order: Order, zone: &TimeZone) -> Option<NewVisit> {
    let basis = match order.basis {
        None => shop.basis,
        Some(Basis::Contract) => LawfulBasis::Contract,
        Some(Basis::Consent) => LawfulBasis::Consent,
        Some(Basis::None) => return None,
    };
    let at = order.completed_at.unwrap_or_else(|| context.now());
    let is_program = shop.kind == ShopKind::Program;
    Some(NewVisit {
        name: order.name,
        email: order.email,
        phone: order.phone,
        language: order.language,
        basis,
        basis_note: shop.basis_note.clone(),
        basis_at: at,
        day: rules::day_number(zone.to_datetime(at).date()),
        reference: order.reference,
        origin: if is_program { VisitOrigin::Program } else { VisitOrigin::Shop },
        shop: Some(shop.id),
        opts_out: false,
    })
}

/// What people wish that a shop passes on.
#[derive(Default)]
struct Wishes {
    /// Addresses nobody writes to again.
    forgotten: Vec<String>,
    erase: Vec<domain::CustomerId>,
    tell: Vec<domain::CustomerId>,
    shop: bool,
}

/// An address as it is kept.
fn contact(text: &str) -> Option<String> {
    rules::email(text).or_else(|| rules::phone(text))
}

impl Wishes {
    async fn forget(&mut self, scope: &Scope, contacts: &[String]) -> Result<(), StoreError> {
        for contact in contacts.iter().filter_map(|text| contact(text)) {
            self.erase.extend(people::by_contact(scope, &contact).await?.iter().map(|customer| customer.id));
            self.forgotten.push(contact);
        }
        Ok(())
    }

    async fn tell(&mut self, scope: &Scope, contacts: &[String]) -> Result<(), StoreError> {
        for contact in contacts.iter().filter_map(|text| contact(text)) {
            self.tell.extend(people::by_contact(scope, &contact).await?.iter().map(|customer| customer.id));
        }
        Ok(())
    }

    fn add(&self, batch: &mut Batch, context: &Context, scope: &Scope, shop: &Shop) {
        let now = context.now();
        for contact in &self.forgotten {
            opt_outs::opt_out(batch, context, scope.organization(), contact, OptOutWay::Erased);
        }
        for id in &self.erase {
            people::ask_erasure(batch, *id, now, true);
        }
        for id in &self.tell {
            people::ask_data(batch, *id, now);
        }
        if self.shop {
            shops::remove(batch, shop.id, true);
        }
    }
}
