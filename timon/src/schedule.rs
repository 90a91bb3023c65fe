//! **The flow, once.** Every piece of background work, in the order a mention walks. A step takes no input but its
//! context: it finds its own pending rows, so a restart resumes and running one twice does nothing the second time.

use std::time::Duration;

use foundation::step;
use foundation::steps::Step;

/// step · period · woken by · function
pub const STEPS: &[Step] = &[
    Step {
        name: "listen::run_imports",
        every: Duration::from_secs(15),
        woken_by: Some(listen::IMPORT_CONFIRMED),
        run: step!(listen::step::run_imports),
    },
    Step {
        name: "listen::poll_feeds",
        every: Duration::from_mins(1),
        woken_by: Some(listen::SOURCE_ADDED),
        run: step!(listen::step::poll_feeds),
    },
    Step {
        name: "mailbox::read",
        every: Duration::from_secs(30),
        woken_by: Some(mailbox::ARRIVED),
        run: step!(mailbox::step::read),
    },
    Step {
        name: "understand::read_pending",
        every: Duration::from_secs(30),
        woken_by: Some(listen::MENTIONS_SAVED),
        run: step!(understand::step::read_pending),
    },
    Step {
        name: "understand::spread_corrections",
        every: Duration::from_mins(5),
        woken_by: Some(understand::CORRECTED),
        run: step!(understand::step::spread_corrections),
    },
    Step {
        name: "warn::weigh",
        every: Duration::from_mins(1),
        woken_by: Some(understand::READ),
        run: step!(warn::step::weigh),
    },
    Step {
        name: "drill::prepare",
        every: Duration::from_secs(30),
        woken_by: Some(drill::ASKED),
        run: step!(drill::step::prepare),
    },
    Step {
        name: "digest::summarise",
        every: Duration::from_mins(10),
        woken_by: None,
        run: step!(crate::digest::summarise),
    },
    Step {
        name: "understand::requeue_old",
        every: Duration::from_hours(24),
        woken_by: None,
        run: step!(understand::step::requeue_old),
    },
    Step {
        name: "invite::ask",
        every: Duration::from_mins(1),
        woken_by: Some(customers::VISITED),
        run: step!(invite::step::ask),
    },
    Step {
        name: "notify::send_due",
        every: Duration::from_secs(30),
        woken_by: Some(notify::QUEUED),
        run: step!(notify::step::send_due),
    },
    Step {
        name: "respond::settle",
        every: Duration::from_mins(1),
        woken_by: Some(notify::SENT),
        run: step!(respond::publish::settle_all),
    },
    Step {
        name: "notify::send_events",
        every: Duration::from_secs(15),
        woken_by: Some(notify::EVENTS),
        run: step!(notify::events::step::send_events),
    },
    Step {
        name: "notify::forget_events",
        every: Duration::from_hours(24),
        woken_by: None,
        run: step!(notify::events::step::forget_events),
    },
    Step {
        name: "customers::run_imports",
        every: Duration::from_secs(15),
        woken_by: Some(customers::IMPORT_CONFIRMED),
        run: step!(customers::step::run_imports),
    },
    Step {
        name: "customers::poll_shops",
        every: Duration::from_mins(1),
        woken_by: Some(customers::SHOP_ADDED),
        run: step!(customers::step::poll_shops),
    },
    Step {
        name: "customers::forget_shops",
        every: Duration::from_mins(1),
        woken_by: None,
        run: step!(customers::step::forget_shops),
    },
    Step {
        name: "customers::forget_drafts",
        every: Duration::from_hours(1),
        woken_by: None,
        run: step!(customers::step::forget_drafts),
    },
    Step {
        name: "person::forget_asked",
        every: Duration::from_mins(1),
        woken_by: Some(customers::ERASURE_ASKED),
        run: step!(crate::person::forget_asked),
    },
    Step {
        name: "person::forget_old",
        every: Duration::from_hours(24),
        woken_by: None,
        run: step!(crate::person::forget_old),
    },
    Step {
        name: "listen::forget_drafts",
        every: Duration::from_hours(1),
        woken_by: None,
        run: step!(listen::step::forget_drafts),
    },
    Step {
        name: "reviews::forget",
        every: Duration::from_hours(1),
        woken_by: None,
        run: step!(reviews::step::forget),
    },
    Step {
        name: "invite::forget_codes",
        every: Duration::from_hours(24),
        woken_by: None,
        run: step!(invite::step::forget_codes),
    },
    Step {
        name: "drill::forget",
        every: Duration::from_hours(1),
        woken_by: None,
        run: step!(drill::step::forget),
    },
    Step {
        name: "accounts::expire_sessions",
        every: Duration::from_hours(1),
        woken_by: None,
        run: step!(accounts::step::expire_sessions),
    },
];
