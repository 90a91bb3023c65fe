//! **One case**: somebody who said something, and all that has to be known to answer her well. The page, and programs through
//! the interface for them, open a case, write into it, and publish from it; so both meet the same checks.

use std::borrow::Cow;

use accounts::Organization;
use connectors::notify::Thread;
use domain::{
    Cause, ComplaintOutcome, ComplaintState, MentionId, ReplyStage, ReplyState, ReplyWay, Sentiment,
    SourceKind,
};
use foundation::Context;
use foundation::store::{Scope, StoreError};
use foundation::values;
use foundation::web::{Locale, Texts};
use jiff::SignedDuration;
use mailbox::{InThread, LetterOf};
use nlp::{Aspect, Label, Language};
use reply::{About, DraftNote, Finding, PastReply, Profession, Severity, Situation};
use understand::store::ReadMention;

use crate::publish::Addressee;
use crate::rules::Settings;
use crate::store::complaints::{self, Complaint};
use crate::store::promises::{self, Promise};
use crate::store::replies::{self, Past, Reply, TEXT_MAX};
use crate::store::{SavedReply, saved, settings};

/// Her earlier answers that are looked at for how she writes.
const PAST_MAX: u32 = 20;
/// How far back, days.
const PAST_DAYS: i64 = 730;

foundation::statements! {
    /// A warning with evidence names this mention: then there is a dossier.
    organization HAS_DOSSIER = "SELECT w.id FROM warning_mention n JOIN warning w ON w.organization_id = $1 AND w.id = n.warning_id
        WHERE n.organization_id = $1 AND n.mention_id = $2 AND w.level = 'alarm' AND (w.verdict IS NULL OR w.verdict <> 'nothing') LIMIT 1";
}

/// Everything known about one who is to be answered.
pub struct Case {
    /// What she said.
    pub mention: ReadMention,
    /// Her complaint.
    pub complaint: Option<Complaint>,
    /// Our answer, as far as it has come.
    pub reply: Option<Reply>,
    /// What was promised to her.
    pub promises: Vec<Promise>,
    /// How we answer.
    pub settings: Settings,
    /// Who we are.
    pub business: Organization,
    /// Whom a letter goes to; `None` where it has to be published by hand.
    pub addressee: Option<Addressee>,
    /// The conversation it belongs to, oldest first; empty where it is none.
    pub thread: Vec<InThread>,
    /// A complaint made earlier in the conversation.
    pub earlier_complaint: Option<Complaint>,
    /// Texts we keep.
    pub saved: Vec<SavedReply>,
    /// Whether there is a dossier about this mention.
    pub has_dossier: bool,
    /// What we answered before to as many stars.
    pub past: Vec<Past>,
    contacts: Vec<String>,
    staff: Vec<String>,
}

/// What the checker says about a text, weighed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It must not leave like this.
    Blocked,
    /// A person should read what it says before it leaves.
    Careful,
    /// Nothing in the way.
    Fine,
}

impl Case {
    /// Opens the case of a mention; `None` when there is no such mention.
    pub async fn open(context: &Context, scope: &Scope, id: MentionId) -> Result<Option<Self>, StoreError> {
        let Some(mention) = understand::store::one(scope, id).await? else { return Ok(None) };
        let Some(business) = accounts::organization(scope).await? else { return Ok(None) };
        let settings = settings(scope).await?;
        let complaint = complaints::of_mention(scope, id).await?;
        let since = context.now() - SignedDuration::from_hours(24 * PAST_DAYS);
        let letter = mailbox::letter_of(scope, id).await?;
        let thread = mailbox::thread(scope, id).await?;
        let addressee = addressee(context, (&mention, letter.as_ref()), complaint.as_ref(), &business);
        let mut earlier_complaint = None;
        for other in thread.iter().filter(|other| other.mention != id) {
            if earlier_complaint.is_none() {
                earlier_complaint = complaints::of_mention(scope, other.mention).await?;
            }
        }
        let contacts = [&settings.contact, &settings.signature, &business.name, &business.town];
        Ok(Some(Self {
            reply: replies::of_mention(scope, id).await?,
            promises: promises::of_mention(scope, id).await?,
            saved: saved(scope).await?,
            has_dossier: scope.one(&HAS_DOSSIER, values![id]).await?.is_some(),
            past: replies::past(scope, mention.stars, since, PAST_MAX).await?,
            contacts: contacts.iter().filter(|text| !text.is_empty()).map(|text| (*text).clone()).collect(),
            staff: settings
                .staff
                .lines()
                .map(str::trim)
                .filter(|l| !l.is_empty())
                .map(str::to_owned)
                .collect(),
            mention,
            complaint,
            settings,
            business,
            addressee,
            thread,
            earlier_complaint,
        }))
    }

    /// Whether her complaint waits for this answer.
    pub fn in_complaint(&self) -> bool {
        self.complaint.as_ref().is_some_and(|complaint| complaint.state == ComplaintState::Open)
    }

    /// Whether somebody answered her elsewhere.
    pub fn is_answered_elsewhere(&self) -> bool {
        self.mention.reply_state == ReplyState::Answered
            && self.reply.as_ref().is_none_or(|reply| reply.stage != ReplyStage::Published)
    }

    /// How an answer gets to her.
    pub const fn way(&self) -> ReplyWay {
        if self.addressee.is_some() { ReplyWay::Email } else { ReplyWay::Hand }
    }

    /// How long an answer may be where it will stand, characters.
    pub const fn text_max(&self) -> usize {
        match self.mention.source_kind {
            // Google Play refuses longer ones.
            SourceKind::GooglePlay => 350,
            _ => TEXT_MAX,
        }
    }

    /// The language she is answered in, of those we have sentences for.
    pub fn language(&self) -> Locale {
        let read = self.mention.reading.as_ref().map(|reading| &*reading.language);
        let said = self.complaint.as_ref().map(|complaint| complaint.language.as_str());
        let own = Locale::parse(&self.business.locale).unwrap_or(Locale::Es);
        match said.or(read).unwrap_or_default() {
            "es" | "ca" | "gl" | "eu" => Locale::Es,
            "" | "unsure" => own,
            _ => Locale::En,
        }
    }

    /// What is known for judging an answer.
    fn about(&self) -> About<'_> {
        About {
            profession: Profession::from_name(self.settings.profession.as_str()).unwrap_or_default(),
            has_dossier: self.has_dossier,
            review_text: &self.mention.text,
            stars: self.mention.stars,
            author: self.mention.author.as_deref(),
            known_names: &self.staff,
            own_contacts: &self.contacts,
            in_complaint: self.complaint.is_some() || self.earlier_complaint.is_some(),
        }
    }

    /// A text as it is judged: the key of a complaint is no order number of its author's, and whom she may turn to is no threat.
    /// What is judged keeps every other byte at its place.
    fn judged<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let Some(complaint) = &self.complaint else { return Cow::Borrowed(text) };
        let text = text.trim_end();
        let text = text.strip_suffix(&*self.dispute()).unwrap_or(text);
        Cow::Owned(text.replace(&complaint.key, &"x".repeat(complaint.key.len())))
    }

    /// Whom an author may turn to whose complaint is not granted whole.
    fn dispute(&self) -> Cow<'static, str> {
        let t = Texts::of(self.language());
        match self.settings.dispute_body.as_str() {
            "" => t.get("complaint-closing-none"),
            body => t.with("complaint-closing-body", &[("body", body.into())]),
        }
    }

    /// What is wrong with a text, the gravest first.
    pub fn lint(&self, text: &str) -> Vec<Finding> {
        let mut found = reply::lint(&self.judged(text), &self.about());
        found.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.span.start));
        found
    }

    /// What the findings mean together.
    pub fn verdict(findings: &[Finding]) -> Verdict {
        match findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Block) => Verdict::Blocked,
            Some(Severity::Warn) => Verdict::Careful,
            Some(Severity::Hint) | None => Verdict::Fine,
        }
    }

    /// The text as it leaves: an answer to a complaint says its key and, where it is not granted whole, whom its author may
    /// turn to (Ley 10/2025, art. 13; Ley 7/2017, art. 40).
    pub fn closed(&self, text: &str, outcome: Option<ComplaintOutcome>) -> String {
        let Some(complaint) = self.complaint.as_ref().filter(|_| self.in_complaint()) else {
            return text.trim().to_owned();
        };
        let t = Texts::of(self.language());
        let refused = matches!(outcome, Some(ComplaintOutcome::Refused | ComplaintOutcome::Partly));
        let dispute = self.dispute();
        // What was refused first and is granted now says no more whom to turn to.
        let text = text.trim();
        let text = if refused { text } else { text.strip_suffix(&*dispute).unwrap_or(text).trim_end() };
        let mut closed = text.to_owned();
        let mut add = |missing: bool, more: &str| {
            if missing {
                closed.push_str("\n\n");
                closed.push_str(more);
            }
        };
        let key = t.with("complaint-closing-key", &[("key", complaint.key.as_str().into())]);
        add(!text.contains(&complaint.key), &key);
        add(refused && !text.contains(&*dispute), &dispute);
        closed
    }

    /// The page of the platform on which an answer is published by hand.
    pub fn platform_page(&self) -> Option<String> {
        let own = match self.mention.source_kind {
            SourceKind::Google => "https://business.google.com/reviews",
            SourceKind::TripAdvisor => "https://www.tripadvisor.com/Owners",
            SourceKind::Trustpilot => "https://businessapp.b2b.trustpilot.com",
            SourceKind::Booking => "https://admin.booking.com",
            SourceKind::Yelp => "https://biz.yelp.com",
            SourceKind::GooglePlay => "https://play.google.com/console",
            SourceKind::AppStore => "https://appstoreconnect.apple.com",
            _ => return self.mention.url.clone(),
        };
        Some(own.to_owned())
    }

    /// The name an answer is signed with.
    pub fn signature(&self) -> &str {
        if self.settings.signature.is_empty() { &self.business.name } else { &self.settings.signature }
    }
}

/// Whom a letter goes to: the sender of a letter, or the address a claimant left.
fn addressee(
    context: &Context,
    (mention, letter): (&ReadMention, Option<&LetterOf>),
    complaint: Option<&Complaint>,
    business: &Organization,
) -> Option<Addressee> {
    if !notify::outbox::can_carry(context, domain::ChannelKind::Email) {
        return None;
    }
    let from_name = Some(business.name.clone());
    if let Some(letter) = letter.filter(|letter| !letter.address.is_empty()) {
        return Some(Addressee {
            address: letter.address.clone(),
            subject: letter.subject.clone(),
            thread: Thread { from_name, ..mailbox::reply_thread(letter) },
        });
    }
    let complaint = complaint.filter(|complaint| !complaint.address.is_empty())?;
    let t = Texts::of(Locale::parse(&complaint.language).unwrap_or(Locale::Es));
    let key = [("key", complaint.key.as_str().into())];
    let subject = mention.title.clone().unwrap_or_else(|| t.with("complaint-subject", &key).into_owned());
    let thread = Thread { from_name, ..Thread::default() };
    Some(Addressee { address: complaint.address.clone(), subject, thread })
}

impl Case {
    /// A kept text with its gaps filled as far as we know.
    pub fn filled(&self, text: &str, now: jiff::Timestamp) -> String {
        let date = Texts::of(self.language()).date(now, &self.business.zone());
        let values = reply::Values {
            name: self.mention.author.as_deref(),
            business: Some(&self.business.name),
            date: Some(&date),
            remedy: None,
        };
        reply::fill(text, &values).unwrap_or_else(|_| text.to_owned())
    }

    /// The first remedy a text offers, in its words.
    pub fn remedy(&self, text: &str) -> Option<String> {
        let first = reply::remedies(text).into_iter().next()?;
        text.get(first.span).map(str::to_owned)
    }

    /// A first draft, and the end of the key of a note about it.
    pub fn first_words(&self, ui: Locale) -> (String, Option<&'static str>) {
        let reading = self.mention.reading.as_ref();
        let code = self.complaint.as_ref().map(|complaint| complaint.language.clone());
        let code = code.or_else(|| reading.map(|reading| reading.language.to_string()));
        let aspects: Vec<(Aspect, Label)> = reading
            .map(|reading| {
                reading.aspects.iter().map(|spoken| (spoken.aspect, label(spoken.sentiment))).collect()
            })
            .unwrap_or_default();
        // Nobody who gives one or two stars wants to be thanked for what she is thought to have praised.
        let is_bad = self.mention.stars.is_some_and(|stars| stars <= 2);
        let aspects: Vec<_> =
            aspects.into_iter().filter(|(_, said)| !is_bad || *said != Label::Positive).collect();
        let past: Vec<PastReply> = self
            .past
            .iter()
            .rev()
            .map(|past| PastReply {
                stars: past.stars,
                aspects: past.aspect.as_deref().and_then(Aspect::from_name).into_iter().collect(),
                text: past.text.clone(),
            })
            .collect();
        let draft = reply::draft(&Situation {
            language: code.and_then(|code| Language::from_code(&code)).unwrap_or(Language::Unsure),
            ui: if ui == Locale::En { Language::En } else { Language::Es },
            author: self.mention.author.as_deref(),
            stars: self.mention.stars,
            sentiment: reading.map_or(Label::Unsure, |reading| label(reading.sentiment)),
            cause: reading.and_then(|reading| cause(reading.cause?)),
            aspects: &aspects,
            quotes: &[],
            intents: reading.map(|reading| reading.intents).unwrap_or_default(),
            profession: self.about().profession,
            business_name: &self.business.name,
            signature: &self.settings.signature,
            past: &past,
            saved: None,
            // The same mention is always given the same draft.
            seed: self.mention.id.0.cast_unsigned(),
        });
        let note = draft.note.map(|note| match note {
            DraftNote::OtherLanguage(_) => "language",
            DraftNote::Saved(_) => "saved",
        });
        (draft.text, note)
    }
}

const fn label(sentiment: Sentiment) -> Label {
    match sentiment {
        Sentiment::Negative => Label::Negative,
        Sentiment::Neutral => Label::Neutral,
        Sentiment::Positive => Label::Positive,
        Sentiment::Unsure => Label::Unsure,
    }
}

const fn cause(read: Cause) -> Option<nlp::Cause> {
    match read {
        Cause::BrokenPromise => Some(nlp::Cause::BrokenPromise),
        Cause::BadProduct => Some(nlp::Cause::BadProduct),
        Cause::BadService => Some(nlp::Cause::BadService),
        Cause::Other => Some(nlp::Cause::Other),
        Cause::Unsure => None,
    }
}
