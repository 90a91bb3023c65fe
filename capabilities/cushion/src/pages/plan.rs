//! The plan: how many customers to ask for a thicker cushion by a day. It promises nothing about who answers.

use domain::SourceId;
use foundation::store::{Scope, StoreError};
use foundation::web::Texts;
use maud::{Markup, html};
use stats::Beta;
use ui::{Button, Field, Tone, actions, hidden, notice};

use super::{day_of_field, field_of_day, number_of_field};
use crate::numbers::Rated;
use crate::plan::{Ask, CERTAINTY, LAG_DAYS, Plan, Verdict, plan};
use crate::store::{self, ResponseRate};

/// Invitations from which on the owner's own response is believed.
const ASKED_MIN: u64 = 30;
/// The response before that: from 3.6 % (mean of mails that ask for a review, `PowerReviews`) to 9 % (what firms with local
/// customers tell of their best): a beta distribution whose 90 % interval these are.
const USUAL: (f64, f64) = (12.0, 188.0);
/// Days of invitations that tell the owner's own response, up to those that had time to be answered.
const RESPONSE_DAYS: i64 = 180;
/// Days whose visits tell how many customers come.
const VISIT_DAYS: i64 = 28;
/// Invitations a day where the owner set no limit.
const PER_DAY: u64 = 10;
/// Days until the day that is proposed, and how near and far it may be.
const PROPOSED_DAYS: i64 = 60;
const DAYS: (i64, i64) = (8, 365);
/// More angry customers than this nobody plans for.
const TARGET_MAX: u64 = 500;
const PER_DAY_MAX: u64 = 500;
/// More than the cushion there is: what the form proposes.
const PROPOSED_MORE: u64 = 5;

/// What the form sent.
pub(super) struct Wanted<'a> {
    /// Angry customers to take.
    pub(super) target: &'a str,
    /// By this day.
    pub(super) until: &'a str,
    /// Invitations a day.
    pub(super) per_day: &'a str,
}

/// The plan, and what it was computed from.
pub struct PlanView {
    /// Angry customers to take.
    pub target: u64,
    /// By this day, since 1970.
    pub until: i64,
    /// Today.
    pub today: i64,
    /// The source it is for.
    pub place: SourceId,
    /// What she calls it.
    pub source: String,
    /// Invitations a day at most.
    pub per_day: u64,
    /// What the owner's own invitations brought.
    pub response: ResponseRate,
    /// How likely a customer who is asked answers.
    pub rate: Beta,
    /// Visits of the last four weeks.
    pub visits: u64,
    /// The plan and, where it is to invite, the range over how many answer; `None` before it was asked for.
    pub plan: Option<(Plan, Option<(u64, u64)>)>,
}

impl PlanView {
    /// Customers who will have come in time to be asked, if they go on coming.
    fn visits_in_time(&self) -> u64 {
        let days = (self.until - self.today) as f64 - LAG_DAYS;
        (self.visits as f64 / VISIT_DAYS as f64 * days.max(0.0)) as u64
    }
}

/// Reads and computes what the card shows.
pub(super) async fn view(
    scope: &Scope,
    place: &Rated,
    today: i64,
    wanted: &Wanted<'_>,
) -> Result<PlanView, StoreError> {
    let settled = today - LAG_DAYS as i64;
    let response = store::response(scope, today - RESPONSE_DAYS, settled).await?;
    let cap = store::cap_per_day(scope).await?.map_or(PER_DAY, u64::from);
    let own = response.asked >= ASKED_MIN;
    let rate = if own {
        Beta::after(response.answered as f64, response.asked.saturating_sub(response.answered) as f64)
    } else {
        Beta::new(USUAL.0, USUAL.1)
    };
    let proposed = (place.cushion.k + PROPOSED_MORE).min(TARGET_MAX);
    let until = day_of_field(wanted.until).unwrap_or(today + PROPOSED_DAYS);
    let mut view = PlanView {
        target: number_of_field(wanted.target, 1, TARGET_MAX, proposed),
        until: until.clamp(today + DAYS.0, today + DAYS.1),
        today,
        place: place.id,
        source: place.cushion.name.clone(),
        per_day: number_of_field(wanted.per_day, 1, PER_DAY_MAX, cap.clamp(1, PER_DAY_MAX)),
        response,
        rate,
        visits: store::visits(scope, today - VISIT_DAYS + 1, today).await?,
        plan: None,
    };
    if !wanted.target.is_empty() {
        view.plan = Some(planned(&view, place));
    }
    Ok(view)
}

fn planned(view: &PlanView, place: &Rated) -> (Plan, Option<(u64, u64)>) {
    let ask = Ask {
        target: view.target,
        days: (view.until - view.today) as f64,
        per_day: view.per_day as f64,
        lag_days: LAG_DAYS,
        rate: view.rate,
        stars: place.habit.stars,
        unasked_per_day: place.habit.weekly / 7.0,
        bad: 1.0,
        certainty: CERTAINTY,
    };
    let invitations = |ask: &Ask| match plan(ask, &place.surface, &place.ratings).verdict {
        Verdict::Invite(n) => Some(n),
        _ => None,
    };
    // The same plan if the response were exactly what it is at the ends of what is believed of it.
    let at = |share: f64| invitations(&Ask { rate: Beta::new(share * 1e6, (1.0 - share) * 1e6), ..ask });
    let planned = plan(&ask, &place.surface, &place.ratings);
    let known = view.rate.interval();
    let range = match planned.verdict {
        Verdict::Invite(_) => at(known.high).zip(at(known.low)),
        _ => None,
    };
    (planned, range)
}

/// The card.
pub(super) fn plan_card(t: &Texts, view: &PlanView) -> Markup {
    html! {
        p { (t.get("plan-lead")) }
        @if let Some((plan, range)) = &view.plan { (answer(t, view, plan, *range)) }
        (form(t, view))
        p.hint { (response(t, view)) }
        p.hint { (t.get("plan-honest")) }
        p { a href="/invitations" { (t.get("plan-invitations")) } }
    }
}

fn form(t: &Texts, view: &PlanView) -> Markup {
    let (target, per_day) = (view.target.to_string(), view.per_day.to_string());
    let (until, first, last) =
        (field_of_day(view.until), field_of_day(view.today + DAYS.0), field_of_day(view.today + DAYS.1));
    let (target_max, per_day_max) = (TARGET_MAX.to_string(), PER_DAY_MAX.to_string());
    html! {
        form method="get" action="/cushion#plan" {
            (hidden("place", &view.place.to_string()))
            (Field::number("target", &t.get("plan-target")).range("1", &target_max, "1").value(&target).required())
            (Field::date("until", &t.get("plan-until")).range(&first, &last, "").value(&until).required())
            (Field::number("per_day", &t.get("plan-per-day")).range("1", &per_day_max, "1").value(&per_day)
                .hint(&t.get("plan-per-day-hint")).required())
            (actions(&html! { (Button::primary(&t.get("plan-submit"))) }))
        }
    }
}

/// Where the response rate is from.
fn response(t: &Texts, view: &PlanView) -> String {
    let known = view.rate.interval();
    let percent = |share: f64| t.percent(share);
    if view.response.asked >= ASKED_MIN {
        let values = [
            ("answered", t.count(view.response.answered as i64).into()),
            ("asked", t.count(view.response.asked as i64).into()),
            ("low", percent(known.low).into()),
            ("high", percent(known.high).into()),
        ];
        return t.with("plan-rate-own", &values).into_owned();
    }
    let values = [("min", (ASKED_MIN as i64).into()), ("asked", (view.response.asked as i64).into())];
    t.with("plan-rate-usual", &values).into_owned()
}

fn answer(t: &Texts, view: &PlanView, plan: &Plan, range: Option<(u64, u64)>) -> Markup {
    let values =
        [("target", (view.target as i64).into()), ("day", t.day(view.until).into()), ("source", "".into())];
    let said = |tone, key: &str| notice(tone, "", &html! { p { (t.with(key, &values[..2])) } });
    match plan.verdict {
        Verdict::Enough => said(Tone::Success, "plan-enough"),
        Verdict::FixFirst => said(Tone::Warning, "plan-fix-first"),
        Verdict::OutOfReach => said(Tone::Warning, "plan-out-of-reach"),
        Verdict::Invite(n) => invite(t, view, plan, n, range),
    }
}

fn invite(t: &Texts, view: &PlanView, plan: &Plan, n: u64, range: Option<(u64, u64)>) -> Markup {
    let (low, high) = range.unwrap_or((n, n));
    let values = [
        ("n", t.count(n as i64).into()),
        ("low", t.count(low as i64).into()),
        ("high", t.count(high as i64).into()),
        ("target", (view.target as i64).into()),
        ("day", t.day(view.until).into()),
        ("source", view.source.as_str().into()),
        ("answers", t.count(plan.answers.unwrap_or(0.0).round() as i64).into()),
    ];
    let fits = [
        ("per_day", (view.per_day as i64).into()),
        ("most", t.count(plan.most as i64).into()),
        ("certainty", t.percent(plan.certainty_at_most.unwrap_or(0.0)).into()),
    ];
    let come = view.visits_in_time();
    let tone = if plan.fits() && come >= n { Tone::Success } else { Tone::Warning };
    notice(
        tone,
        &t.with("plan-invite", &values[..6]),
        &html! {
            ul {
                li { (t.with("plan-answers", &values[6..])) }
                li { @if plan.fits() { (t.with("plan-fits", &fits[..2])) } @else { (t.with("plan-too-slow", &fits)) } }
                li { (supply(t, view, come, n)) }
            }
        },
    )
}

/// Whether enough customers come who may be asked within the days the law and the plan allow.
fn supply(t: &Texts, view: &PlanView, come: u64, n: u64) -> String {
    let values = [("visits", t.count(view.visits as i64).into()), ("come", t.count(come as i64).into())];
    let key = match view.visits {
        0 => return t.get("plan-no-visits").into_owned(),
        _ if come >= n => "plan-enough-visits",
        _ => "plan-few-visits",
    };
    t.with(key, &values).into_owned()
}
