//! A first draft: it greets, acknowledges the matter in the reviewer's own terms, leaves a gap for the remedy, says what
//! comes next, and signs.
//!
//! *How.* Sentences of `es` and `en`, chosen by a seed; the owner's own past replies lend greeting, farewell and "tú" or
//! "usted" (`past`).
//!
//! *What must stay true.* A draft invents no fact, promises nothing, asks nobody to change a review, and confirms in
//! professions that keep secrets nothing at all. [`crate::lint()`] finds nothing in it that blocks but the gap to fill in:
//! what comes from outside (name, quotation, past replies, signature) and would, is left out.

mod en;
mod es;
mod past;
mod wording;

#[cfg(test)]
mod tests;

use nlp::{Aspect, Cause, Intent, Intents, Label, Language};

use crate::finding::{About, Profession, Rule, Severity};
use crate::lint::lint;
use crate::saved::{self, FillError, Values};
use past::Manner;
pub use past::PastReply;
use wording::{Choice, Wording, address};

/// What is answered, and by whom.
#[derive(Debug, Clone)]
pub struct Situation<'a> {
    /// The language it is written in.
    pub language: Language,
    /// The language of the interface, for what is written in one that no draft speaks.
    pub ui: Language,
    /// The public name it is signed with.
    pub author: Option<&'a str>,
    /// Its stars, 1 to 5.
    pub stars: Option<u8>,
    /// What it feels.
    pub sentiment: Label,
    /// Why it complains.
    pub cause: Option<Cause>,
    /// What it speaks of and how, the weightiest first.
    pub aspects: &'a [(Aspect, Label)],
    /// What it complains of in its own words; longer than twelve words is left out.
    pub quotes: &'a [String],
    /// What the author wants.
    pub intents: Intents,
    /// What the business does.
    pub profession: Profession,
    /// Its name.
    pub business_name: &'a str,
    /// How it signs; empty signs with the name of the business.
    pub signature: &'a str,
    /// The owner's own earlier replies, the oldest first.
    pub past: &'a [PastReply],
    /// A saved reply to fill in, in place of a draft of ours.
    pub saved: Option<&'a str>,
    /// Chooses among the variants.
    pub seed: u64,
}

/// What the owner should know of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftNote {
    /// The mention is written in this language and the draft in another.
    OtherLanguage(Language),
    /// The saved reply could not be filled in and is handed over as it is.
    Saved(FillError),
}

/// A text to begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The text, with `{{remedio}}` or `{{remedy}}` where the owner says what she offers.
    pub text: String,
    /// Its language: Spanish or English.
    pub language: Language,
    /// What the owner should know of it.
    pub note: Option<DraftNote>,
}

/// What kind of answer it wants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    Complaint,
    Mixed,
    Praise,
}

/// Longest name that is greeted, in characters.
const AUTHOR_CHARS_MAX: usize = 40;
const QUOTE_WORDS_MAX: usize = 12;
const QUOTE_CHARS_MAX: usize = 120;
const SIGNATURE_CHARS_MAX: usize = 200;

/// Writes a first draft.
pub fn draft(situation: &Situation<'_>) -> Draft {
    let language = spoken(situation);
    let other = (language != situation.language && situation.language != Language::Unsure)
        .then_some(DraftNote::OtherLanguage(situation.language));
    if let Some(saved) = situation.saved {
        let name = clean(situation.author.unwrap_or_default(), AUTHOR_CHARS_MAX);
        let values = Values {
            name: Some(name.as_str()).filter(|name| !name.is_empty()),
            business: Some(situation.business_name).filter(|name| !name.is_empty()),
            ..Values::default()
        };
        return match saved::fill(saved, &values) {
            Ok(text) => Draft { text, language, note: other },
            Err(error) => Draft { text: saved.to_owned(), language, note: Some(DraftNote::Saved(error)) },
        };
    }
    Draft { text: lawful(situation, language), language, note: other }
}

/// The language of the draft.
fn spoken(situation: &Situation<'_>) -> Language {
    match (situation.language, situation.ui) {
        (Language::Es | Language::En, _) => situation.language,
        (_, Language::En) => Language::En,
        _ => Language::Es,
    }
}

/// What comes from outside and may have to be left out.
#[derive(Default, Clone)]
struct Borrowed {
    author: Option<String>,
    quote: Option<String>,
    manner: Manner,
    signature: String,
}

/// The draft with everything borrowed that leaves it lawful.
fn lawful(situation: &Situation<'_>, language: Language) -> String {
    let negative = matters(situation, Label::Negative);
    let aspects: Vec<Aspect> = situation.aspects.iter().map(|(aspect, _)| *aspect).collect();
    let author = clean(situation.author.unwrap_or_default(), AUTHOR_CHARS_MAX);
    let signature =
        if situation.signature.trim().is_empty() { situation.business_name } else { situation.signature };
    let whole = Borrowed {
        author: Some(author).filter(|author| author.chars().any(char::is_alphanumeric)),
        quote: situation.quotes.iter().find_map(|quote| quotation(quote)),
        manner: past::manner(situation.past, situation.stars, &aspects, language),
        signature: clean(signature, SIGNATURE_CHARS_MAX),
    };
    // the signature last: a reply that nobody signs is the poorest
    let steps: [fn(&mut Borrowed); 4] = [
        |borrowed| borrowed.quote = None,
        |borrowed| borrowed.author = None,
        |borrowed| borrowed.manner = Manner::default(),
        |borrowed| borrowed.signature.clear(),
    ];
    let write = |borrowed: &Borrowed| compose(situation, language, &negative, borrowed);
    let lawful = |text: &str| is_lawful(situation, text);
    let mut borrowed = whole.clone();
    // one at a time first, so that what is harmless stays
    for leave_out in [None].into_iter().chain(steps.iter().map(Some)) {
        let mut tried = whole.clone();
        if let Some(leave_out) = leave_out {
            leave_out(&mut tried);
        }
        let text = write(&tried);
        if lawful(&text) {
            return text;
        }
    }
    for leave_out in steps {
        leave_out(&mut borrowed);
        let text = write(&borrowed);
        if lawful(&text) {
            return text;
        }
    }
    write(&Borrowed::default())
}

fn is_lawful(situation: &Situation<'_>, text: &str) -> bool {
    let own = [situation.business_name.to_owned(), situation.signature.to_owned()];
    let about = About {
        profession: situation.profession,
        author: situation.author,
        own_contacts: &own,
        stars: situation.stars,
        in_complaint: true,
        ..About::default()
    };
    lint(text, &about)
        .iter()
        .all(|finding| finding.severity != Severity::Block || finding.rule == Rule::Unfilled)
}

/// One line without brackets and marks of a gap, cut.
fn clean(text: &str, most: usize) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() || matches!(c, '{' | '}' | '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(most).collect::<String>().trim_end().to_owned()
}

/// What may be quoted: short, without quotation marks of its own.
fn quotation(quote: &str) -> Option<String> {
    let quote = clean(quote, QUOTE_CHARS_MAX + 1);
    let quote = quote.trim_matches(|c: char| !c.is_alphanumeric());
    let fits = quote.chars().count() <= QUOTE_CHARS_MAX
        && (2..=QUOTE_WORDS_MAX).contains(&quote.split_whitespace().count())
        && !quote.contains(['«', '»', '“', '”', '"']);
    fits.then(|| quote.to_owned())
}

/// Aspects that are felt so, each once, at most two.
fn matters(situation: &Situation<'_>, felt: Label) -> Vec<Aspect> {
    let mut matters: Vec<Aspect> = Vec::new();
    for (aspect, label) in situation.aspects {
        if *label == felt && *aspect != Aspect::General && !matters.contains(aspect) && matters.len() < 2 {
            matters.push(*aspect);
        }
    }
    matters
}

fn tone(situation: &Situation<'_>, negative: &[Aspect]) -> Tone {
    match (situation.stars, situation.sentiment) {
        (Some(0..=2), _) | (None, Label::Negative) => Tone::Complaint,
        (Some(4..), Label::Positive | Label::Neutral | Label::Unsure) | (None, Label::Positive)
            if negative.is_empty() =>
        {
            Tone::Praise
        }
        _ => Tone::Mixed,
    }
}

/// Puts the sentences together.
fn compose(
    situation: &Situation<'_>,
    language: Language,
    negative: &[Aspect],
    borrowed: &Borrowed,
) -> String {
    let wording = if language == Language::En { &en::EN } else { &es::ES };
    let tone = tone(situation, negative);
    let mut choice = Choice::new(situation.seed);
    let greeting = match (&borrowed.manner.greeting, borrowed.author.as_deref()) {
        (Some(greeting), author) => greeting.to(author),
        (None, Some(author)) => choice.one(wording.greetings).replace("{author}", author),
        (None, None) => choice.one(wording.greetings_unsigned).to_owned(),
    };
    let body = if situation.profession.keeps_secrets() {
        secretive(situation, wording, tone, negative, &mut choice)
    } else {
        open(situation, wording, tone, negative, borrowed, &mut choice)
    };
    let body: Vec<String> = body.iter().map(|sentence| address(sentence, borrowed.manner.familiar)).collect();
    let farewell =
        borrowed.manner.farewell.clone().unwrap_or_else(|| choice.one(wording.farewells).to_owned());
    let mut text = format!("{greeting}\n\n{}\n\n{farewell}", body.join(" "));
    if borrowed.signature.is_empty() {
        // "Un saludo," with nobody after it ends with a full stop
        text.pop();
        text.push('.');
    } else {
        text.push('\n');
        text.push_str(&borrowed.signature);
    }
    text
}

fn named(wording: &Wording, aspects: &[Aspect]) -> Option<String> {
    let names: Vec<String> =
        aspects.iter().filter_map(|aspect| (wording.aspect)(*aspect)).map(wording.of).collect();
    (!names.is_empty()).then(|| names.join(&format!(" {} ", wording.and)))
}

/// The sentence about something where there is something, else the other.
fn about(
    choice: &mut Choice,
    what: Option<String>,
    with: &[&'static str],
    without: &[&'static str],
) -> String {
    match what {
        Some(what) => choice.one(with).replace("{what}", &what),
        None => choice.one(without).to_owned(),
    }
}

/// The body where it may be said that somebody was there.
fn open(
    situation: &Situation<'_>,
    wording: &Wording,
    tone: Tone,
    negative: &[Aspect],
    borrowed: &Borrowed,
    choice: &mut Choice,
) -> Vec<String> {
    let praised = named(wording, &matters(situation, Label::Positive));
    let blamed = named(wording, negative);
    let mut body = Vec::new();
    let thanks = match tone {
        Tone::Complaint => wording.thanks_complaint,
        Tone::Mixed => wording.thanks_mixed,
        Tone::Praise => wording.thanks_praise,
    };
    body.push(choice.one(thanks).to_owned());
    if tone == Tone::Praise || praised.is_some() {
        body.push(about(choice, praised, wording.glad_of, wording.glad));
    }
    if tone == Tone::Praise {
        if situation.intents.has(Intent::Question) {
            body.push(choice.one(wording.question).to_owned());
        }
        return body;
    }
    if let Some(quote) = &borrowed.quote {
        body.push(choice.one(wording.quote).replace("{quote}", quote));
    }
    if tone == Tone::Complaint || blamed.is_some() {
        body.push(about(choice, blamed, wording.sorry_for, wording.sorry));
    }
    let cause = match situation.cause {
        Some(Cause::BrokenPromise) => Some(0),
        Some(Cause::BadProduct) => Some(1),
        Some(Cause::BadService) => Some(2),
        Some(Cause::Other) | None => None,
    };
    if let Some(sentences) = cause.and_then(|cause| wording.causes.get(cause)) {
        body.push(choice.one(sentences).to_owned());
    }
    if situation.intents.has(Intent::BoycottThreat) {
        body.push(choice.one(wording.opinion).to_owned());
    }
    if situation.intents.has(Intent::LegalThreat) {
        body.push(choice.one(wording.claim).to_owned());
    }
    body.push(choice.one(wording.remedy).to_owned());
    body.push(next_step(situation, wording, choice));
    body
}

fn next_step(situation: &Situation<'_>, wording: &Wording, choice: &mut Choice) -> String {
    let sentences = if situation.intents.has(Intent::ContactRequest) {
        wording.next_step_contact
    } else if situation.intents.has(Intent::Question) {
        wording.question
    } else {
        wording.next_step
    };
    choice.one(sentences).to_owned()
}

/// The body where nothing may be confirmed: no remedy, no quotation, nothing that happened.
fn secretive(
    situation: &Situation<'_>,
    wording: &Wording,
    tone: Tone,
    negative: &[Aspect],
    choice: &mut Choice,
) -> Vec<String> {
    if tone == Tone::Praise {
        let praised = named(wording, &matters(situation, Label::Positive));
        let thanks = choice.one(wording.thanks_praise).to_owned();
        return vec![thanks, about(choice, praised, wording.secret_praise_of, wording.secret_praise)];
    }
    let blamed = named(wording, negative);
    let mut body = vec![choice.one(wording.thanks_complaint).to_owned()];
    body.push(about(choice, blamed, wording.secret_matter, wording.secret_matter_unknown));
    if situation.intents.has(Intent::LegalThreat) {
        body.push(choice.one(wording.claim).to_owned());
    }
    body.push(choice.one(wording.secret_intro).to_owned());
    body.push(choice.one(wording.secret_next).to_owned());
    body
}
