//! The page as a function of what it shows.

use domain::{AlertLevel, ChannelKind, NoticeKind, OutgoingState, Role};
use foundation::web::{Locale, Member, Texts, shell};
use maud::{Markup, html};
use ui::{
    Badge, Button, Choice, Column, DataTable, Field, Icon, TaskRow, Tone, actions, back_link, badge, card,
    data_table, disclosure, empty_state, form_errors, hidden, notice, page_header, task_list, task_row,
};

use super::programs::{self, ProgramsView};
use crate::rules::{self, Decision, Preferences};
use crate::store::Channel;
use crate::store::outgoing::Outgoing;

/// What the page shows.
pub struct NoticesView {
    /// Whether the operator has set up mail.
    pub mail: bool,
    /// Whether what was set up cannot be used.
    pub mail_is_broken: bool,
    /// Whether there is a Telegram bot.
    pub telegram: bool,
    /// Every channel.
    pub channels: Vec<Channel>,
    /// The programs that are told what happens.
    pub programs: ProgramsView,
    /// When to be told.
    pub preferences: Preferences,
    /// Messages that wait for a person, the newest of them.
    pub open: Vec<Outgoing>,
    /// How many wait, shown or not.
    pub open_count: i64,
    /// The newest messages.
    pub newest: Vec<Outgoing>,
    /// A test that was just sent.
    pub tested: Option<Outgoing>,
    /// What was just done: the end of a key.
    pub done: Option<&'static str>,
    /// A new channel that was refused.
    pub refused: Option<Refused>,
}

/// A new channel as it was sent, and the key of what is wrong.
pub struct Refused {
    /// Its kind.
    pub kind: ChannelKind,
    /// Its address.
    pub address: String,
    /// What is wrong.
    pub key: &'static str,
}

/// The page of notices.
pub fn notices_page(member: &Member, view: &NoticesView) -> Markup {
    let t = member.texts();
    let fault = view.refused.as_ref().map(|refused| fault_text(t, refused.key)).unwrap_or_default();
    let programs_fault = programs::fault(t, &view.programs);
    let content = html! {
        (back_link(&t.get("account-title"), "/account"))
        (page_header(&t.get("notices-title"), &t.get("notices-lead"), None))
        (programs::secret_notice(t, &view.programs))
        @if !programs_fault.is_empty() { (form_errors(&t.get("form-errors"), &[("program-address", &programs_fault)])) }
        @if !fault.is_empty() { (form_errors(&t.get("form-errors"), &[("address", &fault)])) }
        @if let Some(done) = view.done {
            (notice(Tone::Success, "", &html! { (t.get(&format!("notices-done-{done}"))) }))
        }
        @if let Some(tested) = &view.tested { (test_result(t, tested)) }
        @if view.mail_is_broken {
            (notice(Tone::Error, &t.get("notices-mail-broken-title"), &html! { (t.get("notices-mail-broken")) }))
        } @else if !view.mail {
            (notice(Tone::Info, &t.get("notices-no-mail-title"), &html! { (t.get("notices-no-mail")) }))
        }
        @if !view.open.is_empty() { (open_messages(member, view)) }
        (channels(member, view))
        @if member.may(Role::Manager) { (card("add-channel", &t.get("notices-add-title"), &add_form(member, view, &fault))) }
        (programs::section(member, &view.programs))
        @if member.may(Role::Manager) {
            (card("sms", &t.get("sms-title"), &html! {
                p { (t.get("sms-short")) }
                (actions(&html! { (Button::secondary(&t.get("sms-open")).href("/notices/sms")) }))
            }))
        }
        (card("hours", &t.get("notices-hours-title"), &hours(member, view)))
        (card("sent", &t.get("notices-sent-title"), &history(member, view)))
    };
    shell(member, &t.get("notices-title"), content)
}

fn fault_text(t: &Texts, key: &str) -> String {
    t.with(key, &[("max", (rules::CHANNELS_MAX as i64).into())]).into_owned()
}

pub(super) fn test_result(t: &Texts, tested: &Outgoing) -> Markup {
    let (tone, key) = match tested.state {
        OutgoingState::Accepted => (Tone::Success, "notices-test-accepted"),
        OutgoingState::Queued | OutgoingState::Dispatching => (Tone::Info, "notices-test-waiting"),
        OutgoingState::Unknown => (Tone::Warning, "notices-test-unknown"),
        _ => (Tone::Error, "notices-test-failed"),
    };
    notice(tone, &t.get(key), &html! { (explanation(t, &tested.answer_key, &tested.answer)) })
}

/// Why a message is in its state, with the other side's own words: from its `answer_key` and `answer`.
pub fn explanation(t: &Texts, answer_key: &str, answer: &str) -> String {
    let sentence = match answer_key {
        "" | "accepted" => None,
        "connect" | "dns" | "timeout" | "tls" | "setup" | "bad-response" => Some("unreachable"),
        "bad-url" | "bad-scheme" | "bad-port" | "userinfo" | "private-address" | "redirect" | "not-found" => {
            Some("bad-address")
        }
        "server-fault" | "broken-off" => Some("no-answer"),
        key @ ("later" | "refused" | "forbidden" | "bad-address" | "sign-in" | "not-set-up"
        | "interrupted" | "restored" | "channel-removed" | "person-arrived" | "person-again"
        | "person-drop" | "bounced" | "unreadable" | "gone" | "no-secret" | "program-stopped"
        | "taken-back" | "no-way-out" | "no-gateway" | "too-long") => Some(key),
        _ => Some("refused"),
    };
    let sentence = sentence.map(|sentence| t.get(&format!("notices-answer-{sentence}")).into_owned());
    // What a library of ours says is for the log; only what the other side itself said helps.
    let spoke = matches!(
        answer_key,
        "accepted"
            | "later"
            | "refused"
            | "forbidden"
            | "redirect"
            | "not-found"
            | "server-fault"
            | "bounced"
    );
    let words = (spoke && !answer.is_empty()).then(|| format!("“{answer}”"));
    sentence.into_iter().chain(words).collect::<Vec<_>>().join(" ")
}

pub(super) fn tone(state: OutgoingState) -> Tone {
    match state {
        OutgoingState::Accepted => Tone::Success,
        OutgoingState::Failed => Tone::Error,
        OutgoingState::Unknown | OutgoingState::Held => Tone::Warning,
        _ => Tone::Info,
    }
}

/// An address as somebody may see it: whoever knows a topic can read it, so only those who may change it do.
pub(super) fn address(member: &Member, kind: ChannelKind, address: &str) -> String {
    if kind == ChannelKind::Email || member.may(Role::Manager) {
        return address.to_owned();
    }
    member.texts().get("notices-address-hidden").into_owned()
}

/// Where a message goes. A customer's own address is for those who answer her.
fn destination(member: &Member, message: &Outgoing) -> String {
    if message.kind.is_letter() && !member.may(Role::Agent) {
        return member.texts().get("notices-address-hidden").into_owned();
    }
    address(member, message.channel_kind, &message.address)
}

fn kind_name(t: &Texts, kind: ChannelKind) -> String {
    t.get(&format!("channel-{kind}")).into_owned()
}

/// How a message travels, or what it is where it is a letter to somebody outside.
fn way_name(t: &Texts, message: &Outgoing) -> String {
    match message.kind {
        NoticeKind::Reply => t.get("notices-kind-reply").into_owned(),
        NoticeKind::Receipt => t.get("notices-kind-receipt").into_owned(),
        _ => kind_name(t, message.channel_kind),
    }
}

fn open_messages(member: &Member, view: &NoticesView) -> Markup {
    let t = member.texts();
    let rows = html! { @for message in &view.open { (open_row(member, message)) } };
    html! {
        section aria-labelledby="open-title" {
            h2 #open-title { (t.get("notices-open-title")) }
            p { (t.get("notices-open-lead")) }
            @if view.open_count > view.open.len() as i64 {
                p { (t.with("notices-open-shown", &[
                    ("shown", (view.open.len() as i64).into()), ("all", view.open_count.into())])) }
            }
            (task_list(&rows))
        }
    }
}

fn open_row(member: &Member, message: &Outgoing) -> Markup {
    let t = member.texts();
    let when = t.moment(message.changed_at, &member.principal.time_zone);
    let to = destination(member, message);
    let state = t.get(&format!("outgoing-{}", message.state));
    let why = explanation(t, &message.answer_key, &message.answer);
    let detail = format!("{state} · {} {to} · {when} · {why}", way_name(t, message));
    html! {
        (task_row(&TaskRow {
            icon: Icon::Mail,
            title: &message.subject,
            detail: &detail,
            urgent: false,
            action: html! {
                @if member.may(Role::Manager) {
                    form method="post" action={ "/notices/outgoing/" (message.id) } {
                        (hidden("csrf", &member.visitor.csrf))
                        (actions(&html! {
                            @for decision in rules::decisions(message.state) { (decision_button(t, *decision, message)) }
                        }))
                    }
                }
            },
        }))
    }
}

fn decision_button(t: &Texts, decision: Decision, message: &Outgoing) -> Markup {
    let label = match (decision, message.state) {
        (Decision::Again, OutgoingState::Held) => t.get("notices-decide-send"),
        _ => t.get(&format!("notices-decide-{}", decision.as_str())),
    };
    html! { (Button::secondary(&label).name_value("decision", decision.as_str()).context(&message.subject)) }
}

fn channels(member: &Member, view: &NoticesView) -> Markup {
    let t = member.texts();
    let usable = |channel: &&Channel| match channel.kind {
        ChannelKind::Email => view.mail,
        ChannelKind::Telegram => view.telegram || channel.id.is_some(),
        ChannelKind::Ntfy => true,
        ChannelKind::Webhook | ChannelKind::Sms => false,
    };
    let shown: Vec<&Channel> = view.channels.iter().filter(usable).collect();
    html! {
        section aria-labelledby="channels-title" {
            h2 #channels-title { (t.get("notices-channels-title")) }
            @if shown.is_empty() {
                (empty_state(Icon::Mail, &t.get("notices-empty-title"), &t.get("notices-empty"), None))
            } @else {
                (task_list(&html! { @for channel in shown { (channel_row(member, channel)) } }))
            }
        }
    }
}

fn channel_row(member: &Member, channel: &Channel) -> Markup {
    let t = member.texts();
    let to = address(member, channel.kind, &channel.address);
    let gets = [
        (channel.wishes.alerts != AlertLevel::Nothing)
            .then(|| format!("notices-gets-{}", channel.wishes.alerts)),
        channel.wishes.digest.then(|| "notices-gets-digest".to_owned()),
        channel.wishes.weekly.then(|| "notices-gets-weekly".to_owned()),
    ];
    let gets: Vec<String> = gets.into_iter().flatten().map(|key| t.get(&key).into_owned()).collect();
    let gets = if gets.is_empty() { t.get("notices-gets-nothing").into_owned() } else { gets.join(" · ") };
    task_row(&TaskRow {
        icon: if channel.kind == ChannelKind::Email { Icon::Mail } else { Icon::Sources },
        title: &format!("{}: {to}", kind_name(t, channel.kind)),
        detail: &gets,
        urgent: false,
        action: html! {
            @if member.may(Role::Manager) { (disclosure(&t.get("notices-change"), &channel_form(member, channel))) }
        },
    })
}

fn channel_form(member: &Member, channel: &Channel) -> Markup {
    let t = member.texts();
    let (path, group) = match (channel.account, channel.id) {
        (Some(account), _) => (format!("/notices/members/{account}"), format!("m{account}")),
        (None, Some(id)) => (format!("/notices/channels/{id}"), format!("c{id}")),
        (None, None) => return html! {},
    };
    let levels: Vec<(&str, String)> = AlertLevel::ALL
        .iter()
        .map(|level| (level.as_str(), t.get(&format!("alerts-{level}")).into_owned()))
        .collect();
    let levels: Vec<Choice<'_>> = levels.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        form.form method="post" action=(path) {
            (hidden("csrf", &member.visitor.csrf))
            (Field::select("alerts", &t.get("notices-alerts"), &levels).value(channel.wishes.alerts.as_str()).within(&group))
            (Field::checkbox("digest", &t.get("notices-digest"), channel.wishes.digest).within(&group))
            (Field::checkbox("weekly", &t.get("notices-weekly"), channel.wishes.weekly).within(&group))
            (actions(&html! {
                (Button::secondary(&t.get("save")).name_value("action", "save").context(&channel.address))
                (Button::secondary(&t.get("notices-test")).name_value("action", "test").context(&channel.address))
                @if channel.account.is_none() {
                    (Button::danger(&t.get("notices-remove")).name_value("action", "remove").context(&channel.address))
                }
            }))
        }
    }
}

fn add_form(member: &Member, view: &NoticesView, fault: &str) -> Markup {
    let t = member.texts();
    let refused = view.refused.as_ref();
    let kinds = [(ChannelKind::Ntfy, true), (ChannelKind::Telegram, view.telegram)];
    let kinds: Vec<(&str, String)> = kinds
        .into_iter()
        .filter(|(_, usable)| *usable)
        .map(|(kind, _)| (kind.as_str(), kind_name(t, kind)))
        .collect();
    let kinds: Vec<Choice<'_>> = kinds.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let hint = if view.telegram { t.get("notices-address-hint-both") } else { t.get("notices-address-hint") };
    html! {
        p { (t.get("notices-add-lead")) }
        form.form method="post" action="/notices/channels" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::select("kind", &t.get("notices-kind"), &kinds)
                .value(refused.map_or("ntfy", |refused| refused.kind.as_str())))
            (Field::text("address", &t.get("notices-address")).hint(&hint).required().max_length(500)
                .value(refused.map_or("", |refused| &refused.address)).error(fault).autocomplete("off"))
            (actions(&html! { (Button::primary(&t.get("notices-add-submit")).icon(Icon::Plus)) }))
        }
    }
}

fn hour_name(hour: u8) -> String {
    format!("{hour}:00")
}

fn hours(member: &Member, view: &NoticesView) -> Markup {
    let t = member.texts();
    let now = &view.preferences;
    let is_quiet = now.quiet_from != now.quiet_until;
    let (from, until, digest) =
        (hour_name(now.quiet_from), hour_name(now.quiet_until), hour_name(now.digest_hour));
    let day = t.get(&format!("weekday-{}", now.weekly_day));
    // Spanish writes the days small, English does not.
    let day = if t.locale == Locale::Es { day.to_lowercase() } else { day.into_owned() };
    html! {
        @if is_quiet {
            p { (t.with("notices-hours-quiet", &[("from", from.as_str().into()), ("until", until.as_str().into())])) " "
                (t.get(if now.alarms_break_quiet { "notices-hours-alarms" } else { "notices-hours-alarms-too" })) }
        } @else { p { (t.get("notices-hours-none")) } }
        p { (t.with("notices-hours-digest", &[("hour", digest.as_str().into()), ("day", day.as_str().into())])) }
        p.small { (t.with("notices-hours-cap", &[("max", i64::from(rules::INTERRUPTIONS_MAX).into())])) }
        @if member.may(Role::Manager) { (disclosure(&t.get("notices-hours-change"), &hours_form(member, now))) }
    }
}

fn hours_form(member: &Member, now: &Preferences) -> Markup {
    let t = member.texts();
    let names: Vec<(String, String)> = (0..24).map(|hour| (hour.to_string(), hour_name(hour))).collect();
    let choices: Vec<Choice<'_>> = names.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let days: Vec<(String, String)> =
        (1..=7).map(|day| (day.to_string(), t.get(&format!("weekday-{day}")).into_owned())).collect();
    let days: Vec<Choice<'_>> = days.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        form.form method="post" action="/notices/preferences" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::select("quiet_from", &t.get("notices-quiet-from"), &choices).value(&now.quiet_from.to_string()))
            (Field::select("quiet_until", &t.get("notices-quiet-until"), &choices)
                .hint(&t.get("notices-quiet-hint")).value(&now.quiet_until.to_string()))
            (Field::checkbox("alarms_break_quiet", &t.get("notices-quiet-alarms"), now.alarms_break_quiet))
            (Field::select("digest_hour", &t.get("notices-digest-hour"), &choices).value(&now.digest_hour.to_string()))
            (Field::select("weekly_day", &t.get("notices-weekly-day"), &days).value(&now.weekly_day.to_string()))
            (actions(&html! { (Button::secondary(&t.get("save"))) }))
        }
    }
}

fn history(member: &Member, view: &NoticesView) -> Markup {
    let t = member.texts();
    if view.newest.is_empty() {
        return html! { p { (t.get("notices-sent-empty")) } };
    }
    let labels = ["notices-what", "notices-where", "notices-state"].map(|key| t.get(key));
    let columns = [0, 1, 2].map(|n: usize| Column { label: &labels[n], numeric: false });
    let rows: Vec<Vec<Markup>> = view.newest.iter().map(|message| history_row(member, message)).collect();
    data_table(&DataTable {
        caption: &t.get("notices-sent-title"),
        caption_hidden: true,
        columns: &columns,
        rows: &rows,
    })
}

fn history_row(member: &Member, message: &Outgoing) -> Vec<Markup> {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let state = match message.folded_into {
        Some(_) => t.get("outgoing-folded-done"),
        None => t.get(&format!("outgoing-{}", message.state)),
    };
    let waits = matches!(message.state, OutgoingState::Queued | OutgoingState::Retry);
    vec![
        html! { (message.subject) br; span.small { (t.moment(message.created_at, zone)) } },
        html! { (way_name(t, message)) br;
        span.small { (destination(member, message)) } },
        html! {
            (badge(Badge { label: &state, tone: tone(message.state), icon: None }))
            @if waits { br; span.small { (t.with("notices-next", &[("when", t.moment(message.next_at, zone).into())])) } }
            @if message.state != OutgoingState::Accepted { br; span.small { (explanation(t, &message.answer_key, &message.answer)) } }
        },
    ]
}
