//! A warning told: how serious it is, what happened, on what evidence, in which order, and what to do about it.
//!
//! The level is always a word, a drawing of its own shape and a tone, so that it is told apart without colour.

use maud::{Markup, html};

use crate::icon::{Icon, icon};
use crate::mention::{When, time};

/// How serious a warning is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Level {
    /// Worth a look, below what interrupts. An eye.
    #[default]
    Watch,
    /// More than usual. A triangle.
    Notice,
    /// Something is going on. A bell.
    Alarm,
}

impl Level {
    /// The drawing of this level.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Watch => Icon::Eye,
            Self::Notice => Icon::Warning,
            Self::Alarm => Icon::Bell,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Watch => "level-watch",
            Self::Notice => "level-notice",
            Self::Alarm => "level-alarm",
        }
    }
}

/// A level's drawing and word ("Alarma").
pub fn level_badge(level: Level, label: &str) -> Markup {
    html! { span class={ "badge " (level.class()) } { (icon(level.icon())) (label) } }
}

/// What was counted beside what is usual: "14 voces", "lo normal: 1,2".
#[derive(Debug, Clone, Copy, Default)]
pub struct Story<'a> {
    /// "14": already formatted.
    pub value: &'a str,
    /// "voces".
    pub unit: &'a str,
    /// "Lo normal en tres días: 1,2"; empty when it cannot be said.
    pub usual: &'a str,
    /// One plain sentence that says what it means; empty for none.
    pub sentence: &'a str,
}

/// The figure in large type, what is usual below it, then the sentence.
pub fn story(story: &Story<'_>) -> Markup {
    html! {
        div.story {
            p.number-value {
                strong { (story.value) }
                @if !story.unit.is_empty() { " " span.number-unit { (story.unit) } }
            }
            @if !story.usual.is_empty() { p.number-interval { (story.usual) } }
            @if !story.sentence.is_empty() { p.number-sentence { (story.sentence) } }
        }
    }
}

/// A warning in a list, or at the head of its own page.
#[derive(Debug, Clone, Default)]
pub struct WarningCard<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// How serious it is.
    pub level: Level,
    /// "Alarma".
    pub level_label: &'a str,
    /// "Quejas por la espera en Castellón".
    pub title: &'a str,
    /// When it began.
    pub since: When<'a>,
    /// Where, or among whom; empty for everywhere.
    pub place: &'a str,
    /// What was counted and what is usual.
    pub story: Story<'a>,
    /// Its own page and the words of that link ("Ver qué pasa").
    pub link: Option<(&'a str, &'a str)>,
    /// Buttons or small forms.
    pub actions: Option<Markup>,
}

/// Draws a warning as an `<article>`.
pub fn warning_card(card: &WarningCard<'_>) -> Markup {
    html! {
        article class={ "card warned " (card.level.class()) "-edge" } id=(card.id) aria-labelledby={ (card.id) "-title" } {
            p.mention-marks {
                (level_badge(card.level, card.level_label))
                span.mention-meta {
                    @if !card.place.is_empty() { span { (card.place) } }
                    span { (time(card.since)) }
                }
            }
            h2.card-title id={ (card.id) "-title" } { (card.title) }
            (story(&card.story))
            @if card.link.is_some() || card.actions.is_some() {
                div.actions {
                    @if let Some((href, label)) = card.link {
                        a.button.secondary href=(href) { span { (label) span.vh { " · " (card.title) } } }
                    }
                    @if let Some(actions) = &card.actions { (actions) }
                }
            }
        }
    }
}

/// A row of evidence.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fact<'a> {
    /// "Perfiles que nunca habíamos visto".
    pub label: &'a str,
    /// "11 de 14".
    pub value: &'a str,
    /// What it means, in a sentence; empty for none.
    pub explanation: &'a str,
}

/// Evidence, as a description list.
pub fn fact_list(facts: &[Fact<'_>]) -> Markup {
    html! {
        @if !facts.is_empty() {
            dl.pairs.facts {
                @for fact in facts {
                    div {
                        dt { (fact.label) }
                        dd { (fact.value) }
                        @if !fact.explanation.is_empty() { dd.hint { (fact.explanation) } }
                    }
                }
            }
        }
    }
}

/// A moment of a story.
#[derive(Debug, Clone, Copy, Default)]
pub struct Moment<'a> {
    /// When it was.
    pub when: When<'a>,
    /// What happened.
    pub what: &'a str,
    /// One more line; empty for none.
    pub detail: &'a str,
}

/// What happened, in the order given.
pub fn timeline(moments: &[Moment<'_>]) -> Markup {
    html! {
        @if !moments.is_empty() {
            ol.timeline role="list" {
                @for moment in moments {
                    li {
                        p.hint { (time(moment.when)) }
                        p.task-title { (moment.what) }
                        @if !moment.detail.is_empty() { p.task-detail { (moment.detail) } }
                    }
                }
            }
        }
    }
}

/// A thing to do that can be ticked off, and ticked back.
#[derive(Debug, Clone, Copy, Default)]
pub struct TickRow<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// Where the form posts to.
    pub action: &'a str,
    /// What is sent: which task, the state to reach, the form's token.
    pub hidden: &'a [(&'a str, &'a str)],
    /// "Guarda una copia de las catorce opiniones".
    pub title: &'a str,
    /// One more line; empty for none.
    pub detail: &'a str,
    /// Whether it is done.
    pub done: bool,
}

/// A thing to tick off, in a [`crate::task_list`]. The box is the button of its own form, so that one tap is enough
/// and no script is needed.
pub fn tick_row(row: &TickRow<'_>) -> Markup {
    html! {
        li class={ "task" @if row.done { " done" } } {
            form method="post" action=(row.action) {
                button.tick id=(row.id) type="submit" role="checkbox" aria-checked=(if row.done { "true" } else { "false" })
                    aria-labelledby={ (row.id) "-title" } {
                    @if row.done { (icon(Icon::Check)) }
                }
                @for (name, value) in row.hidden { input type="hidden" name=(name) value=(value); }
            }
            div {
                // Tapping the words ticks the box.
                label.task-title id={ (row.id) "-title" } for=(row.id) { (row.title) }
                @if !row.detail.is_empty() { p.task-detail { (row.detail) } }
            }
        }
    }
}
