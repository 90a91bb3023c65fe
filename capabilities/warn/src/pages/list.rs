//! The warnings: open ones first, where they are, the incidents, the earlier ones.

use axum::extract::{Query, State};
use domain::{Role, WarningLevel, WarningState};
use foundation::Context;
use foundation::web::page::shell_refreshed;
use foundation::web::{Member, Problem, Texts};
use maud::{Markup, html};
use serde::Deserialize;
use ui::chart::{ChartWords, Tile, TileMap, TileTone, province_code, tile_map};
use ui::{
    Button, Field, Icon, Story, TaskRow, Tone, WarningCard, actions, card, disclosure, empty_state, hidden,
    notice, page_header, pagination, task_list, task_row, warning_card,
};

use super::{REFRESH_SECONDS, Shown, drawn, reloads};
use crate::rules::weigh::place_name;
use crate::store::incidents::{self, Incident};
use crate::store::warnings::{self, Warning};
use crate::{store, words};

/// Open warnings shown. More than this at once is one story that the detector did not join.
const OPEN_MAX: u32 = 50;
/// Earlier warnings on a page.
const PAGE: u32 = 20;
/// Incidents listed.
const INCIDENTS_MAX: u32 = 20;

/// What the page shows.
pub struct ListView {
    /// Open warnings.
    pub open: Vec<Warning>,
    /// Earlier ones, newest first.
    pub past: Vec<Warning>,
    /// Where older ones are.
    pub older: Option<String>,
    /// Whether this is a page of older ones.
    pub is_older: bool,
    /// Incidents, open ones among them.
    pub incidents: Vec<Incident>,
    /// Mentions of the last seven days.
    pub week: i64,
    /// Whether the history was weighed; and how many mentions it held.
    pub weighed: Option<u64>,
    /// Whether something has come in that was not weighed yet.
    pub waiting: bool,
    /// Whether anybody would be told of a warning.
    pub reaches_somebody: bool,
}

/// From which moment on to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    before: String,
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    Ok(list_page(&member, &view(&context, &member, &asked).await?))
}

async fn view(context: &Context, member: &Member, asked: &Asked) -> Result<ListView, Problem> {
    let (scope, now) = (&member.scope, context.now());
    let before = asked.before.parse().ok();
    let mut newest = warnings::newest(scope, before, PAGE + 1).await?;
    let more = newest.len() > PAGE as usize;
    newest.truncate(PAGE as usize);
    let older = newest
        .last()
        .filter(|_| more)
        .map(|last| foundation::web::forms::address("/warnings", &[("before", last.id.to_string())]));
    newest.retain(|warning| warning.state != WarningState::Open);
    let mut open = if before.is_none() { warnings::open(scope, OPEN_MAX).await? } else { Vec::new() };
    open.sort_by_key(|warning| std::cmp::Reverse(warning.level));
    let today = listen::rules::day_of(now, &member.principal.time_zone);
    let days = understand::store::counts::days(scope, today - 6).await?;
    Ok(ListView {
        open,
        past: newest,
        older,
        is_older: before.is_some(),
        incidents: incidents::newest(scope, INCIDENTS_MAX).await?,
        week: days.iter().flat_map(|day| day.counts).sum(),
        weighed: store::past(scope).await?.map(|past| past.mentions),
        waiting: store::is_waiting(scope).await?,
        reaches_somebody: notify::reaches_somebody(context, scope).await?,
    })
}

/// The page.
pub fn list_page(member: &Member, view: &ListView) -> Markup {
    let t = member.texts();
    let buttons = html! {
        (Button::secondary(&t.get("warnings-settings")).href("/warnings/settings").icon(Icon::Filter))
        (Button::secondary(&t.get("warnings-notices")).href("/notices").icon(Icon::Bell))
    };
    let unsettled = view.open.is_empty() && (view.waiting || view.weighed.is_none());
    let content = html! {
        @if unsettled { (reloads()) }
        (page_header(&t.get("warnings-title"), &t.get("warnings-lead"), Some(buttons)))
        @if !view.reaches_somebody { (nobody(t)) }
        @if !view.is_older {
            @if view.open.is_empty() { (quiet(t, view)) }
            @for warning in &view.open { (one(member, warning)) }
            (map(t, &view.open))
            (incidents_card(member, &view.incidents))
        }
        (card("past", &t.get("warnings-past"), &past(member, view)))
        @if !view.is_older { (card("before", &t.get("account-values"), &before(t))) }
    };
    shell_refreshed(member, &t.get("warnings-title"), content, unsettled.then_some(REFRESH_SECONDS))
}

/// What is best done before there is any warning.
fn before(t: &Texts) -> Markup {
    html! {
        p { (t.get("account-values-lead")) }
        (actions(&html! {
            (Button::secondary(&t.get("account-values-go")).href("/values").icon(Icon::Anchor))
            (Button::secondary(&t.get("account-drill-go")).href("/drill").icon(Icon::Clock))
        }))
    }
}

/// A warning that nobody gets is none.
fn nobody(t: &Texts) -> Markup {
    notice(
        Tone::Warning,
        &t.get("warnings-nobody-title"),
        &html! { (t.get("warnings-nobody")) " " a href="/notices" { (t.get("warnings-nobody-action")) } },
    )
}

fn quiet(t: &Texts, view: &ListView) -> Markup {
    let import = html! { (Button::primary(&t.get("import-title")).href("/import").icon(Icon::Import)) };
    let incident = view.incidents.iter().find(|incident| incident.closed_at.is_none());
    if let Some(incident) = incident {
        let see = html! { (Button::primary(&t.get("warn-see-incident")).href(&format!("/incidents/{}", incident.id))) };
        let (title, said) = (t.get("warnings-incident-title"), t.get("warnings-incident"));
        return empty_state(Icon::Warning, &title, &said, Some(see));
    }
    match view.weighed {
        Some(_) if view.waiting => {
            empty_state(Icon::Eye, &t.get("warnings-weighing-title"), &t.get("warnings-weighing"), None)
        }
        None => empty_state(Icon::Eye, &t.get("warnings-new-title"), &t.get("warnings-waiting"), None),
        Some(0) if view.week == 0 => {
            empty_state(Icon::Eye, &t.get("warnings-new-title"), &t.get("warnings-new"), Some(import))
        }
        Some(_) => {
            let said = t.with("warnings-quiet", &[("n", view.week.into())]);
            empty_state(Icon::Check, &t.get("warnings-quiet-title"), &said, None)
        }
    }
}

/// A warning in a list, the same in every room.
pub fn one(member: &Member, warning: &Warning) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let since = Shown::since(t, zone, warning);
    let (title, usual) = (words::title(t, warning), words::against_usual(t, zone, warning));
    let (label, link) = (t.get(&format!("level-{}", warning.level)), t.get("warnings-see"));
    let growth = words::growth(t, &warning.story);
    let (id, href) = (format!("warning-{}", warning.id), format!("/warnings/{}", warning.id));
    let (value, unit) = words::voices(t, warning);
    warning_card(&WarningCard {
        id: &id,
        level: drawn(warning.level),
        level_label: &label,
        title: &title,
        since: since.when(),
        place: "",
        story: Story { value: &value, unit: &unit, usual: &usual, sentence: &growth },
        link: Some((&href, &link)),
        actions: None,
    })
}

const fn tone(level: WarningLevel) -> TileTone {
    match level {
        WarningLevel::Watch => TileTone::Watch,
        WarningLevel::Notice => TileTone::Notice,
        WarningLevel::Alarm => TileTone::Alarm,
    }
}

/// Spain's provinces with the open warnings that lie in them; nothing where none does.
fn map(t: &Texts, open: &[Warning]) -> Markup {
    let mut found: Vec<(&'static str, String, String, WarningLevel, String)> = Vec::new();
    for warning in open {
        let mut segments = std::iter::once(&warning.story.segment).chain(&warning.story.also);
        let region = segments.find_map(|segment| segment.place.as_deref()?.split('/').nth(1));
        let Some((name, code)) =
            region.and_then(|name| Some((place_name(name), province_code(&name.replace('∕', "/"))?)))
        else {
            continue;
        };
        let (value, href) = (t.count(warning.observed.round() as i64), format!("/warnings/{}", warning.id));
        match found.iter_mut().find(|(known, ..)| *known == code) {
            Some(known) if known.3 >= warning.level => {}
            Some(known) => *known = (code, name, value, warning.level, href),
            None => found.push((code, name, value, warning.level, href)),
        }
    }
    if found.is_empty() {
        return html! {};
    }
    let tiles: Vec<Tile<'_>> = found
        .iter()
        .map(|(code, name, value, level, href)| Tile {
            code,
            label: name,
            value_text: value,
            tone: tone(*level),
            href: Some(href),
        })
        .collect();
    let labels =
        ["tile-quiet", "level-watch", "level-notice", "level-alarm", "tile-none"].map(|key| t.get(key));
    tile_map(&TileMap {
        words: ChartWords {
            id: "map",
            title: &t.get("warnings-map"),
            summary: &t.get("warnings-map-summary"),
            table_label: &t.get("warn-series-table"),
            empty: "",
        },
        tone_labels: [&labels[0], &labels[1], &labels[2], &labels[3], &labels[4]],
        place_label: &t.get("tile-province"),
        value_label: &t.get("warn-series-observed"),
        tone_label: &t.get("tile-state"),
        tiles: &tiles,
    })
}

fn incidents_card(member: &Member, all: &[Incident]) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let row = |incident: &Incident| {
        let (key, at, icon) = match incident.closed_at {
            None => ("incident-opened", incident.opened_at, Icon::Warning),
            Some(at) => ("incident-closed", at, Icon::Check),
        };
        task_row(&TaskRow {
            icon,
            title: &incident.title,
            detail: &t.with(key, &[("date", t.date(at, zone).into())]),
            urgent: incident.closed_at.is_none(),
            action: html! {
                (Button::secondary(&t.get("task-incident-open")).href(&format!("/incidents/{}", incident.id))
                    .context(&incident.title))
            },
        })
    };
    let content = html! {
        @if all.is_empty() { p { (t.get("incident-none")) } }
        @else { (task_list(&html! { @for incident in all { (row(incident)) } })) }
        @if member.may(Role::Agent) { (disclosure(&t.get("incident-open-own"), &open_form(member))) }
    };
    card("incidents", &t.get("incidents-title"), &content)
}

/// Trouble is not only heard by the program.
fn open_form(member: &Member) -> Markup {
    let t = member.texts();
    html! {
        form.form method="post" action="/incidents" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::text("title", &t.get("incident-name")).required().max_length(super::incident::TITLE_MAX))
            p.hint { (t.get("incident-open-lead")) }
            (actions(&html! { (Button::primary(&t.get("warn-open-incident"))) }))
        }
    }
}

fn past(member: &Member, view: &ListView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let row = |warning: &Warning| {
        let title = words::headline(t, warning);
        let end = warning.closed_at.unwrap_or(warning.changed_at);
        let ended = match warning.verdict {
            Some(verdict) => t.get(&format!("verdict-{verdict}")),
            None => t.get(&format!("state-{}", warning.state)),
        };
        let level = t.get(&format!("level-{}", warning.level));
        let until = t.with("warnings-closed-on", &[("date", t.date(end, zone).into())]);
        task_row(&TaskRow {
            icon: drawn(warning.level).icon(),
            title: &title,
            detail: &format!("{level} · {ended} · {until}"),
            urgent: false,
            action: html! {
                (Button::secondary(&t.get("warnings-see")).href(&format!("/warnings/{}", warning.id)).context(&title))
            },
        })
    };
    let (older, newest) = (t.get("warnings-older"), t.get("warnings-newest"));
    html! {
        @if view.past.is_empty() { p { (t.get("warnings-past-none")) } }
        @else { (task_list(&html! { @for warning in &view.past { (row(warning)) } })) }
        (pagination(&ui::Pagination {
            label: &t.get("warnings-past"),
            newer: view.is_older.then_some(("/warnings", &*newest)),
            older: view.older.as_deref().map(|href| (href, &*older)),
            position: "",
        }))
    }
}

/// The warnings of *Hoy*: open ones that interrupt first, at most so many.
pub fn for_today(member: &Member, open: &[Warning], most: usize) -> Markup {
    let mut shown: Vec<&Warning> = open.iter().collect();
    shown.sort_by_key(|warning| std::cmp::Reverse(warning.level));
    html! { @for warning in shown.into_iter().take(most) { (one(member, warning)) } }
}
