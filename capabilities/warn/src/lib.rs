//! **Warn**: hear the campaign while it is still small, and cry wolf at most as often as the owner allows.
//!
//! *What for*: a small campaign in one town or one audience can sink a shop. The owner is told early, is told why in
//! words and figures she can check, and has in one place what she needs: the story, the evidence, a dossier for the
//! platform or a lawyer, and the incident she manages from there.
//! *How*: [`step::weigh`] hands every mention that was read to the organisation's `detection::Detector`, and keeps what
//! it reports as warnings; [`rules::weigh`] says how a mention becomes an event (pseudonyms only), [`rules::story`] what a
//! warning tells, [`rules::past`] what the owner's own history would have raised. [`tell`] writes the message. `pages`
//! are the warnings, one warning, its dossier, the settings, the incident.
//! What of an incident was approved and published is [`rules::publication`] and `store::publications`; [`public`] is the door
//! for a page that anybody may read, [`evidence`] the one for rooms that ask whether voices repeat one another.
//! *What it never does*: act on the world by itself beyond telling the owner; publish anything, or change what was
//! published, without a person; call anybody an attacker or a text fake; keep a profile of a person; hide that
//! it may be wrong.
//! *Start at* [`step::weigh`].

pub mod evidence;
pub mod pages;
pub mod public;
pub mod rules;
pub mod step;
pub mod store;
pub mod tell;
pub mod words;

pub use store::incidents::open_count as incidents_open;
