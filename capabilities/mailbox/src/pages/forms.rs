//! What the page's forms do.

use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use connectors::mail::{Account, MailError};
use domain::{MailSecurity, MailboxId, MailboxState, SourceKind};
use foundation::Context;
use foundation::store::{Batch, StoreError};
use foundation::values;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind};
use http::StatusCode;
use maud::Markup;
use serde::Deserialize;

use super::view::{Fault, MailboxesView, Typed, mailboxes_page};
use crate::rules::{self, Provider};
use crate::step;
use crate::store::{self, Mailbox, NewMailbox};

/// Longest that a form waits for a mail server.
const CHECK_MAX: Duration = Duration::from_secs(25);

const INVALID: Problem = Problem::new(ProblemKind::Invalid, "problem-invalid-form");

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Shown {
    done: String,
}

/// The page of mailboxes.
pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(shown): Query<Shown>,
) -> Result<Markup, Problem> {
    let mut view = view(&context, &member).await?;
    let done = ["added", "works", "paused", "resumed", "removed", "password"];
    view.done = done.into_iter().find(|done| *done == shown.done);
    Ok(mailboxes_page(&member, &view))
}

async fn view(context: &Context, member: &Member) -> Result<MailboxesView, Problem> {
    Ok(MailboxesView {
        mailboxes: store::mailboxes(&member.scope).await?,
        allows_plain: !context.config.allow_private.is_empty(),
        ..MailboxesView::default()
    })
}

fn done(what: &str) -> Response {
    Redirect::to(&format!("/sources/mailbox?done={what}")).into_response()
}

async fn refuse(context: &Context, member: &Member, typed: Typed, fault: Fault) -> Result<Response, Problem> {
    let mut view = view(context, member).await?;
    (view.typed, view.fault) = (typed, Some(fault));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, mailboxes_page(member, &view)).into_response())
}

/// A new mailbox.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddForm {
    provider: String,
    address: String,
    password: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    host: String,
    #[serde(default)]
    port: String,
    #[serde(default)]
    security: String,
    #[serde(default)]
    folder: String,
    plus_address: Option<String>,
}

impl AddForm {
    /// What was typed, without the password: it is never shown again.
    fn typed(&self) -> Typed {
        Typed {
            provider: self.provider.clone(),
            address: self.address.clone(),
            user: self.user.clone(),
            host: self.host.clone(),
            port: self.port.clone(),
            security: self.security.clone(),
            folder: self.folder.clone(),
            plus_address: self.plus_address.is_some(),
        }
    }

    /// The mailbox as typed, or the field and key of what is wrong.
    fn read(&self) -> Result<NewMailbox, Fault> {
        let fault = |field, key: &str| Fault { field, key: key.to_owned() };
        let provider =
            Provider::parse(&self.provider).ok_or_else(|| fault("provider", "mailbox-provider-wrong"))?;
        let address = notify::rules::check_address(domain::ChannelKind::Email, &self.address)
            .map_err(|key| fault("address", key))?;
        if self.password.is_empty() || self.password.len() > 500 {
            return Err(fault("password", "mailbox-password-wrong"));
        }
        let (host, port, security, plus_address) = if let Some(host) = provider.host() {
            (host.to_owned(), 993, MailSecurity::Tls, provider.plus_address())
        } else {
            let security = MailSecurity::parse(&self.security)
                .ok_or_else(|| fault("security", "mailbox-security-wrong"))?;
            let usual = if security == MailSecurity::Tls { 993 } else { 143 };
            let port = match self.port.trim() {
                "" => usual,
                port => port
                    .parse()
                    .ok()
                    .filter(|port| *port > 0)
                    .ok_or_else(|| fault("port", "mailbox-port-wrong"))?,
            };
            let host = self.host.trim().to_lowercase();
            if host.is_empty() || host.len() > 253 {
                return Err(fault("host", "mailbox-host-wrong"));
            }
            (host, port, security, self.plus_address.is_some())
        };
        let or = |text: &str, usual: &str| match text.trim() {
            "" => usual.to_owned(),
            text => text.chars().take(200).collect(),
        };
        let account = Account {
            host,
            port,
            security: rules::security(security),
            user: or(&self.user, &address),
            // As pasted: Google shows its app passwords in groups of four.
            password: if provider == Provider::Gmail {
                self.password.replace(' ', "")
            } else {
                self.password.clone()
            },
            folder: or(&self.folder, "INBOX"),
        };
        Ok(NewMailbox { address, plus_address, account, security })
    }
}

pub(super) async fn add(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<AddForm>,
) -> Result<Response, Problem> {
    let typed = form.typed();
    let new = match form.read() {
        Ok(new) => new,
        Err(fault) => return refuse(&context, &member, typed, fault).await,
    };
    let others = store::mailboxes(&member.scope).await?;
    let known = others.iter().any(|other| other.address == new.address);
    if known || others.len() >= rules::MAILBOXES_MAX {
        let key = if known { "mailbox-known" } else { "mailbox-too-many" };
        return refuse(&context, &member, typed, Fault { field: "address", key: key.to_owned() }).await;
    }
    if let Err(error) = check(&context, &new.account).await {
        let fault = Fault { field: field_of(&error), key: format!("mailbox-error-{}", error.key()) };
        return refuse(&context, &member, typed, fault).await;
    }
    let kind = SourceKind::Mailbox;
    let source = listen::store::sources::ensure(&context, &member.scope, kind, &new.address, None).await?;
    match store::insert(&context, &member.scope, source, &new).await {
        Ok(_) => {}
        // Pressed twice.
        Err(error) if error.is_conflict() => return Ok(done("added")),
        Err(error) => return Err(error.into()),
    }
    context.wakes.wake(crate::ARRIVED);
    Ok(done("added"))
}

/// The field somebody has to look at.
fn field_of(error: &MailError) -> &'static str {
    match error {
        MailError::SignIn { .. } | MailError::BadText => "password",
        MailError::Folder { .. } => "folder",
        MailError::NotEncrypted | MailError::NoStartTls => "security",
        _ => "host",
    }
}

/// Signs in and looks at the folder.
async fn check(context: &Context, account: &Account) -> Result<(), MailError> {
    let mail = step::client(context)?;
    let checked = tokio::time::timeout(CHECK_MAX, mail.check(account)).await;
    checked.unwrap_or(Err(MailError::Timeout)).map(|_| ())
}

/// What becomes of a mailbox.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeForm {
    action: String,
    #[serde(default)]
    password: String,
}

pub(super) async fn change(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<ChangeForm>,
) -> Result<Response, Problem> {
    let scope = &member.scope;
    let id = MailboxId(id);
    let mailbox = store::mailbox(scope, id).await?.ok_or_else(Problem::not_found)?;
    let state = |state| store::set_state(scope, &mailbox, state, context.now());
    let what = match form.action.as_str() {
        "test" => return test(&context, &member, mailbox).await,
        "password" => return password(&context, &member, &mailbox, form.password).await,
        "pause" => state(MailboxState::Paused).await.map(|()| "paused"),
        "resume" => state(MailboxState::Active).await.map(|()| "resumed"),
        "remove" => state(MailboxState::Removed).await.map(|()| "removed"),
        _ => return Err(INVALID),
    };
    let what = what.map_err(absent)?;
    context.wakes.wake(crate::ARRIVED);
    Ok(done(what))
}

/// Somebody else's row and no row are the same.
fn absent(error: StoreError) -> Problem {
    if error.is_conflict() { Problem::not_found() } else { error.into() }
}

/// Looks whether a mailbox can be read; what works is also read at once.
async fn test(context: &Context, member: &Member, mailbox: Mailbox) -> Result<Response, Problem> {
    let fault = match store::password(context, &member.scope, mailbox.id).await? {
        None => Some("password-missing"),
        Some(password) => {
            check(context, &step::account(&mailbox, password)).await.err().map(|error| error.key())
        }
    };
    let Some(fault) = fault else {
        let batch = Batch::new().add(&store::ASK_NOW, values![mailbox.id, context.now()]);
        member.scope.write(batch).await?;
        context.wakes.wake(crate::ARRIVED);
        return Ok(done("works"));
    };
    let mut view = view(context, member).await?;
    view.tested = Some((mailbox.address, format!("mailbox-error-{fault}")));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, mailboxes_page(member, &view)).into_response())
}

/// Keeps another password, once it lets us in.
async fn password(
    context: &Context,
    member: &Member,
    mailbox: &Mailbox,
    password: String,
) -> Result<Response, Problem> {
    let is_gmail = Some(mailbox.host.as_str()) == Provider::Gmail.host();
    let password = if is_gmail { password.replace(' ', "") } else { password };
    let key = if password.is_empty() || password.len() > 500 {
        Some("mailbox-password-wrong".to_owned())
    } else {
        let checked = check(context, &step::account(mailbox, password.clone())).await;
        checked.err().map(|error| format!("mailbox-error-{}", error.key()))
    };
    if let Some(key) = key {
        let mut view = view(context, member).await?;
        view.tested = Some((mailbox.address.clone(), key));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, mailboxes_page(member, &view)).into_response());
    }
    store::change_password(context, &member.scope, mailbox, &password).await.map_err(absent)?;
    context.wakes.wake(crate::ARRIVED);
    Ok(done("password"))
}
