//! The form that anybody may open: `/r/{code}` from something printed, `/i/{token}` from an invitation. Both ask the same.
//!
//! **What must stay true.** A GET changes nothing: mail scanners follow links. Whoever is refused is told why and keeps her
//! words. Nothing here depends on what was answered, except whether it can be read.

use std::net::IpAddr;

use accounts::Organization;
use accounts::pages::client_address;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{AskPurpose, OrganizationId, Proof};
use foundation::Context;
use foundation::store::Scope;
use foundation::web::serve::Peer;
use foundation::web::{CheckedFileForm, Locale, Problem, SmallFile, Texts, Visitor};
use http::{HeaderMap, StatusCode, header};
use invite::{Asked, Link, Opening};
use serde::Serialize;

use super::view::{FormView, chosen, form_page, message_page, reach};
use crate::answer::{Arrival, Outcome, lane, receive};
use crate::photo::{self, Photo};
use crate::rules::{self, Faults, Lane, ReviewForm};
use crate::store;
use crate::work::{self, Sealed, Solved};

/// Longest end of an address that is looked up.
const KEY_BYTES_MAX: usize = 100;

/// Whose form has this code.
pub async fn organization(context: &Context, code: &str) -> Result<OrganizationId, Problem> {
    if code.len() > KEY_BYTES_MAX {
        return Err(Problem::not_found());
    }
    invite::by_form_code(context, code).await?.ok_or_else(Problem::not_found)
}

/// How somebody reaches the business: as it says when it answers, else where its invitations come from.
pub(super) async fn contact(scope: &Scope) -> Result<String, Problem> {
    let said = respond::store::settings(scope).await?.contact;
    if !said.is_empty() {
        return Ok(said);
    }
    let asks = invite::store::settings::settings(scope).await?;
    Ok(asks.map_or_else(String::new, |asks| {
        [asks.sender, asks.postal].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }))
}

/// Everything a form's page needs but what was filled in.
struct Front {
    scope: Scope,
    home: Organization,
    links: Vec<Link>,
    contact: String,
    today: i64,
    asked: Asked,
    path: String,
}

impl Front {
    async fn of(context: &Context, asked: Asked, path: String) -> Result<Self, Problem> {
        let scope = context.scope(asked.organization);
        let home = accounts::organization(&scope).await?.ok_or_else(Problem::not_found)?;
        let today = listen::rules::day_of(context.now(), &home.zone());
        // The private question leads nowhere else, whoever answers it.
        let links = match asked.purpose {
            AskPurpose::Census => Vec::new(),
            AskPurpose::Review => invite::links(&scope).await?,
        };
        let contact = contact(&scope).await?;
        Ok(Self { scope, home, links, contact, today, asked, path })
    }

    /// Whether the address alone says that she was a customer.
    fn is_invited(&self) -> bool {
        self.asked.invitation.is_some()
    }

    fn reachable(&self) -> (String, String) {
        (self.home.name.clone(), self.contact.clone())
    }

    async fn work(&self, context: &Context) -> Result<Option<(String, String)>, Problem> {
        if self.is_invited() {
            return Ok(None);
        }
        Ok(Some((challenge(context, &self.scope).await?, format!("{}/work", self.path))))
    }

    /// The form, as it was filled in. What was wrong is said in it.
    async fn page(
        &self,
        context: &Context,
        visitor: &Visitor,
        sealed: &Sealed,
        form: &ReviewForm,
        (faults, notice): (&Faults, Option<&'static str>),
    ) -> Result<Response, Problem> {
        let view = FormView {
            name: &self.home.name,
            path: &self.path,
            purpose: self.asked.purpose,
            links: &self.links,
            contact: &self.contact,
            day: self.asked.visit_day,
            today: self.today,
            sealed,
            work: self.work(context).await?,
            form,
            faults,
            notice,
        };
        Ok(form_page(visitor, &view).into_response())
    }
}

/// A fresh proof of work, as hard as the hour is busy.
async fn challenge(context: &Context, scope: &Scope) -> Result<String, Problem> {
    let mut busy = 0;
    if let Some(quota) = Lane::Worked.quota() {
        for counter in store::counters(context, scope, Lane::Worked.name(), b"", quota).iter().skip(1) {
            busy = store::counted(scope, counter).await?;
        }
    }
    Ok(work::challenge(context, scope.organization(), rules::cost(busy)))
}

/// The visitor in her own language: what she chose, else what the invitation knows, else what her browser says.
fn speaking(mut visitor: Visitor, headers: &HeaderMap, asked: &Asked) -> Visitor {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let chose = cookies.flat_map(|line| line.split(';')).any(|pair| pair.trim().starts_with("timon-locale="));
    let known = asked.language.as_deref().and_then(Locale::parse);
    if let Some(locale) = known.filter(|_| !chose && visitor.principal.is_none()) {
        visitor.texts = Texts::of(locale);
    }
    visitor
}

/// `GET /r/{code}`.
pub async fn open(
    State(context): State<Context>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let asked = invite::declared(organization(&context, &code).await?);
    let front = Front::of(&context, asked, format!("/r/{code}")).await?;
    let sealed = work::seal_form(&context, front.asked.organization);
    front.page(&context, &visitor, &sealed, &ReviewForm::default(), (&Faults::new(), None)).await
}

/// `GET /i/{token}`.
pub async fn open_invited(
    State(context): State<Context>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let (front, visitor) = match invited(&context, visitor, &headers, &token).await? {
        Ok(found) => found,
        Err(said) => return Ok(said),
    };
    let sealed = work::seal_form(&context, front.asked.organization);
    front.page(&context, &visitor, &sealed, &ReviewForm::default(), (&Faults::new(), None)).await
}

/// Who is invited by a token, or the page that says why nobody is.
async fn invited(
    context: &Context,
    visitor: Visitor,
    headers: &HeaderMap,
    token: &str,
) -> Result<Result<(Front, Visitor), Response>, Problem> {
    if token.len() > KEY_BYTES_MAX {
        return Err(Problem::not_found());
    }
    match invite::by_token(context, token).await? {
        Opening::Open(asked) => {
            let visitor = speaking(visitor, headers, &asked);
            let front = Front::of(context, asked, format!("/i/{token}")).await?;
            Ok(Ok((front, visitor)))
        }
        Opening::Answered(organization) => {
            Ok(Err(already(&visitor, &reachable(context, organization).await?)))
        }
        Opening::Over(organization) => Ok(Err(over(&visitor, &reachable(context, organization).await?))),
        Opening::Unknown => Err(Problem::not_found()),
    }
}

/// A business's name and how to reach it.
async fn reachable(context: &Context, organization: OrganizationId) -> Result<(String, String), Problem> {
    let scope = context.scope(organization);
    let home = accounts::organization(&scope).await?.ok_or_else(Problem::not_found)?;
    Ok((home.name, contact(&scope).await?))
}

/// "It was received": said to whoever opens her invitation again.
fn already(visitor: &Visitor, (name, contact): &(String, String)) -> Response {
    let t = visitor.texts;
    let said = [t.get("review-already").into_owned(), reach(t, "review-thanks-change", name, contact)];
    message_page(visitor, name, "review-already-title", &said).into_response()
}

/// "The thirty days are over", with whom to talk to.
fn over(visitor: &Visitor, (name, contact): &(String, String)) -> Response {
    let t = visitor.texts;
    let said = [t.get("review-over").into_owned(), reach(t, "review-over-contact", name, contact)];
    message_page(visitor, name, "review-over-title", &said).into_response()
}

/// `POST /r/{code}`.
pub async fn send(
    State(context): State<Context>,
    visitor: Visitor,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    CheckedFileForm { form, file }: CheckedFileForm<ReviewForm>,
) -> Result<Response, Problem> {
    let asked = invite::declared(organization(&context, &code).await?);
    let front = Front::of(&context, asked, format!("/r/{code}")).await?;
    let address = client_address(&context, peer.map(|Extension(Peer(peer))| peer.ip()), &headers);
    Sending { context: &context, visitor: &visitor, front: &front, form: &form, address }.take(file).await
}

/// `POST /i/{token}`.
pub async fn send_invited(
    State(context): State<Context>,
    visitor: Visitor,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    Path(token): Path<String>,
    CheckedFileForm { form, file }: CheckedFileForm<ReviewForm>,
) -> Result<Response, Problem> {
    let (front, visitor) = match invited(&context, visitor, &headers, &token).await? {
        Ok(found) => found,
        Err(said) => return Ok(said),
    };
    let address = client_address(&context, peer.map(|Extension(Peer(peer))| peer.ip()), &headers);
    Sending { context: &context, visitor: &visitor, front: &front, form: &form, address }.take(file).await
}

/// `GET /r/{code}/work`: a fresh challenge, for a form that was open for long.
pub async fn fresh_work(
    State(context): State<Context>,
    Path(code): Path<String>,
) -> Result<axum::Json<FreshWork>, Problem> {
    let scope = context.scope(organization(&context, &code).await?);
    Ok(axum::Json(FreshWork { work: challenge(&context, &scope).await? }))
}

/// What a form's script asks for.
#[derive(Serialize)]
pub struct FreshWork {
    work: String,
}

/// One form on its way.
struct Sending<'a> {
    context: &'a Context,
    visitor: &'a Visitor,
    front: &'a Front,
    form: &'a ReviewForm,
    address: IpAddr,
}

/// A form that is shown again: what is wrong, what else is said, and with which status.
type Again = (Faults, Option<&'static str>, StatusCode);

fn wrong(field: &'static str, key: &'static str) -> Again {
    (vec![(field, key)], None, StatusCode::UNPROCESSABLE_ENTITY)
}

fn said(key: &'static str, status: StatusCode) -> Again {
    (Faults::new(), Some(key), status)
}

impl Sending<'_> {
    async fn take(self, file: SmallFile) -> Result<Response, Problem> {
        let Self { context, front, form, .. } = self;
        let organization = front.asked.organization;
        let mut sealed = Sealed { key: form.key.clone(), made: form.made.clone(), seal: form.seal.clone() };
        let age = work::age(context, organization, &sealed);
        if age.is_none() {
            sealed = work::seal_form(context, organization);
        }
        let with_photo = chosen(&file);
        let refusal = match age {
            None => said("review-stale", StatusCode::UNPROCESSABLE_ENTITY),
            Some(age) if !front.is_invited() && age.as_secs() < rules::FILL_SECONDS_MIN => {
                said("review-too-quick", StatusCode::UNPROCESSABLE_ENTITY)
            }
            Some(_) if !form.website.is_empty() => said("review-trapped", StatusCode::UNPROCESSABLE_ENTITY),
            Some(_) => match rules::read(form, front.asked.visit_day, front.today) {
                Ok(answer) => match self.settle(&sealed, answer, file).await? {
                    Ok(response) => return Ok(response),
                    Err(again) => again,
                },
                Err((_, true)) => return self.too_old().await,
                Err((faults, false)) => (faults, None, StatusCode::UNPROCESSABLE_ENTITY),
            },
        };
        let (mut faults, notice, status) = refusal;
        if with_photo && !faults.iter().any(|(field, _)| *field == "photo") {
            // A browser does not fill in a file again.
            faults.push(("photo", "review-photo-again"));
        }
        let page = front.page(context, self.visitor, &sealed, form, (&faults, notice)).await?;
        Ok((status, page).into_response())
    }

    /// A review of a visit too long ago is not taken (and counted); whom to talk to is said.
    async fn too_old(&self) -> Result<Response, Problem> {
        let front = self.front;
        store::refuse(&front.scope, front.today).await?;
        let page = over(self.visitor, &front.reachable());
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    /// Everything after the answer could be read: its code, its photograph, its work, its place in the hour.
    async fn settle(
        &self,
        sealed: &Sealed,
        answer: rules::Answer,
        file: SmallFile,
    ) -> Result<Result<Response, Again>, Problem> {
        let asked = match self.proven(answer.day).await? {
            Ok(asked) => asked,
            Err(again) => return Ok(Err(again)),
        };
        let solved = self.solved(&asked);
        let lane = lane(asked.proof, solved.is_some());
        // A photograph costs more than everything else here: what is known, or too much, is told before it is looked at.
        let known = store::known(&self.front.scope, &sealed.key).await?;
        if !known && store::full(&self.front.scope, &self.counters(lane)).await? {
            return Ok(Err(said("review-full", StatusCode::TOO_MANY_REQUESTS)));
        }
        let file = if known { SmallFile::None } else { file };
        let photo = match self.photo(file).await {
            Ok(photo) => photo,
            Err(again) => return Ok(Err(again)),
        };
        let arrival = Arrival {
            asked: &asked,
            answer,
            photo,
            key: sealed.key.clone(),
            language: self.visitor.texts.locale,
            counters: self.counters(lane),
            solved,
            kiosk: None,
            at: self.context.now(),
        };
        let outcome = receive(self.context, &self.front.scope, &self.front.home.zone(), &arrival).await?;
        Ok(match outcome {
            Outcome::Saved | Outcome::Known => {
                let code = invite::form_code(self.context, &self.front.scope).await?;
                Ok(Redirect::to(&format!("/r/{code}/thanks")).into_response())
            }
            Outcome::Answered if self.front.is_invited() => {
                Ok(already(self.visitor, &self.front.reachable()))
            }
            Outcome::Answered => Err(wrong("code", "review-code-used")),
            Outcome::WorkUsed => Err(said("review-work-used", StatusCode::CONFLICT)),
            Outcome::Full => Err(said("review-full", StatusCode::TOO_MANY_REQUESTS)),
        })
    }

    /// Why she may answer: her invitation, or what the code she typed proves, or her word.
    async fn proven(&self, day: i64) -> Result<Result<Asked, Again>, Problem> {
        let code = self.form.code.trim();
        if self.front.is_invited() || code.is_empty() {
            return Ok(Ok(self.front.asked.clone()));
        }
        let guesses = self.counters(Lane::Guess);
        if store::full(&self.front.scope, &guesses).await? {
            return Ok(Err(wrong("code", "review-code-many")));
        }
        let opening = match code.chars().count() {
            ..=rules::CODE_CHARS_MAX => invite::by_code(self.context, &self.front.scope, code, day).await?,
            _ => Opening::Unknown,
        };
        Ok(match opening {
            Opening::Open(asked) => Ok(asked),
            Opening::Answered(_) => Err(wrong("code", "review-code-used")),
            Opening::Over(_) => Err(wrong("code", "review-code-over")),
            Opening::Unknown => {
                let mut batch = foundation::store::Batch::new();
                store::count(&mut batch, &guesses);
                match self.front.scope.write(batch).await {
                    Ok(_) => Err(wrong("code", "review-code-unknown")),
                    Err(error) if error.is_conflict() => Err(wrong("code", "review-code-many")),
                    Err(error) => return Err(error.into()),
                }
            }
        })
    }

    async fn photo(&self, file: SmallFile) -> Result<Option<Photo>, Again> {
        match file {
            SmallFile::None => Ok(None),
            _ if self.front.asked.purpose == AskPurpose::Census => Ok(None),
            SmallFile::TooLarge => Err(wrong("photo", "review-photo-large")),
            SmallFile::Here(file) => photo::take(file).await.map(Some).map_err(|error| {
                tracing::debug!(%error, "a photograph was refused");
                wrong("photo", "review-photo-unreadable")
            }),
        }
    }

    fn solved(&self, asked: &Asked) -> Option<Solved> {
        let needed = asked.proof == Proof::Declared;
        work::check(self.context, asked.organization, &self.form.work).filter(|_| needed)
    }

    fn counters(&self, lane: Lane) -> Vec<store::Counter> {
        let network = rules::network(self.address);
        lane.quota().map_or_else(Vec::new, |quota| {
            store::counters(self.context, &self.front.scope, lane.name(), &network, quota)
        })
    }
}
