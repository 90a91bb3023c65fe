//! The page as a function of what it shows.

use domain::{MailSecurity, MailboxState, Role};
use foundation::web::{Member, Texts, shell};
use maud::{Markup, html};
use ui::{
    Badge, Button, Choice, ConfirmForm, Field, Icon, Tone, actions, back_link, badge, card, confirm_form,
    disclosure, empty_state, form_errors, hidden, key_values, notice, page_header,
};

use crate::rules::{MAILBOXES_MAX, Provider};
use crate::store::Mailbox;

/// What the page shows.
#[derive(Default)]
pub struct MailboxesView {
    /// Every mailbox.
    pub mailboxes: Vec<Mailbox>,
    /// Whether the operator allows servers of this machine or network, which may be spoken to in the clear.
    pub allows_plain: bool,
    /// What was typed for a new one, to correct.
    pub typed: Typed,
    /// What is wrong with it.
    pub fault: Option<Fault>,
    /// The address of one that was tried in vain, and the key of why.
    pub tested: Option<(String, String)>,
    /// What was just done: the end of a key.
    pub done: Option<&'static str>,
}

/// A new mailbox as it was typed, without its password.
#[derive(Default)]
pub struct Typed {
    /// Who carries it.
    pub provider: String,
    /// Its address.
    pub address: String,
    /// Who signs in.
    pub user: String,
    /// The server.
    pub host: String,
    /// Its port.
    pub port: String,
    /// How it is spoken to.
    pub security: String,
    /// The folder.
    pub folder: String,
    /// Whether `name+anything` arrives.
    pub plus_address: bool,
}

/// A field and the key of what is wrong with it.
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// The key.
    pub key: String,
}

fn fault_text(t: &Texts, key: &str) -> String {
    t.with(key, &[("max", (MAILBOXES_MAX as i64).into())]).into_owned()
}

/// The page of mailboxes.
pub fn mailboxes_page(member: &Member, view: &MailboxesView) -> Markup {
    let t = member.texts();
    let fault = view.fault.as_ref().map(|fault| fault_text(t, &fault.key)).unwrap_or_default();
    let content = html! {
        (back_link(&t.get("sources-title"), "/sources"))
        (page_header(&t.get("mailbox-title"), &t.get("mailbox-lead"), None))
        @if let Some(wrong) = &view.fault { (form_errors(&t.get("form-errors"), &[(wrong.field, &fault)])) }
        @if let Some((address, key)) = &view.tested {
            (notice(Tone::Error, &t.with("mailbox-test-failed", &[("address", address.as_str().into())]),
                &html! { (fault_text(t, key)) }))
        }
        @if let Some(done) = view.done {
            (notice(Tone::Success, "", &html! { (t.get(&format!("mailbox-done-{done}"))) }))
        }
        @if view.mailboxes.is_empty() {
            (empty_state(Icon::Mail, &t.get("mailbox-empty-title"), &t.get("mailbox-empty"), None))
        }
        @for mailbox in &view.mailboxes { (mailbox_card(member, mailbox)) }
        @if member.may(Role::Manager) {
            (card("add-mailbox", &t.get("mailbox-add-title"), &add_form(member, view, &fault)))
        }
    };
    shell(member, &t.get("mailbox-title"), content)
}

/// How a mailbox is doing, in the words of every source.
fn health(mailbox: &Mailbox) -> &'static str {
    match (mailbox.state, mailbox.failures, mailbox.ok_at) {
        (MailboxState::Paused, ..) => "paused",
        (_, 1.., _) => "failing",
        (_, 0, None) => "waiting",
        _ => "well",
    }
}

fn mailbox_card(member: &Member, mailbox: &Mailbox) -> Markup {
    let t = member.texts();
    let state = health(mailbox);
    let words = t.get(&format!("source-health-{state}"));
    let asked = mailbox.ok_at.max(mailbox.failed_at);
    let asked =
        asked.map_or_else(|| t.get("never").into_owned(), |at| t.moment(at, &member.principal.time_zone));
    let server = format!("{}:{} · {}", mailbox.host, mailbox.port, mailbox.folder);
    let labels = ["sources-state", "sources-asked", "mailbox-server", "mailbox-letters", "mailbox-ignored"];
    let labels = labels.map(|key| t.get(key));
    let pairs = [
        (
            &*labels[0],
            html! {
                @if state == "failing" { (badge(Badge { label: &words, tone: Tone::Warning, icon: Some(Icon::Warning) })) }
                @else { (words) }
                @if let Some(key) = &mailbox.error_key { " " (t.get(&format!("mailbox-error-{key}"))) }
            },
        ),
        (&*labels[1], html! { (asked) }),
        (&*labels[2], html! { (server) }),
        (
            &*labels[3],
            html! { a href={ "/mentions?source=" (mailbox.source) } { (t.get("mailbox-see-letters")) } },
        ),
        (&*labels[4], html! { (t.count(mailbox.ignored)) }),
    ];
    let content = html! {
        (key_values(&pairs))
        @if member.may(Role::Manager) { (buttons(member, mailbox)) }
    };
    card(&format!("mailbox-{}", mailbox.id), &mailbox.address, &content)
}

fn buttons(member: &Member, mailbox: &Mailbox) -> Markup {
    let t = member.texts();
    let path = format!("/sources/mailbox/{}", mailbox.id);
    let (address, csrf) = (mailbox.address.as_str(), member.visitor.csrf.as_str());
    let group = format!("m{}", mailbox.id);
    let question = t.with("mailbox-remove-question", &[("address", address.into())]);
    let (yes, no) = (t.get("mailbox-remove"), t.get("mailbox-remove-no"));
    let again = html! {
        form.form method="post" action=(path) {
            (hidden("csrf", csrf))
            (Field::password("password", &t.get("mailbox-password")).required().within(&group)
                .hint(&t.get("mailbox-password-kept")).autocomplete("off"))
            (actions(&html! {
                (Button::secondary(&t.get("save")).name_value("action", "password").context(address))
            }))
        }
    };
    let remove = html! {
        (hidden("csrf", csrf))
        (actions(&html! { (Button::danger(&yes).name_value("action", "remove").context(address)) }))
    };
    html! {
        form method="post" action=(path) {
            (hidden("csrf", csrf))
            (actions(&html! {
                @if mailbox.state == MailboxState::Active {
                    (Button::secondary(&t.get("mailbox-test")).icon(Icon::Refresh).name_value("action", "test").context(address))
                    (Button::quiet(&t.get("sources-pause")).name_value("action", "pause").context(address))
                } @else {
                    (Button::secondary(&t.get("sources-resume")).icon(Icon::Refresh).name_value("action", "resume").context(address))
                }
            }))
        }
        (disclosure(&t.get("mailbox-password-again"), &again))
        (disclosure(&t.get("mailbox-remove"), &html! {
            p { (t.get("mailbox-remove-hint")) }
            (confirm_form(&ConfirmForm { action: &path, question: &question, yes: &yes, no: &no }, &remove))
        }))
    }
}

fn add_form(member: &Member, view: &MailboxesView, fault: &str) -> Markup {
    let t = member.texts();
    let typed = &view.typed;
    let wrong =
        |field| if view.fault.as_ref().is_some_and(|fault| fault.field == field) { fault } else { "" };
    let providers: Vec<(&str, String)> = Provider::ALL
        .into_iter()
        .map(|one| (one.as_str(), t.get(&format!("mailbox-provider-{}", one.as_str())).into_owned()))
        .collect();
    let providers: Vec<Choice<'_>> =
        providers.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let chosen = if typed.provider.is_empty() { Provider::Gmail.as_str() } else { typed.provider.as_str() };
    html! {
        p { (t.get("mailbox-add-lead")) }
        form.form method="post" action="/sources/mailbox" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::email("address", &t.get("mailbox-address")).required().value(&typed.address)
                .error(wrong("address")).autocomplete("off"))
            (Field::select("provider", &t.get("mailbox-provider"), &providers).value(chosen).error(wrong("provider"))
                .hint(&t.get("mailbox-provider-hint")))
            (Field::password("password", &t.get("mailbox-password")).required().error(wrong("password"))
                .hint(&t.get("mailbox-password-hint")).autocomplete("off"))
            (disclosure(&t.get("mailbox-help-title"), &help(t)))
            (server_fields(t, view, &wrong))
            (actions(&html! { (Button::primary(&t.get("mailbox-add-submit")).icon(Icon::Plus)) }))
        }
    }
}

/// What has to be done at each provider first.
fn help(t: &Texts) -> Markup {
    html! {
        ul {
            li { (t.get("mailbox-help-gmail")) }
            li { (t.get("mailbox-help-outlook")) }
            li { (t.get("mailbox-help-yahoo")) }
            li { (t.get("mailbox-help-other")) }
            li { (t.get("mailbox-help-folder")) }
        }
    }
}

/// Which server, for whoever chose "another".
fn server_fields<'a>(t: &Texts, view: &MailboxesView, wrong: &impl Fn(&'static str) -> &'a str) -> Markup {
    let typed = &view.typed;
    let ways: Vec<(&str, String)> = MailSecurity::ALL
        .iter()
        .filter(|way| **way != MailSecurity::Plain || view.allows_plain)
        .map(|way| (way.as_str(), t.get(&format!("mailbox-security-{way}")).into_owned()))
        .collect();
    let ways: Vec<Choice<'_>> = ways.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let way = if typed.security.is_empty() { MailSecurity::Tls.as_str() } else { typed.security.as_str() };
    let optional = t.get("optional");
    let fields = html! {
            (Field::text("host", &t.get("mailbox-host")).optional(&optional).value(&typed.host).error(wrong("host"))
                .hint(&t.get("mailbox-host-hint")).max_length(253).autocomplete("off"))
            (Field::number("port", &t.get("mailbox-port")).optional(&optional).value(&typed.port).error(wrong("port"))
                .hint(&t.get("mailbox-port-hint")).range("1", "65535", "1"))
            (Field::select("security", &t.get("mailbox-security"), &ways).value(way).error(wrong("security")))
            (Field::text("user", &t.get("mailbox-user")).optional(&optional).value(&typed.user)
                .hint(&t.get("mailbox-user-hint")).max_length(200).autocomplete("off"))
            (Field::text("folder", &t.get("mailbox-folder")).optional(&optional).value(&typed.folder).error(wrong("folder"))
                .hint(&t.get("mailbox-folder-hint")).max_length(200).autocomplete("off"))
            (Field::checkbox("plus_address", &t.get("mailbox-plus"), typed.plus_address))
    };
    // What has to be corrected must not be folded away.
    let is_open = !typed.host.is_empty() || view.fault.as_ref().is_some_and(|fault| fault.field != "address");
    html! { @if is_open { (fields) } @else { (disclosure(&t.get("mailbox-server-title"), &fields)) } }
}
