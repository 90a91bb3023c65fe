//! The model: its tables, how they are asked, and the reader that asks them without allocating.

use std::cell::RefCell;
use std::sync::LazyLock;

use thiserror::Error;

use crate::aspects::find::{AspectMemory, AspectTables, Known};
use crate::aspects::{AspectMention, BusinessKind, terms};
use crate::complaint::{Cause, ComplaintTables};
use crate::cues;
use crate::features::{BITS, DENSE, Features};
use crate::fingerprint::Fingerprint;
use crate::format;
use crate::lanes::bucket_of;
use crate::language::{Language, LanguageTable};
use crate::layer::{self, Layer};
use crate::lexicon::{self, LEXICONS, Lexicon};
use crate::network::{EVIDENCE, INPUTS, Network, SENTENCES};
use crate::personal::PersonalData;
use crate::places::Home;
use crate::reading::{Head, Label, Reading, Sentiment, Taught};
use crate::tokens::{Scratch, pair};
use crate::{fingerprint, personal, places, standing, watch};

/// Why bytes are not a model.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// Not one of our files.
    #[error("not a model file")]
    NotAModel,
    /// A file of another time.
    #[error("model format {found} is not the supported {supported}")]
    OtherFormat {
        /// What the file says.
        found: u16,
        /// What this program reads.
        supported: u16,
    },
    /// Cut short or damaged.
    #[error("the model file is damaged")]
    Damaged,
}

/// Numbers per bucket: two heads, negative and positive each (both relative to neutral).
pub(crate) const COLUMNS: usize = 4;

/// How one head weighs what the table and the lexicon say.
#[derive(Clone, Debug)]
pub(crate) struct HeadWeights {
    /// Table units to scores: negative, positive.
    pub scale: [f32; 2],
    pub bias: [f32; 2],
    pub dense: [[f32; 2]; DENSE],
    pub network: Network,
    /// Added to the neutral score: what a reading is, not how often a site's stars are three.
    pub neutral: f32,
    pub temperature: f32,
    /// Below this probability of the best class the label is unsure.
    pub threshold: f32,
}

impl HeadWeights {
    pub fn silent() -> Self {
        Self {
            scale: [0.0; 2],
            bias: [0.0; 2],
            dense: [[0.0; 2]; DENSE],
            network: Network::silent(),
            neutral: 0.0,
            temperature: 1.0,
            threshold: 0.0,
        }
    }
}

/// The weights of one group of languages.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub table: Box<[i8]>,
    pub heads: [HeadWeights; 2],
}

impl Group {
    pub fn silent() -> Self {
        let table = vec![0; COLUMNS << BITS].into_boxed_slice();
        Self { table, heads: [HeadWeights::silent(), HeadWeights::silent()] }
    }

    /// Scores (negative, neutral, positive) before temperature.
    pub fn scores(&self, features: &Features, head: Head) -> [f32; 3] {
        let weights = &self.heads[head.index()];
        let network = &weights.network;
        let (mut scores, inputs) = self.linear(features, head);
        scores[1] += weights.neutral;
        let correction = network.correct(&network.activate(&inputs));
        for (score, value) in scores.iter_mut().zip(correction) {
            *score += value;
        }
        scores
    }

    /// Scores of the linear part, and what the network is told.
    pub fn linear(&self, features: &Features, head: Head) -> ([f32; 3], [f32; INPUTS]) {
        let weights = &self.heads[head.index()];
        let words = self.evidence(&features.words, head);
        let chars = self.evidence(&features.chars, head);
        let mut inputs = [0.0; INPUTS];
        let (evidence, rest) = inputs.split_at_mut(EVIDENCE);
        let (sentences, dense) = rest.split_at_mut(SENTENCES);
        sentences.copy_from_slice(&self.sentences(features, head));
        evidence[..4].copy_from_slice(&words);
        evidence[4..].copy_from_slice(&chars);
        dense.copy_from_slice(&features.dense);
        let mut sides = weights.bias;
        for (side, value) in sides.iter_mut().enumerate() {
            *value += words[side] + chars[side];
        }
        for (measure, by_side) in features.dense.iter().zip(&weights.dense) {
            sides[0] += measure * by_side[0];
            sides[1] += measure * by_side[1];
        }
        ([sides[0], 0.0, sides[1]], inputs)
    }

    /// Sentence by sentence, positive against negative: a review that praises and blames is neither.
    fn sentences(&self, features: &Features, head: Head) -> [f32; SENTENCES] {
        let (mut best, mut worst, mut first, mut last) = (f32::MIN, f32::MAX, None, 0.0);
        let (mut good, mut bad, mut start) = (0.0, 0.0, 0_usize);
        for end in &features.sentences {
            let end = *end as usize;
            let Some(words) = features.words.get(start..end) else { break };
            start = end;
            let [negative, positive, ..] = self.evidence(words, head);
            let balance = positive - negative;
            best = balance.max(best);
            worst = balance.min(worst);
            first.get_or_insert(balance);
            last = balance;
            if balance > GOOD {
                good += 1.0;
            } else if balance < -GOOD {
                bad += 1.0;
            }
        }
        let Some(first) = first else { return [0.0; SENTENCES] };
        let count = features.sentences.len() as f32;
        [best, worst, first, last, good / count, bad / count]
    }

    /// How far a token's own bucket leans to the positive side.
    pub fn lean(&self, hash: u64, head: Head) -> f32 {
        let [negative, positive, ..] = self.evidence(&[bucket_of(hash)], head);
        positive - negative
    }

    /// Sum and mass for each side: negative sum, positive sum, negative mass, positive mass.
    #[inline]
    pub fn evidence(&self, buckets: &[u32], head: Head) -> [f32; 4] {
        let offset = head.index() * 2;
        let (mut sums, mut masses) = ([0_i32; 2], [0_i32; 2]);
        for bucket in buckets {
            let at = *bucket as usize * COLUMNS + offset;
            let Some(&[negative, positive]) = self.table.get(at..at + 2).and_then(|row| row.first_chunk())
            else {
                continue;
            };
            let (negative, positive) = (i32::from(negative), i32::from(positive));
            sums[0] += negative;
            sums[1] += positive;
            masses[0] += negative.abs();
            masses[1] += positive.abs();
        }
        let size = 1.0 / (buckets.len().max(1) as f32).sqrt();
        let [negative, positive] = self.heads[head.index()].scale.map(|scale| scale * size);
        [
            sums[0] as f32 * negative,
            sums[1] as f32 * positive,
            masses[0] as f32 * negative,
            masses[1] as f32 * positive,
        ]
    }
}

/// A trained model: languages and sentiment.
#[derive(Debug)]
pub struct Model {
    pub(crate) language: LanguageTable,
    /// Spanish, English, everything else (trained on all).
    pub(crate) groups: [Group; 3],
    pub(crate) complaint: ComplaintTables,
    pub(crate) aspects: AspectTables,
    pub(crate) version: u32,
}

/// How far a sentence leans before it counts as good or bad.
const GOOD: f32 = 0.5;

/// Spanish first.
pub(crate) const GROUP_ES: usize = 0;
/// English.
pub(crate) const GROUP_EN: usize = 1;
/// Other languages, and texts too short to tell.
pub(crate) const GROUP_REST: usize = 2;

static EMBEDDED: LazyLock<Model> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../models/reading.model");
    Model::from_bytes(bytes).expect("the model in the binary was read back when it was written")
});

thread_local! {
    static READER: RefCell<Reader> = RefCell::new(Reader::default());
}

impl Model {
    /// The model this program was built with, read once.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut model = format::decode(bytes)?;
        let tables = [
            lexicon::fingerprint(),
            cues::fingerprint(),
            terms::fingerprint(),
            places::fingerprint(),
            standing::fingerprint(),
            personal::fingerprint(),
        ];
        let lexicon = tables.into_iter().fold(0, pair);
        // positive in a database's signed integer
        model.version = (model.version ^ (lexicon as u32) ^ ((lexicon >> 32) as u32)) & 0x7FFF_FFFF;
        Ok(model)
    }

    /// Changes whenever the weights or the lexicon change: store it with each reading, read again when it differs.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Reads one text, with working memory of the thread.
    pub fn read(&self, text: &str, head: Head, stars: Option<u8>) -> Reading {
        self.read_with(None, text, head, stars)
    }

    /// Reads one text with what an organisation's corrections taught, with working memory of the thread.
    pub fn read_with(&self, layer: Option<&Layer>, text: &str, head: Head, stars: Option<u8>) -> Reading {
        READER.with(|reader| match reader.try_borrow_mut() {
            Ok(mut reader) => reader.read_with(self, layer, text, head, stars),
            Err(_) => Reader::default().read_with(self, layer, text, head, stars),
        })
    }
}

/// Working memory for reading: keep one per worker to read many texts without allocating.
#[derive(Debug, Default)]
pub struct Reader {
    pub(crate) scratch: Scratch,
    pub(crate) features: Features,
    pub(crate) working: watch::Working,
    pub(crate) home: Home,
    memory: AspectMemory,
    kind: Option<BusinessKind>,
}

impl Reader {
    /// A reader at home in a country and region: of several places of one name the nearer is meant.
    #[must_use]
    pub fn at_home(home: Home) -> Self {
        Self { home, ..Self::default() }
    }

    /// Tells the reader whose texts it reads: "clean" is said of other things in a clinic than in a hotel. `None`, and
    /// a new reader, knows nothing of that.
    pub const fn set_kind(&mut self, kind: Option<BusinessKind>) {
        self.kind = kind;
    }

    /// Takes the words of a text and nothing more: enough for [`Reader::fingerprint`] and [`Reader::watch`].
    pub fn tokenise(&mut self, text: &str) {
        self.scratch.read(text);
    }

    /// The fingerprint of the text that was read or tokenised last.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        fingerprint::take(&self.scratch)
    }

    /// Only the personal data of a text: what [`Reader::read`] finds of it, without asking the model anything.
    pub fn personal(&mut self, text: &str) -> Vec<PersonalData> {
        self.scratch.read(text);
        personal::find(text, &self.scratch)
    }

    /// Reads one text.
    pub fn read(&mut self, model: &Model, text: &str, head: Head, stars: Option<u8>) -> Reading {
        self.read_with(model, None, text, head, stars)
    }

    /// Reads one text with what an organisation's corrections taught.
    pub fn read_with(
        &mut self,
        model: &Model,
        layer: Option<&Layer>,
        text: &str,
        head: Head,
        stars: Option<u8>,
    ) -> Reading {
        let language = self.take(model, text);
        let group = group_of(language);
        let fingerprint = fingerprint::take(&self.scratch);
        let scores = self.scores(&model.groups[group], head, stars);
        let felt = self.felt(scores, stars);
        let sentiment = match layer.and_then(|layer| layer.known(&self.scratch, &fingerprint)) {
            Some(label) => layer::certain(label),
            None => self.sentiment(model, layer, group, head, scores),
        };
        let (cause, intents) = model.complaint.read(text, &self.scratch, &self.features, &felt, &sentiment);
        // who gives four stars and does not sound unhappy is not complaining
        let content = matches!(stars, Some(4..)) && sentiment.label != Label::Negative;
        let cause = cause.filter(|_| !content);
        let aspects = self.aspects(model, language, head, &sentiment);
        Reading {
            language,
            sentiment: against(sentiment, stars),
            aspects,
            cause,
            intents,
            places: places::find(text, &self.scratch, &self.home),
            standing: standing::read(&self.scratch),
            fingerprint,
            personal: personal::find(text, &self.scratch),
        }
    }

    fn aspects(
        &mut self,
        model: &Model,
        language: Language,
        head: Head,
        sentiment: &Sentiment,
    ) -> Vec<AspectMention> {
        let group = group_of(language);
        let known = Known::new(&self.scratch, &self.features, (&model.groups[group], group), head, language);
        self.memory.find(&model.aspects, &known, sentiment, self.kind)
    }

    /// Finds the aspects of the text just read once more: for measuring what they cost.
    #[doc(hidden)]
    pub fn aspects_again(&mut self, model: &Model, head: Head, reading: &Reading) -> Vec<AspectMention> {
        self.aspects(model, reading.language, head, &reading.sentiment)
    }

    /// The probabilities of the sentiment of the text alone, from what text and stars say together; all alike where
    /// there is nothing to go by.
    fn felt(&self, scores: Option<[f32; 3]>, stars: Option<u8>) -> [f32; 3] {
        let Some(mut scores) = scores.filter(|_| !self.features.words.is_empty()) else {
            return [1.0 / 3.0; 3];
        };
        for (score, prior) in scores.iter_mut().zip(stars.and_then(prior_of_stars).unwrap_or_default()) {
            *score -= prior;
        }
        softmax(scores)
    }

    /// The same of a text that was taken, in a language.
    pub(crate) fn felt_in(&self, model: &Model, language: Language, head: Head) -> [f32; 3] {
        self.felt(self.scores(&model.groups[group_of(language)], head, None), None)
    }

    /// The sentiment of a text alone, as [`Self::read_with`] finds it.
    pub(crate) fn sentiment_of(
        &mut self,
        model: &Model,
        layer: Option<&Layer>,
        text: &str,
        head: Head,
    ) -> Sentiment {
        let group = group_of(self.take(model, text));
        self.sentiment(model, layer, group, head, self.scores(&model.groups[group], head, None))
    }

    /// The likeliest cause, whether or not the text complains.
    pub(crate) fn likeliest_cause(&mut self, model: &Model, text: &str) -> Cause {
        let sentiment = Sentiment { label: Label::Negative, ..no_signal() };
        let language = self.take(model, text);
        let felt = self.felt_in(model, language, Head::Review);
        let tables = &model.complaint;
        let (cause, _) = tables.read(text, &self.scratch, &self.features, &felt, &sentiment);
        cause.map_or(Cause::Other, |reading| reading.likeliest())
    }

    /// Takes the tokens and features of a text, and names its language.
    pub(crate) fn take(&mut self, model: &Model, text: &str) -> Language {
        self.scratch.read(text);
        self.features.take_chars(&self.scratch);
        let language = model.language.read(&self.scratch, &self.features);
        self.features.take_words(&self.scratch, lexicon_of(group_of(language)));
        language
    }

    /// What text and stars say together, before probabilities; `None` where neither says anything.
    pub(crate) fn scores(&self, group: &Group, head: Head, stars: Option<u8>) -> Option<[f32; 3]> {
        let prior = stars.and_then(prior_of_stars);
        if self.features.words.is_empty() {
            return prior;
        }
        let temperature = group.heads[head.index()].temperature;
        let mut scores = group.scores(&self.features, head).map(|score| score / temperature);
        for (score, prior) in scores.iter_mut().zip(prior.unwrap_or_default()) {
            *score += prior;
        }
        Some(scores)
    }

    fn sentiment(
        &self,
        model: &Model,
        layer: Option<&Layer>,
        group: usize,
        head: Head,
        scores: Option<[f32; 3]>,
    ) -> Sentiment {
        let Some(scores) = scores else { return no_signal() };
        let threshold = model.groups[group].heads[head.index()].threshold;
        let own = sentiment(scores, threshold);
        let Some(layer) = layer else { return own };
        let mut taught = sentiment(layer.adjust(scores, &self.features, group, head), threshold);
        if taught.label != own.label {
            taught.taught = Taught::Turned;
        }
        taught
    }
}

/// Whether the stars say the contrary.
fn against(mut sentiment: Sentiment, stars: Option<u8>) -> Sentiment {
    sentiment.against_stars =
        matches!((stars, sentiment.label), (Some(4..), Label::Negative) | (Some(1 | 2), Label::Positive));
    sentiment
}

/// Which tables read a language.
pub(crate) fn group_of(language: Language) -> usize {
    match language {
        Language::Es => GROUP_ES,
        Language::En => GROUP_EN,
        _ => GROUP_REST,
    }
}

/// Which lexicon belongs to a group.
pub(crate) fn lexicon_of(group: usize) -> &'static Lexicon {
    match group {
        GROUP_ES => &LEXICONS.spanish,
        GROUP_EN => &LEXICONS.english,
        _ => &LEXICONS.rest,
    }
}

fn no_signal() -> Sentiment {
    Sentiment {
        label: Label::Unsure,
        probabilities: [1.0 / 3.0; 3],
        against_stars: false,
        taught: Taught::No,
    }
}

/// What the stars alone say, in log-odds. Strong enough to settle a doubtful text, weak enough that a text that
/// clearly says the contrary wins: people do tap the wrong end of the scale.
fn prior_of_stars(stars: u8) -> Option<[f32; 3]> {
    match stars {
        1 => Some([2.6, 0.0, -1.0]),
        2 => Some([1.6, 0.6, -0.8]),
        3 => Some([0.3, 1.6, 0.2]),
        4 => Some([-0.8, 0.4, 1.8]),
        5 => Some([-1.0, 0.0, 2.6]),
        _ => None,
    }
}

/// Probabilities of scores.
pub(crate) fn softmax(scores: [f32; 3]) -> [f32; 3] {
    let top = scores.into_iter().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - top).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The most probable class.
pub(crate) fn best_of(probabilities: &[f32; 3]) -> usize {
    let mut best = 0;
    for class in 1..3 {
        if probabilities[class] > probabilities[best] {
            best = class;
        }
    }
    best
}

fn sentiment(scores: [f32; 3], threshold: f32) -> Sentiment {
    let probabilities = softmax(scores);
    if probabilities.iter().any(|probability| !probability.is_finite()) {
        return no_signal();
    }
    let best = best_of(&probabilities);
    let label = if probabilities[best] < threshold { Label::Unsure } else { Label::from_class(best) };
    Sentiment { label, probabilities, against_stars: false, taught: Taught::No }
}

impl Model {
    /// A model that knows languages and nothing else.
    pub(crate) fn silent(language: LanguageTable) -> Self {
        let groups = [Group::silent(), Group::silent(), Group::silent()];
        let (complaint, aspects) = (ComplaintTables::silent(), AspectTables::silent());
        Self { language, groups, complaint, aspects, version: 0 }
    }
}
