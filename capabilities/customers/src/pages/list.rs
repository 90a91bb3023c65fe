//! Who was here, the latest first. Whoever may only read sees how many, never who.

use axum::extract::{Query, State};
use domain::{CustomerId, Role};
use foundation::Context;
use foundation::web::{Member, Problem, Texts, shell};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, ButtonStyle, Column, DataTable, Field, Icon, Pagination, Tone, actions, badge, data_table,
    empty_state, key_values, link_button, notice, page_header, pagination,
};

use crate::store::people::{self, After, Counts, Customer};

/// Customers on a page.
const PAGE: u32 = 30;
/// Days that count as "lately": those in which somebody may still be asked.
const RECENT_DAYS: i64 = 30;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    after: String,
    done: String,
}

/// What the page shows.
struct View {
    question: String,
    counts: Counts,
    /// Nothing for whoever may only read.
    people: Vec<Customer>,
    data_asked: Vec<Customer>,
    older: Option<String>,
    done: Option<&'static str>,
}

fn after(text: &str) -> After {
    let (day, id) = text.split_once('.')?;
    Some((day.parse().ok()?, CustomerId(id.parse().ok()?)))
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let scope = &member.scope;
    let question: String = asked.q.chars().filter(|c| *c != '\0').take(200).collect();
    let since = crate::today(&context, scope).await? - RECENT_DAYS;
    let counts = people::counts(scope, since).await?;
    let (mut people, mut data_asked) = (Vec::new(), Vec::new());
    if member.may(Role::Agent) {
        people = people::page(scope, &question, after(&asked.after), PAGE + 1).await?;
    }
    if member.may(Role::Manager) {
        data_asked = people::data_asked(scope).await?;
    }
    let more = people.len() > PAGE as usize;
    people.truncate(PAGE as usize);
    let older = people.last().filter(|_| more).map(|last| {
        let mut pairs = vec![("after", format!("{}.{}", last.seen_day, last.id))];
        if !question.is_empty() {
            pairs.push(("q", question.clone()));
        }
        foundation::web::forms::address("/customers", &pairs)
    });
    let done = ["forgotten"].into_iter().find(|done| *done == asked.done);
    Ok(page(&member, &View { question, counts, people, data_asked, older, done }))
}

fn page(member: &Member, view: &View) -> Markup {
    let t = member.texts();
    let content = html! {
        (page_header(&t.get("customers-title"), &t.get("customers-lead"), Some(doors(member))))
        @if let Some(done) = view.done {
            (notice(Tone::Success, "", &html! { (t.get(&format!("customers-done-{done}"))) }))
        }
        @if !view.data_asked.is_empty() { (notice(Tone::Warning, &t.get("customers-data-asked-title"), &data_asked(t, view))) }
        @if view.counts.customers == 0 {
            (empty_state(Icon::Account, &t.get("customers-empty-title"), &t.get("customers-empty"),
                member.may(Role::Agent).then(|| link_button(&t.get("customers-add"), "/customers/add", ButtonStyle::Primary))))
        } @else {
            (numbers(t, view.counts))
            @if member.may(Role::Agent) { (list(t, view)) }
            @else { (notice(Tone::Info, "", &html! { (t.get("customers-needs-agent")) })) }
        }
    };
    shell(member, &t.get("customers-title"), content)
}

fn doors(member: &Member) -> Markup {
    let t = member.texts();
    html! {
        @if member.may(Role::Agent) {
            (Button::primary(&t.get("customers-add")).icon(Icon::Plus).href("/customers/add"))
        }
        @if member.may(Role::Manager) {
            (Button::secondary(&t.get("customers-import")).icon(Icon::Import).href("/customers/import"))
            (Button::secondary(&t.get("shops-title")).icon(Icon::Sources).href("/shops"))
        }
        (Button::quiet(&t.get("customers-settings")).href("/customers/settings"))
    }
}

fn numbers(t: &Texts, counts: Counts) -> Markup {
    let cards = [
        ("customers-count", counts.customers),
        ("customers-count-recent", counts.recent),
        ("customers-count-opted-out", counts.opted_out),
    ];
    let pairs = cards.map(|(key, count)| (t.get(key), html! { (t.count(count)) }));
    let pairs: Vec<(&str, Markup)> = pairs.iter().map(|(label, value)| (&**label, value.clone())).collect();
    key_values(&pairs)
}

fn data_asked(t: &Texts, view: &View) -> Markup {
    html! {
        p { (t.get("customers-data-asked")) }
        ul {
            @for customer in &view.data_asked {
                li { a href=(super::address(customer.id)) { (name_of(t, customer)) } }
            }
        }
    }
}

/// What a customer is called: her name, else her address.
pub(super) fn name_of(t: &Texts, customer: &Customer) -> String {
    let names = [&customer.name, &customer.email, &customer.phone];
    let name = names.into_iter().find(|name| !name.is_empty()).cloned();
    name.unwrap_or_else(|| t.get("customers-nameless").into_owned())
}

fn list(t: &Texts, view: &View) -> Markup {
    let names = [
        "customers-column-who",
        "customers-column-contact",
        "customers-column-visit",
        "customers-column-may",
    ];
    let names = names.map(|key| t.get(key));
    let columns = names.each_ref().map(|label| Column { label, numeric: false });
    let rows: Vec<Vec<Markup>> = view.people.iter().map(|customer| row(t, customer)).collect();
    let (caption, searched) = (t.get("customers-list"), !view.question.is_empty());
    let older = t.get("customers-older");
    html! {
        form.form method="get" action="/customers" role="search" aria-label=(t.get("customers-search")) {
            (Field::search("q", &t.get("customers-search")).value(&view.question).hint(&t.get("customers-search-hint")))
            (actions(&html! {
                (Button::secondary(&t.get("customers-search-submit")).icon(Icon::Search))
                @if searched { (Button::quiet(&t.get("customers-search-clear")).href("/customers")) }
            }))
        }
        @if rows.is_empty() { (empty_state(Icon::Search, &t.get("customers-none-title"), &t.get("customers-none"), None)) }
        @else {
            (data_table(&DataTable { caption: &caption, caption_hidden: true, columns: &columns, rows: &rows }))
            (pagination(&Pagination {
                label: &t.get("customers-pages"),
                older: view.older.as_deref().map(|href| (href, &*older)),
                ..Pagination::default()
            }))
        }
    }
}

fn row(t: &Texts, customer: &Customer) -> Vec<Markup> {
    let contacts = [customer.email.as_str(), customer.phone.as_str()];
    let contacts: Vec<&str> = contacts.into_iter().filter(|contact| !contact.is_empty()).collect();
    let no = t.get("customers-may-not");
    vec![
        html! { a href=(super::address(customer.id)) { (name_of(t, customer)) } },
        html! { (contacts.join(" · ")) },
        html! { (t.day(customer.seen_day)) },
        html! {
            @if customer.opted_out_at.is_some() { (badge(Badge { label: &no, tone: Tone::Warning, icon: None })) }
            @else { (t.get(&format!("customers-basis-{}-short", customer.basis))) }
        },
    ]
}
