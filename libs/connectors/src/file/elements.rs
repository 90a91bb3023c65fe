//! The objects of a JSON list, one at a time, wherever in the document the list is.
//!
//! A scanner and not a parser: it only follows brackets and strings, and hands each object to `serde_json`. So a
//! 50 MB list costs the memory of its largest element, and one broken element does not stop the next.

use std::io;

use super::source::Bytes;

const BUFFER: usize = 64 << 10;
/// Keys are compared with the path of the list: longer ones cannot be part of it.
const KEY_BYTES: usize = 200;

/// What came of asking for an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// An object, starting on this line.
    Element { line: u64 },
    /// An object over the limit, skipped.
    TooLong { line: u64 },
    /// An object nested too deep, skipped.
    TooDeep { line: u64 },
    /// The file ends in the middle of something. Nothing follows.
    Truncated { line: u64 },
    /// The brackets do not match. Nothing follows.
    Broken { line: u64 },
    /// Nothing more.
    End,
}

#[derive(Debug)]
enum Level {
    List,
    Object { key: Vec<u8>, before_key: bool },
}

/// Reads the objects of the lists under `root`.
pub(super) struct Elements {
    source: Bytes,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    line: u64,
    read: u64,
    root: Vec<String>,
    levels: Vec<Level>,
    line_bytes: usize,
    depth: usize,
    ended: bool,
    /// Looking for the list, not reading it: objects are entered, and the paths of lists noted.
    discovering: bool,
}

impl Elements {
    pub(super) fn new(source: Bytes, root: Vec<String>, line_bytes: usize, depth: usize) -> Self {
        Self {
            source,
            buffer: vec![0; BUFFER],
            at: 0,
            end: 0,
            line: 1,
            read: 0,
            root,
            levels: Vec::new(),
            line_bytes,
            depth,
            ended: false,
            discovering: false,
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.at == self.end {
            self.end = self.source.read(&mut self.buffer)?;
            self.at = 0;
            self.read += self.end as u64;
        }
        Ok((self.end > 0).then(|| self.buffer[self.at]))
    }

    /// Puts the next object of the list in `element`.
    pub(super) fn advance(&mut self, element: &mut Vec<u8>) -> io::Result<Step> {
        element.clear();
        if self.ended {
            return Ok(Step::End);
        }
        while let Some(byte) = self.peek()? {
            match byte {
                b'{' if self.at_element() => return self.capture(element),
                _ => {
                    if let Some(step) = self.outside(byte)? {
                        self.ended = true;
                        return Ok(step);
                    }
                }
            }
        }
        self.ended = true;
        Ok(if self.levels.is_empty() { Step::End } else { Step::Truncated { line: self.line } })
    }

    /// An object starting here would be an element of the wanted list.
    fn at_element(&self) -> bool {
        !self.discovering && matches!(self.levels.last(), Some(Level::List)) && self.path_is(&self.root)
    }

    fn path_is(&self, root: &[String]) -> bool {
        let mut keys = self.keys();
        root.iter().all(|key| keys.next() == Some(key.as_bytes())) && keys.next().is_none()
    }

    fn keys(&self) -> impl Iterator<Item = &[u8]> {
        self.levels.iter().filter_map(|level| match level {
            Level::Object { key, .. } => Some(key.as_slice()),
            Level::List => None,
        })
    }

    /// Consumes one token outside the elements.
    fn outside(&mut self, byte: u8) -> io::Result<Option<Step>> {
        let broken = Some(Step::Broken { line: self.line });
        if byte == b'"' {
            return self.string();
        }
        self.at += 1;
        match byte {
            b'\n' => self.line += 1,
            b'{' | b'[' if self.levels.len() >= self.depth => return Ok(broken),
            b'{' => self.levels.push(Level::Object { key: Vec::new(), before_key: true }),
            b'[' => self.levels.push(Level::List),
            b'}' | b']' => {
                let opened = self.levels.pop();
                let fits = match opened {
                    Some(Level::Object { .. }) => byte == b'}',
                    Some(Level::List) => byte == b']',
                    None => false,
                };
                if !fits {
                    return Ok(broken);
                }
            }
            b':' | b',' => {
                if let Some(Level::Object { before_key, .. }) = self.levels.last_mut() {
                    *before_key = byte == b',';
                }
            }
            _ => {}
        }
        Ok(None)
    }

    /// Consumes a string; as a key, remembers it.
    fn string(&mut self) -> io::Result<Option<Step>> {
        let mut kept = Vec::new();
        self.at += 1;
        loop {
            if self.peek()?.is_none() {
                return Ok(Some(Step::Truncated { line: self.line }));
            }
            let window = &self.buffer[self.at..self.end];
            let found = memchr::memchr2(b'"', b'\\', window);
            let part = &window[..found.unwrap_or(window.len())];
            self.line += memchr::memchr_iter(b'\n', part).count() as u64;
            kept.extend_from_slice(&part[..part.len().min(KEY_BYTES.saturating_sub(kept.len()))]);
            let escaped = found.map(|at| window[at] == b'\\');
            self.at += found.map_or(window.len(), |at| at + 1);
            if escaped == Some(false) {
                break;
            }
            // What is escaped cannot end the string; keys with escapes are in no path we know.
            if escaped == Some(true) && self.peek()?.is_some() {
                self.at += 1;
            }
        }
        if let Some(Level::Object { key, before_key: true }) = self.levels.last_mut() {
            *key = kept;
        }
        Ok(None)
    }

    /// Copies one whole object.
    fn capture(&mut self, element: &mut Vec<u8>) -> io::Result<Step> {
        let line = self.line;
        let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0_usize, false, false);
        let mut length = 0_usize;
        while self.peek()?.is_some() {
            let window = &self.buffer[self.at..self.end];
            let mut taken = 0;
            let mut closed = false;
            while taken < window.len() {
                let byte = window[taken];
                if escaped {
                    escaped = false;
                } else if quoted {
                    let Some(found) = memchr::memchr2(b'"', b'\\', &window[taken..]) else {
                        self.line += memchr::memchr_iter(b'\n', &window[taken..]).count() as u64;
                        taken = window.len();
                        break;
                    };
                    self.line += memchr::memchr_iter(b'\n', &window[taken..taken + found]).count() as u64;
                    taken += found;
                    quoted = window[taken] == b'\\';
                    escaped = quoted;
                } else {
                    match byte {
                        b'"' => quoted = true,
                        b'{' | b'[' => {
                            depth += 1;
                            deepest = deepest.max(depth);
                        }
                        b'}' | b']' => {
                            depth -= 1;
                            closed = depth == 0;
                        }
                        b'\n' => self.line += 1,
                        _ => {}
                    }
                }
                taken += 1;
                if closed {
                    break;
                }
            }
            length += taken;
            if length <= self.line_bytes {
                element.extend_from_slice(&window[..taken]);
            }
            self.at += taken;
            if closed {
                return Ok(if length > self.line_bytes {
                    Step::TooLong { line }
                } else if deepest > self.depth {
                    Step::TooDeep { line }
                } else {
                    Step::Element { line }
                });
            }
        }
        self.ended = true;
        Ok(if length > self.line_bytes { Step::TooLong { line } } else { Step::Truncated { line } })
    }
}

/// Names of lists that hold what people said, however deep.
const SURE: [&str; 12] = [
    "reviews",
    "review",
    "reseñas",
    "resenas",
    "opiniones",
    "opinions",
    "valoraciones",
    "avis",
    "recensioni",
    "avaliacoes",
    "avaliações",
    "ressenyes",
];
/// Names of lists that hold whatever the file is about.
const LIKELY: [&str; 9] =
    ["data", "items", "results", "comments", "comentarios", "entries", "posts", "rows", "records"];

/// Finds the keys that lead to the list of reviews, looking at the first `bytes` of the document. `None` when it
/// has no list of objects.
pub(super) fn find_root(source: Bytes, bytes: u64, depth: usize) -> io::Result<Option<Vec<String>>> {
    let mut scan = Elements::new(source, Vec::new(), 0, depth);
    scan.discovering = true;
    let mut seen: Vec<Vec<String>> = Vec::new();
    while let Some(byte) = scan.peek()? {
        if byte == b'{' && matches!(scan.levels.last(), Some(Level::List)) {
            let path: Vec<String> =
                scan.keys().map(|key| String::from_utf8_lossy(key).into_owned()).collect();
            let named =
                |names: &[&str]| path.last().is_some_and(|key| names.contains(&key.to_lowercase().as_str()));
            if named(&SURE) {
                return Ok(Some(path));
            }
            if seen.len() < 64 && !seen.contains(&path) {
                seen.push(path);
            }
        }
        if scan.outside(byte)?.is_some() || scan.read > bytes {
            break;
        }
    }
    let likely =
        |path: &Vec<String>| path.last().is_some_and(|key| LIKELY.contains(&key.to_lowercase().as_str()));
    let outermost = seen.iter().position(Vec::is_empty);
    let best = outermost.or_else(|| seen.iter().position(likely)).or_else(|| {
        let shortest = seen.iter().map(Vec::len).min()?;
        seen.iter().position(|path| path.len() == shortest)
    });
    Ok(best.map(|at| seen.swap_remove(at)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn source(text: &str) -> Bytes {
        Box::new(io::Cursor::new(text.as_bytes().to_vec()))
    }

    fn elements(text: &str, root: &[&str], limit: usize) -> Vec<(Step, String)> {
        let root = root.iter().map(ToString::to_string).collect();
        let mut elements = Elements::new(source(text), root, limit, 8);
        let mut element = Vec::new();
        let mut all = Vec::new();
        loop {
            let step = elements.advance(&mut element).unwrap();
            if step == Step::End {
                return all;
            }
            all.push((step, String::from_utf8_lossy(&element).into_owned()));
        }
    }

    #[test]
    fn elements_come_one_by_one_with_their_line() {
        let got = elements("[\n{\"a\":\"x]}\\\"\"},\n\n{\"b\":[1,{}]}]", &[], 100);
        assert_eq!(got[0], (Step::Element { line: 2 }, "{\"a\":\"x]}\\\"\"}".into()));
        assert_eq!(got[1], (Step::Element { line: 4 }, "{\"b\":[1,{}]}".into()));
        assert_eq!(got.len(), 2);
    }

    #[test]
    fn the_list_may_be_anywhere() {
        let text = r#"{"n":[{"z":1}],"q":{"reviews":[{"a":1},{"a":2}]},"reviews":3}"#;
        assert_eq!(elements(text, &["q", "reviews"], 100).len(), 2);
        let root = find_root(source(text), 1 << 20, 8).unwrap();
        assert_eq!(root, Some(vec!["q".to_owned(), "reviews".to_owned()]));
        let nested = r#"[{"name":"Bar","reviews":[{"a":1}]},{"name":"B","reviews":[{"a":2},{"a":3}]}]"#;
        assert_eq!(find_root(source(nested), 1 << 20, 8).unwrap(), Some(vec!["reviews".to_owned()]));
        assert_eq!(elements(nested, &["reviews"], 100).len(), 3);
        let plain = r#"[{"id":1,"tags":[{"x":1}]}]"#;
        assert_eq!(find_root(source(plain), 1 << 20, 8).unwrap(), Some(vec![]));
        let likely = r#"{"meta":[{"x":1}],"data":[{"id":1}]}"#;
        assert_eq!(find_root(source(likely), 1 << 20, 8).unwrap(), Some(vec!["data".to_owned()]));
        assert_eq!(find_root(source("{\"a\":1}"), 1 << 20, 8).unwrap(), None);
    }

    #[test]
    fn damage_is_one_clear_end() {
        assert_eq!(elements("[{\"a\":1},{\"a\":", &[], 100)[1].0, Step::Truncated { line: 1 });
        assert_eq!(elements("[{\"a\":1},", &[], 100)[1].0, Step::Truncated { line: 1 });
        assert_eq!(elements("[{\"a\":1}}", &[], 100)[1].0, Step::Broken { line: 1 });
        assert_eq!(elements(&"[".repeat(1000), &[], 100)[0].0, Step::Broken { line: 1 });
        let long = format!("[{{\"a\":\"{}\"}},{{\"a\":2}}]", "x".repeat(200));
        assert_eq!(elements(&long, &[], 100)[0].0, Step::TooLong { line: 1 });
        assert_eq!(elements(&long, &[], 100)[1].0, Step::Element { line: 1 });
        let deep = format!("[{{\"a\":{}{}}},{{}}]", "[".repeat(20), "]".repeat(20));
        assert_eq!(elements(&deep, &[], 100)[0].0, Step::TooDeep { line: 1 });
        assert_eq!(elements(&deep, &[], 100)[1].0, Step::Element { line: 1 });
    }

    proptest! {
        #[test]
        fn any_text_is_scanned_without_a_panic(text in "[\\[\\]{}\",:a\\\\\n 1]{0,60}") {
            let _ = elements(&text, &[], 20);
            let _ = find_root(source(&text), 100, 8);
        }
    }
}
