//! The closed sets of words: kinds of organisation and source, roles, labels. Each has one spelling, used in the
//! database, the routes and the keys of the interface.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("`", $text, "`")] #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the order the interface shows them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The one spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value with this spelling.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+};
}

words! {
    /// What the organisation is; decides wording and, later, which duties apply.
    OrganizationKind {
        Bar = "bar",
        Restaurant = "restaurant",
        Hotel = "hotel",
        Shop = "shop",
        OnlineShop = "online-shop",
        Workshop = "workshop",
        Clinic = "clinic",
        Services = "services",
        Person = "person",
        Other = "other",
    }

    /// What a member may do. The order is the order of power, least first.
    Role {
        /// Reads.
        Viewer = "viewer",
        /// Reads and answers.
        Agent = "agent",
        /// Also configures sources and imports.
        Manager = "manager",
        /// Also members, export and deletion.
        Owner = "owner",
    }

    /// Where a mention comes from.
    SourceKind {
        Google = "google",
        TripAdvisor = "tripadvisor",
        Trustpilot = "trustpilot",
        Booking = "booking",
        Yelp = "yelp",
        GooglePlay = "google-play",
        AppStore = "app-store",
        /// Any other platform whose export was imported.
        File = "file",
        /// RSS, Atom or JSON Feed, polled.
        Feed = "feed",
        /// The human sensor: said in person and written down.
        InPerson = "in-person",
        /// Letters to a mailbox of the organisation's own.
        Mailbox = "mailbox",
        /// Reviews written in the organisation's own form.
        OwnForm = "own-form",
        /// What customers answered in private when they were asked.
        Census = "census",
    }

    /// What a mention sounds like. `Unsure` is an answer, not a failure.
    Sentiment {
        Negative = "negative",
        Neutral = "neutral",
        Positive = "positive",
        Unsure = "unsure",
    }

    /// Why somebody complains. `Unsure` is an answer, not a failure.
    Cause {
        /// What was promised or advertised is not what came.
        BrokenPromise = "broken-promise",
        /// The thing itself was bad.
        BadProduct = "bad-product",
        /// How people were treated was bad.
        BadService = "bad-service",
        /// A complaint about something else.
        Other = "other",
        Unsure = "unsure",
    }
    /// As who something was written.
    Standing {
        Local = "local",
        Visitor = "visitor",
        NotCustomer = "not-customer",
        Unsure = "unsure",
    }
    /// What the owner may correct in a reading.
    CorrectedField {
        Sentiment = "sentiment",
        Cause = "cause",
    }
    /// Why a reading says what it says.
    ReadBy {
        /// The program, as it came.
        Model = "model",
        /// The program, with what it learnt from the owner's corrections.
        Learnt = "learnt",
        /// It is a near-copy of a mention the owner corrected.
        Copy = "copy",
        /// The owner said so.
        Owner = "owner",
    }
    /// Which kind of name is watched.
    WatchKind {
        /// The business's own name, in any spelling.
        Brand = "brand",
        Product = "product",
        Person = "person",
        /// Somebody else's business.
        Competitor = "competitor",
    }
    /// How much a warning asks for.
    WarningLevel {
        /// Worth a look; nobody is interrupted.
        Watch = "watch",
        /// More than chance: the owner is told.
        Notice = "notice",
        /// Volume and evidence, or overwhelming volume.
        Alarm = "alarm",
    }
    /// Where a warning stands.
    WarningState {
        Open = "open",
        /// Things became quiet by themselves.
        Ended = "ended",
        /// Somebody judged it.
        Closed = "closed",
    }
    /// What somebody judged a warning to be.
    WarningVerdict {
        Handled = "handled",
        /// A false alarm.
        Nothing = "nothing",
    }
    /// What happened to a warning.
    WarningChange {
        Opened = "opened",
        Raised = "raised",
        Grown = "grown",
        Ended = "ended",
        Reopened = "reopened",
        Handled = "handled",
        Nothing = "nothing",
        Incident = "incident",
    }
    /// What a program's key may do. The order is the order of power, least first.
    KeyScope {
        /// Lists.
        Read = "read",
        /// Also writes drafts of answers.
        Draft = "draft",
        /// Also approves and sends answers that it did not write.
        Approve = "approve",
    }
    /// How a message reaches somebody.
    ChannelKind {
        Email = "email",
        /// An ntfy topic, or any webhook that takes a text.
        Ntfy = "ntfy",
        Telegram = "telegram",
        /// A program of the organisation's own, told in signed JSON.
        Webhook = "webhook",
        /// A short message to a telephone, through the organisation's gateway.
        Sms = "sms",
    }
    /// How a gateway for short messages wants to be told.
    SmsStyle {
        /// As a web form (`application/x-www-form-urlencoded`).
        Form = "form",
        Json = "json",
    }
    /// How a gateway for short messages knows whose they are.
    SmsAuth {
        /// `Authorization: Bearer …`
        Bearer = "bearer",
        /// `Authorization: Basic …`, of a user and a password.
        Basic = "basic",
        /// The secret alone, in a header with a name of its own.
        Header = "header",
    }
    /// What is told.
    NoticeKind {
        /// Something is going very wrong: may wake people up, if they said so.
        Alarm = "alarm",
        /// Something is going wrong.
        Warning = "warning",
        /// How the day went.
        Digest = "digest",
        /// How the week went.
        Weekly = "weekly",
        /// Somebody asked whether a channel works.
        Test = "test",
        /// A person's answer to somebody who wrote: a letter, not a notice.
        Reply = "reply",
        /// The receipt of a complaint: a letter, not a notice.
        Receipt = "receipt",
        /// Something happened: told to programs only.
        Event = "event",
        /// A customer is asked how it was: a letter, not a notice.
        Invitation = "invitation",
        /// The one time she is asked again: a letter, not a notice.
        Reminder = "reminder",
    }
    /// Which notices interrupt, in a channel.
    AlertLevel {
        Nothing = "nothing",
        Alarms = "alarms",
        Warnings = "warnings",
    }
    /// How a mailbox's server is spoken to.
    MailSecurity {
        /// Encrypted from the first byte.
        Tls = "tls",
        /// Upgraded before anything is said.
        StartTls = "starttls",
        /// In the clear: only to this machine or a network the operator allowed.
        Plain = "plain",
    }
    /// Whether a mailbox is read.
    MailboxState {
        Active = "active",
        /// Somebody stopped it for a while.
        Paused = "paused",
        /// Nobody reads it any more; the letters it brought stay.
        Removed = "removed",
    }
    /// How far a message has come. `Queued` and `Dispatching` move by themselves; `Unknown` and `Held` wait for a person.
    OutgoingState {
        /// Waits for its time.
        Queued = "queued",
        /// Handed over right now; whoever finds it so after a crash cannot know whether it arrived.
        Dispatching = "dispatching",
        /// The other side took it.
        Accepted = "accepted",
        /// The other side said "later".
        Retry = "retry",
        /// It will not arrive.
        Failed = "failed",
        /// Nobody can know whether it arrived.
        Unknown = "unknown",
        /// Came out of a backup: it may have been sent since.
        Held = "held",
        /// Too many interruptions that day: it goes into the next digest.
        Folded = "folded",
        /// A person said that it need not be sent.
        Dropped = "dropped",
    }
    /// How far an answer has come.
    ReplyStage {
        /// Being written.
        Draft = "draft",
        /// A person said: this text. Nothing has left.
        Approved = "approved",
        /// Copied, to be published on the platform by hand; nobody has said yet that it was done.
        Handed = "handed",
        /// In the outbox.
        Sending = "sending",
        /// It is there.
        Published = "published",
        /// It did not get there; it can be sent again.
        Failed = "failed",
        /// Nobody can know whether it got there: a person decides.
        Unknown = "unknown",
    }
    /// How an answer gets to whom it answers.
    ReplyWay {
        Email = "email",
        /// A person copies it and publishes it on the platform.
        Hand = "hand",
    }
    /// What happened to an answer.
    ReplyChange {
        Written = "written",
        Approved = "approved",
        Handed = "handed",
        Sent = "sent",
        Published = "published",
        Failed = "failed",
        Unknown = "unknown",
        /// It was not published after all, or its text is changed once more.
        Reopened = "reopened",
    }
    /// What a profession forbids to say in an answer.
    Profession {
        General = "general",
        Lodging = "lodging",
        Health = "health",
        Law = "law",
        Education = "education",
        Minors = "minors",
    }
    /// Where a complaint stands.
    ComplaintState {
        Open = "open",
        Answered = "answered",
        Withdrawn = "withdrawn",
    }
    /// How a complaint was made.
    ComplaintChannel {
        Email = "email",
        /// In a review.
        Review = "review",
        InPerson = "in-person",
        Phone = "phone",
        Paper = "paper",
    }
    /// How a complaint was decided.
    ComplaintOutcome {
        Accepted = "accepted",
        Partly = "partly",
        Refused = "refused",
    }
    /// What happened to a complaint.
    ComplaintChange {
        Opened = "opened",
        Receipt = "receipt",
        Note = "note",
        Answered = "answered",
        Withdrawn = "withdrawn",
        Reopened = "reopened",
    }
    /// What became of something promised in an answer.
    PromiseState {
        Open = "open",
        Kept = "kept",
        Broken = "broken",
        /// The customer did not want it, or it was not needed.
        Waived = "waived",
    }
    /// What a serious mention, or an incident, is about. It decides who decides and what is said first.
    TriageClass {
        /// Something went wrong, as it does.
        Ordinary = "ordinary",
        /// A line of the owner's own charter is said to be broken.
        Values = "values",
        /// Somebody announces a claim or a complaint to an authority.
        Legal = "legal",
        /// Evidence speaks for people acting together. Said of evidence only; in the interface "looks coordinated".
        Attack = "attack",
    }
    /// What of an incident can be published.
    PublicationKind {
        /// What the business says about it.
        Statement = "statement",
        /// What was changed so that it does not happen again.
        Change = "change",
    }
    /// How far a drill has come.
    DrillState {
        /// Its copy is being filled.
        Preparing = "preparing",
        /// A person walks through it.
        Running = "running",
        /// Walked to the end.
        Done = "done",
        /// Given up, cut short, or a day old.
        Abandoned = "abandoned",
    }
    /// Why a customer may be written to (Spain: LSSI 21).
    LawfulBasis {
        /// She bought here, and was told when she left her address that she may say no (21.2).
        Contract = "contract",
        /// She said yes (21.1).
        Consent = "consent",
    }
    /// How a visit became known.
    VisitOrigin {
        Import = "import",
        Shop = "shop",
        Hand = "hand",
        /// A program of the organisation's own.
        Program = "program",
    }
    /// Which program a shop on the web runs.
    ShopKind {
        WooCommerce = "woocommerce",
        Shopify = "shopify",
        PrestaShop = "prestashop",
        /// Anything that can send a signed message.
        Program = "program",
    }
    /// Why nobody writes to an address any more.
    OptOutWay {
        /// One click in the mail program (RFC 8058).
        OneClick = "one-click",
        /// On the page behind the letter's link.
        Page = "page",
        /// She told somebody, who wrote it down.
        Hand = "hand",
        /// She was on a list of people not to write to.
        Import = "import",
        /// She asked to be forgotten.
        Erased = "erased",
        /// Her mail server says that she is not there.
        Bounced = "bounced",
    }
    /// What a customer is asked for.
    AskPurpose {
        /// A review that may be published.
        Review = "review",
        /// One question and one comment, in private.
        Census = "census",
    }
    /// Who is asked.
    AskWhom {
        Everyone = "everyone",
        /// As many as a seeded draw takes.
        Draw = "draw",
    }
    /// How a customer is asked.
    AskWay {
        Email = "email",
        Sms = "sms",
    }
    /// How far an invitation has come.
    InvitationState {
        /// Its day has not come, or something defers it.
        Waiting = "waiting",
        /// In the outbox or beyond; what became of the letter is the outbox's to say.
        Sent = "sent",
        Answered = "answered",
        OptedOut = "opted-out",
        /// The visit was cancelled, or the customer erased.
        Cancelled = "cancelled",
        /// Its days went by before it left.
        Expired = "expired",
        /// She could not be asked: no address, a no, asked lately. Never for what she thinks.
        LeftOut = "left-out",
    }
    /// How far a draw has come.
    DrawState {
        /// The seed is promised, the list is not closed.
        Promised = "promised",
        /// The list is closed and its hash published; nothing is drawn.
        Listed = "listed",
        /// Drawn, and the seed told.
        Drawn = "drawn",
        /// Given up before it was drawn; it stays in the list of draws.
        Abandoned = "abandoned",
    }
    /// How it is known that somebody who writes was a customer.
    Proof {
        /// Her own invitation.
        Invitation = "invitation",
        /// A code that was printed once.
        ReceiptCode = "receipt-code",
        /// The code of that day.
        DailyCode = "daily-code",
        /// She says so.
        Declared = "declared",
    }
    /// Whether a mention was answered.
    ReplyState {
        /// The source does not say.
        Unknown = "unknown",
        Unanswered = "unanswered",
        Answered = "answered",
    }
}

impl NoticeKind {
    /// Whether it is a letter to one person outside and not a notice to the organisation's own channels.
    pub const fn is_letter(self) -> bool {
        matches!(self, Self::Reply | Self::Receipt | Self::Invitation | Self::Reminder)
    }

    /// Whether it asks a customer, and is neither an answer nor a notice.
    pub const fn is_asking(self) -> bool {
        matches!(self, Self::Invitation | Self::Reminder)
    }
}

impl SourceKind {
    /// Whether what comes from here is reviews, with stars, that a business is expected to answer.
    pub const fn has_reviews(self) -> bool {
        !matches!(self, Self::Feed | Self::InPerson | Self::Mailbox | Self::Census)
    }

    /// Platforms that a person can choose when importing a file.
    pub fn importable() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|kind| kind.has_reviews() && *kind != Self::OwnForm)
    }
}
