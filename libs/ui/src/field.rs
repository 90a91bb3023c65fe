//! Form fields: label, hint, error and control, tied together.
//!
//! The id of a field is `field-` plus its name (`field-<group>-<name>` with [`Field::within`]), so that
//! [`crate::form_errors`] can link to it. The error comes before the control and both hint and error are announced with
//! it (`aria-describedby`).

use maud::{Markup, Render, html};

use crate::icon::{Icon, icon};

/// One choice of a select or of a radio group.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What is read.
    pub label: &'a str,
    /// One more line under a radio button; empty for none.
    pub hint: &'a str,
}

impl<'a> Choice<'a> {
    /// A choice without a second line.
    pub const fn new(value: &'a str, label: &'a str) -> Self {
        Self { value, label, hint: "" }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind<'a> {
    Input(&'static str),
    TextArea { rows: u32 },
    Select(&'a [Choice<'a>]),
    Radio(&'a [Choice<'a>]),
    Checkbox { checked: bool },
}

/// A field of a form.
///
/// ```
/// use maud::html;
/// let field = ui::Field::email("email", "Correo").hint("Solo para entrar.").required().autocomplete("username");
/// assert!(html! { (field) }.into_string().contains("aria-describedby=\"field-email-hint\""));
/// ```
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each mirrors one HTML attribute; none depends on another")]
pub struct Field<'a> {
    kind: Kind<'a>,
    name: &'a str,
    group: &'a str,
    label: &'a str,
    hint: &'a str,
    error: &'a str,
    value: &'a str,
    optional: &'a str,
    required: bool,
    label_hidden: bool,
    autofocus: bool,
    autocomplete: Option<&'a str>,
    placeholder: Option<&'a str>,
    input_mode: Option<&'a str>,
    accept: Option<&'a str>,
    min_max_step: Option<(&'a str, &'a str, &'a str)>,
    max_length: Option<u32>,
    reveal: Option<(&'a str, &'a str)>,
    drop: Option<(&'a str, u64, &'a str)>,
    submit_on_change: bool,
    check: Option<(&'a str, &'a str)>,
}

/// The constructors.
impl<'a> Field<'a> {
    const fn new(kind: Kind<'a>, name: &'a str, label: &'a str) -> Self {
        Self {
            kind,
            name,
            group: "",
            label,
            hint: "",
            error: "",
            value: "",
            optional: "",
            required: false,
            label_hidden: false,
            autofocus: false,
            autocomplete: None,
            placeholder: None,
            input_mode: None,
            accept: None,
            min_max_step: None,
            max_length: None,
            reveal: None,
            drop: None,
            submit_on_change: false,
            check: None,
        }
    }

    /// One line of text.
    pub const fn text(name: &'a str, label: &'a str) -> Self {
        Self::new(Kind::Input("text"), name, label)
    }

    /// An e-mail address.
    pub const fn email(name: &'a str, label: &'a str) -> Self {
        Self::new(Kind::Input("email"), name, label)
    }

    /// A web address.
    pub const fn url(name: &'a str, label: &'a str) -> Self {
        Self::new(Kind::Input("url"), name, label)
    }

    /// A password. See [`Field::reveal`].
    pub const fn password(name: &'a str, label: &'a str) -> Self {
        Self::new(Kind::Input("password"), name, label)
    }

    /// A number. See [`Field::range`].
    pub const fn number(name: &'a str, label: &'a str) -> Self {
        Self::new(Kind::Input("number"), name, label)
    }

    /// A day.
    pub const fn date(name: &'a str, label: &'a str) -> Self {
        Self::new(Kind::Input("date"), name, label)
    }

    /// An hour of the day.
    pub const fn time(name: &'a str, label: &'a str) -> Self {
        Self::new(Kind::Input("time"), name, label)
    }

    /// A search box; its label is for screen readers only.
    pub const fn search(name: &'a str, label: &'a str) -> Self {
        let mut field = Self::new(Kind::Input("search"), name, label);
        field.label_hidden = true;
        field.placeholder = Some(label);
        field
    }

    /// A file. See [`Field::accept`] and [`Field::drop_area`].
    pub const fn file(name: &'a str, label: &'a str) -> Self {
        Self::new(Kind::Input("file"), name, label)
    }

    /// Several lines of text.
    pub const fn text_area(name: &'a str, label: &'a str, rows: u32) -> Self {
        Self::new(Kind::TextArea { rows }, name, label)
    }

    /// One of several, folded.
    pub const fn select(name: &'a str, label: &'a str, choices: &'a [Choice<'a>]) -> Self {
        Self::new(Kind::Select(choices), name, label)
    }

    /// One of a few, all in sight.
    pub const fn radio(name: &'a str, label: &'a str, choices: &'a [Choice<'a>]) -> Self {
        Self::new(Kind::Radio(choices), name, label)
    }

    /// Yes or no. What is sent is [`Field::value`], or `on`.
    pub const fn checkbox(name: &'a str, label: &'a str, checked: bool) -> Self {
        Self::new(Kind::Checkbox { checked }, name, label)
    }
}

/// The options.
impl<'a> Field<'a> {
    /// Keeps ids apart when several forms of one page have a field of the same name: `field-<group>-<name>`.
    #[must_use]
    pub const fn within(mut self, group: &'a str) -> Self {
        self.group = group;
        self
    }

    /// What helps to fill it in.
    #[must_use]
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// What is wrong and what to do; empty for nothing.
    #[must_use]
    pub const fn error(mut self, error: &'a str) -> Self {
        self.error = error;
        self
    }

    /// What it holds now. Never sent back for passwords and files.
    #[must_use]
    pub const fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    /// It must be filled in.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// It may stay empty, in words after the label ("opcional").
    #[must_use]
    pub const fn optional(mut self, word: &'a str) -> Self {
        self.optional = word;
        self
    }

    /// The label is for screen readers only.
    #[must_use]
    pub const fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// The cursor starts here. One per page, and only where the page is this form.
    #[must_use]
    pub const fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// What a browser may fill in (`username`, `current-password`, `new-password`, `one-time-code`…).
    #[must_use]
    pub const fn autocomplete(mut self, token: &'a str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// An example inside the empty field. Never the only explanation.
    #[must_use]
    pub const fn placeholder(mut self, example: &'a str) -> Self {
        self.placeholder = Some(example);
        self
    }

    /// Which keyboard a phone shows (`numeric`, `tel`…).
    #[must_use]
    pub const fn input_mode(mut self, mode: &'a str) -> Self {
        self.input_mode = Some(mode);
        self
    }

    /// Which files (`.csv,.xlsx,.json`).
    #[must_use]
    pub const fn accept(mut self, kinds: &'a str) -> Self {
        self.accept = Some(kinds);
        self
    }

    /// Least, most and step of a number or a date; an empty text leaves that one free.
    #[must_use]
    pub const fn range(mut self, min: &'a str, max: &'a str, step: &'a str) -> Self {
        self.min_max_step = Some((min, max, step));
        self
    }

    /// Longest text, in characters.
    #[must_use]
    pub const fn max_length(mut self, characters: u32) -> Self {
        self.max_length = Some(characters);
        self
    }

    /// A button beside a password that shows it: "Mostrar", "Ocultar". Only with the script.
    #[must_use]
    pub const fn reveal(mut self, show: &'a str, hide: &'a str) -> Self {
        self.reveal = Some((show, hide));
        self
    }

    /// A large area to drop a file on: what it says, the most bytes it takes, and what to say above that. The plain
    /// file field is inside, so it works without the script; the server still decides.
    #[must_use]
    pub const fn drop_area(mut self, prompt: &'a str, max_bytes: u64, too_large: &'a str) -> Self {
        self.drop = Some((prompt, max_bytes, too_large));
        self
    }

    /// Offers to send the form when a choice is made. Only with the script, only for filters, and only with a pointer:
    /// with a keyboard each arrow press would send it.
    #[must_use]
    pub const fn submit_on_change(mut self) -> Self {
        self.submit_on_change = true;
        self
    }

    /// What is written is sent to `address` whenever the person pauses, and the answer, a piece of page, is put into the
    /// element with the id `into`. Only with the script: the form's own button must do the same.
    #[must_use]
    pub const fn check(mut self, address: &'a str, into: &'a str) -> Self {
        self.check = Some((address, into));
        self
    }
}

/// The drawing.
impl Field<'_> {
    fn id(&self) -> String {
        if self.group.is_empty() {
            format!("field-{}", self.name)
        } else {
            format!("field-{}-{}", self.group, self.name)
        }
    }

    /// The hint's and the error's ids, for `aria-describedby`.
    fn described_by(&self) -> Option<String> {
        let error = (!self.error.is_empty()).then(|| format!("{}-error", self.id()));
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id()));
        let ids: Vec<String> = [hint, error].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        (!self.error.is_empty()).then_some("true")
    }

    fn label_words(&self) -> Markup {
        html! {
            (self.label)
            @if !self.optional.is_empty() { " " span.optional { "(" (self.optional) ")" } }
        }
    }

    fn hint_and_error(&self) -> Markup {
        html! {
            @if !self.hint.is_empty() { p.hint id={ (self.id()) "-hint" } { (self.hint) } }
            @if !self.error.is_empty() {
                p.field-error id={ (self.id()) "-error" } { (icon(Icon::Warning)) span { (self.error) } }
            }
        }
    }

    fn shown_value(&self, kind: &str) -> Option<&str> {
        (!matches!(kind, "password" | "file") && !self.value.is_empty()).then_some(self.value)
    }

    /// The least, most and step that were given.
    fn limits(&self) -> [Option<&str>; 3] {
        let (min, max, step) = self.min_max_step.unwrap_or_default();
        [min, max, step].map(|limit| (!limit.is_empty()).then_some(limit))
    }

    fn input(&self, kind: &'static str) -> Markup {
        let [min, max, step] = self.limits();
        html! {
            input.control id=(self.id()) name=(self.name) type=(kind) value=[self.shown_value(kind)]
                required[self.required] autofocus[self.autofocus]
                autocomplete=[self.autocomplete] placeholder=[self.placeholder] inputmode=[self.input_mode]
                accept=[self.accept] maxlength=[self.max_length]
                min=[min] max=[max] step=[step]
                data-show=[self.reveal.map(|(show, _)| show)] data-hide=[self.reveal.map(|(_, hide)| hide)]
                data-max-bytes=[self.drop.map(|(_, bytes, _)| bytes)]
                data-too-large=[self.drop.map(|(_, _, words)| words)]
                aria-invalid=[self.invalid()] aria-describedby=[self.described_by()];
        }
    }

    fn control(&self) -> Markup {
        html! {
            @match self.kind {
                Kind::Input(kind) => {
                    @if let Some((prompt, _, _)) = self.drop {
                        div.drop data-drop {
                            (icon(Icon::Import))
                            p.drop-prompt { (prompt) }
                            (self.input(kind))
                            p.drop-file data-drop-file role="status" {}
                        }
                    } @else if self.reveal.is_some() {
                        div.reveal { (self.input(kind)) }
                    } @else {
                        (self.input(kind))
                    }
                }
                Kind::TextArea { rows } => {
                    textarea.control id=(self.id()) name=(self.name) rows=(rows)
                        required[self.required] autofocus[self.autofocus]
                        placeholder=[self.placeholder] maxlength=[self.max_length]
                        data-check=[self.check.map(|(address, _)| address)] data-check-into=[self.check.map(|(_, id)| id)]
                        aria-invalid=[self.invalid()] aria-describedby=[self.described_by()] {
                        // A parser drops one line break at the start: this keeps the person's own.
                        "\n" (self.value)
                    }
                }
                Kind::Select(choices) => {
                    div.select {
                        select.control id=(self.id()) name=(self.name) required[self.required]
                            data-submit=[self.submit_on_change.then_some("change")]
                            aria-invalid=[self.invalid()] aria-describedby=[self.described_by()] {
                            @for choice in choices {
                                option value=(choice.value) selected[choice.value == self.value] { (choice.label) }
                            }
                        }
                    }
                }
                Kind::Radio(_) | Kind::Checkbox { .. } => {}
            }
        }
    }

    fn radio_group(&self, choices: &[Choice<'_>]) -> Markup {
        html! {
            fieldset.field.choices id=(self.id()) tabindex="-1" aria-describedby=[self.described_by()] {
                legend class=[self.label_hidden.then_some("vh")] { (self.label_words()) }
                (self.hint_and_error())
                @for (place, choice) in choices.iter().enumerate() {
                    @let id = format!("{}-{place}", self.id());
                    div.choice {
                        input id=(id) type="radio" name=(self.name) value=(choice.value)
                            checked[choice.value == self.value] required[self.required]
                            aria-describedby=[(!choice.hint.is_empty()).then(|| format!("{id}-hint"))];
                        label for=(id) {
                            span { (choice.label) }
                            @if !choice.hint.is_empty() { span.hint id={ (id) "-hint" } { (choice.hint) } }
                        }
                    }
                }
            }
        }
    }

    fn single_checkbox(&self, checked: bool) -> Markup {
        html! {
            div.field.choices {
                div.choice {
                    input id=(self.id()) type="checkbox" name=(self.name)
                        value=(if self.value.is_empty() { "on" } else { self.value })
                        checked[checked] required[self.required]
                        aria-invalid=[self.invalid()] aria-describedby=[self.described_by()];
                    label for=(self.id()) { span { (self.label_words()) } }
                }
                (self.hint_and_error())
            }
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        match self.kind {
            Kind::Radio(choices) => self.radio_group(choices),
            Kind::Checkbox { checked } => self.single_checkbox(checked),
            _ => html! {
                div class={ "field" @if !self.error.is_empty() { " invalid" } } {
                    label class=[self.label_hidden.then_some("vh")] for=(self.id()) { (self.label_words()) }
                    (self.hint_and_error())
                    (self.control())
                }
            },
        }
    }
}
