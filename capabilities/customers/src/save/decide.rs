//! Deciding whose each visit is and what is written, from what is known. Later visits of the same batch see the earlier ones.

use std::collections::HashMap;

use domain::{CustomerId, OptOutWay, OrganizationId, ShopId, VisitId};
use foundation::Context;
use foundation::store::{Batch, Expect, Value};
use foundation::values;
use jiff::Timestamp;

use super::{Fate, Recorded, Told, way_of};
use crate::rules::{self, Refusal};
use crate::store::opt_outs;
use crate::store::people::{Customer, INSERT_CUSTOMERS, INSERT_VISITS, UPDATE_CUSTOMER};

/// What the store knows of everybody a batch speaks of.
pub(super) struct Known {
    ways: HashMap<Vec<u8>, OptOutWay>,
    people: Vec<Person>,
    by_email: HashMap<String, usize>,
    by_phone: HashMap<String, Vec<usize>>,
    references: HashMap<(Option<ShopId>, String), (VisitId, CustomerId)>,
    days: HashMap<(CustomerId, i64), VisitId>,
}

struct Person {
    customer: Customer,
    is_new: bool,
    /// Whether a visit was added or something of her changed.
    is_touched: bool,
}

impl Known {
    pub(super) fn new(
        ways: HashMap<Vec<u8>, OptOutWay>,
        by_email: Vec<Customer>,
        by_phone: Vec<Customer>,
        references: Vec<(VisitId, CustomerId, Option<ShopId>, String)>,
        days: Vec<(VisitId, CustomerId, i64)>,
    ) -> Self {
        let mut known = Self {
            ways,
            people: Vec::new(),
            by_email: HashMap::new(),
            by_phone: HashMap::new(),
            references: references
                .into_iter()
                .map(|(id, who, shop, text)| ((shop, text), (id, who)))
                .collect(),
            days: days.into_iter().map(|(id, who, day)| ((who, day), id)).collect(),
        };
        let mut seen = std::collections::HashSet::new();
        for customer in by_email.into_iter().chain(by_phone) {
            if seen.insert(customer.id) {
                known.add(customer, false);
            }
        }
        known
    }

    fn add(&mut self, customer: Customer, is_new: bool) -> usize {
        let at = self.people.len();
        if !customer.email.is_empty() {
            self.by_email.insert(customer.email.clone(), at);
        }
        if !customer.phone.is_empty() {
            self.by_phone.entry(customer.phone.clone()).or_default().push(at);
        }
        self.people.push(Person { customer, is_new, is_touched: is_new });
        at
    }

    /// By her e-mail, else by a telephone that no other e-mail goes with: a family may share one.
    fn find(&self, told: &Told) -> Option<usize> {
        let visit = &told.visit;
        if let Some(at) = self.by_email.get(&visit.email) {
            return Some(*at);
        }
        let those = self.by_phone.get(&visit.phone).into_iter().flatten().copied();
        let mut fitting = those.filter(|at| {
            let email = self.people.get(*at).map_or("", |person| person.customer.email.as_str());
            visit.email.is_empty() || email.is_empty()
        });
        fitting.next()
    }

    fn way(&self, told: &Told, is: impl Fn(OptOutWay) -> bool) -> bool {
        told.hashes().any(|hash| self.ways.get(&hash[..]).is_some_and(|way| is(*way)))
    }
}

pub(super) fn decide(
    context: &Context,
    organization: OrganizationId,
    told: &[Result<Told, Refusal>],
    mut known: Known,
) -> (Batch, Vec<Fate>) {
    let now = context.now();
    let mut batch = Batch::new();
    let mut ids = context.new_id()..;
    let mut visits: Vec<Vec<Value>> = Vec::new();
    let mut fates = Vec::with_capacity(told.len());
    for told in told {
        let told = match told {
            Ok(told) => told,
            Err(refusal) => {
                fates.push(Err(*refusal));
                continue;
            }
        };
        // She asked to be forgotten: a file of last year must not bring her back.
        if known.way(told, |way| way == OptOutWay::Erased) {
            fates.push(Err(Refusal::Forgotten));
            continue;
        }
        if told.visit.opts_out {
            for contact in [&told.visit.email, &told.visit.phone] {
                opt_outs::opt_out(&mut batch, context, organization, contact, way_of(told.visit.origin));
            }
        }
        let mut next = || ids.next().unwrap_or_default();
        fates.push(Ok(one(&mut known, told, now, &mut visits, &mut next)));
    }
    write(&mut batch, &known, visits);
    (batch, fates)
}

fn one(
    known: &mut Known,
    told: &Told,
    now: Timestamp,
    visits: &mut Vec<Vec<Value>>,
    next: &mut impl FnMut() -> i64,
) -> Recorded {
    let visit = &told.visit;
    let opted_out = visit.opts_out || known.way(told, |_| true);
    let reference = (visit.shop, visit.reference.clone());
    if let (false, Some((id, customer))) = (visit.reference.is_empty(), known.references.get(&reference)) {
        return Recorded { customer: *customer, visit: *id, is_new: false, opted_out };
    }
    let at = known.find(told).unwrap_or_else(|| known.add(fresh(told, CustomerId(next()), now), true));
    let mut opted = opted_out;
    let mut customer = CustomerId(0);
    let (mut new_email, mut new_phone) = (None, None);
    if let Some(person) = known.people.get_mut(at) {
        let before = (person.customer.email.is_empty(), person.customer.phone.is_empty());
        person.is_touched |= refresh(&mut person.customer, told, opted_out.then_some(now));
        (customer, opted) = (person.customer.id, person.customer.opted_out_at.is_some());
        new_email = (before.0 && !person.customer.email.is_empty()).then(|| person.customer.email.clone());
        new_phone = (before.1 && !person.customer.phone.is_empty()).then(|| person.customer.phone.clone());
    }
    if let Some(email) = new_email {
        known.by_email.insert(email, at);
    }
    if let Some(phone) = new_phone {
        known.by_phone.entry(phone).or_default().push(at);
    }
    if let (true, Some(id)) = (visit.reference.is_empty(), known.days.get(&(customer, visit.day))) {
        return Recorded { customer, visit: *id, is_new: false, opted_out: opted };
    }
    let id = VisitId(next());
    if visit.reference.is_empty() {
        known.days.insert((customer, visit.day), id);
    } else {
        known.references.insert(reference, (id, customer));
    }
    // Touched, so that a customer who is forgotten meanwhile undoes the batch.
    if let Some(person) = known.people.get_mut(at) {
        person.is_touched = true;
    }
    let values = values![id, customer, visit.day, visit.reference.clone(), visit.origin, visit.shop, now];
    visits.push(values);
    Recorded { customer, visit: id, is_new: true, opted_out: opted }
}

fn fresh(told: &Told, id: CustomerId, now: Timestamp) -> Customer {
    let visit = &told.visit;
    Customer {
        id,
        name: visit.name.clone(),
        email: visit.email.clone(),
        phone: visit.phone.clone(),
        language: told.language.to_owned(),
        basis: visit.basis,
        basis_note: visit.basis_note.clone(),
        basis_at: visit.basis_at,
        seen_day: visit.day,
        opted_out_at: None,
        erase_asked_at: None,
        erased_at: None,
        data_asked_at: None,
        created_at: now,
    }
}

/// Fills what was not known; replaces only a weaker basis. Returns whether anything changed.
fn refresh(customer: &mut Customer, told: &Told, opted_out_at: Option<Timestamp>) -> bool {
    let visit = &told.visit;
    let mut changed = false;
    let language = told.language.to_owned();
    let fields = [
        (&mut customer.name, &visit.name),
        (&mut customer.email, &visit.email),
        (&mut customer.phone, &visit.phone),
        (&mut customer.language, &language),
    ];
    for (field, told) in fields {
        if field.is_empty() && !told.is_empty() {
            field.clone_from(told);
            changed = true;
        }
    }
    if rules::replaces(visit.basis, customer.basis) {
        customer.basis = visit.basis;
        customer.basis_note.clone_from(&visit.basis_note);
        customer.basis_at = visit.basis_at;
        changed = true;
    }
    if visit.day > customer.seen_day {
        customer.seen_day = visit.day;
        changed = true;
    }
    if customer.opted_out_at.is_none() && opted_out_at.is_some() {
        customer.opted_out_at = opted_out_at;
        changed = true;
    }
    changed
}

fn write(batch: &mut Batch, known: &Known, visits: Vec<Vec<Value>>) {
    let (new, old): (Vec<&Person>, Vec<&Person>) = known.people.iter().partition(|person| person.is_new);
    let new = new.into_iter().map(|person| {
        let c = &person.customer;
        let mut values = texts(c);
        values.push(c.created_at.into());
        values
    });
    batch.push(&INSERT_CUSTOMERS, new.collect(), Expect::Any);
    for person in old.into_iter().filter(|person| person.is_touched) {
        batch.push(&UPDATE_CUSTOMER, vec![texts(&person.customer)], Expect::Exactly(1));
    }
    batch.push(&INSERT_VISITS, visits, Expect::Any);
}

/// Id, name, folded name, e-mail, telephone, language, basis, its note, since when, last day, opted out.
fn texts(c: &Customer) -> Vec<Value> {
    values![
        c.id,
        c.name.clone(),
        rules::folded(&c.name),
        c.email.clone(),
        c.phone.clone(),
        c.language.clone(),
        c.basis,
        c.basis_note.clone(),
        c.basis_at,
        c.seen_day,
        c.opted_out_at
    ]
}
