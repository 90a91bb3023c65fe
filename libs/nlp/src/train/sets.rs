//! The data sets: which may train the shipped weights, for which head, and how much each counts.
//!
//! Licence classes: **A** open, **A-** open but indirect, **B** nothing stated (text-and-data mining of lawfully
//! accessible text, Directive (EU) 2019/790 art. 4), **C** research only. Class C is read for evaluation and never
//! reaches a weight: [`Set::trains`] is the only gate, and a test watches it.
//!
//! To add a set: one line here, its file in the data folder, train again.

/// Licence class of a set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// Explicit open licence.
    A,
    /// Open, but indirect or stated differently in two places.
    AMinus,
    /// None stated.
    B,
    /// Research only: evaluation, never weights.
    C,
}

impl Class {
    /// As written in the model card.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::AMinus => "A-",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

/// How the validation part of a set is cut off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cut {
    /// By a hash of the text.
    Hash,
    /// Whole businesses: how will it read a firm it has never seen?
    Business,
    /// The set's own development part.
    Official,
    /// By a hash of the row's name without its language: translations of a text lie on the same side.
    Parallel,
    /// The latest time, from this day on.
    Since(&'static str),
}

/// One set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Set {
    pub name: &'static str,
    pub class: Class,
    /// Weight of a row in the review head and in the post head; 0 is "not at all".
    pub review: f32,
    pub post: f32,
    pub cut: Cut,
    pub licence: &'static str,
}

impl Set {
    const fn new(name: &'static str, class: Class, review: f32, post: f32, licence: &'static str) -> Self {
        Self { name, class, review, post, cut: Cut::Hash, licence }
    }

    /// Whether the set may reach a weight.
    pub const fn trains(&self, clean: bool) -> bool {
        match self.class {
            Class::A | Class::AMinus => true,
            Class::B => !clean,
            Class::C => false,
        }
    }
}

const NONE_STATED: &str = "none stated";

/// Every set the trainer looks for. A missing file is reported and skipped.
pub(crate) const SETS: &[Set] = &[
    // reviews, Spanish first
    Set { cut: Cut::Business, ..Set::new("trustpilot_es", Class::B, 1.0, 0.3, NONE_STATED) },
    Set { cut: Cut::Since("2017-06"), ..Set::new("cuba_hotels", Class::B, 1.0, 0.2, NONE_STATED) },
    Set::new("cuba_restaurants", Class::B, 1.0, 0.2, NONE_STATED),
    Set::new("metacritic_rt", Class::B, 1.0, 0.3, "research purposes"),
    Set { cut: Cut::Parallel, ..Set::new("opener_multibooked", Class::B, 1.0, 0.4, NONE_STATED) },
    Set { cut: Cut::Parallel, ..Set::new("m_absa", Class::B, 0.8, 0.3, NONE_STATED) },
    // reviews, other languages
    Set::new("trustpilot_keytrade", Class::B, 1.0, 0.3, NONE_STATED),
    Set::new("trustpilot_us", Class::B, 1.0, 0.2, "MIT repository, scraped text"),
    Set::new("barcelona_tripadvisor", Class::B, 1.0, 0.2, "educational and non-commercial"),
    Set::new("panama_google", Class::B, 1.0, 0.2, NONE_STATED),
    Set::new("yelp_api_sf", Class::B, 0.5, 0.1, NONE_STATED),
    Set::new("mcdonalds_yelp", Class::B, 0.5, 0.2, NONE_STATED),
    Set::new("ott_deceptive", Class::B, 0.5, 0.0, NONE_STATED),
    Set::new("reviewbomb_meckl", Class::B, 0.5, 0.3, "MIT repository, Steam text"),
    Set::new("steam_salt_sacrifice", Class::B, 0.5, 0.2, "GPL-3.0 repository, Steam text"),
    Set { cut: Cut::Official, ..Set::new("acos", Class::B, 0.5, 0.2, NONE_STATED) },
    Set::new("sst2", Class::B, 0.5, 0.3, NONE_STATED),
    Set::new("reclameaqui_pt", Class::B, 0.5, 0.3, "MIT repository, scraped text"),
    Set::new("uci_sentences", Class::A, 1.0, 0.4, "CC BY 4.0"),
    Set { cut: Cut::Official, ..Set::new("yaso_md", Class::A, 1.0, 0.4, "CDLA-Sharing-1.0") },
    Set::new("nhs_pxtext", Class::A, 1.0, 0.2, "MIT"),
    Set::new("nhs_phase1", Class::A, 0.5, 0.1, "MIT"),
    Set::new("cfpb_1000", Class::A, 0.2, 0.2, "public domain"),
    Set { cut: Cut::Official, ..Set::new("mams", Class::A, 0.0, 0.0, "Apache-2.0") },
    // posts
    Set::new("airline_tweets", Class::B, 0.3, 1.0, "CC BY-NC-SA 4.0 or GPL-3.0, unclear"),
    Set::new("sanders_twitter", Class::B, 0.1, 1.0, NONE_STATED),
    Set::new("emoevent", Class::AMinus, 0.2, 1.0, "Apache-2.0 or CC BY-NC-SA 4.0, stated twice"),
    Set::new("xed", Class::A, 0.2, 0.6, "CC BY 4.0"),
    // evaluation only
    Set::new("ote_es", Class::C, 0.0, 0.0, "research only"),
    Set::new("tass2020", Class::C, 0.0, 1.0, "research only"),
    Set::new("tass2018_es", Class::C, 0.0, 1.0, "research only"),
    Set::new("umsab", Class::C, 0.0, 1.0, "research only"),
    Set::new("semeval2017_task4", Class::C, 0.0, 1.0, "research only"),
    Set::new("semeval_absa", Class::C, 1.0, 0.0, "research only"),
];
