//! What the linter says: the rules, how grave each is, and what has to be known to judge a reply.

use std::ops::Range;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Reads badly; nothing more.
    Hint,
    /// Unwise, or unlawful in some circumstances: a person decides.
    Warn,
    /// Unlawful or against every platform's rules: it must not leave like this.
    Block,
}

impl Severity {
    /// The stable name, for storage and interfaces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }
}

/// What is wrong. Sources of law: Reglamento (UE) 2016/679 (GDPR); LO 3/2018 (LOPDGDD); Ley 3/1991 (LCD); RDL 1/2007
/// (TRLGDCU, as changed by Ley 10/2025); 16 CFR 465 (USA).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Telephone, e-mail, identity number, account, card, plate, address, date of birth (GDPR 5 and 6).
    PersonalData,
    /// The whole name of somebody who did not sign with it (GDPR 5 and 6).
    FullName,
    /// Says that somebody is or was a patient, client, pupil or guest, or when and how much (GDPR 9, LOPDGDD 5,
    /// professional secrecy).
    CustomerConfirmed,
    /// The number of an order, a booking, an invoice, a room (GDPR 5).
    ReferenceNumber,
    /// Health, ideology, belief, origin or sex life of the author (GDPR 9).
    AuthorData,
    /// Says that the review is false or bought; unlawful without proof (LCD 9, TRLGDCU 20.4).
    Accusation,
    /// Threatens with lawyers, courts, the police (LCD 8 and 29; 16 CFR 465.7).
    LegalThreat,
    /// Insults (LO 1/1982, art. 7.7).
    Insult,
    /// Something in exchange for a review, for changing or for deleting one (LCD 27.8, 16 CFR 465.4).
    Incentive,
    /// Asks to delete the review.
    AskRemoval,
    /// Asks to change the review or its stars.
    AskChange,
    /// Asks who served: the answer belongs in private.
    AskStaffName,
    /// Names somebody of the staff.
    StaffName,
    /// Advertises inside a complaint (TRLGDCU 21.2).
    Promotion,
    /// Asks for a review inside a complaint (TRLGDCU 21.2).
    ReviewInvitation,
    /// A gap of a saved reply is still to be filled.
    Unfilled,
    /// Blames or mocks the customer.
    Blame,
    /// Shouts in capitals.
    Shouting,
    /// Answers a complaint without a word about what happened.
    NoAcknowledgement,
    /// Answers a complaint without saying what comes next.
    NoNextStep,
}

impl Rule {
    /// Every rule, the gravest first.
    pub const ALL: [Self; 20] = [
        Self::PersonalData,
        Self::FullName,
        Self::CustomerConfirmed,
        Self::ReferenceNumber,
        Self::AuthorData,
        Self::Accusation,
        Self::LegalThreat,
        Self::Insult,
        Self::Incentive,
        Self::AskRemoval,
        Self::AskChange,
        Self::AskStaffName,
        Self::StaffName,
        Self::Promotion,
        Self::ReviewInvitation,
        Self::Unfilled,
        Self::Blame,
        Self::Shouting,
        Self::NoAcknowledgement,
        Self::NoNextStep,
    ];

    /// The stable name: the sentences are `lint-<key>` and `lint-<key>-fix`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::PersonalData => "personal-data",
            Self::FullName => "full-name",
            Self::CustomerConfirmed => "customer-confirmed",
            Self::ReferenceNumber => "reference-number",
            Self::AuthorData => "author-data",
            Self::Accusation => "accusation",
            Self::LegalThreat => "legal-threat",
            Self::Insult => "insult",
            Self::Incentive => "incentive",
            Self::AskRemoval => "ask-removal",
            Self::AskChange => "ask-change",
            Self::AskStaffName => "ask-staff-name",
            Self::StaffName => "staff-name",
            Self::Promotion => "promotion",
            Self::ReviewInvitation => "review-invitation",
            Self::Unfilled => "unfilled",
            Self::Blame => "blame",
            Self::Shouting => "shouting",
            Self::NoAcknowledgement => "no-acknowledgement",
            Self::NoNextStep => "no-next-step",
        }
    }

    /// The rule of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.key() == key)
    }
}

/// One thing that is wrong in a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub rule: Rule,
    /// Where: bytes of the text, at the borders of characters. Empty where something is missing.
    pub span: Range<usize>,
    /// How grave.
    pub severity: Severity,
    /// What could stand there instead, where a rule can say it; the sentence `lint-<key>-fix` always says how.
    pub suggestion: Option<String>,
}

/// What the business does, as far as secrecy goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profession {
    /// Shops, bars, workshops: no secrecy of its own.
    #[default]
    General,
    /// Clinics, dentists, psychologists, pharmacies.
    Health,
    /// Lawyers, advisers, mediators.
    Law,
    /// Schools, academies.
    Education,
    /// Nurseries, camps, whoever looks after minors.
    Minors,
    /// Hotels, hostels, holiday flats.
    Lodging,
}

impl Profession {
    /// Every profession, in a stable order.
    pub const ALL: [Self; 6] =
        [Self::General, Self::Health, Self::Law, Self::Education, Self::Minors, Self::Lodging];

    /// The stable name, for storage and interfaces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Health => "health",
            Self::Law => "law",
            Self::Education => "education",
            Self::Minors => "minors",
            Self::Lodging => "lodging",
        }
    }

    /// The profession of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profession| profession.as_str() == name)
    }

    /// Whether the bare fact that somebody came is a secret.
    pub const fn keeps_secrets(self) -> bool {
        matches!(self, Self::Health | Self::Law | Self::Education | Self::Minors)
    }
}

/// What has to be known to judge a reply. [`About::default`] knows nothing and judges as for a shop.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// What the business does.
    pub profession: Profession,
    /// There is a file of evidence that the review is not of a customer.
    pub has_dossier: bool,
    /// What is answered; may be empty.
    pub review_text: &'a str,
    /// Its stars, 1 to 5.
    pub stars: Option<u8>,
    /// The name it is signed with in public.
    pub author: Option<&'a str>,
    /// Names of the staff and of watched persons.
    pub known_names: &'a [String],
    /// Telephones, e-mail addresses, streets and people of the business itself: these may be said.
    pub own_contacts: &'a [String],
    /// The reply goes into a complaint's own thread.
    pub in_complaint: bool,
}
