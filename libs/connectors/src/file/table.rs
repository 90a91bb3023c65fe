//! Records of a delimited text file, with the physical line each one starts on.
//!
//! Our own splitter and not the `csv` crate, for three things it cannot do: a bound on the size of one record, the
//! line of the file, and giving up on a quotation mark that never closes without losing the rows below it. The
//! tests compare both over random tables.

use std::collections::VecDeque;
use std::io;

use super::source::Lines;

/// One stray quotation mark costs up to one record's worth of reading; a file full of them must not cost the square.
const STRAY_QUOTES_MAX: u32 = 50;

/// What came of asking for a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A record, starting on this line.
    Record { line: u64 },
    /// A record over the limit, skipped.
    TooLong { line: u64 },
    /// A quotation mark that never closes: that line is lost, the next ones are not.
    OpenQuote { line: u64 },
    /// The file ends in the middle of a record. Nothing follows.
    Truncated { line: u64 },
    /// Nothing more.
    End,
}

/// Reads records one after another into the same memory.
pub(super) struct Records {
    lines: Lines,
    delimiter: u8,
    limit: usize,
    line: String,
    record: String,
    bounds: Vec<(usize, usize)>,
    replay: VecDeque<(u64, String)>,
    stray_quotes: u32,
    /// The columns every row so far had at least; tells a cut row from a merely short one.
    narrowest: usize,
    ended: bool,
}

impl Records {
    pub(super) fn new(lines: Lines, delimiter: u8, limit: usize) -> Self {
        Self {
            lines,
            delimiter,
            limit,
            line: String::new(),
            record: String::new(),
            bounds: Vec::new(),
            replay: VecDeque::new(),
            stray_quotes: 0,
            narrowest: usize::MAX,
            ended: false,
        }
    }

    /// How many fields the record has.
    pub(super) fn len(&self) -> usize {
        self.bounds.len()
    }

    /// A field of the record.
    pub(super) fn field(&self, index: usize) -> Option<&str> {
        let &(from, to) = self.bounds.get(index)?;
        self.record.get(from..to)
    }

    /// The fields of the record.
    pub(super) fn fields(&self) -> impl Iterator<Item = &str> {
        self.bounds.iter().map(|&(from, to)| self.record.get(from..to).unwrap_or_default())
    }

    /// The record as it lies in memory, to quote its beginning.
    pub(super) fn raw(&self) -> &str {
        &self.record
    }

    /// Moves to the next record that is not blank.
    pub(super) fn advance(&mut self) -> io::Result<Step> {
        loop {
            if self.ended {
                return Ok(Step::End);
            }
            self.record.clear();
            self.bounds.clear();
            let Some((number, terminated, too_long)) = self.next_line()? else {
                return Ok(Step::End);
            };
            if too_long {
                std::mem::swap(&mut self.record, &mut self.line);
                return Ok(Step::TooLong { line: number });
            }
            let mut last_terminated = terminated;
            if memchr::memchr(b'"', self.line.as_bytes()).is_none() {
                self.split_plain();
            } else if self.split_quoted(false) {
                match self.close_quote(number)? {
                    Closed::Yes { terminated } => last_terminated = terminated,
                    Closed::No(step) => return Ok(step),
                }
            }
            if self.bounds.iter().all(|(from, to)| from == to) {
                continue;
            }
            if !last_terminated && self.narrowest != usize::MAX && self.bounds.len() < self.narrowest {
                self.ended = true;
                return Ok(Step::Truncated { line: number });
            }
            self.narrowest = self.narrowest.min(self.bounds.len());
            return Ok(Step::Record { line: number });
        }
    }

    fn next_line(&mut self) -> io::Result<Option<(u64, bool, bool)>> {
        if let Some((number, text)) = self.replay.pop_front() {
            self.line = text;
            return Ok(Some((number, true, false)));
        }
        let info = self.lines.next(&mut self.line)?;
        Ok(info.map(|info| (info.number, info.terminated, info.too_long)))
    }

    fn split_plain(&mut self) {
        let mut from = 0;
        for at in memchr::memchr_iter(self.delimiter, self.line.as_bytes()) {
            self.bounds.push((from, at));
            from = at + 1;
        }
        self.bounds.push((from, self.line.len()));
        std::mem::swap(&mut self.record, &mut self.line);
    }

    /// Splits a line that has quotation marks; `open` says the previous line left one open. Returns whether
    /// this one does.
    fn split_quoted(&mut self, mut open: bool) -> bool {
        let bytes = self.line.as_bytes();
        let mut from = if open { self.bounds.pop().map_or(0, |(from, _)| from) } else { self.record.len() };
        let mut fresh = !open;
        let mut at = 0;
        loop {
            if open {
                let Some(quote) = memchr::memchr(b'"', &bytes[at..]).map(|found| at + found) else {
                    self.record.push_str(self.line.get(at..).unwrap_or_default());
                    self.record.push('\n');
                    self.bounds.push((from, self.record.len()));
                    return true;
                };
                self.record.push_str(self.line.get(at..quote).unwrap_or_default());
                if bytes.get(quote + 1) == Some(&b'"') {
                    self.record.push('"');
                    at = quote + 2;
                } else {
                    open = false;
                    at = quote + 1;
                }
                continue;
            }
            if fresh {
                fresh = false;
                let blanks = bytes[at..].iter().take_while(|&&byte| byte == b' ').count();
                if bytes.get(at + blanks) == Some(&b'"') {
                    open = true;
                    at += blanks + 1;
                    continue;
                }
            }
            let end = memchr::memchr(self.delimiter, &bytes[at..]).map(|found| at + found);
            self.record.push_str(self.line.get(at..end.unwrap_or(bytes.len())).unwrap_or_default());
            self.bounds.push((from, self.record.len()));
            let Some(end) = end else { return false };
            from = self.record.len();
            at = end + 1;
            fresh = true;
        }
    }

    /// Reads on until the open quotation mark closes, the record grows too long or the file ends.
    fn close_quote(&mut self, first: u64) -> io::Result<Closed> {
        let fields_before = self.bounds.len();
        let mut later: Vec<(u64, String)> = Vec::new();
        loop {
            let Some((number, terminated, too_long)) = self.next_line()? else {
                return Ok(Closed::No(self.end_inside_quote(first, fields_before, later)));
            };
            let over = too_long || self.record.len() + self.line.len() > self.limit;
            if !too_long {
                later.push((number, self.line.clone()));
            }
            if over {
                return Ok(Closed::No(self.give_up(first, later)));
            }
            if !self.split_quoted(true) {
                return Ok(Closed::Yes { terminated });
            }
        }
    }

    /// The file ended with a quotation mark open: either it was cut, or the mark is a stray one. It is a stray
    /// one when most of the lines below look like rows of their own.
    fn end_inside_quote(&mut self, first: u64, fields: usize, later: Vec<(u64, String)>) -> Step {
        let wanted = if self.narrowest == usize::MAX { fields } else { self.narrowest };
        let delimiter = self.delimiter;
        let rows = later
            .iter()
            .filter(|(_, text)| memchr::memchr_iter(delimiter, text.as_bytes()).count() + 1 >= wanted)
            .count();
        if wanted > 1 && rows > 0 && rows * 2 >= later.len() {
            return self.give_up(first, later);
        }
        self.ended = true;
        Step::Truncated { line: first }
    }

    fn give_up(&mut self, line: u64, later: Vec<(u64, String)>) -> Step {
        self.stray_quotes += 1;
        if self.stray_quotes > STRAY_QUOTES_MAX {
            self.ended = true;
            return Step::Truncated { line };
        }
        for entry in later.into_iter().rev() {
            self.replay.push_front(entry);
        }
        Step::OpenQuote { line }
    }
}

enum Closed {
    Yes { terminated: bool },
    No(Step),
}

#[cfg(test)]
mod tests {
    use encoding_rs::UTF_8;
    use proptest::prelude::*;

    use super::super::source::decoded;
    use super::*;

    fn records(text: &str, limit: usize) -> Vec<(Step, Vec<String>)> {
        let source = decoded(Box::new(io::Cursor::new(text.as_bytes().to_vec())), UTF_8);
        let mut records = Records::new(Lines::new(source, limit), b',', limit);
        let mut all = Vec::new();
        loop {
            let step = records.advance().unwrap();
            if step == Step::End {
                return all;
            }
            all.push((step, records.fields().map(String::from).collect()));
        }
    }

    #[test]
    fn the_line_is_that_of_the_file() {
        let got = records("a,b\n\"uno\ndos\",2\n\n\nx,\"y \"\"z\"\"\"\r\n", 1000);
        assert_eq!(got[1], (Step::Record { line: 2 }, vec!["uno\ndos".into(), "2".into()]));
        assert_eq!(got[2], (Step::Record { line: 6 }, vec!["x".into(), "y \"z\"".into()]));
    }

    #[test]
    fn a_stray_quote_loses_one_row_only() {
        let got = records("1,bien\n2,\"mal\n3,regular\n4,bien\n", 1000);
        let steps: Vec<Step> = got.iter().map(|(step, _)| *step).collect();
        assert_eq!(
            steps,
            [
                Step::Record { line: 1 },
                Step::OpenQuote { line: 2 },
                Step::Record { line: 3 },
                Step::Record { line: 4 }
            ]
        );
    }

    #[test]
    fn a_file_cut_inside_a_review_ends_with_one_error() {
        let got = records("id,texto\n1,bien\n2,\"muy\nlargo y", 1000);
        assert_eq!(got.last().unwrap().0, Step::Truncated { line: 3 });
        assert_eq!(got.len(), 3);
        let got = records("id,a,b\n1,2,3\n4,5", 1000);
        assert_eq!(got.last().unwrap().0, Step::Truncated { line: 3 });
    }

    #[test]
    fn thousands_of_stray_quotes_end_soon() {
        let text = "a,\"b\n".repeat(20_001);
        assert!(records(&text, 5_000).len() < 20_100);
    }

    proptest! {
        #[test]
        fn splits_like_the_csv_crate(rows in proptest::collection::vec(
            proptest::collection::vec("[a-zñ,\"\n 0-9]{1,8}", 3), 1..8)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let got = records(std::str::from_utf8(&bytes).unwrap(), 10_000);
            let cells: Vec<Vec<String>> = got.into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(cells, rows);
        }
    }
}
