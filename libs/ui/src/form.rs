//! Buttons, the summary of what is wrong in a form, and the filter bar.

use maud::{Markup, Render, html};

use crate::icon::{Icon, icon};

/// How much a button stands out. One `Primary` per view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonStyle {
    /// The one thing to do here.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// Looks like a link.
    Quiet,
    /// Deletes or cannot be undone. Put it in a [`confirm_form`].
    Danger,
}

impl ButtonStyle {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Secondary => "button secondary",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

/// A button that sends the form around it, or, with [`Button::href`], a link that looks like one.
///
/// ```
/// use maud::html;
/// let form = html! { form method="post" { (ui::Button::primary("Guardar").icon(ui::Icon::Check)) } };
/// assert!(form.into_string().contains("type=\"submit\""));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Button<'a> {
    label: &'a str,
    style: ButtonStyle,
    icon: Option<Icon>,
    href: Option<&'a str>,
    external: bool,
    name_value: Option<(&'a str, &'a str)>,
    form: Option<&'a str>,
    form_action: Option<&'a str>,
    context: Option<&'a str>,
    full: bool,
    key: Option<&'a str>,
    copy: Option<&'a str>,
}

impl<'a> Button<'a> {
    /// A button in a given style.
    pub const fn new(label: &'a str, style: ButtonStyle) -> Self {
        Self {
            label,
            style,
            icon: None,
            href: None,
            external: false,
            name_value: None,
            form: None,
            form_action: None,
            context: None,
            full: false,
            key: None,
            copy: None,
        }
    }

    /// The one thing to do here.
    pub const fn primary(label: &'a str) -> Self {
        Self::new(label, ButtonStyle::Primary)
    }

    /// Anything else.
    pub const fn secondary(label: &'a str) -> Self {
        Self::new(label, ButtonStyle::Secondary)
    }

    /// Looks like a link.
    pub const fn quiet(label: &'a str) -> Self {
        Self::new(label, ButtonStyle::Quiet)
    }

    /// Deletes or cannot be undone.
    pub const fn danger(label: &'a str) -> Self {
        Self::new(label, ButtonStyle::Danger)
    }

    /// A drawing before the words.
    #[must_use]
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Makes it a link.
    #[must_use]
    pub const fn href(mut self, href: &'a str) -> Self {
        self.href = Some(href);
        self
    }

    /// The link leaves for somebody else's site: no referrer, no opener. It stays in the same tab.
    #[must_use]
    pub const fn external(mut self) -> Self {
        self.external = true;
        self
    }

    /// What the form receives when this button is the one pressed.
    #[must_use]
    pub const fn name_value(mut self, name: &'a str, value: &'a str) -> Self {
        self.name_value = Some((name, value));
        self
    }

    /// The id of a form elsewhere in the page.
    #[must_use]
    pub const fn form(mut self, form: &'a str) -> Self {
        self.form = Some(form);
        self
    }

    /// Sends the form to another address than the form's own.
    #[must_use]
    pub const fn form_action(mut self, action: &'a str) -> Self {
        self.form_action = Some(action);
        self
    }

    /// Words only screen readers hear after the label, so that five "Contestar" in a list differ ("a María").
    #[must_use]
    pub const fn context(mut self, context: &'a str) -> Self {
        self.context = Some(context);
        self
    }

    /// As wide as its container.
    #[must_use]
    pub const fn full(mut self) -> Self {
        self.full = true;
        self
    }

    /// A letter that presses it while the focus is inside the same card of a list. Nothing elsewhere: people dictate.
    #[must_use]
    pub const fn key(mut self, letter: &'a str) -> Self {
        self.key = Some(letter);
        self
    }

    /// On its way the link copies the text of the element with this id (only with the script). To somebody else's site it
    /// opens beside this page, so that the person comes back to it: say so in the label.
    #[must_use]
    pub const fn copies(mut self, id: &'a str) -> Self {
        self.copy = Some(id);
        self
    }

    fn words(&self) -> Markup {
        html! {
            @if let Some(drawing) = self.icon { (icon(drawing)) }
            span { (self.label) @if let Some(context) = self.context { span.vh { " " (context) } } }
            @if self.external { (icon(Icon::External)) }
        }
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        html! {
            @if let Some(href) = self.href {
                a class={ (self.style.class()) @if self.full { " full" } } href=(href)
                    rel=[self.external.then_some("noopener noreferrer")] data-key=[self.key] aria-keyshortcuts=[self.key]
                    data-copy=[self.copy] target=[(self.copy.is_some() && self.external).then_some("_blank")] { (self.words()) }
            } @else {
                button class={ (self.style.class()) @if self.full { " full" } } type="submit"
                    name=[self.name_value.map(|(name, _)| name)] value=[self.name_value.map(|(_, value)| value)]
                    form=[self.form] formaction=[self.form_action] data-key=[self.key] aria-keyshortcuts=[self.key] { (self.words()) }
            }
        }
    }
}

/// A link that looks like a button: short for `Button::new(label, style).href(href)`.
pub fn link_button(label: &str, href: &str, style: ButtonStyle) -> Markup {
    Button::new(label, style).href(href).render()
}

/// Several buttons in a row that wraps; full width on phones.
pub fn actions(buttons: &Markup) -> Markup {
    html! { div.actions { (buttons) } }
}

/// A value the person does not see, such as the anti-forgery token.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A `POST` form that asks before it sends. Without the script it sends at once: what cannot be undone needs a page of
/// its own that asks.
#[derive(Debug, Clone, Copy, Default)]
pub struct ConfirmForm<'a> {
    /// Where it posts to.
    pub action: &'a str,
    /// "¿Borrar esta mención? No se puede deshacer."
    pub question: &'a str,
    /// "Borrar".
    pub yes: &'a str,
    /// "Cancelar".
    pub no: &'a str,
}

/// Draws the form around its hidden values and its button.
pub fn confirm_form(form: &ConfirmForm<'_>, content: &Markup) -> Markup {
    html! {
        form method="post" action=(form.action) data-confirm=(form.question) data-confirm-yes=(form.yes)
            data-confirm-no=(form.no) { (content) }
    }
}

/// The summary above a form that came back: what is wrong, each line a link to its field.
///
/// `errors` holds the field's *name* (`group-name` for a field within a group) and what to do about it; an empty name
/// gives a line without a link. Nothing is drawn without errors.
pub fn form_errors(title: &str, errors: &[(&str, &str)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.notice.error role="alert" tabindex="-1" data-focus {
                (icon(Icon::Warning))
                div.notice-words {
                    p.notice-title { (title) }
                    ul {
                        @for (name, message) in errors {
                            li {
                                @if name.is_empty() { (message) } @else { a href={ "#field-" (name) } { (message) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A `GET` form above a list: the search stays in view, the rest folds away.
#[derive(Debug, Clone, Default)]
pub struct FilterBar<'a> {
    /// Where the list lives.
    pub action: &'a str,
    /// Name of the form for screen readers ("Buscar y filtrar menciones").
    pub label: &'a str,
    /// Always visible, usually one `Field::search`.
    pub search: Markup,
    /// "Filtros".
    pub summary: &'a str,
    /// What is being filtered now, in words ("2 activos"); empty for nothing.
    pub active: &'a str,
    /// The folded fields.
    pub fields: Markup,
    /// "Buscar": the button beside the search.
    pub submit: &'a str,
    /// "Aplicar": the button under the folded fields; empty to repeat `submit`.
    pub apply: &'a str,
    /// Where and how to remove all filters: `("/menciones", "Quitar filtros")`.
    pub clear: Option<(&'a str, &'a str)>,
}

/// Draws the filter bar. It opens by itself when something is being filtered, so that nobody wonders why a list is short.
pub fn filter_bar(bar: &FilterBar<'_>) -> Markup {
    html! {
        form.filters method="get" action=(bar.action) role="search" aria-label=(bar.label) {
            div.filters-search {
                (bar.search)
                (Button::secondary(bar.submit).icon(Icon::Search))
            }
            details.filters-more open[!bar.active.is_empty()] data-open-wide {
                summary {
                    (icon(Icon::Filter))
                    span { (bar.summary) }
                    @if !bar.active.is_empty() { span.badge.info { (bar.active) } }
                }
                div.filters-fields { (bar.fields) }
                div.actions {
                    (Button::secondary(if bar.apply.is_empty() { bar.submit } else { bar.apply }))
                    @if let Some((href, label)) = bar.clear { (Button::quiet(label).href(href)) }
                }
            }
        }
    }
}
