//! Mentions in; warnings, with their evidence and their false-alarm budget, out.
//!
//! ```
//! use detection::{Detector, Event, Settings};
//! let mut detector = Detector::new(Settings::default());
//! let mention = Event {
//!     id: 1, published: 1_700_000_000, seen: 1_700_000_060, source: Some("google"), topic: Some("service"),
//!     audience: None, place: Some("es/aragon/zaragoza"), negative: true, author: Some(7), thread: None, text: "", import: false,
//! };
//! assert!(detector.feed(&[mention]).is_empty()); // decided when its minute is over
//! assert!(detector.advance(1_700_000_200).is_empty()); // one voice is no campaign
//! ```
//!
//! # What it does
//!
//! Every mention is counted in the segments it belongs to: the whole organisation, its country, region and city, its
//! source, topic and audience, its topic or audience within its city, and the near-copies. In each segment the detector
//! asks, at every new negative voice, how much better "negatives have become 1.5, 2, 3, 5, 10, 30 or 100 times as
//! frequent, since some moment in the past" explains what is seen than "as usual". That is a likelihood ratio
//! (`statistic.rs`). *Usual* is learnt from the last months (`row.rs`), with the hours of the week (`calendar.rs`), the
//! last seven days left out; it allows for busy days (a holiday, a post that went round), which the *other* mentions
//! betray, and for moods that move negatives only. Replies in a quarrel and repeated authors weigh little (`voices.rs`).
//!
//! # The statistic
//!
//! A mixture Shiryaev–Roberts e-detector. For each segment s and ratio j, R is the sum of the likelihood ratios of all
//! beginnings up to now, one unit of "may begin now" a day. The evidence is `E = sum over s of w_s * sum over j of pi_j *
//! R_sj`, with weights that sum to at most 1 over all segments (`segments.rs`); an alarm is due when `E >= A`. No window
//! has to be chosen: minutes and months are all among the beginnings. The score of a report is `ln E` over the segments
//! that the new voices touched; segments that say the same thing support each other, and the strongest gives its name.
//!
//! # What is guaranteed, and what is not
//!
//! While nothing happens, E minus the days passed has mean zero at most, whatever the dependence between segments. So
//! the mean time to the first false alarm of *any* segment is at least A days ([`Settings::false_alarm_days`], 91 by
//! default), and after each alarm the wait begins anew. That is a theorem (Shin, Ramdas & Rinaldo, "E-detectors", 2022;
//! weighted as by Dandapanthula & Ramdas, 2024) *if* usual rates and their overdispersion are as assumed. Organisations
//! that do exactly what the model says wait much longer than A (`tests/it/promises.rs` simulates them); real ones
//! change, cascade and are misread. On simulated organisations with trends, holidays, viral surges, label noise and new
//! connectors, made independently of this code, false warnings were 0.15 a quarter in small, 0.25 in medium and about
//! 0.4 in large organisations; in a rougher world of the same kind 0.2 and 0.6. It cannot promise: that a warning is a campaign and
//! not a real fault of the business; that campaigns below the noise are seen (`sight` says what can be seen); anything about
//! who is behind one. An attention surge with the usual share of negatives, at night, in a source that hardly ever
//! speaks, is the commonest false alarm left.
//!
//! # Warnings
//!
//! Rows over the threshold whose voices overlap are one warning (`detector/judge.rs`), with a number that stays until
//! seven days after its end. Its beginning is where the count exceeds the usual most; its members are told from the
//! ordinary ones by where they come from (`detector/members.rs`). Signs of coordination (copies beyond the usual, never
//! seen authors, lockstep) are numbers and raise the level; they are never a condition. The forecast (`growth.rs`) is
//! weak and says so.
//!
//! # Time, lateness, history
//!
//! Decisions are taken minute of arrival by minute of arrival, so neither batches nor the order within a minute matter.
//! What comes up to 72 hours late corrects its own day and the days after it; what is older, or imported, never raises
//! an alarm. A source connected later is watched for 21 days before it counts; a source that is down makes no quiet. For the
//! first 21 days (unless a history of 56 days or more was imported) only the cold-start rule speaks, and says so.
//!
//! To add a kind of segment: a variant of `Kind` with its part of the budget, its key in `Facets::keys` and `within`,
//! its words in `Names::segment` and `key`.

mod calendar;
mod copies;
mod detector;
mod growth;
mod row;
mod segments;
pub mod sight;
mod statistic;
pub mod stream;
mod types;
mod voices;

pub use detector::Detector;
pub use types::*;
