//! The receipt of a complaint on a durable medium: the words of the letter, and the file that goes with it and can be
//! printed. Both say the key, what was said, when, and until when there is an answer.

use connectors::notify::Attachment;
use foundation::web::Texts;

use crate::case::Case;
use crate::store::complaints::Complaint;

/// The letter's words.
pub fn words(t: &Texts, case: &Case, complaint: &Complaint) -> String {
    let zone = case.business.zone();
    let greeting = match complaint.claimant.as_str() {
        "" => t.get("receipt-greeting-nobody").into_owned(),
        name => t.with("receipt-greeting", &[("name", name.into())]).into_owned(),
    };
    let received = t.with(
        "receipt-received",
        &[
            ("business", case.business.name.as_str().into()),
            ("when", t.moment(complaint.received_at, &zone).into()),
            ("key", complaint.key.as_str().into()),
        ],
    );
    let due = t.with("receipt-due", &[("date", t.date(complaint.due_at, &zone).into())]);
    let official = t.get("receipt-official");
    let facts: String = complaint.facts.chars().take(4_000).collect();
    let quoted = t.with("receipt-facts", &[("facts", facts.as_str().into())]);
    let mut words = format!("{greeting}\n\n{received} {due}\n\n{quoted}");
    let mut add = |gap: &str, more: &str| {
        words.push_str(gap);
        words.push_str(more);
    };
    if !complaint.wish.is_empty() {
        add("\n\n", &t.with("receipt-wish", &[("wish", complaint.wish.as_str().into())]));
    }
    add("\n\n", &official);
    if !case.settings.official_form.is_empty() {
        add(" ", &case.settings.official_form);
    }
    add("\n\n", case.signature());
    words
}

/// The file: the same, with labels. The same complaint gives the same file; it is dated by the day it was entered.
///
/// # Errors
/// When there is more text than a paper takes.
pub fn attachment(t: &Texts, case: &Case, complaint: &Complaint) -> anyhow::Result<Attachment> {
    let zone = case.business.zone();
    let opened = zone.to_datetime(complaint.opened_at).date();
    let mut rows = vec![
        (t.get("complaint-received").into_owned(), t.moment(complaint.received_at, &zone)),
        (t.get("receipt-answer-by").into_owned(), t.date(complaint.due_at, &zone)),
        (
            t.get("complaint-channel").into_owned(),
            t.get(&format!("complaint-channel-{}", complaint.channel)).into_owned(),
        ),
    ];
    if !complaint.claimant.is_empty() {
        rows.push((t.get("complaint-claimant").into_owned(), complaint.claimant.clone()));
    }
    if !complaint.wish.is_empty() {
        rows.push((t.get("complaint-wish").into_owned(), complaint.wish.clone()));
    }
    let mut notes = vec![t.get("receipt-official").into_owned(), t.get("receipt-not-instead").into_owned()];
    if !case.settings.official_form.is_empty() {
        notes.push(case.settings.official_form.clone());
    }
    let mut business = case.business.name.clone();
    for line in [&case.business.town, &case.settings.contact].into_iter().filter(|line| !line.is_empty()) {
        business.push('\n');
        business.push_str(line);
    }
    let file = paper::receipt(&paper::Receipt {
        language: t.locale.as_str().to_owned(),
        title: t.get("receipt-title").into_owned(),
        business,
        lead: t.get("receipt-paper-lead").into_owned(),
        key_label: t.get("complaint-key").into_owned(),
        key: complaint.key.clone(),
        rows,
        complaint_heading: t.get("receipt-facts-title").into_owned(),
        complaint: complaint.facts.clone(),
        notes_heading: t.get("receipt-notes-title").into_owned(),
        notes,
        footer: t.with("receipt-footer", &[("business", case.business.name.as_str().into())]).into_owned(),
        page_number: t.get("receipt-page-number").replace("PAGE", "{page}").replace("TOTAL", "{pages}"),
        made: paper::Date {
            year: opened.year().unsigned_abs(),
            month: opened.month().unsigned_abs(),
            day: opened.day().unsigned_abs(),
        },
    })?;
    let name = format!("{}-{}.pdf", t.get("receipt-file-name"), complaint.key);
    Attachment::new(&name, file).map_err(|_| anyhow::anyhow!("the receipt does not fit into a letter"))
}
