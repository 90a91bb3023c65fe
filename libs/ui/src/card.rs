//! What *Hoy* is made of: the open numbers, the questions, things to do, notices and empty places.

use maud::{Markup, html};

use crate::icon::{Icon, icon};

/// One of the open numbers, with everything needed to believe it.
#[derive(Debug, Clone, Default)]
pub struct NumberCard<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// "Nota".
    pub title: &'a str,
    /// The drawing beside the title.
    pub icon: Icon,
    /// "4,3": already formatted.
    pub value: &'a str,
    /// What follows the value in small type ("de 5"); empty for none.
    pub unit: &'a str,
    /// "entre 4,1 y 4,5 · 214 opiniones".
    pub interval: &'a str,
    /// One plain sentence that says what it means.
    pub sentence: &'a str,
    /// "Cómo se calcula".
    pub formula_label: &'a str,
    /// The formula in words and numbers.
    pub formula: Markup,
    /// Where the whole story is told, and the words of that link.
    pub more: Option<(&'a str, &'a str)>,
}

/// The same card before there is enough to say anything.
#[derive(Debug, Clone, Default)]
pub struct NumberNotYet<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// "Nota".
    pub title: &'a str,
    /// The drawing beside the title.
    pub icon: Icon,
    /// "Aún no se puede decir: faltan 6 opiniones".
    pub message: &'a str,
    /// How many there are and how many are needed; drawn as a bar whose words are `message`.
    pub have_need: Option<(u64, u64)>,
    /// What the person can do about it.
    pub sentence: &'a str,
    /// "Cómo se calcula".
    pub formula_label: &'a str,
    /// The formula in words and numbers.
    pub formula: Markup,
}

fn number_title(id: &str, title: &str, drawing: Icon) -> Markup {
    html! { h3.number-title id={ (id) "-title" } { (icon(drawing)) span { (title) } } }
}

/// "Cómo se calcula": anything that is one click away.
pub fn disclosure(label: &str, content: &Markup) -> Markup {
    html! {
        details.disclosure {
            summary { span { (label) } }
            // Focusable, because a wide table scrolls inside it.
            div.disclosure-body tabindex="0" { (content) }
        }
    }
}

/// A number with its interval, its sentence and its formula.
pub fn number_card(card: &NumberCard<'_>) -> Markup {
    html! {
        section.number id=(card.id) aria-labelledby={ (card.id) "-title" } {
            (number_title(card.id, card.title, card.icon))
            p.number-value {
                strong { (card.value) }
                @if !card.unit.is_empty() { " " span.number-unit { (card.unit) } }
            }
            @if !card.interval.is_empty() { p.number-interval { (card.interval) } }
            @if !card.sentence.is_empty() { p.number-sentence { (card.sentence) } }
            @if let Some((href, label)) = card.more { p.number-more { a href=(href) { (label) } } }
            @if !card.formula_label.is_empty() { (disclosure(card.formula_label, &card.formula)) }
        }
    }
}

/// A number that cannot be given yet, and what is missing.
pub fn number_not_yet(card: &NumberNotYet<'_>) -> Markup {
    html! {
        section.number.not-yet id=(card.id) aria-labelledby={ (card.id) "-title" } {
            (number_title(card.id, card.title, card.icon))
            p.number-missing id={ (card.id) "-missing" } { (card.message) }
            @if let Some((have, need)) = card.have_need {
                progress.meter value=(have.min(need)) max=(need.max(1)) aria-labelledby={ (card.id) "-missing" } {}
            }
            @if !card.sentence.is_empty() { p.number-sentence { (card.sentence) } }
            @if !card.formula_label.is_empty() { (disclosure(card.formula_label, &card.formula)) }
        }
    }
}

/// A row of number cards: side by side on wide screens, one under another on phones.
pub fn number_row(cards: &Markup) -> Markup {
    html! { div.numbers { (cards) } }
}

/// One of the questions of the first page, with its answer.
#[derive(Debug, Clone, Default)]
pub struct QuestionSection<'a> {
    /// Unique in the page; also the anchor.
    pub id: &'a str,
    /// "¿Qué ha pasado?".
    pub question: &'a str,
    /// The answer in one line, before the details.
    pub answer: &'a str,
    /// The rest of the answer.
    pub content: Markup,
}

/// A question as heading, its answer under it.
pub fn question_section(section: &QuestionSection<'_>) -> Markup {
    html! {
        section.question id=(section.id) aria-labelledby={ (section.id) "-title" } {
            h2 id={ (section.id) "-title" } { (section.question) }
            @if !section.answer.is_empty() { p.answer { (section.answer) } }
            (section.content)
        }
    }
}

/// One thing to do.
#[derive(Debug, Clone, Default)]
pub struct TaskRow<'a> {
    /// The drawing at the start.
    pub icon: Icon,
    /// "Contesta a María: espera desde hace 2 días".
    pub title: &'a str,
    /// One more line; empty for none.
    pub detail: &'a str,
    /// Whether it comes before the others.
    pub urgent: bool,
    /// Its button or small form; empty on the one line that says there is nothing to do.
    pub action: Markup,
}

/// One thing to do with its button. Wrap several in [`task_list`].
pub fn task_row(task: &TaskRow<'_>) -> Markup {
    html! {
        li class={ "task" @if task.urgent { " urgent" } } {
            span.task-icon { (icon(task.icon)) }
            div.task-words {
                p.task-title { (task.title) }
                @if !task.detail.is_empty() { p.task-detail { (task.detail) } }
            }
            @if !task.action.0.is_empty() { div.task-action { (task.action) } }
        }
    }
}

/// The list around [`task_row`]s.
pub fn task_list(rows: &Markup) -> Markup {
    html! { ul.tasks role="list" { (rows) } }
}

/// What kind of news a notice or a badge carries. A word and a drawing always go with the colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Plain information.
    #[default]
    Info,
    /// It went well.
    Success,
    /// Look at this.
    Warning,
    /// It did not work.
    Error,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Success => Icon::Check,
            Self::Warning | Self::Error => Icon::Warning,
        }
    }

    /// Errors interrupt; the rest waits its turn.
    const fn role(self) -> &'static str {
        match self {
            Self::Error => "alert",
            _ => "status",
        }
    }
}

/// A message about what has just happened. An empty `title` leaves only the message.
pub fn notice(tone: Tone, title: &str, message: &Markup) -> Markup {
    html! {
        div class={ "notice " (tone.class()) } role=(tone.role()) {
            (icon(tone.icon()))
            div.notice-words {
                @if !title.is_empty() { p.notice-title { (title) } }
                div { (message) }
            }
        }
    }
}

/// A short mark such as "Sin responder".
#[derive(Debug, Clone, Copy, Default)]
pub struct Badge<'a> {
    /// The words.
    pub label: &'a str,
    /// The kind of news.
    pub tone: Tone,
    /// A drawing before the words.
    pub icon: Option<Icon>,
}

/// Draws a badge.
pub fn badge(badge: Badge<'_>) -> Markup {
    html! {
        span class={ "badge " (badge.tone.class()) } {
            @if let Some(drawing) = badge.icon { (icon(drawing)) }
            (badge.label)
        }
    }
}

/// A place where there is nothing yet: a drawing, a sentence and the one thing to do.
pub fn empty_state(drawing: Icon, title: &str, sentence: &str, action: Option<Markup>) -> Markup {
    html! {
        div.empty {
            span.empty-icon { (icon(drawing)) }
            p.empty-title { (title) }
            @if !sentence.is_empty() { p.empty-sentence { (sentence) } }
            @if let Some(action) = action { div.actions { (action) } }
        }
    }
}

/// A plain surface around anything. With a `title` it becomes a named section.
pub fn card(id: &str, title: &str, content: &Markup) -> Markup {
    html! {
        @if title.is_empty() {
            div.card { (content) }
        } @else {
            section.card id=(id) aria-labelledby={ (id) "-title" } {
                h2.card-title id={ (id) "-title" } { (title) }
                (content)
            }
        }
    }
}
