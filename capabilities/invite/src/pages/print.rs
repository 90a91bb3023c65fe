//! What is printed: the code of the day, posters and table cards, labels with a code each. For shops that know nobody's
//! address.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::{OrganizationId, Role};
use foundation::Context;
use foundation::web::{CheckedForm, Locale, Member, Problem, ProblemKind, Texts, shell};
use http::header;
use maud::{Markup, html};
use paper::{Code, Labels, Poster, Size};
use serde::Deserialize;
use ui::{Button, Column, DataTable, Field, actions, back_link, card, data_table, hidden, page_header};

use crate::store::codes::{self, CODES_MAX, CodeBatch};
use crate::store::settings;

/// Batches shown.
const SHOWN: u32 = 20;
/// Days for which a receipt code can be made good, from the day it is printed: the longest a roll may lie.
const ROLL_DAYS_MAX: i64 = 180;

/// What the page shows.
pub struct PrintView {
    /// Today's code, as it is typed.
    pub today_code: String,
    /// Where the form is.
    pub form: Option<String>,
    /// Codes made.
    pub batches: Vec<CodeBatch>,
}

fn form_address(context: &Context, code: &str) -> String {
    format!("{}/r/{code}", context.config.public_url)
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let today = listen::rules::day_of(context.now(), &member.principal.time_zone);
    let stored = settings::settings(&member.scope).await?;
    let view = PrintView {
        today_code: crate::daily_code(&context, member.principal.organization, today),
        form: stored.map(|settings| form_address(&context, &settings.form_code)),
        batches: codes::batches(&member.scope, SHOWN).await?,
    };
    Ok(print_page(&member, &view))
}

/// The page.
pub fn print_page(member: &Member, view: &PrintView) -> Markup {
    let t = member.texts();
    let content = html! {
        (back_link(&t.get("invite-title"), "/invitations"))
        (page_header(&t.get("invite-codes-title"), &t.get("invite-codes-lead"), None))
        @if let Some(form) = &view.form { p { (t.get("codes-form")) " " a href=(form) { (form) } } }
        (card("poster", &t.get("codes-poster"), &html! {
            p { (t.get("codes-poster-lead")) }
            (actions(&html! {
                (Button::secondary(&t.get("codes-poster-a4")).href("/invitations/poster.pdf?size=a4"))
                (Button::secondary(&t.get("codes-poster-a6")).href("/invitations/poster.pdf?size=a6"))
                (Button::secondary(&t.get("codes-poster-four")).href("/invitations/poster.pdf?size=four"))
            }))
        }))
        (card("today", &t.get("codes-today"), &html! {
            p.number-value { strong { (asking::code::printed(&view.today_code)) } }
            p { (t.get("codes-today-lead")) }
            (actions(&html! { (Button::secondary(&t.get("codes-today-card")).href("/invitations/poster.pdf?size=a6&day=today")) }))
        }))
        (card("labels", &t.get("codes-labels"), &html! {
            p { (t.get("codes-labels-lead")) }
            @if member.may(Role::Manager) {
                form.form method="post" action="/invitations/codes" {
                    (hidden("csrf", &member.visitor.csrf))
                    (Field::number("size", &t.get("codes-labels-size")).range("1", &CODES_MAX.to_string(), "1").value("48").required())
                    (Field::number("days", &t.get("codes-labels-days")).hint(&t.get("codes-labels-days-hint"))
                        .range("1", &ROLL_DAYS_MAX.to_string(), "1").value("60").required())
                    (actions(&html! { (Button::primary(&t.get("codes-labels-make"))) }))
                }
            }
            @if !view.batches.is_empty() { (table(member, &view.batches)) }
        }))
    };
    shell(member, &t.get("invite-codes-title"), content)
}

fn table(member: &Member, batches: &[CodeBatch]) -> Markup {
    let t = member.texts();
    let names = ["codes-made", "codes-size", "codes-used", "codes-until"].map(|key| t.get(key));
    let columns: Vec<Column<'_>> =
        names.iter().enumerate().map(|(at, label)| Column { label, numeric: (1..3).contains(&at) }).collect();
    let rows: Vec<Vec<Markup>> = batches
        .iter()
        .map(|batch| {
            vec![
                html! { (t.moment(batch.created_at, &member.principal.time_zone)) },
                html! { (t.count(batch.size)) },
                html! { (t.count(batch.used)) },
                html! { (t.day(batch.last_day)) },
            ]
        })
        .collect();
    data_table(&DataTable {
        caption: &t.get("codes-table"),
        caption_hidden: false,
        columns: &columns,
        rows: &rows,
    })
}

/// Day, month and year of a paper.
fn made(day: i64) -> paper::Date {
    let date = customers::rules::day_of(day).unwrap_or_default();
    paper::Date {
        year: u16::try_from(date.year()).unwrap_or(2000),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    }
}

/// The sentences of what customers read: in the business's language, not in the reader's.
async fn customers_texts(member: &Member) -> Result<&'static Texts, Problem> {
    let home = accounts::organization(&member.scope).await?;
    Ok(Texts::of(home.and_then(|home| Locale::parse(&home.locale)).unwrap_or(Locale::Es)))
}

fn file(content: Vec<u8>, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    (
        [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, disposition)],
        content,
    )
        .into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PosterQuery {
    size: String,
    #[serde(default)]
    day: String,
}

pub(super) async fn poster(
    State(context): State<Context>,
    member: Member,
    Query(query): Query<PosterQuery>,
) -> Result<Response, Problem> {
    let size = match query.size.as_str() {
        "a4" => Size::A4,
        "a6" => Size::A6,
        "four" => Size::FourA6,
        _ => return Err(Problem::not_found()),
    };
    let today = listen::rules::day_of(context.now(), &member.principal.time_zone);
    let t = customers_texts(&member).await?;
    // The address that is printed has to exist. Making it changes nothing that anybody would notice.
    let code = crate::form_code(&context, &member.scope).await?;
    let daily = (query.day == "today").then(|| Code {
        label: t.with("poster-code", &[("day", t.day(today).into())]).into_owned(),
        value: asking::code::printed(&crate::daily_code(&context, member.principal.organization, today)),
    });
    let url = form_address(&context, &code);
    let poster = Poster {
        size,
        language: t.locale.as_str().to_owned(),
        business: member.principal.organization_name.clone(),
        headline: t.get("poster-headline").into_owned(),
        lines: vec![t.get("poster-line").into_owned()],
        alt: t.with("poster-alt", &[("address", url.as_str().into())]).into_owned(),
        url,
        code: daily,
        footer: t.get("poster-footer").into_owned(),
        made: made(today),
    };
    let content = paper::poster(&poster).map_err(|error| Problem::from(anyhow::Error::from(error)))?;
    Ok(file(content, "timon-poster.pdf"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LabelsForm {
    size: String,
    days: String,
}

pub(super) async fn labels(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<LabelsForm>,
) -> Result<Response, Problem> {
    let invalid = || Problem::new(ProblemKind::Invalid, "problem-invalid-form");
    let size =
        form.size.trim().parse::<usize>().ok().filter(|n| (1..=CODES_MAX).contains(n)).ok_or_else(invalid)?;
    let days = form
        .days
        .trim()
        .parse::<i64>()
        .ok()
        .filter(|n| (1..=ROLL_DAYS_MAX).contains(n))
        .ok_or_else(invalid)?;
    let today = listen::rules::day_of(context.now(), &member.principal.time_zone);
    let t = customers_texts(&member).await?;
    let form_code = crate::form_code(&context, &member.scope).await?;
    let organization: OrganizationId = member.principal.organization;
    let made_by = format!("account:{}", member.principal.account);
    let codes = match codes::make(&context, &member.scope, size, today + days, &made_by).await {
        Ok(codes) => codes,
        Err(error) if error.is_conflict() => {
            return Err(Problem::new(ProblemKind::TooLarge, "problem-too-many-codes"));
        }
        Err(error) => return Err(error.into()),
    };
    tracing::info!(organization = organization.0, size = codes.len(), "receipt codes were made");
    let address = form_address(&context, &form_code);
    let labels = Labels {
        codes: codes.iter().map(|code| asking::code::printed(code)).collect(),
        url: format!("{address}?code={{code}}"),
        alt: t.with("poster-alt", &[("address", address.as_str().into())]).into_owned(),
        address,
        business: member.principal.organization_name.clone(),
        instructions: t.get("label-instructions").into_owned(),
        title: t.get("codes-labels").into_owned(),
        language: t.locale.as_str().to_owned(),
        made: made(today),
    };
    let content = paper::labels(&labels).map_err(|error| Problem::from(anyhow::Error::from(error)))?;
    Ok(file(content, "timon-codes.pdf"))
}
