//! The head of a letter, line by line: for the fields whose exact words matter and which the parser would interpret.

/// Most fields that are looked at.
const FIELDS_MAX: usize = 1_000;

/// A letter's fields in their order, unfolded. Names in lower case, values as lossy text.
#[derive(Debug, Default)]
pub(in crate::mail) struct Headers {
    fields: Vec<(String, String)>,
}

/// How many bytes the head has: up to the first empty line, or all.
pub(in crate::mail) fn head_length(raw: &[u8]) -> usize {
    let mut start = 0;
    for at in memchr::memchr_iter(b'\n', raw) {
        let line = raw.get(start..at).unwrap_or_default();
        if line.is_empty() || line == b"\r" {
            return start;
        }
        start = at + 1;
    }
    raw.len()
}

impl Headers {
    /// Reads the head of a letter.
    pub(in crate::mail) fn read(raw: &[u8]) -> Self {
        let head = raw.get(..head_length(raw)).unwrap_or_default();
        let head = String::from_utf8_lossy(head);
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in head.lines() {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if fields.len() >= FIELDS_MAX {
                break;
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            } else {
                // What is no field also ends the one before it.
                fields.push((String::new(), String::new()));
            }
        }
        Self { fields }
    }

    /// The first field of a name.
    pub(in crate::mail) fn first(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All the fields of a name, in their order.
    pub(in crate::mail) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether there is one.
    pub(in crate::mail) fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// Whether there are any fields at all.
    pub(in crate::mail) fn is_empty(&self) -> bool {
        self.fields.iter().all(|(name, _)| name.is_empty())
    }
}
