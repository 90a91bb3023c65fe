//! Cells of the CSV files we write must never run as formulas in the spreadsheet that opens them.

use std::borrow::Cow;

/// Makes a value safe as a cell of a CSV export: what a spreadsheet would run gets a leading apostrophe.
///
/// The list is OWASP's (`=` `+` `-` `@`, tab, CR, LF) and the full-width forms some spreadsheets fold into
/// them. Quoting the cell for CSV remains the writer's job. A negative number also gets the apostrophe: telling
/// `-5` from `-5+cmd|…` is not worth the risk, and an export of opinions has no negative numbers.
pub fn csv_safe(value: &str) -> Cow<'_, str> {
    let risky = value.chars().next().is_some_and(|first| {
        matches!(
            first,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}'
        )
    });
    if risky { Cow::Owned(format!("'{value}")) } else { Cow::Borrowed(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_the_rest_is_left_alone() {
        for risky in [
            "=1+1",
            "+34",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r",
            "\n=x",
            "\u{FF1D}1",
            "\u{FF0B}1",
            "\u{FF0D}1",
            "\u{FF20}x",
        ] {
            assert_eq!(csv_safe(risky), format!("'{risky}"));
        }
        for safe in ["", "Muy bien", "5", "a=b", " =1", "ñ"] {
            assert!(matches!(csv_safe(safe), Cow::Borrowed(same) if same == safe));
        }
    }
}
