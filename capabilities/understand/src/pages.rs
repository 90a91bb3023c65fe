//! All mentions, with filters and search, and one mention with everything known about it.

use axum::extract::{Path, Query, State};
use domain::{MentionId, ReplyState, Role, Sentiment, SourceId};
use foundation::Context;
use foundation::web::{Access, Member, Problem, Routes, Texts, shell};
use jiff::tz::TimeZone;
use listen::store::mentions::{Revision, revisions};
use listen::store::sources::{Source, sources};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, Choice, Column, DataTable, Face, Field, FilterBar, Icon, MentionCard, Pagination, Tone,
    When, actions, back_link, card, data_table, empty_state, filter_bar, hidden, key_values, mention_card,
    mention_list, page_header, pagination,
};

use crate::store::{self, Filter, ReadMention};

/// Mentions on a page.
const PAGE: u32 = 20;

/// This room's routes.
pub fn routes() -> Routes {
    Routes::new().get("/mentions", Access::Member(Role::Viewer), index).get(
        "/mentions/{id}",
        Access::Member(Role::Viewer),
        one,
    )
}

/// The address' question part. Everything is text: a value that cannot be read is as if it were not there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    source: String,
    stars: String,
    sentiment: String,
    reply: String,
    language: String,
    waiting: String,
    before: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            before: self.before.parse().ok(),
            since: None,
            source: self.source.parse().ok(),
            stars: self.stars.parse().ok().filter(|n| (1..=5).contains(n)),
            sentiment: Sentiment::parse(&self.sentiment),
            reply: ReplyState::parse(&self.reply),
            waiting: self.waiting == "yes",
            language: Some(self.language.clone()).filter(|l| (2..=6).contains(&l.len())),
            question: self.q.chars().take(200).collect(),
        }
    }

    /// The same question, from another place on.
    fn address(filter: &Filter, before: Option<MentionId>) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        let mut add = |name, value: Option<String>| pairs.extend(value.map(|v| (name, v)));
        add("q", Some(filter.question.clone()).filter(|q| !q.is_empty()));
        add("source", filter.source.map(|id: SourceId| id.to_string()));
        add("stars", filter.stars.map(|n| n.to_string()));
        add("sentiment", filter.sentiment.map(|s| s.to_string()));
        add("reply", filter.reply.map(|r| r.to_string()));
        add("language", filter.language.clone());
        add("waiting", filter.waiting.then(|| "yes".to_owned()));
        add("before", before.map(|id| id.to_string()));
        foundation::web::forms::address("/mentions", &pairs)
    }
}

/// What the list shows.
pub struct ListView {
    /// What was asked.
    pub filter: Filter,
    /// The answer.
    pub mentions: Vec<ReadMention>,
    /// Sources to choose from.
    pub sources: Vec<Source>,
    /// Where older ones are.
    pub older: Option<String>,
}

/// The face of a sentiment.
pub const fn face(sentiment: Sentiment) -> Face {
    match sentiment {
        Sentiment::Negative => Face::Negative,
        Sentiment::Neutral => Face::Neutral,
        Sentiment::Positive => Face::Positive,
        Sentiment::Unsure => Face::Unsure,
    }
}

/// A mention as a card; `link` adds the way to its own page. Other rooms show mentions the same way.
pub fn mention(t: &Texts, zone: &TimeZone, m: &ReadMention, words: &[String], alone: bool) -> Markup {
    let id = format!("mention-{}", m.id);
    let author = m.author.clone().unwrap_or_else(|| t.get("mention-no-author").into_owned());
    let shown = match m.dated {
        0 => t.get("mention-no-date").into_owned(),
        _ => t.date(m.posted_at, zone),
    };
    let iso = zone.to_datetime(m.posted_at).date().to_string();
    let spoken = m.stars.map(|n| t.with("stars-spoken", &[("n", i64::from(n).into())]));
    let unanswered = t.get("reply-unanswered");
    let edited = t.get("mention-edited");
    let mut badges = Vec::new();
    if m.reply_state == ReplyState::Unanswered {
        badges.push(Badge { label: &unanswered, tone: Tone::Warning, icon: Some(Icon::Reply) });
    }
    if m.revision > 1 {
        badges.push(Badge { label: &edited, tone: Tone::Info, icon: Some(Icon::Edit) });
    }
    let word = m.reading.as_ref().map(|r| (face(r.sentiment), t.get(&format!("sentiment-{}", r.sentiment))));
    let highlights: Vec<&str> = words.iter().map(String::as_str).collect();
    let (see, original, your_reply) =
        (t.get("mention-see"), t.get("mention-original"), t.get("mention-your-reply"));
    let (no_text, href) = (t.get("mention-no-text"), format!("/mentions/{}", m.id));
    let lang = m.reading.as_ref().map(|r| r.language.as_str()).filter(|l| *l != "unsure");
    mention_card(&MentionCard {
        id: &id,
        alone,
        author: &author,
        source: &m.source_name,
        place: m.place.as_deref().unwrap_or_default(),
        when: When { iso: &iso, shown: &shown },
        stars: m.stars.zip(spoken.as_deref()).map(|(n, words)| (f64::from(n), words)),
        title: m.title.as_deref().unwrap_or_default(),
        text: &m.text,
        no_text: &no_text,
        text_lang: lang,
        highlights: &highlights,
        face: word.as_ref().map(|(face, word)| (*face, &**word)),
        badges: &badges,
        link: (!alone).then_some((href.as_str(), &*see)),
        original: m.url.as_deref().filter(|_| alone).map(|url| (url, &*original)),
        actions: None,
        reply: m.reply_text.as_deref().filter(|text| !text.is_empty()).map(|text| (&*your_reply, text)),
    })
}

/// The page of all mentions.
pub fn list_page(member: &Member, view: &ListView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let words = listen::search::words(&view.filter.question);
    let cards: Vec<Markup> = view.mentions.iter().map(|m| mention(t, zone, m, &words, false)).collect();
    let is_filtered = Filter { before: None, since: None, ..view.filter.clone() } != Filter::default();
    let (newer, older) = (t.get("page-first"), t.get("page-older"));
    let first = Asked::address(&view.filter, None);
    let content = html! {
        (page_header(&t.get("mentions-title"), &t.get(if view.filter.waiting { "mentions-waiting-lead" } else { "mentions-lead" }), None))
        (filters(t, view, is_filtered))
        @if cards.is_empty() { (nothing(t, is_filtered)) }
        @else { (mention_list(&t.get("mentions-title"), &cards)) }
        (pagination(&Pagination {
            label: &t.get("mentions-pages"),
            newer: view.filter.before.map(|_| (first.as_str(), &*newer)),
            older: view.older.as_deref().map(|href| (href, &*older)),
            position: "",
        }))
    };
    shell(member, &t.get("mentions-title"), content)
}

fn nothing(t: &Texts, is_filtered: bool) -> Markup {
    if is_filtered {
        let clear = html! { (Button::secondary(&t.get("filter-clear")).href("/mentions")) };
        empty_state(Icon::Search, &t.get("mentions-none-title"), &t.get("mentions-none"), Some(clear))
    } else {
        let import = html! { (Button::primary(&t.get("import-title")).href("/import").icon(Icon::Import)) };
        empty_state(Icon::Mentions, &t.get("mentions-empty-title"), &t.get("mentions-empty"), Some(import))
    }
}

/// Languages offered as a filter.
const LANGUAGES: [&str; 9] = ["es", "en", "ca", "gl", "eu", "fr", "pt", "it", "de"];

fn filters(t: &Texts, view: &ListView, is_filtered: bool) -> Markup {
    let any = || (String::new(), t.get("filter-any").into_owned());
    let words = |prefix: &str, values: &[&str]| -> Vec<(String, String)> {
        let named = values.iter().map(|v| ((*v).to_owned(), t.get(&format!("{prefix}-{v}")).into_owned()));
        std::iter::once(any()).chain(named).collect()
    };
    let sentiments: Vec<&str> = Sentiment::ALL.iter().map(|s| s.as_str()).collect();
    let replies: Vec<&str> = ReplyState::ALL.iter().map(|s| s.as_str()).collect();
    let stars = std::iter::once(any())
        .chain(
            (1..=5).rev().map(|n: i64| (n.to_string(), t.with("stars-n", &[("n", n.into())]).into_owned())),
        )
        .collect::<Vec<_>>();
    let sources = std::iter::once(any())
        .chain(view.sources.iter().map(|s| (s.id.to_string(), s.name.clone())))
        .collect::<Vec<_>>();
    let f = &view.filter;
    let selects = [
        ("sentiment", words("sentiment", &sentiments), f.sentiment.map(|s| s.to_string())),
        ("stars", stars, f.stars.map(|n| n.to_string())),
        ("reply", words("reply", &replies), f.reply.map(|r| r.to_string())),
        ("source", sources, f.source.map(|s| s.to_string())),
        ("language", words("language", &LANGUAGES), f.language.clone()),
    ];
    let active = selects.iter().filter(|(_, _, value)| value.is_some()).count() as i64;
    let active_words = t.with("filter-active", &[("n", active.into())]);
    let fields = html! {
        @for (name, pairs, value) in &selects {
            @let choices: Vec<Choice<'_>> = pairs.iter().map(|(v, l)| Choice::new(v, l)).collect();
            (Field::select(name, &t.get(&format!("filter-{name}")), &choices).value(value.as_deref().unwrap_or_default())
                .submit_on_change())
        }
    };
    let clear = t.get("filter-clear");
    filter_bar(&FilterBar {
        action: "/mentions",
        label: &t.get("filter-label"),
        search: html! { (Field::search("q", &t.get("filter-search")).value(&f.question)) },
        summary: &t.get("filter-summary"),
        active: if active > 0 { &active_words } else { "" },
        fields,
        submit: &t.get("filter-submit"),
        apply: &t.get("filter-apply"),
        clear: is_filtered.then_some(("/mentions", &*clear)),
    })
}

async fn index(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let mut filter = asked.filter();
    if filter.waiting {
        // The same people as on the first page.
        filter.since = Some(context.now() - listen::rules::WAITING_MAX);
    }
    let mut mentions = store::newest(&member.scope, &filter, PAGE + 1).await?;
    let more = mentions.len() > PAGE as usize;
    mentions.truncate(PAGE as usize);
    let older = mentions.last().filter(|_| more).map(|last| Asked::address(&filter, Some(last.id)));
    let sources = sources(&member.scope).await?;
    Ok(list_page(&member, &ListView { filter, mentions, sources, older }))
}

/// The page of one mention.
pub fn mention_page(member: &Member, m: &ReadMention, revisions: &[Revision]) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let content = html! {
        (back_link(&t.get("mentions-back"), "/mentions"))
        (page_header(&t.get("mention-title"), "", None))
        (mention(t, zone, m, &[], true))
        (answering(member, m))
        (card("reading", &t.get("reading-title"), &reading(t, m)))
        @if !revisions.is_empty() { (card("revisions", &t.get("revisions-title"), &earlier(t, zone, revisions))) }
    };
    shell(member, &t.get("mention-title"), content)
}

/// One button to say that it was answered elsewhere; the queue with drafts builds on the same address.
fn answering(member: &Member, m: &ReadMention) -> Markup {
    let t = member.texts();
    if !m.source_kind.has_reviews() || !member.may(Role::Agent) {
        return html! {};
    }
    let answered = m.reply_state == ReplyState::Answered;
    let lead = if answered { "answered-lead" } else { "unanswered-lead" };
    let when = m.replied_at.map(|at| t.date(at, &member.principal.time_zone));
    card(
        "answer",
        &t.get("answer-title"),
        &html! {
            p {
                (t.get(lead))
                @if let (true, Some(when)) = (answered, &when) { " " (t.with("answered-on", &[("date", when.as_str().into())])) }
            }
            form method="post" action={ "/mentions/" (m.id) "/answered" } {
                (hidden("csrf", &member.visitor.csrf))
                (actions(&html! {
                    @if answered && m.reply_text.is_none() && m.replied_at.is_none() {
                    (Button::quiet(&t.get("answered-undo")).name_value("answered", "no"))
                } @else if !answered { (Button::primary(&t.get("answered-mark")).icon(Icon::Check).name_value("answered", "yes")) }
                }))
            }
        },
    )
}

fn reading(t: &Texts, m: &ReadMention) -> Markup {
    let Some(reading) = &m.reading else { return html! { p { (t.get("reading-not-yet")) } } };
    let language = t.get(&format!("language-{}", reading.language));
    let sure = reading.probabilities.iter().copied().fold(0.0, f64::max);
    let doubt = match (reading.sentiment, sure) {
        (Sentiment::Unsure, _) => "reading-unsure",
        (_, p) if p >= 0.9 => "reading-very-sure",
        (_, p) if p >= 0.7 => "reading-fairly-sure",
        _ => "reading-barely-sure",
    };
    let disagrees = match (m.stars, reading.sentiment) {
        (Some(4..), Sentiment::Negative) => Some("reading-stars-good-text-bad"),
        (Some(1..=2), Sentiment::Positive) => Some("reading-stars-bad-text-good"),
        _ => None,
    };
    let labels = ["reading-sounds", "reading-language", "reading-sure"].map(|key| t.get(key));
    html! {
        (key_values(&[
            (&labels[0], ui::sentiment(face(reading.sentiment), &t.get(&format!("sentiment-{}", reading.sentiment)))),
            (&labels[1], html! { (language) }),
            (&labels[2], html! { (t.get(doubt)) }),
        ]))
        @if let Some(key) = disagrees { p { (t.get(key)) } }
        p.small { (t.get("reading-machine")) }
    }
}

fn earlier(t: &Texts, zone: &TimeZone, revisions: &[Revision]) -> Markup {
    let names = ["revision-until", "stars", "revision-text"].map(|key| t.get(key));
    let columns: Vec<Column<'_>> = names.iter().map(|label| Column { label, numeric: false }).collect();
    let rows: Vec<Vec<Markup>> = revisions
        .iter()
        .map(|r| {
            vec![
                html! { (t.moment(r.replaced_at, zone)) },
                html! { @if let Some(n) = r.stars { (n) } @else { "–" } },
                html! { @if let Some(title) = &r.title { strong { (title) } " " } (r.text) },
            ]
        })
        .collect();
    data_table(&DataTable {
        caption: &t.get("revisions-title"),
        caption_hidden: true,
        columns: &columns,
        rows: &rows,
    })
}

async fn one(member: Member, Path(id): Path<i64>) -> Result<Markup, Problem> {
    let id = MentionId(id);
    let found = store::one(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    let earlier = if found.revision > 1 { revisions(&member.scope, id).await? } else { Vec::new() };
    Ok(mention_page(&member, &found, &earlier))
}
