//! Why the model says so: which words weighed, what a negation turned, what the stars did, which cues decided.
//!
//! *How.* The words that may matter are picked by what the tables and the lexicon say of each; then the text is read
//! again without each of them, and the difference is the word's weight. So an explanation cannot disagree with the
//! reading: a word that speaks for praise is one whose removal makes praise less likely.
//!
//! *What must stay true.* At most [`CANDIDATES_MAX`] readings more than one, however long the text is; plain data, no
//! sentence for people: the interface has the words.

use crate::complaint::{Cause, Intent};
use crate::cues::{self, Cue};
use crate::features::negated_polarity;
use crate::layer::Layer;
use crate::model::{Model, Reader, group_of, lexicon_of};
use crate::reading::{Head, Sentiment, Span};
use crate::tokens::Kind;

/// How many words are tried by leaving them out.
const CANDIDATES_MAX: usize = 24;
/// How many words are told.
const WORDS_MAX: usize = 6;
/// A smaller weight, in log-odds, is not worth telling.
const WEIGHT_MIN: f32 = 0.05;
/// More cues than this in one text are not told.
const CUES_MAX: usize = 12;

/// A word and what it weighs.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct WordEffect {
    /// The word in the text.
    pub span: Span,
    /// By how much the log-odds of *positive against negative* fall when the word is left out: above zero it speaks
    /// for praise, below zero for blame.
    pub weight: f32,
}

/// A word of the lexicon that a negation turned.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Turned {
    /// What turned it ("no").
    pub negation: Span,
    /// What was turned ("bueno").
    pub word: Span,
}

/// What the stars did.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct StarsEffect {
    /// The stars given.
    pub stars: u8,
    /// What the text says without them.
    pub text_alone: Sentiment,
}

/// A phrase that speaks for a cause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CauseCue {
    /// The phrase in the text.
    pub span: Span,
    /// What it speaks for.
    pub cause: Cause,
}

/// A phrase that speaks for an intent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IntentCue {
    /// The phrase in the text.
    pub span: Span,
    /// What it speaks for.
    pub intent: Intent,
}

/// Why a reading is as it is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Explanation {
    /// The words that weighed most, heaviest first, whichever their side.
    pub words: Vec<WordEffect>,
    /// What negations turned, in the order of the text.
    pub turned: Vec<Turned>,
    /// What the stars did; `None` where none were given (or not one to five).
    pub stars: Option<StarsEffect>,
    /// Phrases that speak for the cause that was named, in the order of the text.
    pub cause: Vec<CauseCue>,
    /// Phrases that speak for the intents that were found, in the order of the text.
    pub intents: Vec<IntentCue>,
}

impl Reader {
    /// Reads one text again and says why the reading is as it is. Allocates and costs some twenty readings: for the
    /// one text that a person looks at.
    pub fn explain(&mut self, model: &Model, text: &str, head: Head, stars: Option<u8>) -> Explanation {
        self.explain_with(model, None, text, head, stars)
    }

    /// The same with what an organisation's corrections taught.
    pub fn explain_with(
        &mut self,
        model: &Model,
        layer: Option<&Layer>,
        text: &str,
        head: Head,
        stars: Option<u8>,
    ) -> Explanation {
        let reading = self.read_with(model, layer, text, head, stars);
        let group = group_of(reading.language);
        let candidates = self.candidates(model, group, head);
        let turned = negated_polarity(&self.scratch, lexicon_of(group))
            .into_iter()
            .map(|(negation, word)| Turned { negation, word })
            .collect();
        let (mut cause_cues, mut intent_cues) = (Vec::new(), Vec::new());
        let named = reading.cause.and_then(|cause| cause.cause);
        cues::walk(&self.scratch, |hit| {
            if let Some(cause) = cause_of_cue(hit.cue).filter(|cause| Some(*cause) == named)
                && cause_cues.len() < CUES_MAX
            {
                let cue = CauseCue { span: hit.source, cause };
                // one phrase may be of several kinds that speak for the same cause
                if cause_cues.last() != Some(&cue) {
                    cause_cues.push(cue);
                }
            }
            if let Some(intent) = intent_of_cue(hit.cue).filter(|intent| reading.intents.has(*intent))
                && !hit.denied
                && intent_cues.len() < CUES_MAX
            {
                let cue = IntentCue { span: hit.source, intent };
                if intent_cues.last() != Some(&cue) {
                    intent_cues.push(cue);
                }
            }
        });
        let alone = self.sentiment_of(model, layer, text, head);
        let words = self.weigh(model, layer, text, head, &candidates, &alone);
        let stars = stars
            .filter(|stars| (1..=5).contains(stars))
            .map(|stars| StarsEffect { stars, text_alone: alone });
        Explanation { words, turned, stars, cause: cause_cues, intents: intent_cues }
    }

    /// The words that may matter, strongest first.
    fn candidates(&mut self, model: &Model, group: usize, head: Head) -> Vec<Span> {
        let mut all: Vec<(f32, Span)> = Vec::new();
        let (group, lexicon) = (&model.groups[group], lexicon_of(group));
        for token in &self.scratch.tokens {
            if !matches!(token.kind, Kind::Word | Kind::Emoji) {
                continue;
            }
            let of_lexicon = lexicon.word(token.hash).map_or(0.0, |entry| 1.0 + entry.value.abs());
            all.push((group.lean(token.hash, head).abs() + of_lexicon, token.source));
        }
        all.sort_by(|one, other| other.0.total_cmp(&one.0));
        all.truncate(CANDIDATES_MAX);
        all.into_iter().map(|(_, span)| span).collect()
    }

    fn weigh(
        &mut self,
        model: &Model,
        layer: Option<&Layer>,
        text: &str,
        head: Head,
        candidates: &[Span],
        alone: &Sentiment,
    ) -> Vec<WordEffect> {
        let mut words: Vec<WordEffect> = Vec::new();
        for span in candidates {
            let (Some(before), Some(after)) =
                (text.get(..span.start as usize), text.get(span.end as usize..))
            else {
                continue;
            };
            let without = self.sentiment_of(model, layer, &[before, after].concat(), head);
            let weight = log_odds(alone) - log_odds(&without);
            if weight.abs() >= WEIGHT_MIN {
                words.push(WordEffect { span: *span, weight });
            }
        }
        words.sort_by(|one, other| {
            other.weight.abs().total_cmp(&one.weight.abs()).then(one.span.cmp(&other.span))
        });
        words.truncate(WORDS_MAX);
        words
    }
}

/// Positive against negative.
fn log_odds(sentiment: &Sentiment) -> f32 {
    let [negative, _, positive] = sentiment.probabilities;
    (positive.max(1e-6) / negative.max(1e-6)).ln()
}

const fn cause_of_cue(cue: Cue) -> Option<Cause> {
    match cue {
        Cue::Promise | Cue::Lie | Cue::Turn | Cue::Said => Some(Cause::BrokenPromise),
        Cue::Product | Cue::Food | Cue::Device | Cue::Wear | Cue::Room | Cue::Work => Some(Cause::BadProduct),
        Cue::Service | Cue::Wait | Cue::Staff | Cue::Treat | Cue::Reach => Some(Cause::BadService),
        Cue::Other | Cue::World | Cue::Rule | Cue::Owner | Cue::Price => Some(Cause::Other),
        _ => None,
    }
}

const fn intent_of_cue(cue: Cue) -> Option<Intent> {
    match cue {
        Cue::Gripe => Some(Intent::Complaint),
        Cue::Ask => Some(Intent::Question),
        Cue::Praise => Some(Intent::Praise),
        Cue::Boycott => Some(Intent::BoycottThreat),
        Cue::Legal => Some(Intent::LegalThreat),
        Cue::Contact => Some(Intent::ContactRequest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Label;
    use proptest::prelude::*;

    fn explain(text: &str, stars: Option<u8>) -> Explanation {
        Reader::default().explain(Model::embedded(), text, Head::Review, stars)
    }

    /// The heaviest word, and the text without it.
    fn heaviest(text: &str, above: bool) -> (WordEffect, String) {
        let explanation = explain(text, None);
        let word = explanation.words.iter().find(|word| (word.weight > 0.0) == above);
        let word = *word.unwrap_or_else(|| panic!("{text:?}: {explanation:?}"));
        let (start, end) = (word.span.start as usize, word.span.end as usize);
        let without = [text.get(..start), text.get(end..)].map(Option::unwrap_or_default).concat();
        (word, without)
    }

    #[test]
    fn leaving_out_the_heaviest_word_moves_the_reading_its_way() {
        for (text, above) in [
            ("Trato excelente", true),
            ("La comida estaba riquísima y llegó caliente", true),
            ("The staff were wonderful", true),
            ("Trato pésimo", false),
            ("La habitación estaba sucia", false),
            ("The food was disgusting", false),
        ] {
            let (word, without) = heaviest(text, above);
            let odds = |text: &str| {
                let reading = Model::embedded().read(text, Head::Review, None);
                log_odds(&reading.sentiment)
            };
            let moved = odds(text) - odds(&without);
            assert!((moved > 0.0) == above, "{text:?}: {word:?} moved {moved}");
            assert!((moved - word.weight).abs() < 1e-3, "{text:?}: {word:?} moved {moved}");
        }
    }

    #[test]
    fn the_word_that_carries_the_opinion_is_named() {
        for (text, expected) in [
            ("La habitación estaba muy sucia", "sucia"),
            ("Nos pareció un sitio maravilloso", "maravilloso"),
            ("The food was disgusting", "disgusting"),
        ] {
            let explanation = explain(text, None);
            let words: Vec<&str> = explanation.words.iter().map(|word| word.span.of(text)).collect();
            assert!(words.iter().take(2).any(|word| *word == expected), "{text:?}: {words:?}");
        }
    }

    #[test]
    fn what_a_negation_turned_is_told() {
        let text = "La comida no estaba buena";
        let turned = explain(text, None).turned;
        let words: Vec<(&str, &str)> =
            turned.iter().map(|one| (one.negation.of(text), one.word.of(text))).collect();
        assert_eq!(words, [("no", "buena")]);
        assert!(explain("La comida estaba buena", None).turned.is_empty());
    }

    #[test]
    fn what_the_stars_did_is_told() {
        assert_eq!(explain("Fui el martes", None).stars, None);
        assert_eq!(explain("Fui el martes", Some(9)).stars, None);
        let effect = explain("Trato excelente", Some(1)).stars;
        assert!(
            matches!(effect, Some(StarsEffect { stars: 1, text_alone }) if text_alone.label == Label::Positive),
            "{effect:?}"
        );
    }

    #[test]
    fn a_phrase_is_told_once() {
        for text in [
            "Publicidad engañosa: el anuncio decía gratis, pone gratis en la web, y en la foto era otro",
            "The advert said free, the website said free, and we were charged: false advertising",
        ] {
            let explanation = explain(text, Some(1));
            let spans: Vec<Span> = explanation.cause.iter().map(|cue| cue.span).collect();
            assert!(!spans.is_empty() && spans.windows(2).all(|two| two[0] < two[1]), "{text}: {spans:?}");
        }
    }

    #[test]
    fn nothing_explains_nothing() {
        for text in ["", "...", "\u{200b}"] {
            assert_eq!(explain(text, None), Explanation::default(), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn no_text_breaks_an_explanation(text in any::<String>(), stars in proptest::option::of(any::<u8>())) {
            let explanation = explain(&text, stars);
            prop_assert!(explanation.words.len() <= WORDS_MAX);
            let spans = explanation.words.iter().map(|word| word.span)
                .chain(explanation.turned.iter().flat_map(|one| [one.negation, one.word]))
                .chain(explanation.cause.iter().map(|cue| cue.span))
                .chain(explanation.intents.iter().map(|cue| cue.span));
            for span in spans {
                prop_assert!(span.start < span.end && text.get(span.start as usize..span.end as usize).is_some());
            }
            prop_assert!(explanation.words.iter().all(|word| word.weight.is_finite()));
        }
    }
}
