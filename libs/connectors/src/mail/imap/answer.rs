//! What a server's answer says: the few kinds this client asks for; everything else is heard and forgotten.
//!
//! Nothing here is recursive: lists are walked with a counter, so a thousand opening brackets cost a thousand steps.

use super::wire::Piece;

/// Longest words of a server that are kept, characters.
const WORDS_MAX: usize = 200;

/// Most words of one answer that are looked at: what this client asks for has about a dozen.
const TOKENS_MAX: usize = 10_000;

/// How a command or a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Ok,
    No,
    Bad,
    Bye,
    /// Signed in by other means, from the start.
    PreAuth,
}

/// `OK`, `NO`, `BAD`, `BYE` or `PREAUTH`, with its code and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Status {
    pub(super) standing: Standing,
    /// What stands in `[ ]`, in upper case; empty where nothing does.
    pub(super) code: String,
    pub(super) words: String,
}

/// One letter's facts, as far as this answer gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) uid: Option<u32>,
    pub(super) size: Option<u64>,
    pub(super) content: Option<Vec<u8>>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// The end of a command's answers.
    Tagged {
        tag: String,
        status: Status,
    },
    /// The server waits for more.
    Go,
    Status(Status),
    /// How many letters the folder holds.
    Exists(u32),
    Search(Vec<u32>),
    /// In upper case.
    Capabilities(Vec<String>),
    Fact(Fact),
    /// Something else. Servers may say many things unasked.
    Other,
}

/// Reads an answer; `None` if it is no IMAP.
pub(super) fn read(pieces: Vec<Piece>) -> Option<Answer> {
    let Some(Piece::Line(first)) = pieces.first() else { return None };
    let line = String::from_utf8_lossy(first).into_owned();
    if line.starts_with('+') {
        return Some(Answer::Go);
    }
    let (tag, rest) = line.split_once(' ')?;
    if tag != "*" {
        let is_tag = !tag.is_empty() && tag.len() <= 16 && tag.bytes().all(|b| b.is_ascii_alphanumeric());
        let status = is_tag.then(|| status(rest))??;
        return Some(Answer::Tagged { tag: tag.to_owned(), status });
    }
    if let Some(status) = status(rest) {
        return Some(Answer::Status(status));
    }
    let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
    match word.to_ascii_uppercase().as_str() {
        "SEARCH" => Some(Answer::Search(numbers(after))),
        "CAPABILITY" => Some(Answer::Capabilities(words_of(after))),
        number if number.bytes().all(|b| b.is_ascii_digit()) && !number.is_empty() => {
            let number: u32 = number.parse().ok()?;
            let kind = after.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            match kind.as_str() {
                "EXISTS" => Some(Answer::Exists(number)),
                "FETCH" => Some(Answer::Fact(fact(pieces))),
                _ => Some(Answer::Other),
            }
        }
        _ => Some(Answer::Other),
    }
}

fn numbers(text: &str) -> Vec<u32> {
    text.split_ascii_whitespace().filter_map(|word| word.parse().ok()).collect()
}

/// The capabilities of a list, in upper case.
pub(super) fn words_of(text: &str) -> Vec<String> {
    text.split_ascii_whitespace().take(200).map(str::to_ascii_uppercase).collect()
}

fn status(text: &str) -> Option<Status> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let standing = match word.to_ascii_uppercase().as_str() {
        "OK" => Standing::Ok,
        "NO" => Standing::No,
        "BAD" => Standing::Bad,
        "BYE" => Standing::Bye,
        "PREAUTH" => Standing::PreAuth,
        _ => return None,
    };
    let (code, words) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((code, words)) => (code.to_ascii_uppercase(), words),
        None => (String::new(), rest),
    };
    Some(Status { standing, code, words: one_line(words) })
}

/// A server's words as they may be shown: one line, no controls.
fn one_line(words: &str) -> String {
    let clean = words.chars().map(|c| if c.is_control() { ' ' } else { c });
    let cut: String = clean.take(WORDS_MAX).collect();
    cut.trim().to_owned()
}

/// A word of a `FETCH` list.
enum Token {
    Open,
    Close,
    Atom(String),
    Text(Vec<u8>),
}

fn fact(pieces: Vec<Piece>) -> Fact {
    let mut fact = Fact::default();
    let mut depth = 0_usize;
    let mut key: Option<String> = None;
    for token in tokens(pieces) {
        match token {
            Token::Open => depth += 1,
            Token::Close => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    key = None;
                }
            }
            Token::Atom(atom) if depth == 1 && key.is_none() => key = Some(atom),
            Token::Atom(atom) if depth == 1 => match key.take().as_deref() {
                Some("UID") => fact.uid = atom.parse().ok().filter(|uid| *uid > 0),
                Some("RFC822.SIZE") => fact.size = atom.parse().ok(),
                Some(key) if key.starts_with("BODY[") && atom == "NIL" => fact.content = Some(Vec::new()),
                _ => {}
            },
            Token::Text(text) if depth == 1 => {
                let key = key.take().unwrap_or_default();
                fact.content = if key.starts_with("BODY[") { Some(text) } else { fact.content.take() };
            }
            _ => {}
        }
    }
    fact
}

fn tokens(pieces: Vec<Piece>) -> Vec<Token> {
    let mut tokens = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Literal(bytes) => tokens.push(Token::Text(bytes)),
            Piece::Line(line) => line_tokens(&line, &mut tokens),
        }
    }
    tokens
}

fn line_tokens(line: &[u8], tokens: &mut Vec<Token>) {
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if tokens.len() >= TOKENS_MAX {
            return;
        }
        match byte {
            b' ' => {}
            b'(' => tokens.push(Token::Open),
            b')' => tokens.push(Token::Close),
            b'"' => {
                let mut text = Vec::new();
                while let Some(byte) = bytes.next() {
                    match byte {
                        b'"' => break,
                        b'\\' => text.extend(bytes.next()),
                        other => text.push(other),
                    }
                }
                tokens.push(Token::Text(text));
            }
            first => {
                let mut atom = vec![first];
                // What stands in [ ] belongs to the word, blanks and brackets too.
                let mut inside = first == b'[';
                while let Some(next) =
                    bytes.next_if(|next| inside || !matches!(next, b' ' | b'(' | b')' | b'"'))
                {
                    inside = (inside || next == b'[') && next != b']';
                    atom.push(next);
                }
                tokens.push(Token::Atom(String::from_utf8_lossy(&atom).to_ascii_uppercase()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(text: &str) -> Vec<Piece> {
        vec![Piece::Line(text.as_bytes().to_vec())]
    }

    #[test]
    fn the_answers_this_client_asks_for_are_read() {
        assert_eq!(read(line("* 12 EXISTS")), Some(Answer::Exists(12)));
        assert_eq!(read(line("* SEARCH 4 2 9")), Some(Answer::Search(vec![4, 2, 9])));
        assert_eq!(read(line("* SEARCH")), Some(Answer::Search(vec![])));
        assert_eq!(read(line("+ idling")), Some(Answer::Go));
        assert_eq!(read(line("+")), Some(Answer::Go));
        assert_eq!(
            read(line("* capability IMAP4rev1 Idle")),
            Some(Answer::Capabilities(vec!["IMAP4REV1".to_owned(), "IDLE".to_owned()]))
        );
        let Some(Answer::Tagged { tag, status }) = read(line("t7 NO [AUTHENTICATIONFAILED] wrong\tone"))
        else {
            panic!("no end of a command")
        };
        assert_eq!(
            (tag.as_str(), status.standing, status.code.as_str()),
            ("t7", Standing::No, "AUTHENTICATIONFAILED")
        );
        assert_eq!(status.words, "wrong one");
        assert_eq!(read(line("* LIST () \"/\" x")), Some(Answer::Other));
        for nonsense in ["", "garbage", "HTTP/1.1 400 Bad", "t7", "<html> <body>"] {
            assert_eq!(read(line(nonsense)), None, "{nonsense}");
        }
    }

    #[test]
    fn a_letter_is_found_among_what_else_an_answer_says() {
        let pieces = vec![
            Piece::Line(b"* 3 FETCH (FLAGS (\\Seen (x)) UID 7 BODY[HEADER.FIELDS (FROM TO)]<0> ".to_vec()),
            Piece::Literal(b"From: a) UID 9 (".to_vec()),
            Piece::Line(b" RFC822.SIZE 99 INTERNALDATE \"1-Jan \\\"2026\")".to_vec()),
        ];
        let wanted = Fact { uid: Some(7), size: Some(99), content: Some(b"From: a) UID 9 (".to_vec()) };
        assert_eq!(read(pieces), Some(Answer::Fact(wanted)));
        let quoted = line("* 1 FETCH (BODY[] \"x\" UID 1)");
        let wanted = Fact { uid: Some(1), size: None, content: Some(b"x".to_vec()) };
        assert_eq!(read(quoted), Some(Answer::Fact(wanted)));
    }

    #[test]
    fn a_deep_list_costs_no_stack() {
        let deep = format!("* 1 FETCH (BODYSTRUCTURE {} UID 4)", "(".repeat(300_000));
        assert!(matches!(read(line(&deep)), Some(Answer::Fact(Fact { uid: None, .. }))));
    }

    proptest! {
        #[test]
        fn no_bytes_make_an_answer_panic(start in "(\\* |t1 |\\+)?[0-9]{0,12} ?(FETCH|OK|SEARCH)? ?", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let mut all = start.into_bytes();
            all.extend(bytes);
            let _ = read(vec![Piece::Line(all.clone()), Piece::Literal(all.clone()), Piece::Line(all)]);
        }
    }
}
