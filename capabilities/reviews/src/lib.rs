//! **Reviews**: the organisation's own form, the private question, and the device in the shop.
//!
//! *What for*: the quiet majority says how it was, in one minute, with one thumb, and what she says is heard like
//! everything else. How it is known that she was a customer stands beside her review; who only says so is not hidden, only
//! called so.
//! *How*: `/r/{code}` is printed, `/i/{token}` is in a letter, `/k/{key}` is a tablet at the till that also works without a
//! line. All three end in [`answer::receive`]: one batch, once. [`work`] makes a flood cost whoever sends it, [`photo`] keeps
//! pixels and nothing else.
//! *What it never does*: look at an answer to decide what is shown next; ask before the other places are in sight; send
//! anybody at the shop's device to somebody else's site; keep an address from which somebody wrote; follow anybody; reward.
//! *Start at* [`answer::receive`].

pub mod answer;
pub mod pages;
pub mod photo;
pub mod rules;
pub mod step;
pub mod store;
pub mod work;

pub use store::proof_of;
