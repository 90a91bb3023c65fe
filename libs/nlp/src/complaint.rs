//! Why a text complains and what its author wants.

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

/// Why a text complains, with its doubts.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CauseReading {
    /// The most probable cause; `None` where the model had better not say.
    pub cause: Option<Cause>,
    /// Calibrated probabilities in the order of [`Cause`]. They add up to one.
    pub probabilities: [f32; 4],
}

/// What the person wants; several may hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Intent {
    /// Complains.
    Complaint,
    /// Asks something.
    Question,
    /// Praises.
    Praise,
    /// Calls on others not to buy.
    BoycottThreat,
    /// Announces a complaint to an authority, a lawyer, a court.
    LegalThreat,
    /// Wants to be called, written to, helped.
    ContactRequest,
}

impl Intent {
    /// Every intent.
    pub const ALL: [Self; 6] = [
        Self::Complaint,
        Self::Question,
        Self::Praise,
        Self::BoycottThreat,
        Self::LegalThreat,
        Self::ContactRequest,
    ];

    /// The stable name.
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

    /// The intents in the set.
    pub fn iter(self) -> impl Iterator<Item = Intent> {
        Intent::ALL.into_iter().filter(move |intent| self.has(*intent))
    }
}
