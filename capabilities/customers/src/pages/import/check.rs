//! The page between a file and its run: its columns, its first rows, and why its people may be written to.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use connectors::file::visits::{Field as Says, Visit};
use domain::LawfulBasis;
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, Texts, shell};
use http::StatusCode;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Choice, Column, DataTable, Field, Icon, Tone, actions, back_link, card, data_table, form_errors,
    hidden, notice, page_header,
};

use super::{PREVIEW_ROWS, address, found, refused, view};
use crate::import::{self, Plan, PreviewRow};
use crate::rules;
use crate::store::imports::{self, Import};

/// The form. Every field of the file is a column's position or empty.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::pages) struct DecideForm {
    action: String,
    email: String,
    phone: String,
    day: String,
    name: String,
    surname: String,
    reference: String,
    language: String,
    #[serde(rename = "opt-out")]
    opt_out: String,
    accepts: String,
    day_first: String,
    basis: String,
    basis_note: String,
    basis_day: String,
    sure: String,
}

impl DecideForm {
    fn says(&self, field: Says) -> &str {
        match field {
            Says::Email => &self.email,
            Says::Phone => &self.phone,
            Says::Day => &self.day,
            Says::Name => &self.name,
            Says::Surname => &self.surname,
            Says::Reference => &self.reference,
            Says::Language => &self.language,
            Says::OptOut => &self.opt_out,
            Says::Accepts => &self.accepts,
        }
    }

    fn correct(&self, plan: &mut Plan) {
        for field in Says::ALL {
            let column = self.says(field).parse::<usize>().ok().filter(|at| *at < plan.names.len());
            plan.columns.set(field, column);
        }
        plan.columns.day_first = self.day_first != "false";
    }
}

/// What was declared, as it was typed.
#[derive(Default)]
pub(super) struct Declared {
    basis: String,
    note: String,
    day: String,
    sure: bool,
}

impl Declared {
    pub(super) fn of_today(today: i64) -> Self {
        let day = rules::day_of(today).map(|day| day.to_string()).unwrap_or_default();
        Self { day, ..Self::default() }
    }
}

/// A field and the key of what is wrong with it.
type Fault = (&'static str, &'static str);

fn declaration(form: &DecideForm, today: i64) -> Result<(LawfulBasis, String, i64), Fault> {
    let basis = LawfulBasis::parse(&form.basis).ok_or(("basis", "customers-wrong-basis"))?;
    let note = rules::line(&form.basis_note, rules::BASIS_NOTE_MAX);
    if note.is_empty() {
        return Err(("basis_note", "customers-wrong-no-note"));
    }
    let day: Date = form.basis_day.trim().parse().map_err(|_| ("basis_day", "customers-wrong-basis-day"))?;
    let day = rules::day_number(day);
    if day > today {
        return Err(("basis_day", "customers-wrong-basis-day"));
    }
    if form.sure.is_empty() {
        return Err(("sure", "customers-wrong-sure"));
    }
    Ok((basis, note, day))
}

pub(in crate::pages) async fn decide(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<DecideForm>,
) -> Result<Response, Problem> {
    let import = found(&member, id).await?;
    let there = Redirect::to(&address(import.id)).into_response();
    if import.state != "draft" {
        // Pressed twice: it is already on its way.
        return Ok(there);
    }
    let mut plan = Plan::of_import(&import)?;
    if form.action == "discard" {
        match imports::discard(&context, &member.scope, import.id).await {
            Err(error) if error.is_conflict() => return Ok(there),
            outcome => outcome?,
        }
        let _ = std::fs::remove_file(plan.path(&context));
        return Ok(Redirect::to("/customers/import").into_response());
    }
    form.correct(&mut plan);
    match imports::set_plan(&member.scope, import.id, &plan.to_json()).await {
        Err(error) if error.is_conflict() => return Ok(there),
        outcome => outcome?,
    }
    let today = crate::today(&context, &member.scope).await?;
    let fault = match form.action.as_str() {
        "look" => None,
        "confirm" if !plan.columns.is_enough() => Some(("day", "customers-wrong-columns")),
        "confirm" => match declaration(&form, today) {
            Ok((basis, note, day)) => {
                match imports::confirm(&member.scope, import.id, (basis, &note, day)).await {
                    Err(error) if !error.is_conflict() => return Err(error.into()),
                    _ => context.wakes.wake(crate::IMPORT_CONFIRMED),
                }
                return Ok(there);
            }
            Err(fault) => Some(fault),
        },
        _ => return Err(crate::pages::INVALID),
    };
    let shown = Declared {
        basis: form.basis,
        note: form.basis_note,
        day: form.basis_day,
        sure: !form.sure.is_empty(),
    };
    page(&context, &member, &import, plan, &shown, fault).await
}

/// Reads the first rows and draws the page.
pub(super) async fn page(
    context: &Context,
    member: &Member,
    import: &Import,
    plan: Plan,
    shown: &Declared,
    fault: Option<Fault>,
) -> Result<Response, Problem> {
    let mut rows = Vec::new();
    if plan.columns.is_enough() {
        let zone = member.principal.time_zone.clone();
        let (worker, its_plan) = (context.clone(), plan.clone());
        let read = move || import::preview(&worker, &its_plan, &zone, PREVIEW_ROWS);
        match tokio::task::spawn_blocking(read).await? {
            Ok(read) => rows = read,
            Err(error) => return refused(context, member, error).await,
        }
    }
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, draw(member, import, &plan, &rows, shown, fault)).into_response())
}

fn draw(
    member: &Member,
    import: &Import,
    plan: &Plan,
    rows: &[PreviewRow],
    shown: &Declared,
    fault: Option<Fault>,
) -> Markup {
    let t = member.texts();
    let words = fault.map(|(_, key)| t.get(key).into_owned()).unwrap_or_default();
    let lead = t.with("customers-check-lead", &[("rows", (import.lines_total as i64).into())]);
    let is_enough = plan.columns.is_enough();
    let content = html! {
        (back_link(&t.get("customers-import-title"), "/customers/import"))
        (page_header(&t.get("customers-check-title"), &lead, None))
        @if let Some((field, _)) = fault { (form_errors(&t.get("form-errors"), &[(field, &words)])) }
        @if !is_enough && fault.is_none() {
            (notice(Tone::Warning, &t.get("customers-file-columns"), &html! { (t.get("customers-wrong-columns")) }))
        }
        (sample(t, rows))
        form.form method="post" action=(address(import.id)) {
            (hidden("csrf", &member.visitor.csrf))
            (card("columns", &t.get("import-columns"), &columns_fields(t, plan)))
            (card("why", &t.get("customers-check-why"), &why_fields(t, shown, fault, &words)))
            (actions(&html! {
                @if is_enough {
                    (Button::primary(&t.get("customers-check-confirm")).icon(Icon::Check).name_value("action", "confirm"))
                }
                (Button::secondary(&t.get("import-look-again")).name_value("action", "look"))
                (Button::quiet(&t.get("import-discard")).name_value("action", "discard"))
            }))
        }
    };
    shell(member, &t.get("customers-check-title"), content)
}

fn columns_fields(t: &Texts, plan: &Plan) -> Markup {
    let mut choices: Vec<(String, String)> = vec![(String::new(), t.get("import-column-none").into_owned())];
    choices.extend(plan.names.iter().enumerate().map(|(at, name)| {
        let shown = if name.is_empty() {
            t.with("import-column-number", &[("n", (at as i64 + 1).into())]).into_owned()
        } else {
            name.chars().take(40).collect()
        };
        (at.to_string(), shown)
    }));
    let choices: Vec<Choice<'_>> = choices.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let field = |says: Says| {
        let chosen = plan.columns.get(says).map_or_else(String::new, |at| at.to_string());
        let label = t.get(&format!("customers-says-{}", says.as_str()));
        html! { (Field::select(says.as_str(), &label, &choices).value(&chosen)) }
    };
    let orders = [("true", t.get("import-day-first")), ("false", t.get("import-month-first"))];
    let orders: Vec<Choice<'_>> = orders.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let hint = if plan.day_order_unsure { t.get("customers-day-order-unsure") } else { "".into() };
    html! {
        p { (t.get("import-columns-lead")) }
        div.fields {
            @for says in Says::ALL { (field(says)) }
            (Field::select("day_first", &t.get("import-date-order"), &orders).hint(&hint)
                .value(if plan.columns.day_first { "true" } else { "false" }))
        }
    }
}

fn why_fields(t: &Texts, shown: &Declared, fault: Option<Fault>, words: &str) -> Markup {
    let wrong = |field: &str| if fault.is_some_and(|(name, _)| name == field) { words } else { "" };
    let bases = crate::pages::bases(t);
    let choices = crate::pages::basis_choices(&bases);
    html! {
        p { (t.get("customers-check-why-lead")) }
        (Field::radio("basis", &t.get("customers-basis"), &choices).value(&shown.basis).error(wrong("basis")))
        (Field::text("basis_note", &t.get("customers-basis-note")).value(&shown.note).error(wrong("basis_note"))
            .hint(&t.get("customers-basis-note-hint")).max_length(500).autocomplete("off"))
        (Field::date("basis_day", &t.get("customers-basis-day")).value(&shown.day).error(wrong("basis_day")))
        (Field::checkbox("sure", &t.get("customers-sure"), shown.sure).error(wrong("sure")))
    }
}

fn sample(t: &Texts, rows: &[PreviewRow]) -> Markup {
    let names = [
        "customers-column-who",
        "customers-column-contact",
        "customers-column-day",
        "customers-column-reference",
        "customers-column-may",
    ];
    let names = names.map(|key| t.get(key));
    let columns = names.each_ref().map(|label| Column { label, numeric: false });
    let (yes, no) = (t.get("customers-may"), t.get("customers-may-not"));
    let row = |visit: &Visit| {
        let contacts = [visit.email.as_str(), visit.phone.as_str()];
        let contacts: Vec<&str> = contacts.into_iter().filter(|contact| !contact.is_empty()).collect();
        vec![
            html! { (visit.name) },
            html! { (contacts.join(" · ")) },
            html! { (t.day(rules::day_number(visit.day))) },
            html! { (visit.reference) },
            html! { @if visit.opts_out { (no) } @else { (yes) } },
        ]
    };
    let good: Vec<Vec<Markup>> = rows.iter().flatten().map(row).collect();
    let bad: Vec<(u64, String)> = rows
        .iter()
        .filter_map(|row| row.as_ref().err())
        .map(|(line, why)| (*line, (*why).to_owned()))
        .collect();
    let caption = t.get("customers-sample");
    html! {
        @if !good.is_empty() {
            (data_table(&DataTable { caption: &caption, caption_hidden: false, columns: &columns, rows: &good }))
        }
        @if !bad.is_empty() { (view::refused_table(t, &bad)) }
    }
}
