//! What this room decides. Pure: how long an answer may take and who waits worst in [`queue`], the keys of complaints in
//! [`complaint`], the number in [`palabra`].

pub mod complaint;
pub mod palabra;
pub mod queue;
pub mod regions;

use domain::{OrganizationKind, Profession};

/// How an organisation answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Hours within which a review of three stars or fewer is answered.
    pub bad_hours: i64,
    /// Hours for all others.
    pub other_hours: i64,
    /// Days for a complaint.
    pub complaint_days: i64,
    /// What the profession forbids to say.
    pub profession: Profession,
    /// How answers are signed; empty for the organisation's name.
    pub signature: String,
    /// How customers can talk to us: may stand in answers.
    pub contact: String,
    /// The region; empty when not said.
    pub region: String,
    /// The address of its official complaint form; empty when not said.
    pub official_form: String,
    /// Whom a customer may turn to when we refuse; empty: we belong to none.
    pub dispute_body: String,
    /// Names of the people who work here, a line each: never in an answer.
    pub staff: String,
}

/// The law's longest for a complaint in Spain, days (TRLGDCU art. 21.3, as Ley 10/2025 left it).
pub const COMPLAINT_DAYS_MAX: i64 = 15;
/// The longest an organisation may give itself, hours.
pub const HOURS_MAX: i64 = 24 * 30;

impl Settings {
    /// What holds until somebody chooses.
    pub fn usual(kind: OrganizationKind) -> Self {
        Self {
            bad_hours: 48,
            other_hours: 7 * 24,
            complaint_days: COMPLAINT_DAYS_MAX,
            profession: match kind {
                OrganizationKind::Clinic => Profession::Health,
                OrganizationKind::Hotel => Profession::Lodging,
                _ => Profession::General,
            },
            signature: String::new(),
            contact: String::new(),
            region: String::new(),
            official_form: String::new(),
            dispute_body: String::new(),
            staff: String::new(),
        }
    }

    /// Within what can be chosen: a clock longer than the law's would be a trap.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.bad_hours = self.bad_hours.clamp(1, HOURS_MAX);
        self.other_hours = self.other_hours.clamp(self.bad_hours, HOURS_MAX);
        self.complaint_days = self.complaint_days.clamp(1, COMPLAINT_DAYS_MAX);
        self
    }
}
