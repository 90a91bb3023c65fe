//! What goes in and what comes out: plain data, no decisions.
//!
//! Everything that leaves (`Report` and its parts) can be written as JSON in `snake_case`, because callers keep it.

use serde::{Deserialize, Serialize};

/// Local civil seconds since 1970-01-01 00:00 in the organisation's own time zone (the caller converts).
///
/// Days and hours of the week are therefore local. A zone that changes its clock repeats or skips an hour; the
/// detector does not notice.
pub type Seconds = i64;

/// Seconds of an hour.
pub const HOUR: Seconds = 3_600;
/// Seconds of a day.
pub const DAY: Seconds = 86_400;

/// One mention, as the detector needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event<'a> {
    /// The caller's own number of the mention; comes back in [`Report::members`].
    pub id: u64,
    /// When it was published.
    pub published: Seconds,
    /// When it arrived. A publication "after" its arrival counts as published on arrival.
    pub seen: Seconds,
    /// Where it was published ("google", a feed…).
    pub source: Option<&'a str>,
    /// What it is about.
    pub topic: Option<&'a str>,
    /// Whose voice it is.
    pub audience: Option<&'a str>,
    /// "country/region/city" or a prefix of it.
    pub place: Option<&'a str>,
    /// Two stars or fewer, or read as negative. Neutral is not negative.
    pub negative: bool,
    /// A hash of the author's pseudonym.
    pub author: Option<u64>,
    /// A hash of the conversation it belongs to.
    pub thread: Option<u64>,
    /// Its text, only to recognise near-copies; "" when there is none.
    pub text: &'a str,
    /// Whether it was imported as history: it teaches what is usual and never raises an alarm.
    pub import: bool,
}

/// What the owner may set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", default)]
pub struct Settings {
    /// The budget A: on average at least this many days pass until the first false alarm, over all segments together.
    pub false_alarm_days: f64,
    /// Days without an alarm while a new organisation's usual volume is learnt (the cold-start rule works meanwhile).
    pub learn_days: u16,
    /// Days a source added later is only watched before it counts.
    pub quarantine_days: u16,
    /// Most segments kept; a place beyond is counted in the levels above it only.
    pub segments_max: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { false_alarm_days: 91.0, learn_days: 21, quarantine_days: 21, segments_max: 5_000 }
    }
}

/// A part of the organisation's mentions; with nothing named, the whole organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", default)]
pub struct Segment {
    /// "country", "country/region" or "country/region/city".
    pub place: Option<String>,
    /// One source.
    pub source: Option<String>,
    /// One topic.
    pub topic: Option<String>,
    /// One audience.
    pub audience: Option<String>,
    /// Only negative mentions that nearly repeat somebody else's text.
    pub copies: bool,
}

/// In which moment of its life a warning is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Below the threshold; no warning was opened and [`Report::warning`] is 0.
    Hint,
    /// A new warning, or one that ended less than seven days ago and is back.
    Opened,
    /// The same warning, with something new.
    Changed,
    /// It is quiet again.
    Ended,
}

/// How much it deserves attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Worth a look, nothing to be interrupted for.
    Watch,
    /// Worth an interruption.
    Notice,
    /// Volume and evidence, or overwhelming volume.
    Alarm,
}

/// Signs that the voices are not independent of each other. Numbers, never a verdict.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", default)]
pub struct Coordination {
    /// Members that nearly repeat the text of another author.
    pub copies: u32,
    /// At least three copies, and at least three members of ten.
    pub coordinated: bool,
    /// (never seen before, all authors); only with at least five authors and a memory of at least two weeks.
    pub new_authors: Option<(u32, u32)>,
    /// (authors with one mention only in the warning, all authors); only with at least five authors.
    pub one_off: Option<(u32, u32)>,
    /// Median seconds between one voice and the next; only with at least five members.
    pub lockstep_seconds: Option<f64>,
}

/// What is likely to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outlook {
    /// Most of it has probably been said.
    Fading,
    /// It may go either way.
    Unclear,
    /// As much again, or more, will probably come.
    Growing,
    /// Too few voices to say.
    TooEarly,
}

/// The forecast of a warning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Growth {
    /// Probability that as many voices or more are still to come.
    pub p_grow: f64,
    /// Voices that one voice causes: 10 %, mean and 90 % of the posterior.
    pub reproduction: (f64, f64, f64),
    /// Voices of the warning, besides ordinary ones, that the next seven days will bring: right eight times of ten.
    /// Absent while it is too early and where the range would be too wide to help.
    pub next_week: Option<(u32, u32)>,
    /// The same in a word.
    pub outlook: Outlook,
}

/// What the detector says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Report {
    /// The same number for the same warning; 0 for hints.
    pub warning: u32,
    /// In which moment of its life it is.
    pub state: State,
    /// When this was decided: the latest arrival it uses.
    pub at: Seconds,
    /// Evidence: the natural logarithm of E. An alarm is due when it reaches ln(A).
    pub score: f64,
    /// Whether the owner should be interrupted.
    pub alarm: bool,
    /// Said by the cold-start rule, before the usual volume is known.
    pub provisional: bool,
    /// How much it deserves attention.
    pub level: Level,
    /// Where it is strongest.
    pub segment: Segment,
    /// Where else it shows, with the score there.
    pub also: Vec<(Segment, f64)>,
    /// Probability that it happens in `segment` rather than elsewhere.
    pub locality: f64,
    /// Its most likely beginning.
    pub since: Seconds,
    /// Negative voices in `segment` from `since` to `at`.
    pub observed: f64,
    /// What is usual there in such a time.
    pub expected: f64,
    /// The ids of the mentions judged part of it, oldest first; at most [`MEMBERS_MAX`].
    pub members: Vec<u64>,
    /// Signs of coordination.
    pub coordination: Coordination,
    /// What is likely to come.
    pub growth: Growth,
}

/// Most ids in [`Report::members`].
pub const MEMBERS_MAX: usize = 5_000;

/// What is usual in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Usual {
    /// Negative voices of an average day.
    pub negatives_per_day: f64,
    /// Other mentions of an average day.
    pub others_per_day: f64,
    /// Days (recent ones count more) it was learnt from.
    pub days: f64,
}

/// The negative voices to expect on one day: eight days of ten lie in it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Band {
    /// The mean.
    pub expected: f64,
    /// One day of ten is below.
    pub low: u32,
    /// One day of ten is above.
    pub high: u32,
}

/// What was counted on one local day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct DayCount {
    /// Days since 1970.
    pub day: i64,
    /// Negative voices.
    pub negatives: f64,
}

/// Why a saved state cannot be taken up again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// Written by another version of the detector.
    #[error("the saved state is of version {0}, which this program does not know")]
    Version(u8),
    /// Cut short, altered, or never a state.
    #[error("the saved state is damaged: {0}")]
    Damaged(&'static str),
}
