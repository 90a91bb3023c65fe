//! **Understand**: what each mention sounds like and in which language, and the pages where mentions are read.
//!
//! *What for*: the owner finds what matters among what was said, and sees how sure the reading is.
//! *How*: [`step::read_pending`] takes mentions off `listen`'s queue, asks `nlp`, and saves readings and the day's
//! counts in one batch; `store` owns `reading` and `reading_day` and the list that joins mentions with readings;
//! `pages` are all mentions (filters, search) and one mention.
//! *What it never does*: change what was said, guess where the model abstains ("unsure" is an answer).
//! *Start at* [`step::read_pending`].

pub mod pages;
pub mod rules;
pub mod step;
pub mod store;
