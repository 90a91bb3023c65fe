//! Who may call what, written by hand a second time. The rooms declare each route's access; at the start both are
//! compared, and a route that is missing here or declared otherwise stops the program. Change both or neither.

use domain::{KeyScope, Role};
use foundation::Context;
use foundation::web::{Access, Gate, NavEntry, PolicyError, PolicyLine, Routes, assets};
use http::Method;
use ui::Icon;

const READING_KEY: Access = Access::Key(KeyScope::Read);
const DRAFTING_KEY: Access = Access::Key(KeyScope::Draft);
const APPROVING_KEY: Access = Access::Key(KeyScope::Approve);
const PUBLIC: Access = Access::Public;
const READER: Access = Access::Member(Role::Viewer);
const AGENT: Access = Access::Member(Role::Agent);
const MANAGER: Access = Access::Member(Role::Manager);
const HOOK: Access = Access::Hook;
const OWNER: Access = Access::Member(Role::Owner);

/// The policy.
pub const POLICY: &[PolicyLine] = &[
    (Method::GET, "/", PUBLIC),
    (Method::GET, "/healthz", PUBLIC),
    (Method::GET, "/metrics", PUBLIC),
    (Method::GET, "/assets/{version}/{name}", PUBLIC),
    (Method::GET, "/start", Access::FirstRun),
    (Method::POST, "/start", Access::FirstRun),
    (Method::GET, "/sign-in", PUBLIC),
    (Method::POST, "/sign-in", PUBLIC),
    (Method::POST, "/sign-out", READER),
    (Method::POST, "/language", PUBLIC),
    (Method::GET, "/today", READER),
    (Method::GET, "/mentions", READER),
    (Method::GET, "/mentions/{id}", READER),
    (Method::POST, "/mentions/{id}/answered", AGENT),
    (Method::POST, "/mentions/{id}/complaint", AGENT),
    (Method::GET, "/answers", READER),
    (Method::GET, "/answers/aside", READER),
    (Method::GET, "/answers/settings", READER),
    (Method::POST, "/answers/settings", MANAGER),
    (Method::POST, "/answers/saved", AGENT),
    (Method::POST, "/answers/saved/{id}", AGENT),
    (Method::GET, "/answers/{id}", READER),
    (Method::POST, "/answers/{id}", AGENT),
    (Method::POST, "/answers/{id}/check", AGENT),
    (Method::POST, "/answers/{id}/decide", AGENT),
    (Method::GET, "/complaints", READER),
    (Method::POST, "/complaints", AGENT),
    (Method::GET, "/complaints/register.csv", MANAGER),
    (Method::GET, "/complaints/{id}", READER),
    (Method::POST, "/complaints/{id}", AGENT),
    (Method::GET, "/complaints/{id}/receipt.pdf", AGENT),
    (Method::GET, "/promises", READER),
    (Method::POST, "/promises/{id}", AGENT),
    (Method::GET, "/word", READER),
    (Method::GET, "/word/public", READER),
    (Method::POST, "/word/public", OWNER),
    (Method::GET, "/p/{slug}", PUBLIC),
    (Method::GET, "/r/{code}", PUBLIC),
    (Method::POST, "/r/{code}", PUBLIC),
    (Method::GET, "/r/{code}/thanks", PUBLIC),
    (Method::GET, "/r/{code}/work", PUBLIC),
    (Method::GET, "/i/{token}", PUBLIC),
    (Method::POST, "/i/{token}", PUBLIC),
    (Method::GET, "/k/worker.js", PUBLIC),
    (Method::GET, "/k/{key}", PUBLIC),
    (Method::POST, "/k/{key}", PUBLIC),
    (Method::GET, "/k/{key}/thanks", PUBLIC),
    (Method::GET, "/k/{key}/app.webmanifest", PUBLIC),
    (Method::POST, "/k/{key}/answers", PUBLIC),
    (Method::GET, "/kiosk", READER),
    (Method::POST, "/kiosk", MANAGER),
    (Method::POST, "/kiosk/{id}", MANAGER),
    (Method::GET, "/reviews", READER),
    (Method::GET, "/reviews/{id}/photo.jpg", READER),
    (Method::POST, "/mentions/{id}/reading", AGENT),
    (Method::GET, "/causes", READER),
    (Method::POST, "/causes/fixes", MANAGER),
    (Method::POST, "/causes/fixes/{id}", MANAGER),
    (Method::GET, "/learnt", READER),
    (Method::POST, "/learnt/{id}", AGENT),
    (Method::GET, "/watch", READER),
    (Method::POST, "/watch", MANAGER),
    (Method::POST, "/watch/{id}", MANAGER),
    (Method::GET, "/warnings", READER),
    (Method::GET, "/warnings/settings", READER),
    (Method::POST, "/warnings/settings", MANAGER),
    (Method::GET, "/warnings/{id}", READER),
    (Method::POST, "/warnings/{id}", AGENT),
    (Method::GET, "/warnings/{id}/dossier", READER),
    (Method::GET, "/warnings/{id}/dossier.html", READER),
    (Method::POST, "/warnings/{id}/incident", AGENT),
    (Method::POST, "/incidents", AGENT),
    (Method::GET, "/incidents/{id}", READER),
    (Method::POST, "/incidents/{id}", AGENT),
    (Method::POST, "/incidents/{id}/tasks", AGENT),
    (Method::POST, "/incidents/{id}/tasks/{task}", AGENT),
    (Method::POST, "/incidents/{id}/notes", AGENT),
    (Method::POST, "/incidents/{id}/review", AGENT),
    (Method::POST, "/incidents/{id}/state", AGENT),
    (Method::POST, "/incidents/{id}/class", AGENT),
    (Method::POST, "/incidents/{id}/told", AGENT),
    (Method::POST, "/incidents/{id}/told/{told}", AGENT),
    (Method::POST, "/incidents/{id}/approve", MANAGER),
    (Method::GET, "/incidents/{id}/publish/{kind}", MANAGER),
    (Method::POST, "/incidents/{id}/publish/{kind}", MANAGER),
    (Method::POST, "/incidents/{id}/withdraw", MANAGER),
    (Method::GET, "/values", READER),
    (Method::GET, "/values/triage", READER),
    (Method::POST, "/values/{place}", MANAGER),
    (Method::POST, "/mentions/{id}/triage", AGENT),
    (Method::GET, "/cushion", READER),
    (Method::GET, "/majority", READER),
    (Method::GET, "/drill", READER),
    (Method::POST, "/drill", AGENT),
    (Method::GET, "/drill/{id}", READER),
    (Method::POST, "/drill/{id}", AGENT),
    (Method::GET, "/drill/{id}/dossier", READER),
    (Method::POST, "/drill/{id}/abandon", AGENT),
    (Method::GET, "/invitations", READER),
    (Method::GET, "/invitations/settings", READER),
    (Method::POST, "/invitations/settings", MANAGER),
    (Method::GET, "/invitations/draws", READER),
    (Method::POST, "/invitations/draws", MANAGER),
    (Method::POST, "/invitations/draws/{id}", MANAGER),
    (Method::GET, "/invitations/codes", READER),
    (Method::POST, "/invitations/codes", MANAGER),
    (Method::GET, "/invitations/poster.pdf", READER),
    (Method::GET, "/draws/{code}", PUBLIC),
    (Method::GET, "/draws/{code}/list.json", PUBLIC),
    (Method::GET, "/u/{token}", PUBLIC),
    (Method::GET, "/u/{token}/done", PUBLIC),
    (Method::POST, "/u/{token}", HOOK),
    (Method::POST, "/i/{token}/opened", HOOK),
    (Method::GET, "/import", READER),
    (Method::POST, "/import/file", MANAGER),
    (Method::POST, "/import/paste", MANAGER),
    (Method::GET, "/import/{id}", READER),
    (Method::GET, "/import/{id}/progress", READER),
    (Method::POST, "/import/{id}", MANAGER),
    (Method::GET, "/sources", READER),
    (Method::POST, "/sources", MANAGER),
    (Method::POST, "/sources/{id}", MANAGER),
    (Method::GET, "/sources/mailbox", READER),
    (Method::POST, "/sources/mailbox", MANAGER),
    (Method::POST, "/sources/mailbox/{id}", MANAGER),
    (Method::GET, "/account", READER),
    (Method::POST, "/account/organization", OWNER),
    (Method::POST, "/account/password", READER),
    (Method::GET, "/account/keys", OWNER),
    (Method::POST, "/account/keys", OWNER),
    (Method::POST, "/account/keys/{id}", OWNER),
    (Method::GET, "/export", OWNER),
    (Method::GET, "/api/v1/openapi.json", PUBLIC),
    (Method::GET, "/api/v1/mentions", READING_KEY),
    (Method::GET, "/api/v1/mentions/{id}", READING_KEY),
    (Method::POST, "/api/v1/mentions/{id}/replies", DRAFTING_KEY),
    (Method::GET, "/api/v1/queue", READING_KEY),
    (Method::GET, "/api/v1/replies", READING_KEY),
    (Method::GET, "/api/v1/replies/{id}", READING_KEY),
    (Method::POST, "/api/v1/replies/{id}/approve", APPROVING_KEY),
    (Method::POST, "/api/v1/replies/{id}/publish", APPROVING_KEY),
    (Method::GET, "/api/v1/warnings", READING_KEY),
    (Method::GET, "/api/v1/palabra", READING_KEY),
    (Method::POST, "/api/v1/codes", DRAFTING_KEY),
    (Method::GET, "/api/v1/codes/today", READING_KEY),
    (Method::GET, "/customers", READER),
    (Method::GET, "/customers/add", AGENT),
    (Method::POST, "/customers/add", AGENT),
    (Method::GET, "/customers/settings", READER),
    (Method::POST, "/customers/settings", MANAGER),
    (Method::GET, "/customers/import", MANAGER),
    (Method::POST, "/customers/import", MANAGER),
    (Method::GET, "/customers/import/{id}", MANAGER),
    (Method::GET, "/customers/import/{id}/progress", MANAGER),
    (Method::POST, "/customers/import/{id}", MANAGER),
    (Method::GET, "/shops", MANAGER),
    (Method::POST, "/shops", MANAGER),
    (Method::POST, "/shops/{id}", MANAGER),
    (Method::POST, "/hooks/{path_key}", Access::Hook),
    (Method::GET, "/customers/{id}", AGENT),
    (Method::POST, "/customers/{id}", AGENT),
    (Method::GET, "/customers/{id}/export.json", MANAGER),
    (Method::GET, "/customers/{id}/erase", MANAGER),
    (Method::POST, "/customers/{id}/erase", MANAGER),
    (Method::GET, "/notices", READER),
    (Method::POST, "/notices/preferences", MANAGER),
    (Method::POST, "/notices/channels", MANAGER),
    (Method::POST, "/notices/channels/{id}", MANAGER),
    (Method::POST, "/notices/members/{id}", MANAGER),
    (Method::POST, "/notices/programs", MANAGER),
    (Method::POST, "/notices/programs/{id}", MANAGER),
    (Method::GET, "/notices/sms", MANAGER),
    (Method::POST, "/notices/sms", MANAGER),
    (Method::POST, "/notices/sms/test", MANAGER),
    (Method::POST, "/notices/outgoing/{id}", MANAGER),
];

/// The main navigation: five words that fit a phone.
pub const NAV: &[NavEntry] = &[
    NavEntry { href: "/today", key: "nav-today", icon: Icon::Today },
    NavEntry { href: "/answers", key: "nav-answers", icon: Icon::Reply },
    NavEntry { href: "/mentions", key: "nav-mentions", icon: Icon::Mentions },
    NavEntry { href: "/warnings", key: "nav-warnings", icon: Icon::Bell },
    NavEntry { href: "/account", key: "nav-account", icon: Icon::Account },
];

/// What the guard needs from the rooms.
pub const GATE: Gate = Gate {
    authenticate: |context, token| Box::pin(accounts::authenticate(context, token)),
    has_account: |context| Box::pin(accounts::has_account(context)),
    key_holder: |context, key| Box::pin(accounts::keys::holder(context, key)),
    nav: NAV,
};

/// Every route of the program.
pub fn routes() -> Routes {
    Routes::new()
        .get("/assets/{version}/{name}", PUBLIC, assets::serve)
        .merge(crate::health::routes())
        .merge(accounts::pages::routes())
        .merge(crate::today::routes())
        .merge(crate::public::routes())
        .merge(listen::pages::routes())
        .merge(mailbox::pages::routes())
        .merge(understand::pages::routes())
        .merge(warn::pages::routes())
        .merge(values::pages::routes())
        .merge(drill::pages::routes(respond::pages::answer::advise_statement))
        .merge(respond::pages::routes())
        .merge(reviews::pages::routes())
        .merge(invite::pages::routes())
        .merge(cushion::pages::routes())
        .merge(notify::pages::routes())
        .merge(customers::pages::routes())
        .merge(crate::person::routes())
        .merge(crate::cli::export::routes())
        .merge(crate::api::routes())
}

/// The program's pages, closed behind the policy.
pub fn router(context: &Context) -> Result<axum::Router, PolicyError> {
    routes().seal(POLICY, GATE, context)
}
