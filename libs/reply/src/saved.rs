//! Saved replies with gaps: `{{nombre}}`, `{{negocio}}`, `{{fecha}}`, `{{remedio}}`, in English `{{name}}`, `{{business}}`,
//! `{{date}}`, `{{remedy}}`.
//!
//! What must stay true: what is filled in is never read again for gaps, and a gap that nobody knows is an error that
//! names it.

use std::ops::Range;

/// What a gap stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Who is answered.
    Name,
    /// The business.
    Business,
    /// Today's date, as people write it.
    Date,
    /// What is offered.
    Remedy,
}

impl Field {
    /// The field of a name, in either language; blanks around and capitals do not matter.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_lowercase().as_str() {
            "nombre" | "name" => Some(Self::Name),
            "negocio" | "business" => Some(Self::Business),
            "fecha" | "date" => Some(Self::Date),
            "remedio" | "remedy" => Some(Self::Remedy),
            _ => None,
        }
    }
}

/// A gap in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// Where, with its brackets, in bytes of the text.
    pub span: Range<usize>,
    /// What stands between the brackets, without blanks around.
    pub name: String,
    /// What it stands for; `None` for a name nobody knows.
    pub field: Option<Field>,
}

/// What to fill in. `None` leaves the gap for a person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Values<'a> {
    /// Who is answered.
    pub name: Option<&'a str>,
    /// The business.
    pub business: Option<&'a str>,
    /// Today's date, as people write it.
    pub date: Option<&'a str>,
    /// What is offered.
    pub remedy: Option<&'a str>,
}

impl<'a> Values<'a> {
    const fn of(&self, field: Field) -> Option<&'a str> {
        match field {
            Field::Name => self.name,
            Field::Business => self.business,
            Field::Date => self.date,
            Field::Remedy => self.remedy,
        }
    }
}

/// Why a saved reply cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// A gap with a name nobody knows.
    #[error("nobody knows what {{{{{name}}}}} stands for")]
    Unknown {
        /// What stands between the brackets, cut at 40 characters.
        name: String,
    },
}

/// The gaps of a text, in order.
pub fn placeholders(text: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    let mut done = 0;
    while let Some(open) = text.get(done..).and_then(|rest| rest.find("{{")) {
        let start = done + open;
        let inner = text.get(start + 2..).unwrap_or_default();
        let Some(length) = inner.find("}}") else { break };
        let inside = inner.get(..length).unwrap_or_default();
        // "{{ {{nombre}}": the last opening before the closing counts
        let skipped = inside.rfind("{{").map_or(0, |at| at + 2);
        let name = inside.get(skipped..).unwrap_or_default().trim();
        let end = start + 2 + length + 2;
        found.push(Placeholder {
            span: start + skipped..end,
            name: name.to_owned(),
            field: Field::from_name(name),
        });
        done = end;
    }
    found
}

/// Fills the gaps for which there is a value; gaps without one stay, and [`crate::lint()`] finds them.
pub fn fill(text: &str, values: &Values<'_>) -> Result<String, FillError> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for gap in placeholders(text) {
        let field =
            gap.field.ok_or_else(|| FillError::Unknown { name: gap.name.chars().take(40).collect() })?;
        let Some(value) = values.of(field) else { continue };
        out.push_str(text.get(done..gap.span.start).unwrap_or_default());
        out.push_str(value);
        done = gap.span.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_in_both_languages_and_values_are_not_read_again() {
        let values = Values { name: Some("{{fecha}}"), business: Some("Bar Lola"), ..Values::default() };
        let filled = fill("Hola, {{ Nombre }}: gracias. {{business}}, {{date}}", &values);
        assert_eq!(filled.as_deref(), Ok("Hola, {{fecha}}: gracias. Bar Lola, {{date}}"));
    }

    #[test]
    fn a_gap_nobody_knows_is_named() {
        let error = fill("Hola {{apellido}}", &Values::default()).unwrap_err();
        assert_eq!(error, FillError::Unknown { name: "apellido".to_owned() });
        assert_eq!(error.to_string(), "nobody knows what {{apellido}} stands for");
    }

    #[test]
    fn brackets_that_do_not_close_are_text() {
        assert!(placeholders("{{nombre").is_empty());
        assert!(placeholders("}} {{").is_empty());
        let gaps = placeholders("{{ {{nombre}} }}");
        assert_eq!(gaps.len(), 1);
        assert_eq!(gaps[0].span, 3..13);
    }
}
