//! The pages of customers: who was here, one of them, adding one by hand, how long they are kept.

mod add;
mod import;
mod list;
mod one;
mod settings;
mod shops;

use domain::{CustomerId, LawfulBasis, Role};
use foundation::web::{Access, Problem, ProblemKind, Routes, Texts};
use ui::Choice;

const READ: Access = Access::Member(Role::Viewer);
const WRITE: Access = Access::Member(Role::Agent);
const CHANGE: Access = Access::Member(Role::Manager);

const INVALID: Problem = Problem::new(ProblemKind::Invalid, "problem-invalid-form");

pub use one::erase_page;

/// This room's routes. Forgetting somebody and telling her what is known speak of other rooms too: the program has them.
pub fn routes() -> Routes {
    crate::shops::hook::routes()
        .get("/customers", READ, list::index)
        .get("/customers/add", WRITE, add::form)
        .post("/customers/add", WRITE, add::add)
        .get("/customers/settings", READ, settings::form)
        .post("/customers/settings", CHANGE, settings::save)
        .get("/customers/import", CHANGE, import::index)
        .post("/customers/import", CHANGE, import::upload)
        .get("/customers/import/{id}", CHANGE, import::one)
        .get("/customers/import/{id}/progress", CHANGE, import::progress)
        .post("/customers/import/{id}", CHANGE, import::decide)
        .get("/shops", CHANGE, shops::index)
        .post("/shops", CHANGE, shops::add)
        .post("/shops/{id}", CHANGE, shops::change)
        .get("/customers/{id}", WRITE, one::one)
        .post("/customers/{id}", WRITE, one::change)
}

/// The address of a customer's page.
pub fn address(id: CustomerId) -> String {
    format!("/customers/{id}")
}

/// The lawful bases with the words that explain them: value, label, hint.
fn bases(t: &Texts) -> Vec<(&'static str, String, String)> {
    let words = |basis: &LawfulBasis| {
        let label = t.get(&format!("customers-basis-{basis}")).into_owned();
        (basis.as_str(), label, t.get(&format!("customers-basis-{basis}-hint")).into_owned())
    };
    LawfulBasis::ALL.iter().map(words).collect()
}

fn basis_choices<'a>(bases: &'a [(&'static str, String, String)]) -> Vec<Choice<'a>> {
    bases.iter().map(|(value, label, hint)| Choice { value, label, hint }).collect()
}
