//! Every SQL text of every room, prepared on both engines; and the scope rule, read from the texts themselves.

use foundation::store::{Reach, Statement, Store};

use crate::app::{postgres_url, sqlite_store};

fn all() -> Vec<&'static Statement> {
    let mut all: Vec<&'static Statement> = listen::store::statements()
        .chain(accounts::store::statements())
        .chain(understand::store::statements())
        .chain(notify::store::statements())
        .chain(mailbox::store::statements())
        .chain(warn::store::statements())
        .chain(respond::store::statements())
        .chain(invite::store::statements())
        .chain(customers::store::statements())
        .collect();
    for registry in [
        cushion::store::STATEMENTS,
        drill::store::STATEMENTS,
        foundation::steps::STATEMENTS,
        listen::step::STATEMENTS,
        reviews::store::STATEMENTS,
        values::store::STATEMENTS,
    ] {
        all.extend(registry);
    }
    all
}

async fn prepare_all(store: &Store) {
    for statement in all() {
        store.prepare(statement).await.unwrap_or_else(|error| panic!("{}: {error:?}", statement.name));
    }
}

#[tokio::test]
async fn every_statement_prepares_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    prepare_all(&sqlite_store(folder.path()).await).await;
}

#[tokio::test]
async fn every_statement_prepares_on_postgres() {
    let Some(url) = postgres_url().await else { return };
    prepare_all(&Store::open_postgres(&url).await.expect("PostgreSQL opens")).await;
}

#[test]
fn a_statement_of_an_organisation_speaks_of_it() {
    for statement in all().iter().filter(|s| s.reach == Reach::Organization) {
        let sql = statement.sql;
        let scoped = sql.contains("organization_id = $1")
            || sql.contains("{rows: $1")
            || sql.contains("VALUES ($1")
            || sql.contains("search_insert")
            || sql.contains("FROM organization WHERE id = $1")
            || sql.contains("UPDATE organization SET") && sql.contains("WHERE id = $1");
        // Two texts have no organisation to speak of: a lease and a derived index row.
        let exempt = statement.name.ends_with("STILL_HELD") || statement.name.ends_with("DELETE_SEARCH");
        assert!(scoped || exempt, "{} does not mention its organisation", statement.name);
    }
}

#[test]
fn the_installation_is_reached_only_where_it_must() {
    let mut reached: Vec<&str> =
        all().iter().filter(|s| s.reach == Reach::Installation).map(|s| s.name).collect();
    reached.sort_unstable();
    assert_eq!(
        reached,
        [
            "accounts::keys::answers::EXPIRE_ANSWERS",
            "accounts::keys::store::KEY_BY_HASH",
            "accounts::store::ACCOUNT_BY_EMAIL",
            "accounts::store::ADOPT_ORGANIZATION",
            "accounts::store::ANY_ACCOUNT",
            "accounts::store::EXPIRE_SESSIONS",
            "accounts::store::INSERT_ACCOUNT",
            "accounts::store::INSERT_MEMBER",
            "accounts::store::INSERT_ORGANIZATION",
            "accounts::store::INSERT_SESSION",
            "accounts::store::ORGANIZATIONS",
            "accounts::store::SESSION_BY_TOKEN",
            "customers::store::imports::OPEN_PLANS",
            "customers::store::imports::RUNNING",
            "customers::store::imports::STALE_DRAFTS",
            "customers::store::people::keep::ASKED_ERASURES",
            "customers::store::shops::BY_PATH",
            "customers::store::shops::DUE",
            "customers::store::shops::FORGETTING",
            "drill::store::NEEDED",
            "drill::store::PREPARING",
            "drill::store::STALE",
            "foundation::steps::CLAIM",
            "foundation::steps::FORGET_ALL",
            "foundation::steps::RELEASE",
            "invite::store::draws::BY_CODE",
            "invite::store::invitations::BY_TOKEN",
            "invite::store::settings::ASKING",
            "invite::store::settings::BY_FORM_CODE",
            "listen::store::imports::OPEN_PLANS",
            "listen::store::imports::RUNNING",
            "listen::store::imports::STALE_DRAFTS",
            "listen::store::mentions::ORGANIZATIONS_UNREAD",
            "listen::store::mentions::REQUEUE",
            "listen::store::mentions::TAKEN",
            "listen::store::sources::DUE",
            "mailbox::store::DUE",
            "mailbox::store::WATCHABLE",
            "notify::events::store::FORGET",
            "notify::events::store::ORGANIZATIONS_DUE",
            "notify::store::NO_DIGESTS_UNTIL",
            "notify::store::outgoing::DROP_EVENTS",
            "notify::store::outgoing::HOLD_PENDING",
            "notify::store::outgoing::ORGANIZATIONS_DUE",
            "respond::store::public::BY_SLUG",
            "respond::store::replies::ORGANIZATIONS_NEWS",
            "reviews::store::FORGET_COUNTERS",
            "reviews::store::FORGET_WORK",
            "reviews::store::KIOSK_BY_KEY",
            "understand::store::corrections::ORGANIZATIONS_TO_SPREAD",
            "warn::store::WAITING",
        ]
    );
}
