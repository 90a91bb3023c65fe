//! Bytes to text, whatever they claim to be.
//!
//! Order of belief: a byte order mark; then UTF-8 if the bytes *are* UTF-8 (other encodings hardly ever are by
//! chance, and mislabelled UTF-8 is the commonest fault); then what the document declares; then what the server
//! declares; at last Windows-1252, which is what unlabelled Spanish text is. Never fails.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How far an encoding declaration is looked for.
const DECLARATION_BYTES_MAX: usize = 1_024;

/// The text of a document.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    match bytes {
        [0, b'<' | b'{', ..] => return UTF_16BE.decode_without_bom_handling(bytes).0,
        [b'<' | b'{', 0, ..] => return UTF_16LE.decode_without_bom_handling(bytes).0,
        _ => {}
    }
    let declared = declared(bytes, content_type);
    match std::str::from_utf8(bytes) {
        // ISO-2022-JP writes Japanese in ASCII bytes: there, valid UTF-8 proves nothing.
        Ok(text) if declared != Some(encoding_rs::ISO_2022_JP) => Cow::Borrowed(text),
        _ => {
            let encoding = declared.filter(|encoding| *encoding != UTF_8).unwrap_or(WINDOWS_1252);
            encoding.decode_without_bom_handling(bytes).0
        }
    }
}

/// The document without its `<?xml …?>`: the text is UTF-8 by now, whatever that line says.
pub(super) fn without_declaration(text: &str) -> &str {
    let text = text.trim_start();
    if !text.starts_with("<?xml") {
        return text;
    }
    text.split_once("?>").map_or(text, |(_, rest)| rest.trim_start())
}

fn declared(bytes: &[u8], content_type: Option<&str>) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..DECLARATION_BYTES_MAX).unwrap_or(bytes));
    let document = if head.trim_start().starts_with("<?xml") {
        head.split_once("?>").and_then(|(declaration, _)| label_after(declaration, "encoding"))
    } else {
        label_after(&head, "charset")
    };
    document.or_else(|| content_type.and_then(|header| label_after(header, "charset")))
}

/// The encoding named after `key=`, quoted or not.
fn label_after(text: &str, key: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let (_, rest) = lower.split_once(key)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label = value.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.:".contains(c))).next()?;
    // A declaration that can be read byte by byte is not UTF-16, whatever it says.
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}
