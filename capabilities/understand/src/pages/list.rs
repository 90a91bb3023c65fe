//! All mentions, with filters and search; and a mention as a card, the same in every room.

use axum::extract::{Query, State};
use domain::{Cause, MentionId, ReplyState, Sentiment, SourceId, WatchTermId};
use foundation::Context;
use foundation::web::{Member, Problem, Texts, shell};
use jiff::tz::TimeZone;
use listen::store::sources::{Source, sources};
use maud::{Markup, html};
use nlp::Aspect;
use serde::Deserialize;
use ui::{
    Badge, Button, Choice, Face, Field, FilterBar, Icon, MentionCard, Pagination, Tone, When, empty_state,
    filter_bar, mention_card, mention_list, page_header, pagination,
};

use crate::rules::names::Term;
use crate::store::watch;
use crate::store::{self, Filter, ReadMention};

/// Mentions on a page.
const PAGE: u32 = 20;

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
    cause: String,
    aspect: String,
    term: String,
    waiting: String,
    days: String,
    before: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            before: self.before.parse().ok(),
            since: None,
            days: self.days.parse().ok().filter(|n| (1..=3_650).contains(n)),
            source: self.source.parse().ok(),
            stars: self.stars.parse().ok().filter(|n| (1..=5).contains(n)),
            sentiment: Sentiment::parse(&self.sentiment),
            reply: ReplyState::parse(&self.reply),
            cause: Cause::parse(&self.cause),
            aspect: Aspect::from_name(&self.aspect),
            term: self.term.parse().ok(),
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
        add("cause", filter.cause.map(|cause| cause.to_string()));
        add("aspect", filter.aspect.map(|aspect| aspect.as_str().to_owned()));
        add("term", filter.term.map(|id: WatchTermId| id.to_string()));
        add("waiting", filter.waiting.then(|| "yes".to_owned()));
        add("days", filter.days.map(|n| n.to_string()));
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
    /// Watched names to choose from.
    pub names: Vec<Term>,
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

/// A mention as a card, alone on its page or in a list, where it links to its page.
pub fn mention(t: &Texts, zone: &TimeZone, m: &ReadMention, words: &[String], alone: bool) -> Markup {
    mention_with(t, zone, m, words, alone, Extras::default())
}

/// What another room adds to a mention's card.
#[derive(Default)]
pub struct Extras<'a> {
    /// Marks before the usual ones.
    pub badges: Vec<Badge<'a>>,
    /// Buttons in place of the link to its page.
    pub actions: Option<Markup>,
}

/// A mention as a card with what another room adds: everywhere the same card.
pub fn mention_with(
    t: &Texts,
    zone: &TimeZone,
    m: &ReadMention,
    words: &[String],
    alone: bool,
    extras: Extras<'_>,
) -> Markup {
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
    let has_own = extras.actions.is_some();
    let mut badges = extras.badges;
    if m.reply_state == ReplyState::Unanswered && !has_own {
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
    let lang = m.reading.as_ref().map(|r| &*r.language).filter(|l| *l != "unsure");
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
        link: (!alone && !has_own).then_some((href.as_str(), &*see)),
        original: m.url.as_deref().filter(|_| alone).map(|url| (url, &*original)),
        actions: extras.actions,
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
        (page_header(&t.get("mentions-title"), &t.get(if view.filter.waiting { "mentions-waiting-lead" } else { "mentions-lead" }), Some(html! {
            (Button::secondary(&t.get("causes-title")).href("/causes"))
            (Button::quiet(&t.get("watch-title")).href("/watch"))
            (Button::quiet(&t.get("learnt-title")).href("/learnt"))
        })))
        @if let Some(days) = view.filter.days { p { (t.with("mentions-days-lead", &[("days", i64::from(days).into())])) } }
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
    let names = std::iter::once(any())
        .chain(view.names.iter().map(|n| (n.id.to_string(), n.term.clone())))
        .collect::<Vec<_>>();
    let f = &view.filter;
    let causes: Vec<&str> = Cause::ALL.iter().map(|c| c.as_str()).collect();
    let aspects: Vec<&str> = Aspect::ALL.into_iter().map(Aspect::as_str).collect();
    let mut selects = vec![
        ("sentiment", words("sentiment", &sentiments), f.sentiment.map(|s| s.to_string())),
        ("cause", words("cause", &causes), f.cause.map(|c| c.to_string())),
        ("aspect", words("aspect", &aspects), f.aspect.map(|a| a.as_str().to_owned())),
        ("stars", stars, f.stars.map(|n| n.to_string())),
        ("reply", words("reply", &replies), f.reply.map(|r| r.to_string())),
        ("source", sources, f.source.map(|s| s.to_string())),
        ("language", words("language", &LANGUAGES), f.language.clone()),
    ];
    if !view.names.is_empty() {
        selects.push(("term", names, f.term.map(|id| id.to_string())));
    }
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

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let mut filter = asked.filter();
    if filter.waiting {
        // The same people as on the first page.
        filter.since = Some(context.now() - listen::rules::WAITING_MAX);
    }
    if let Some(days) = filter.days {
        // whole days of the organisation, today included, as the counts have them
        let zone = &member.principal.time_zone;
        let span = jiff::Span::new().days(i64::from(days) - 1);
        let first = zone.to_datetime(context.now()).date().saturating_sub(span);
        filter.since = zone.to_timestamp(first.to_datetime(jiff::civil::Time::midnight())).ok();
    }
    let mut mentions = store::newest(&member.scope, &filter, PAGE + 1).await?;
    let more = mentions.len() > PAGE as usize;
    mentions.truncate(PAGE as usize);
    let older = mentions.last().filter(|_| more).map(|last| Asked::address(&filter, Some(last.id)));
    let sources = sources(&member.scope).await?;
    let names = watch::first(&member.scope).await?;
    Ok(list_page(&member, &ListView { filter, mentions, sources, names, older }))
}
