//! The triage of serious mentions: what each seems to be about, why, what to do first and who decides; one tap decides,
//! one takes it back.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{MentionId, OrganizationKind, Role, TriageClass};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts, shell};
use jiff::SignedDuration;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, Icon, Pagination, Tone, actions, back_link, badge, card, disclosure, empty_state, hidden,
    key_values, mention_list, page_header, pagination,
};

use warn::words::{class_name, decider, first_step, spoken};

use crate::rules::{Reason, Value};
use crate::store::{self, Decision, Triage};

/// Mentions on a page.
const PAGE: u32 = 10;
/// How far back the page looks.
const WINDOW: SignedDuration = SignedDuration::from_hours(24 * 90);
/// Characters of a line on a button.
const BUTTON_MAX: usize = 48;

/// What is said or done first, and who decides: the charter's own words where a line says them, else the defaults.
pub fn first_and_who(
    t: &Texts,
    kind: OrganizationKind,
    class: TriageClass,
    line: Option<&Value>,
) -> (String, String) {
    let line = line.filter(|_| class == TriageClass::Values);
    let own = |text: Option<&String>, default: String| {
        text.filter(|text| !text.is_empty()).cloned().unwrap_or(default)
    };
    let first = own(line.map(|line| &line.first_step), first_step(t, kind, class));
    (first, own(line.map(|line| &line.decider), decider(t, kind, class)))
}

/// A reason in words.
pub fn reason(t: &Texts, kind: OrganizationKind, reason: &Reason) -> Markup {
    let said = |key: &str| html! { (t.get(key)) };
    match reason {
        Reason::Legal => said("triage-because-legal"),
        Reason::Copies { warning, copies, voices } => {
            let values = [("n", (*copies as i64).into()), ("all", (*voices as i64).into())];
            html! { (t.with("triage-because-copies", &values)) " " a href={ "/warnings/" (warning) } { (t.get("triage-see-warning")) } }
        }
        Reason::OwnWords { warning } => {
            html! { (t.get("triage-because-own-words")) " " a href={ "/warnings/" (warning) } { (t.get("triage-see-warning")) } }
        }
        Reason::Line { place, words } => {
            let values = [("n", i64::from(*place).into()), ("words", words.join(", ").into())];
            html! { (t.with("triage-because-line", &values)) }
        }
        Reason::BrokenPromise => said("triage-because-promise"),
        Reason::Boycott => said("triage-because-boycott"),
        Reason::Product => said("triage-because-product"),
        Reason::Service => said(&spoken(kind, "triage-because-service")),
        Reason::FewStars => said("triage-because-stars"),
        Reason::Complains => said("triage-because-complains"),
    }
}

/// The card on a mention's own page.
pub fn triage_card(member: &Member, triage: &Triage) -> Markup {
    let t = member.texts();
    let content = content(member, triage, "mention");
    let content = if triage.serious || triage.decision.is_some() {
        content
    } else {
        disclosure(&t.get("triage-anyway"), &content)
    };
    card("triage", &t.get("triage-card"), &content)
}

/// What was decided or seems right, and the way to decide. `back` says which page comes after.
fn content(member: &Member, triage: &Triage, back: &str) -> Markup {
    let t = member.texts();
    let listed = back != "mention";
    html! {
        @match &triage.decision {
            Some(decision) => { (decided(member, triage, decision, back)) }
            None => {
                (suggested(t, triage, listed))
                @if member.may(Role::Agent) { (deciding(member, triage, back, listed)) }
            }
        }
    }
}

fn guidance(t: &Texts, (first, who): (String, String)) -> Markup {
    let (first_label, who_label) = (t.get("triage-first"), t.get("triage-who"));
    key_values(&[(&first_label, html! { (first) }), (&who_label, html! { (who) })])
}

fn suggested(t: &Texts, triage: &Triage, listed: bool) -> Markup {
    let found = &triage.suggestion;
    let line = found.place.and_then(|place| triage.charter.iter().find(|line| line.place == place));
    let class = class_name(t, triage.kind, found.class);
    html! {
        p { (t.get("triage-seems")) " " strong { (class) } "." }
        @if let Some(line) = line.filter(|_| found.class == TriageClass::Values) { p { "«" (line.text) "»" } }
        ul { @for why in &found.reasons { li { (reason(t, triage.kind, why)) } } }
        @let guidance = guidance(t, first_and_who(t, triage.kind, found.class, line));
        @if listed { (disclosure(&t.get("triage-guidance"), &guidance)) } @else { (guidance) }
    }
}

/// A button for each class and each line. In a list, all but what seems right fold away, and the forms are no landmarks:
/// ten of one name lead nobody anywhere.
fn deciding(member: &Member, triage: &Triage, back: &str, listed: bool) -> Markup {
    let t = member.texts();
    let id = triage.mention.id;
    let label = format!("decide-{id}");
    let all = ways(t, triage);
    let (likely, others): (Vec<&Way>, Vec<&Way>) = all.iter().partition(|way| way.likely);
    let button = |way: &Way| {
        let button = if way.likely { Button::primary(&way.name) } else { Button::secondary(&way.name) };
        html! { (button.name_value("decision", &way.value)) }
    };
    html! {
        form method="post" action={ "/mentions/" (id) "/triage" } aria-labelledby=[(!listed).then_some(&label)] {
            p.label id=(label) { (t.get("triage-decide")) }
            (hidden("csrf", &member.visitor.csrf))
            (hidden("back", back))
            @if listed {
                (actions(&html! { @for way in likely { (button(way)) } }))
                (disclosure(&t.get("triage-other"), &actions(&html! { @for way in others { (button(way)) } })))
            } @else {
                (actions(&html! { @for way in &all { (button(way)) } }))
            }
        }
        @if triage.charter.is_empty() {
            p.hint { (t.get("triage-no-charter")) " " a href="/values" { (t.get("values-title")) } }
        }
    }
}

/// What can be decided.
struct Way {
    name: String,
    value: String,
    likely: bool,
}

fn ways(t: &Texts, triage: &Triage) -> Vec<Way> {
    let seems = &triage.suggestion;
    let mut ways = Vec::new();
    for class in TriageClass::ALL {
        let is_values = *class == TriageClass::Values;
        let lines = triage.charter.iter().filter(|_| is_values);
        ways.extend(lines.map(|line| Way {
            name: against(t, line),
            value: format!("values-{}", line.place),
            likely: seems.class == *class && seems.place == Some(line.place),
        }));
        ways.push(Way {
            name: class_name(t, triage.kind, *class),
            value: class.to_string(),
            likely: seems.class == *class && !(is_values && seems.place.is_some()),
        });
    }
    ways
}

/// A line of the charter as a button: long ones are cut.
fn against(t: &Texts, line: &Value) -> String {
    let mut text: String = line.text.chars().take(BUTTON_MAX).collect();
    if text.len() < line.text.len() {
        text.push('…');
    }
    t.with("triage-against", &[("line", text.into())]).into_owned()
}

fn decided(member: &Member, triage: &Triage, decision: &Decision, back: &str) -> Markup {
    let t = member.texts();
    let id = triage.mention.id;
    let by = decision.by.clone().unwrap_or_default();
    let when = t.date(decision.at, &member.principal.time_zone);
    let line = decision.place.and_then(|place| triage.charter.iter().find(|line| line.place == place));
    let class = class_name(t, triage.kind, decision.class);
    html! {
        p.mention-marks { (badge(Badge { label: &class, tone: Tone::Info, icon: Some(Icon::Check) }))
            span.mention-meta { span { (t.with("triage-decided", &[("by", by.into()), ("date", when.into())])) } } }
        @if !decision.line.is_empty() { p { "«" (decision.line) "»" } }
        (guidance(t, first_and_who(t, triage.kind, decision.class, line)))
        @if member.may(Role::Agent) {
            form method="post" action={ "/mentions/" (id) "/triage" } {
                (hidden("csrf", &member.visitor.csrf))
                (hidden("back", back))
                (Button::quiet(&t.get("triage-undo")).name_value("decision", "none").context(&class))
            }
        }
    }
}

/// Which serious mentions, and from where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    decided: String,
    before: String,
}

/// What the page shows.
pub struct ListView {
    /// Mentions with their triage, the newest first.
    pub triages: Vec<Triage>,
    /// Whether these are the decided ones.
    pub decided: bool,
    /// Whether newer ones come before these.
    pub is_older: bool,
    /// Where older ones are.
    pub older: Option<String>,
}

fn address(decided: bool, before: Option<MentionId>) -> String {
    let mut pairs = Vec::new();
    pairs.extend(decided.then(|| ("decided", "yes".to_owned())));
    pairs.extend(before.map(|id| ("before", id.to_string())));
    foundation::web::forms::address("/values/triage", &pairs)
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let (decided, before) = (asked.decided == "yes", asked.before.parse().ok());
    let since = context.now() - WINDOW;
    let mut triages = store::list(&member.scope, decided, since, before, PAGE + 1).await?;
    let more = triages.len() > PAGE as usize;
    triages.truncate(PAGE as usize);
    let older = triages.last().filter(|_| more).map(|last| address(decided, Some(last.mention.id)));
    Ok(list_page(&member, &ListView { triages, decided, is_older: before.is_some(), older }))
}

/// The page.
pub fn list_page(member: &Member, view: &ListView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let (other, other_key) = if view.decided {
        (address(false, None), "triage-show-open")
    } else {
        (address(true, None), "triage-show-decided")
    };
    let rows: Vec<Markup> = view
        .triages
        .iter()
        .map(|triage| {
            html! {
                (understand::pages::mention(t, zone, &triage.mention, &[], false))
                (card("", "", &content(member, triage, if view.decided { "decided" } else { "list" })))
            }
        })
        .collect();
    let (newer, older) = (t.get("page-first"), t.get("page-older"));
    let first = address(view.decided, None);
    let buttons = html! { (Button::secondary(&t.get(other_key)).href(&other)) };
    let content = html! {
        (back_link(&t.get("values-title"), "/values"))
        (page_header(&t.get("triage-title"), &t.get(if view.decided { "triage-lead-decided" } else { "triage-lead" }), Some(buttons)))
        @if rows.is_empty() {
            (empty_state(Icon::Check, &t.get("triage-none-title"),
                &t.get(if view.decided { "triage-none-decided" } else { "triage-none" }), None))
        } @else { (mention_list(&t.get("triage-title"), &rows)) }
        (pagination(&Pagination {
            label: &t.get("triage-title"),
            newer: view.is_older.then_some((&*first, &*newer)),
            older: view.older.as_deref().map(|href| (href, &*older)),
            position: "",
        }))
    };
    shell(member, &t.get("triage-title"), content)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecideForm {
    decision: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn decide(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<DecideForm>,
) -> Result<Response, Problem> {
    let (scope, id) = (&member.scope, MentionId(id));
    understand::store::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    let mut batch = Batch::new();
    if form.decision == "none" {
        store::take_back(&mut batch, id);
    } else {
        let invalid = Problem::new(ProblemKind::Invalid, "problem-invalid-form");
        let (class, line) = chosen(&member, &form.decision).await?.ok_or(invalid)?;
        store::decide(&mut batch, id, class, line.as_ref(), member.principal.account, context.now());
    }
    scope.write(batch).await?;
    let to = match form.back.as_str() {
        "list" => address(false, None),
        "decided" => address(true, None),
        _ => format!("/answers/{id}#triage"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// What a button says: a class, or the class *values* with the line it is against. A line that is not written is none.
async fn chosen(member: &Member, decision: &str) -> Result<Option<(TriageClass, Option<Value>)>, Problem> {
    let Some(place) = decision.strip_prefix("values-") else {
        return Ok(TriageClass::parse(decision).map(|class| (class, None)));
    };
    let charter = store::charter(&member.scope).await?;
    let line = charter.into_iter().find(|line| line.is_written() && line.place.to_string() == place);
    Ok(line.map(|line| (TriageClass::Values, Some(line))))
}
