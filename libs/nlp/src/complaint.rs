//! Why a text complains and what its author wants.
//!
//! *How.* Two tables of lanes (see `lanes`) weigh words, character n-grams, the lexicon's measures and the cues of
//! `cues`: one answers *which cause*, of which exactly one holds, one answers *which intents*, of which several may.
//! Spanish, Portuguese and English share both tables: folded stems and our cues carry from one to the other.
//!
//! *What must stay true.* A text that does not complain has no cause; a cause that is not clear is not named.

use crate::cues::{self, Evidence, MEASURES};
use crate::features::{DENSE, Features};
use crate::lanes::{LaneTable, softmax_of};
use crate::reading::{Label, Sentiment};
use crate::tokens::Scratch;

/// Why somebody complains.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Cause {
    /// What was promised or advertised was not what came.
    BrokenPromise,
    /// The thing itself was bad.
    BadProduct,
    /// How people were served was bad.
    BadService,
    /// A complaint about something else.
    Other,
}

impl Cause {
    /// Every cause, in the order of [`CauseReading::probabilities`].
    pub const ALL: [Self; 4] = [Self::BrokenPromise, Self::BadProduct, Self::BadService, Self::Other];

    /// The stable name, for storage and interfaces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BrokenPromise => "broken_promise",
            Self::BadProduct => "bad_product",
            Self::BadService => "bad_service",
            Self::Other => "other",
        }
    }

    /// The cause of a stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == name)
    }
}

/// Why a text complains, with its doubts.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CauseReading {
    /// The most probable cause; `None` where the model had better not say.
    pub cause: Option<Cause>,
    /// Calibrated probabilities in the order of [`Cause`]. They add up to one.
    pub probabilities: [f32; 4],
}

impl CauseReading {
    /// The most probable cause, clear or not.
    #[must_use]
    pub fn likeliest(&self) -> Cause {
        let mut best = 0;
        for lane in 1..Cause::ALL.len() {
            if self.probabilities[lane] > self.probabilities[best] {
                best = lane;
            }
        }
        Cause::ALL[best]
    }
}

/// What the person wants; several may hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Intent {
    /// Complains.
    Complaint,
    /// Asks something and wants to know it.
    Question,
    /// Praises.
    Praise,
    /// Calls on others not to buy: a lawful opinion, worth knowing of early.
    BoycottThreat,
    /// Announces a complaint to an authority, a lawyer, a court.
    LegalThreat,
    /// Wants to be called, written to, helped.
    ContactRequest,
}

impl Intent {
    /// Every intent, in the order of the bits of [`Intents`].
    pub const ALL: [Self; 6] = [
        Self::Complaint,
        Self::Question,
        Self::Praise,
        Self::BoycottThreat,
        Self::LegalThreat,
        Self::ContactRequest,
    ];

    /// The stable name, for storage and interfaces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Question => "question",
            Self::Praise => "praise",
            Self::BoycottThreat => "boycott_threat",
            Self::LegalThreat => "legal_threat",
            Self::ContactRequest => "contact_request",
        }
    }

    /// The intent of a stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|intent| intent.as_str() == name)
    }
}

/// A set of [`Intent`]s.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Intents(pub u8);

impl Intents {
    /// Whether an intent is in the set.
    #[must_use]
    pub const fn has(self, intent: Intent) -> bool {
        self.0 & (1 << intent as u8) != 0
    }

    /// The set with one more intent.
    #[must_use]
    pub const fn with(self, intent: Intent) -> Self {
        Self(self.0 | (1 << intent as u8))
    }

    /// The same without one.
    #[must_use]
    pub const fn without(self, intent: Intent) -> Self {
        Self(self.0 & !(1 << intent as u8))
    }

    /// The intents of the set.
    pub fn iter(self) -> impl Iterator<Item = Intent> {
        Intent::ALL.into_iter().filter(move |intent| self.has(*intent))
    }
}

/// Lanes of either table (four causes, six intents; the rest is unused).
pub(crate) const WIDTH: usize = 8;
/// Buckets of either table.
pub(crate) const COMPLAINT_BITS: u32 = 16;
/// Plain numbers that either table weighs: the cues', the lexicon's, and what the text feels.
pub(crate) const PLAIN: usize = MEASURES + DENSE + FELT;
/// How many of them say what the text feels.
const FELT: usize = 4;

/// A broken promise where nothing was promised, said, shown or priced has to be this sure.
const UNPROMISED_MIN: f32 = 0.9;
/// The same where something was said or shown, but nothing promised.
const SAID_MIN: f32 = 0.6;
/// Any cause of a text that says less than a sentence or has no cue has to be this sure. (.65 left unnamed what was right
/// in 63 of 100 of our own sentences, cross-validated; the doubtful promises above are right in 44.)
const BARE_MIN: f32 = 0.5;

/// What was learnt of causes and intents.
#[derive(Clone, Debug)]
pub(crate) struct ComplaintTables {
    pub causes: LaneTable<WIDTH>,
    /// Below this probability of the best cause none is named.
    pub threshold: f32,
    /// An intent holds where its lane is above zero.
    pub intents: LaneTable<WIDTH>,
}

impl ComplaintTables {
    /// Tables that say nothing: no intents, causes all alike.
    pub fn silent() -> Self {
        let empty = || LaneTable::empty(COMPLAINT_BITS, PLAIN);
        Self { causes: empty(), threshold: 1.0, intents: empty() }
    }

    /// Why the text complains (if it does) and what its author wants. `felt` is the sentiment of the text alone,
    /// `sentiment` that of text and stars.
    pub fn read(
        &self,
        text: &str,
        scratch: &Scratch,
        features: &Features,
        felt: &[f32; 3],
        sentiment: &Sentiment,
    ) -> (Option<CauseReading>, Intents) {
        if features.words.is_empty() {
            return (None, Intents::default());
        }
        let plain = plain(text, scratch, features, felt);
        let groups: [&[u32]; 2] = [&features.words, &features.chars];
        let evidence = Evidence::of(&plain);
        let intents = asserted(intents_of(&self.intents.scores(&groups, &plain)), evidence);
        let complains = sentiment.label == Label::Negative
            || (intents.has(Intent::Complaint) && evidence.gripe && sentiment.label != Label::Positive);
        let cause =
            complains.then(|| cause_of(&self.causes.scores(&groups, &plain), evidence, self.threshold));
        (cause, intents)
    }
}

/// The plain numbers of a text whose words were taken; `felt` are the probabilities of its sentiment.
pub(crate) fn plain(text: &str, scratch: &Scratch, features: &Features, felt: &[f32; 3]) -> [f32; PLAIN] {
    let mut all = [0.0; PLAIN];
    let (of_cues, rest) = all.split_at_mut(MEASURES);
    let (of_lexicon, of_sentiment) = rest.split_at_mut(DENSE);
    of_cues.copy_from_slice(&cues::measure(text, scratch));
    of_lexicon.copy_from_slice(&features.dense);
    let [negative, neutral, positive] = *felt;
    let balance = ((negative + 0.01) / (positive + 0.01)).ln() / 4.0;
    of_sentiment.copy_from_slice(&[negative, neutral, positive, balance]);
    all
}

/// The intents whose lanes are above zero.
pub(crate) fn intents_of(scores: &[f32; WIDTH]) -> Intents {
    let mut intents = Intents::default();
    for (intent, score) in Intent::ALL.into_iter().zip(scores) {
        if *score > 0.0 {
            intents = intents.with(intent);
        }
    }
    intents
}

/// The intents a text gives a phrase for. That somebody threatens or wants to be called is not said of them on the sound of
/// their words alone.
fn asserted(found: Intents, evidence: Evidence) -> Intents {
    let shown = |intent: &Intent| match intent {
        Intent::BoycottThreat => evidence.boycott,
        Intent::LegalThreat => evidence.legal,
        Intent::ContactRequest => evidence.contact,
        Intent::Complaint | Intent::Question | Intent::Praise => true,
    };
    found.iter().filter(shown).fold(Intents::default(), Intents::with)
}

/// The reading of the causes' scores.
pub(crate) fn cause_of(scores: &[f32; WIDTH], evidence: Evidence, threshold: f32) -> CauseReading {
    let probabilities: [f32; 4] = softmax_of(scores);
    let unnamed = CauseReading { cause: None, probabilities };
    let likeliest = unnamed.likeliest();
    let needed = threshold.max(needed(likeliest, evidence));
    let cause = (probabilities[likeliest as usize] >= needed).then_some(likeliest);
    CauseReading { cause, probabilities }
}

/// How sure one has to be of a cause for which the text has little to show: a wrong name is worse than none.
const fn needed(cause: Cause, evidence: Evidence) -> f32 {
    let of_promise = match (cause, evidence.promise, evidence.said) {
        (Cause::BrokenPromise, false, false) => UNPROMISED_MIN,
        (Cause::BrokenPromise, false, true) => SAID_MIN,
        _ => 0.0,
    };
    if evidence.bare && of_promise < BARE_MIN { BARE_MIN } else { of_promise }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Head, Model};
    use proptest::prelude::*;

    #[track_caller]
    fn cause(text: &str, expected: Cause) {
        let reading = Model::embedded().read(text, Head::Review, Some(1)).cause;
        let likeliest = reading.map(|reading| reading.likeliest());
        assert_eq!(likeliest, Some(expected), "{text:?}: {reading:?}");
    }

    #[test]
    fn clear_complaints_have_their_cause() {
        for text in [
            "Publicidad engañosa: anunciaban desayuno incluido y luego me lo cobraron aparte",
            "Me prometieron la entrega el lunes y una semana después sigo esperando",
            "Prometían mesa a las nueve y nos sentaron a las diez",
            "They advertised free delivery and then charged me for it, misleading",
        ] {
            cause(text, Cause::BrokenPromise);
        }
        for text in [
            "La batería dejó de funcionar a los dos días, muy mala calidad",
            "La sopa estaba fría y el pescado crudo",
            "The zip broke and the fabric is torn, poor quality",
        ] {
            cause(text, Cause::BadProduct);
        }
        for text in [
            "La camarera fue muy grosera y nos ignoró toda la noche",
            "Nadie contesta al teléfono ni responde a los correos",
            "Rude staff, we waited an hour and nobody apologised",
        ] {
            cause(text, Cause::BadService);
        }
        cause("No hay dónde aparcar y el barrio es muy ruidoso", Cause::Other);
    }

    #[test]
    fn a_cause_without_evidence_has_to_be_surer() {
        let shown = Evidence { promise: true, said: false, bare: false, ..Evidence::default() };
        let said = Evidence { promise: false, said: true, bare: false, ..Evidence::default() };
        let none = Evidence { promise: false, said: false, bare: true, ..Evidence::default() };
        let scores = |lane: usize, score: f32| {
            let mut scores = [0.0; WIDTH];
            scores[lane] = score;
            scores
        };
        let named = |lane, score, evidence| cause_of(&scores(lane, score), evidence, 0.4).cause;
        let promise = Some(Cause::BrokenPromise);
        assert_eq!(named(0, 1.0, shown), promise);
        assert_eq!((named(0, 1.0, said), named(0, 2.0, said)), (None, promise));
        assert_eq!((named(0, 2.0, none), named(0, 4.0, none)), (None, promise));
        assert_eq!((named(2, 1.0, said), named(2, 1.0, none)), (Some(Cause::BadService), None));
    }

    #[test]
    fn praise_has_no_cause() {
        for text in ["Todo perfecto, trato excelente, muchas gracias", "Wonderful food and lovely staff"] {
            let reading = Model::embedded().read(text, Head::Review, Some(5));
            assert_eq!(reading.cause, None, "{text}");
            assert!(reading.intents.has(Intent::Praise) && !reading.intents.has(Intent::Complaint), "{text}");
        }
    }

    #[test]
    fn nothing_is_called_a_broken_promise_where_nothing_was_promised() {
        for text in [
            "No iré nunca.",
            "Me duele lo que se ve en el vídeo y más que sigáis callados",
            "La redacción llamó al dueño para tener su versión, que no ha contestado",
            "Qué vergüenza",
        ] {
            let reading = Model::embedded().read(text, Head::Post, None);
            let named = reading.cause.and_then(|reading| reading.cause);
            assert_ne!(named, Some(Cause::BrokenPromise), "{text}: {reading:?}");
        }
    }

    #[test]
    fn clear_intents_are_found_and_their_words_alone_are_not() {
        let has =
            |text: &str, intent: Intent| Model::embedded().read(text, Head::Post, None).intents.has(intent);
        for (text, intent) in [
            ("¿A qué hora abrís los domingos?", Intent::Question),
            ("Do you have gluten free options?", Intent::Question),
            ("Voy a poner una denuncia en consumo, esto es una estafa", Intent::LegalThreat),
            ("Pondré una hoja de reclamaciones en Valencia.", Intent::LegalThreat),
            ("Pediremos las hojas de reclamaciones", Intent::LegalThreat),
            ("Os denunciaré", Intent::LegalThreat),
            ("Nos vemos en los tribunales", Intent::LegalThreat),
            ("Mi abogado se pondrá en contacto con vosotros", Intent::LegalThreat),
            ("I will take you to small claims court", Intent::LegalThreat),
            ("My lawyer will be in touch", Intent::LegalThreat),
            ("No compréis aquí, difundid", Intent::BoycottThreat),
            ("Boycott this shop, do not buy anything here", Intent::BoycottThreat),
            ("Llamadme por favor, necesito hablar con alguien", Intent::ContactRequest),
            ("Please contact me, I need to speak to someone", Intent::ContactRequest),
            ("Pésimo servicio, una vergüenza", Intent::Complaint),
        ] {
            assert!(has(text, intent), "{text}: {intent:?}");
        }
        for (text, intent) in [
            ("Muy buen trato y la comida riquísima", Intent::LegalThreat),
            ("Muy buen trato y la comida riquísima", Intent::BoycottThreat),
            ("Muy buen trato y la comida riquísima", Intent::Complaint),
            ("La playa está a diez minutos andando", Intent::Question),
            ("La playa está a diez minutos andando", Intent::ContactRequest),
        ] {
            assert!(!has(text, intent), "{text}: {intent:?}");
        }
    }

    #[test]
    fn names_lead_back_to_what_they_name() {
        for cause in Cause::ALL {
            assert_eq!(Cause::from_name(cause.as_str()), Some(cause));
        }
        for intent in Intent::ALL {
            assert_eq!(Intent::from_name(intent.as_str()), Some(intent));
            let alone = Intents::default().with(intent);
            assert_eq!(alone.iter().collect::<Vec<_>>(), [intent]);
        }
        assert_eq!((Cause::from_name("x"), Intent::from_name("")), (None, None));
    }

    proptest! {
        #[test]
        fn every_cause_is_a_probability(text in any::<String>(), stars in proptest::option::of(1..6_u8)) {
            let reading = Model::embedded().read(&text, Head::Review, stars);
            if let Some(cause) = reading.cause {
                prop_assert!((cause.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-4);
                prop_assert!(cause.cause.is_none_or(|named| named == cause.likeliest()));
            }
            prop_assert!(reading.intents.0 < 1 << Intent::ALL.len());
        }
    }
}
