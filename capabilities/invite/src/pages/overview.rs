//! What came of asking, who waits and why, and why nobody is filtered.

use std::collections::BTreeMap;

use axum::extract::State;
use domain::{InvitationState, Role};
use foundation::Context;
use foundation::store::Scope;
use foundation::web::{Member, Problem, Texts, shell};
use maud::{Markup, html};
use stats::Share;
use ui::{Button, Icon, Tone, card, empty_state, key_values, notice, page_header};

use crate::step::leave::{Pace, pace_of};
use crate::store::funnel::{self, Funnel};
use crate::store::settings::{self, Settings};

/// Days the page looks back.
const WINDOW: i64 = 90;
/// A share is told from so many on.
const SHARE_MIN: u64 = 10;

/// What the page shows.
pub struct OverviewView {
    /// How it asks; `None` while nobody has ever said.
    pub settings: Option<Settings>,
    /// What came of it.
    pub funnel: Funnel,
    /// Who waits, by reason.
    pub waiting: BTreeMap<String, i64>,
    /// Who was not asked, and why.
    pub not_asked: Vec<(InvitationState, String, i64)>,
    /// How many a day.
    pub pace: Option<Pace>,
    /// Customers there are.
    pub customers: i64,
    /// Whether the operator has set up mail, and what people type.
    pub mail: bool,
    /// Whether there is a gateway for short messages.
    pub text: bool,
}

async fn view(context: &Context, scope: &Scope, today: i64) -> Result<OverviewView, Problem> {
    let settings = settings::settings(scope).await?;
    let pace = match &settings {
        Some(settings) if settings.active => Some(pace_of(scope, settings, today).await?),
        _ => None,
    };
    Ok(OverviewView {
        funnel: funnel::funnel(scope, today - WINDOW, today).await?,
        waiting: funnel::waiting(scope).await?,
        not_asked: funnel::not_asked(scope, today - WINDOW, today).await?,
        customers: customers::store::people::counts(scope, today - WINDOW).await?.customers,
        mail: context.config.mail.is_some(),
        text: notify::can_text(scope).await?,
        settings,
        pace,
    })
}

/// How many invitations may leave by themselves today, for the first page.
pub async fn summary(scope: &Scope, today: i64) -> Result<i64, Problem> {
    let Some(settings) = settings::settings(scope).await?.filter(|settings| settings.active) else {
        return Ok(0);
    };
    // Those that something puts off do not leave by themselves today.
    let waiting = funnel::waiting(scope).await?.get("").copied().unwrap_or(0);
    if waiting == 0 {
        return Ok(0);
    }
    let pace = i64::from(pace_of(scope, &settings, today).await?.today);
    let gone = i64::from(crate::store::invitations::sent_today(scope, today).await?);
    Ok(waiting.min((pace - gone).max(0)))
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let today = listen::rules::day_of(context.now(), &member.principal.time_zone);
    Ok(overview_page(&member, &view(&context, &member.scope, today).await?))
}

/// The page.
pub fn overview_page(member: &Member, view: &OverviewView) -> Markup {
    let t = member.texts();
    let asks = view.settings.as_ref().filter(|settings| settings.active);
    let buttons = html! {
        (Button::secondary(&t.get("invite-settings-title")).href("/invitations/settings"))
        " " (Button::secondary(&t.get("invite-codes-title")).href("/invitations/codes"))
    };
    let content = html! {
        (page_header(&t.get("invite-title"), &t.get("invite-lead"), Some(buttons)))
        @match asks {
            None => (empty_state(Icon::Mail, &t.get("invite-empty-title"), &t.get("invite-empty"), member.may(Role::Manager).then(|| html! {
                (Button::primary(&t.get("invite-begin")).href("/invitations/settings"))
            }))),
            Some(settings) => (how(t, view, settings)),
        }
        @if view.funnel.asked > 0 { (card("funnel", &t.with("invite-funnel-title", &[("days", WINDOW.into())]), &funnel_of(t, &view.funnel, asks))) }
        @if !view.not_asked.is_empty() { (card("not-asked", &t.get("invite-not-asked-title"), &not_asked(t, view))) }
        (card("why", &t.get("invite-why-title"), &html! { p { (t.get("invite-why")) } p.hint { (t.get("invite-why-law")) } }))
        ul.plain {
            li { a href="/customers" { (t.with("invite-to-customers", &[("n", view.customers.into()), ("count", t.count(view.customers).into())])) } }
            li { a href="/reviews" { (t.get("invite-to-reviews")) } }
            li { a href="/invitations/draws" { (t.get("invite-to-draws")) } }
            li { a href="/majority" { (t.get("invite-to-majority")) } }
        }
    };
    shell(member, &t.get("invite-title"), content)
}

/// Who is asked, how many leave, and what holds some back.
fn how(t: &Texts, view: &OverviewView, settings: &Settings) -> Markup {
    let waiting: i64 = view.waiting.values().sum();
    let whom = format!("invite-now-{}-{}", settings.whom, settings.purpose);
    let values = [("delay", settings.delay_days.into()), ("size", settings.draw_size.into())];
    html! {
        @if !(view.mail || view.text) { (notice(Tone::Warning, "", &html! { (t.get("invite-no-way")) })) }
        p { (t.with(&whom, &values)) }
        @if let Some(pace) = &view.pace {
            @if waiting == 0 { p { (t.get("invite-nobody-waits")) } }
            @else {
                p { (t.with("invite-waiting", &[("n", waiting.into()), ("count", t.count(waiting).into()), ("pace", i64::from(pace.today).into())])) }
                @if pace.too_slow() {
                    (notice(Tone::Warning, "", &html! {
                        (t.with("invite-too-slow", &[("limit", i64::from(pace.today).into()), ("needed", i64::from(pace.needed).into())]))
                        " " a href="/invitations/settings" { (t.get("invite-settings-title")) }
                    }))
                } @else if pace.limit.is_none() && pace.needed > pace.usual {
                    p.hint { (t.with("invite-faster", &[("usual", i64::from(pace.usual).into()), ("pace", i64::from(pace.today).into())])) }
                }
            }
        }
        @let held: Vec<_> = view.waiting.iter().filter(|(why, _)| !why.is_empty()).collect();
        @if !held.is_empty() {
            ul {
                @for (why, n) in held { li { (t.with(&format!("invite-held-{why}"), &[("n", (*n).into())])) } }
            }
            p.hint { (t.get("invite-held-hint")) }
        }
    }
}

/// A count, and from ten on its share with its interval.
fn share(t: &Texts, hits: u64, of: u64) -> Markup {
    let count = t.count(hits as i64);
    if of < SHARE_MIN {
        return html! { (count) };
    }
    let share = Share::new(hits, of);
    let (low, high) = share.interval();
    html! {
        (count) " "
        span.hint { (t.with("invite-share", &[
            ("share", t.percent(share.value()).into()), ("low", t.percent(low).into()), ("high", t.percent(high).into()),
        ])) }
    }
}

fn funnel_of(t: &Texts, f: &Funnel, settings: Option<&Settings>) -> Markup {
    let names = [
        "invite-asked",
        "invite-delivered",
        "invite-opened",
        "invite-answered",
        "invite-reminded",
        "invite-answered-late",
        "invite-opted-out",
        "invite-failed",
        "invite-unknown",
    ]
    .map(|key| t.get(key));
    let [asked, delivered, opened, answered, reminded, late, out, failed, unknown] = &names;
    let mut rows: Vec<(&str, Markup)> =
        vec![(asked, html! { (t.count(f.asked as i64)) }), (delivered, share(t, f.delivered, f.asked))];
    if settings.is_some_and(|settings| settings.count_opens) {
        rows.push((opened, share(t, f.opened, f.delivered)));
    }
    rows.push((answered, share(t, f.delivered_answered, f.delivered)));
    if f.reminded > 0 {
        rows.push((reminded, html! { (t.count(f.reminded as i64)) }));
        rows.push((late, share(t, f.answered_late, f.reminded)));
    }
    rows.push((out, share(t, f.opted_out, f.delivered)));
    if f.failed > 0 {
        rows.push((failed, html! { (t.count(f.failed as i64)) }));
    }
    if f.unknown > 0 {
        rows.push((
            unknown,
            html! { (t.count(f.unknown as i64)) " " span.hint { (t.get("invite-unknown-hint")) } },
        ));
    }
    html! {
        (key_values(&rows))
        @if f.delivered < SHARE_MIN { p.hint { (t.with("invite-share-not-yet", &[("n", (SHARE_MIN as i64).into())])) } }
    }
}

fn not_asked(t: &Texts, view: &OverviewView) -> Markup {
    html! {
        ul {
            @for (state, why, n) in &view.not_asked {
                @let key = if why.is_empty() { format!("invite-not-{state}") } else { format!("invite-not-{why}") };
                li { (t.with(&key, &[("n", (*n).into())])) }
            }
        }
        p.hint { (t.get("invite-not-hint")) }
    }
}
