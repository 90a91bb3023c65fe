//! Reading mailboxes: one at a time under its lease; letters, their mentions and how far it was read in one batch.

use std::collections::{BTreeSet, HashMap};

use connectors::item::Item;
use connectors::mail::{Account, Bounce, Cursor, Letter, Mail, MailError};
use domain::{MailboxId, MentionId, OrganizationId, SourceKind};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::{Batch, Scope};
use foundation::values;
use futures_util::StreamExt as _;
use jiff::tz::TimeZone;
use listen::save::{self, Decided, Origin};
use listen::store::sources::{self, Hearing};

use crate::rules::{self, Sorted};
use crate::store::letters::{self, NewLetter, Place};
use crate::store::{self, Mailbox};

/// Mailboxes looked at in one run of the step.
const AT_ONCE: u32 = 40;
/// Mailboxes that are spoken to at the same time: one slow server does not keep the others waiting.
const SPOKEN_TO: usize = 4;
/// Fetches from one mailbox in one run; what is left is due at once.
const FETCHES_MAX: usize = 4;

/// The client that speaks to mailboxes, with the operator's exceptions.
///
/// # Errors
/// When there are no certificate authorities on this machine.
pub(crate) fn client(context: &Context) -> Result<Mail, MailError> {
    Mail::new(context.config.allow_private.clone(), None)
}

/// Asks every mailbox whose time has come.
pub async fn read(context: &Context) -> anyhow::Result<Progress> {
    let due = store::due(context, AT_ONCE).await?;
    if due.is_empty() {
        return Ok(Progress::Idle);
    }
    let mail = client(context)?;
    let reading = due.into_iter().map(|(organization, id)| read_claimed(context, &mail, organization, id));
    let mut reading = futures_util::stream::iter(reading).buffer_unordered(SPOKEN_TO);
    let mut work = Work::default();
    while let Some(outcome) = reading.next().await {
        work.took(outcome);
    }
    work.outcome()
}

async fn read_claimed(
    context: &Context,
    mail: &Mail,
    organization: OrganizationId,
    id: MailboxId,
) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("mailbox:{id}")).await? else { return Ok(false) };
    let outcome = read_mailbox(context, mail, organization, id, &lease).await;
    lease.release(context).await?;
    outcome.map(|()| true)
}

async fn read_mailbox(
    context: &Context,
    mail: &Mail,
    organization: OrganizationId,
    id: MailboxId,
    lease: &Lease,
) -> anyhow::Result<()> {
    let scope = context.scope(organization);
    let Some(mailbox) = store::mailbox(&scope, id).await? else { return Ok(()) };
    let reader = Reader { context, scope, lease, mailbox };
    let Some(password) = store::password(context, &reader.scope, id).await? else {
        return reader.failed("password-missing", false).await;
    };
    let account = account(&reader.mailbox, password);
    let own = reader.own_addresses().await?;
    let zone = accounts::organization(&reader.scope).await?.map_or(TimeZone::UTC, |home| home.zone());
    // Where a folder began a new life, what arrived since it was last read well (and some days before) is looked at again.
    let again = reader.mailbox.ok_at.map_or(reader.mailbox.since, |at| at - rules::BACK);
    let since = again.max(reader.mailbox.since);
    let mut cursor = reader.mailbox.cursor.map(|(uid_validity, last_uid)| Cursor { uid_validity, last_uid });
    for fetch in 1..=FETCHES_MAX {
        let fetched = match mail.fetch(&account, cursor, since).await {
            Ok(fetched) => fetched,
            Err(error) => {
                tracing::info!(mailbox = id.0, reason = error.key(), "a mailbox cannot be read");
                return reader.failed(error.key(), error.is_temporary()).await;
            }
        };
        cursor = Some(fetched.cursor);
        let stays = fetched.more && fetch == FETCHES_MAX;
        reader.save(rules::sort(fetched.letters, &own), fetched.cursor, stays, &zone).await?;
        if !fetched.more {
            break;
        }
    }
    Ok(())
}

/// How to get into a mailbox.
pub(crate) fn account(mailbox: &Mailbox, password: String) -> Account {
    Account {
        host: mailbox.host.clone(),
        port: mailbox.port,
        security: rules::security(mailbox.security),
        user: mailbox.user.clone(),
        password,
        folder: mailbox.folder.clone(),
    }
}

/// One mailbox in the hands of one process.
struct Reader<'a> {
    context: &'a Context,
    scope: Scope,
    lease: &'a Lease,
    mailbox: Mailbox,
}

impl Reader<'_> {
    /// Addresses whose letters are our own: every mailbox's, who signs in there, and who our mail comes from.
    async fn own_addresses(&self) -> anyhow::Result<Vec<String>> {
        let mut own = BTreeSet::new();
        for mailbox in store::mailboxes(&self.scope).await? {
            own.insert(mailbox.address.to_lowercase());
            own.insert(mailbox.user.to_lowercase());
        }
        if let Some(from) = notify::step::sender(&self.context.config) {
            own.insert(from.to_lowercase());
        }
        Ok(own.into_iter().filter(|address| address.contains('@')).collect())
    }

    async fn failed(&self, key: &str, is_temporary: bool) -> anyhow::Result<()> {
        metrics::counter!("timon_mailbox_failures_total", "reason" => key.to_owned()).increment(1);
        let now = self.context.now();
        let [random] = self.context.random::<1>();
        let failures = self.mailbox.failures.saturating_add(1);
        let next = rules::next_read(now, failures, is_temporary, random);
        let values = values![self.mailbox.id, now, key, next];
        let mut batch = Batch::new().add(&store::READ_FAILED, values);
        sources::hearing(&mut batch, self.mailbox.source, now, Hearing::Failed("mailbox"));
        self.scope.write(self.lease.guard(now, batch)).await?;
        Ok(())
    }

    /// Saves what a fetch brought. What comes before the last batch is done again when that fails, and then does
    /// nothing: a bounce is marked once, a platform's review has its own id.
    async fn save(&self, sorted: Sorted, cursor: Cursor, more: bool, zone: &TimeZone) -> anyhow::Result<()> {
        for bounce in &sorted.bounces {
            self.bounced(bounce).await?;
        }
        for (kind, items) in sorted.notices {
            self.notice(kind, items, zone).await?;
        }
        let arrived = Arrived::place(&self.scope, self.context, sorted.letters).await?;
        let now = self.context.now();
        let [random] = self.context.random::<1>();
        let next = if more { now } else { rules::next_read(now, 0, true, random) };
        let well = values![self.mailbox.id, cursor.uid_validity, cursor.last_uid, now, next, sorted.ignored];
        let origin = Origin { source: self.mailbox.source, import: None, zone };
        let items = arrived.letters.iter().map(|arrived| rules::item_of(&arrived.letter)).collect();
        let tally = save::save(self.context, &self.scope, &origin, items, |decided| {
            let mut batch = Batch::new().add(&store::READ_WELL, well.clone());
            sources::hearing(&mut batch, self.mailbox.source, now, Hearing::Well);
            arrived.add_to(&mut batch, self.mailbox.id, decided);
            self.lease.guard(now, batch)
        })
        .await?;
        tracing::info!(
            mailbox = self.mailbox.id.0,
            added = tally.added,
            ignored = sorted.ignored,
            "mailbox read"
        );
        Ok(())
    }

    async fn bounced(&self, bounce: &Bounce) -> anyhow::Result<()> {
        if let Some(name) = bounce.message_id.as_deref().and_then(rules::our_name) {
            notify::bounced(self.context, &self.scope, name, &bounce.words).await?;
        }
        Ok(())
    }

    /// Reviews that a platform tells of stand in that platform's own source. Notices cut what they tell, so they never
    /// take the place of what is known.
    async fn notice(&self, kind: SourceKind, items: Vec<Item>, zone: &TimeZone) -> anyhow::Result<()> {
        let name = listen::import::source_name(kind, kind.as_str());
        let source = sources::ensure(self.context, &self.scope, kind, &name, None).await?;
        let origin = Origin { source, import: None, zone };
        let items = save::only_unknown(self.context, &self.scope, &origin, items).await?;
        if !items.is_empty() {
            save::save(self.context, &self.scope, &origin, items, |_| {
                self.lease.guard(self.context.now(), Batch::new())
            })
            .await?;
        }
        Ok(())
    }
}

/// Where a letter belongs, as far as it is known before its batch is decided.
enum Belongs {
    /// To a conversation that is stored.
    Stored(MentionId),
    /// Perhaps to one of these letters, which may come in the same batch; else to none.
    Perhaps(Vec<String>),
}

struct Placed {
    letter: Letter,
    belongs: Belongs,
    earlier: Vec<String>,
    address: String,
    name: String,
    token: String,
}

/// New letters with where they belong.
struct Arrived {
    letters: Vec<Placed>,
}

impl Arrived {
    /// Leaves out letters that are known and finds out where the others belong: by the token of the address they came to,
    /// else by what they answer: a letter that is stored, or one of ours, which says what it answered.
    async fn place(scope: &Scope, context: &Context, letters: Vec<Letter>) -> anyhow::Result<Self> {
        let mut ids: BTreeSet<String> = letters.iter().map(|letter| letter.message_id.clone()).collect();
        let mut ours: HashMap<String, String> = HashMap::new();
        for id in letters.iter().flat_map(rules::earlier) {
            if !ours.contains_key(&id)
                && let Some(name) = rules::our_name(&id)
                && let Some(answered) =
                    notify::thread_of(scope, name).await?.and_then(|thread| thread.in_reply_to)
            {
                ids.insert(answered.clone());
                ours.insert(id.clone(), answered);
            }
            ids.insert(id);
        }
        let ids: Vec<String> = ids.into_iter().collect();
        let known = letters::known(scope, &ids).await?;
        let tokens: BTreeSet<String> = letters.iter().filter_map(rules::token_of).collect();
        let tokens = letters::by_token(scope, &tokens.into_iter().collect::<Vec<_>>()).await?;
        let new = letters.into_iter().filter(|letter| !known.contains_key(&letter.message_id));
        let place = |letter: Letter| {
            let earlier = rules::earlier(&letter);
            // The letter that is answered stands last.
            let answered: Vec<String> =
                earlier.iter().rev().map(|id| ours.get(id).unwrap_or(id).clone()).collect();
            let tagged = rules::token_of(&letter).and_then(|token| tokens.get(&token));
            let stored: Option<&Place> = tagged.or_else(|| answered.iter().find_map(|id| known.get(id)));
            Placed {
                belongs: stored.map_or(Belongs::Perhaps(answered), |place| Belongs::Stored(place.root)),
                address: rules::address_of(&letter),
                name: rules::name_of(&letter),
                token: hex::encode(context.random::<{ rules::TOKEN_BYTES }>()),
                earlier,
                letter,
            }
        };
        Ok(Self { letters: new.map(place).collect() })
    }

    /// Adds the rows of `letter` to the batch that saves their mentions.
    fn add_to(&self, batch: &mut Batch, mailbox: MailboxId, decided: &Decided<'_>) {
        let mentions: HashMap<&str, MentionId> = decided
            .mentions()
            .filter_map(|(item, mention)| Some((item.external_id.as_deref()?, mention)))
            .collect();
        let mut roots: HashMap<&str, MentionId> = HashMap::new();
        let mut rows = Vec::with_capacity(self.letters.len());
        for placed in &self.letters {
            let id = placed.letter.message_id.as_str();
            let Some(mention) = mentions.get(id).copied() else { continue };
            let thread = match &placed.belongs {
                Belongs::Stored(root) => Some(*root),
                Belongs::Perhaps(answered) => answered.iter().find_map(|id| roots.get(id.as_str()).copied()),
            };
            roots.insert(id, thread.unwrap_or(mention));
            rows.push(NewLetter {
                mention,
                message_id: id,
                address: &placed.address,
                name: &placed.name,
                subject: &placed.letter.subject,
                earlier: &placed.earlier,
                thread,
                token: &placed.token,
            });
        }
        letters::insert(batch, mailbox, &rows);
    }
}
