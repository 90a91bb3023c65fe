//! The device in the shop: `/k/{key}`. It asks the same as the form, keeps answers while there is no line, and sends them
//! when there is one.
//!
//! **What must stay true.** No link leads out of our own pages: nobody writes to another site from the shop's device
//! (Google and Trustpilot forbid it, and so do we). An answer is one review however often it is sent: its name is made on
//! the device and unique here. The key lets in whoever has it and does nothing but write.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::KioskId;
use foundation::Context;
use foundation::store::{Batch, Scope};
use foundation::web::{
    CheckedForm, CheckedJson, Locale, Problem, ProblemKind, Texts, Visitor, assets, hash_token,
};
use http::header;
use invite::{Asked, Opening};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::kiosk_view::{DeviceView, device_page, device_thanks};
use crate::answer::{Arrival, Outcome, receive};
use crate::rules::{self, Faults, Lane, ReviewForm};
use crate::store::{self, Counter};
use crate::work::{self, Sealed};

/// Longest key that is looked up.
const KEY_BYTES_MAX: usize = 100;
/// Most answers that are sent at once.
const ANSWERS_MAX: usize = 50;
/// An answer waits no longer on a device than this to be dated by it.
const WAITED_MAX: SignedDuration = SignedDuration::from_hours(60 * 24);

/// A device that was let in.
struct Device {
    scope: Scope,
    id: KioskId,
    home: accounts::Organization,
}

async fn device(context: &Context, key: &str) -> Result<Device, Problem> {
    if key.len() > KEY_BYTES_MAX {
        return Err(Problem::not_found());
    }
    let found = store::kiosk_by_key(context, hash_token(key)).await?;
    let (organization, id) = found.ok_or_else(Problem::not_found)?;
    let scope = context.scope(organization);
    let home = accounts::organization(&scope).await?.ok_or_else(Problem::not_found)?;
    Ok(Device { scope, id, home })
}

impl Device {
    fn today(&self, at: Timestamp) -> i64 {
        listen::rules::day_of(at, &self.home.zone())
    }

    fn counters(&self, context: &Context, lane: Lane) -> Vec<Counter> {
        let who = [b"kiosk", &self.id.0.to_be_bytes()[..]].concat();
        let counters = |quota| store::counters(context, &self.scope, lane.name(), &who, quota);
        lane.quota().map_or_else(Vec::new, counters)
    }

    /// What the code she typed proves. She is gone: a code that proves nothing leaves her word.
    async fn asked(&self, context: &Context, code: &str, day: i64) -> Result<Asked, Problem> {
        let declared = invite::declared(self.scope.organization());
        let code = code.trim();
        let guesses = self.counters(context, Lane::Guess);
        if code.is_empty() || code.len() > rules::CODE_CHARS_MAX || store::full(&self.scope, &guesses).await?
        {
            return Ok(declared);
        }
        if let Opening::Open(asked) = invite::by_code(context, &self.scope, code, day).await? {
            return Ok(asked);
        }
        let mut batch = Batch::new();
        store::count(&mut batch, &guesses);
        match self.scope.write(batch).await {
            Err(error) if !error.is_conflict() => Err(error.into()),
            _ => Ok(declared),
        }
    }

    /// Saves an answer. A receipt code that somebody used meanwhile proves nothing: then it is her word.
    async fn save(
        &self,
        context: &Context,
        answer: rules::Answer,
        code: &str,
        sent: Sent,
    ) -> Result<Outcome, Problem> {
        let mut asked = self.asked(context, code, answer.day).await?;
        loop {
            let lane = match crate::answer::lane(asked.proof, false) {
                Lane::Proven => Lane::Proven,
                _ => Lane::Kiosk,
            };
            let arrival = Arrival {
                asked: &asked,
                answer: answer.clone(),
                photo: None,
                key: sent.key.clone(),
                language: sent.language,
                counters: self.counters(context, lane),
                solved: None,
                kiosk: Some(self.id),
                at: sent.at,
            };
            match receive(context, &self.scope, &self.home.zone(), &arrival).await? {
                Outcome::Answered if lane == Lane::Proven => {
                    asked = invite::declared(self.scope.organization());
                }
                outcome => return Ok(outcome),
            }
        }
    }
}

/// How an answer was sent.
struct Sent {
    key: String,
    language: Locale,
    at: Timestamp,
}

/// The language that the page was asked for.
#[derive(Deserialize)]
pub struct Spoken {
    l: Option<String>,
}

fn speaking(mut visitor: Visitor, spoken: &Spoken, home: &accounts::Organization) -> Visitor {
    let asked = spoken.l.as_deref().and_then(Locale::parse).or_else(|| Locale::parse(&home.locale));
    if let Some(locale) = asked {
        visitor.texts = Texts::of(locale);
    }
    visitor
}

/// `GET /k/{key}`.
pub async fn open(
    State(context): State<Context>,
    visitor: Visitor,
    Path(key): Path<String>,
    axum::extract::Query(spoken): axum::extract::Query<Spoken>,
) -> Result<Response, Problem> {
    let device = device(&context, &key).await?;
    let visitor = speaking(visitor, &spoken, &device.home);
    let sealed = work::seal_form(&context, device.scope.organization());
    Ok(page(&context, &visitor, &device, &key, &sealed, (&ReviewForm::default(), &Faults::new()))
        .into_response())
}

fn page(
    context: &Context,
    visitor: &Visitor,
    device: &Device,
    key: &str,
    sealed: &Sealed,
    (form, faults): (&ReviewForm, &Faults),
) -> maud::Markup {
    let view = DeviceView {
        name: &device.home.name,
        home: device.scope.organization(),
        path: format!("/k/{key}"),
        today: device.today(context.now()),
        sealed,
        form,
        faults,
    };
    device_page(visitor, &view)
}

/// `POST /k/{key}`: the same without JavaScript, one at a time and only with a line.
pub async fn send(
    State(context): State<Context>,
    visitor: Visitor,
    Path(key): Path<String>,
    axum::extract::Query(spoken): axum::extract::Query<Spoken>,
    CheckedForm(form): CheckedForm<ReviewForm>,
) -> Result<Response, Problem> {
    let device = device(&context, &key).await?;
    let visitor = speaking(visitor, &spoken, &device.home);
    let mut sealed = Sealed { key: form.key.clone(), made: form.made.clone(), seal: form.seal.clone() };
    if work::age(&context, device.scope.organization(), &sealed).is_none() {
        sealed = work::seal_form(&context, device.scope.organization());
    }
    let now = context.now();
    let language = visitor.texts.locale;
    let thanks = || Redirect::to(&format!("/k/{key}/thanks?l={}", language.as_str())).into_response();
    let faults = match rules::read(&form, None, device.today(now)) {
        Ok(answer) => {
            let sent = Sent { key: sealed.key.clone(), language, at: now };
            match device.save(&context, answer, &form.code, sent).await? {
                Outcome::Full => return Err(Problem::new(ProblemKind::TooMany, "problem-kiosk-full")),
                _ => return Ok(thanks()),
            }
        }
        Err((_, true)) => {
            store::refuse(&device.scope, device.today(now)).await?;
            vec![("day", "kiosk-day-old")]
        }
        Err((faults, false)) => faults,
    };
    let page = page(&context, &visitor, &device, &key, &sealed, (&form, &faults));
    Ok((http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `GET /k/{key}/thanks`.
pub async fn thanks(
    State(context): State<Context>,
    visitor: Visitor,
    Path(key): Path<String>,
    axum::extract::Query(spoken): axum::extract::Query<Spoken>,
) -> Result<Response, Problem> {
    let device = device(&context, &key).await?;
    let visitor = speaking(visitor, &spoken, &device.home);
    Ok(device_thanks(&visitor, &device.home.name, &format!("/k/{key}")).into_response())
}

/// What a device sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    answers: Vec<DeviceAnswer>,
}

/// One answer as a device kept it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceAnswer {
    /// A UUID made on the device.
    id: String,
    /// When it was written there, milliseconds since 1970.
    at: i64,
    day: String,
    stars: String,
    text: String,
    name: String,
    code: String,
    language: String,
}

/// What a device is told.
#[derive(Serialize)]
pub struct Taken {
    /// Answers that need not be kept any more: saved, now or before, or of no use to anybody.
    done: Vec<String>,
    /// Whether it should wait before it sends the others.
    wait: bool,
}

/// `POST /k/{key}/answers`: at most fifty; each once, whatever is sent again.
pub async fn answers(
    State(context): State<Context>,
    Path(key): Path<String>,
    CheckedJson(sent, _): CheckedJson<Answers>,
) -> Result<axum::Json<Taken>, Problem> {
    let device = device(&context, &key).await?;
    if sent.answers.len() > ANSWERS_MAX {
        return Err(Problem::new(ProblemKind::TooLarge, "problem-too-large"));
    }
    let mut taken = Taken { done: Vec::new(), wait: false };
    for answer in sent.answers {
        if take(&context, &device, &answer).await? == Outcome::Full {
            taken.wait = true;
            break;
        }
        taken.done.push(answer.id);
    }
    store::heard(&device.scope, device.id, context.now()).await?;
    Ok(axum::Json(taken))
}

/// Takes one answer of a device. What cannot be read, now or ever, is dropped: its writer is gone.
async fn take(context: &Context, device: &Device, sent: &DeviceAnswer) -> Result<Outcome, Problem> {
    let now = context.now();
    let written = Timestamp::from_millisecond(sent.at).unwrap_or(now);
    let dated = (now.checked_sub(WAITED_MAX).unwrap_or(now)..=now).contains(&written);
    let at = if dated { written } else { now };
    let form = ReviewForm {
        day: sent.day.clone(),
        stars: sent.stars.clone(),
        text: sent.text.replace('\0', ""),
        name: sent.name.replace('\0', ""),
        ..ReviewForm::default()
    };
    let answer = match rules::read(&form, None, device.today(now)) {
        Ok(answer) if is_uuid(&sent.id) => answer,
        Err((_, true)) => {
            store::refuse(&device.scope, device.today(now)).await?;
            return Ok(Outcome::Known);
        }
        _ => {
            tracing::warn!(kiosk = device.id.0, "a device sent an answer that cannot be read");
            return Ok(Outcome::Known);
        }
    };
    let key = format!("kiosk-{}-{}", device.scope.organization(), sent.id);
    let language = Locale::parse(&sent.language).unwrap_or(Locale::Es);
    device.save(context, answer, &sent.code, Sent { key, language, at }).await
}

/// A UUID in small letters, as `crypto` makes them.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == '-',
            _ => matches!(c, '0'..='9' | 'a'..='f'),
        })
}

/// `GET /k/worker.js`: its address makes it speak for the devices' pages and for no others.
pub async fn worker() -> Result<Response, Problem> {
    let script = assets::script("kiosk-worker.js").ok_or_else(Problem::not_found)?;
    let headers =
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, script).into_response())
}

/// `GET /k/{key}/app.webmanifest`: lets the page be put on the device's first screen.
pub async fn manifest(State(context): State<Context>, Path(key): Path<String>) -> Result<Response, Problem> {
    let device = device(&context, &key).await?;
    let icon =
        serde_json::json!({ "src": assets::link("icon.svg"), "sizes": "any", "type": "image/svg+xml" });
    let manifest = serde_json::json!({
        "name": device.home.name,
        "short_name": device.home.name.chars().take(20).collect::<String>(),
        "lang": device.home.locale,
        "start_url": format!("/k/{key}"),
        "scope": format!("/k/{key}"),
        "display": "fullscreen",
        "icons": [icon],
    });
    Ok(([(header::CONTENT_TYPE, "application/manifest+json")], manifest.to_string()).into_response())
}
