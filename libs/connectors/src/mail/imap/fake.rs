//! A mail server for tests: on loopback, well behaved, unless a test bends one of its answers.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What the server says in place of its own answer.
#[derive(Clone)]
pub(super) enum Say {
    /// These bytes, where `TAG` stands for the command's tag.
    Instead(Vec<u8>),
    /// These bytes, and the line is cut.
    Last(Vec<u8>),
    /// These bytes and then nothing.
    Stall(Vec<u8>),
    /// The first, then the second for ever.
    Endless(Vec<u8>, Vec<u8>),
}

/// How a command is bent. The command comes without its tag; `GREETING` is not one of the client's.
pub(super) type Bend = Arc<dyn Fn(&str) -> Option<Say> + Send + Sync>;

/// A folder.
#[derive(Clone)]
pub(super) struct Folder {
    pub(super) uid_validity: u32,
    pub(super) capabilities: &'static str,
    /// Number, size as the server tells it, bytes.
    pub(super) letters: Vec<(u32, usize, Vec<u8>)>,
}

impl Folder {
    /// Letters 1 to `count`.
    pub(super) fn with(count: u32) -> Self {
        let letters = (1..=count).map(|uid| {
            let raw = letter(uid);
            (uid, raw.len(), raw)
        });
        Self {
            uid_validity: 7,
            capabilities: "IMAP4rev1 IDLE AUTH=PLAIN SASL-IR",
            letters: letters.collect(),
        }
    }
}

pub(super) fn letter(uid: u32) -> Vec<u8> {
    format!("From: Ana <ana@cliente.test>\r\nTo: hola@barx.test\r\nSubject: Carta {uid}\r\nMessage-ID: <{uid}@cliente.test>\r\n\r\nHola {uid}\r\n")
        .into_bytes()
}

pub(super) struct Fake {
    pub(super) port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl Fake {
    pub(super) async fn start(
        folder: Folder,
        bend: impl Fn(&str) -> Option<Say> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (log, folder) = (Arc::clone(&heard), Arc::new(folder));
        let bend: Bend = Arc::new(bend);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut calls = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                calls.spawn(serve(stream, Arc::clone(&bend), Arc::clone(&folder), Arc::clone(&log)));
            }
        });
        Self { port, heard, _tasks: tasks }
    }

    /// One that is never bent.
    pub(super) async fn good(folder: Folder) -> Self {
        Self::start(folder, |_| None).await
    }

    /// The lines the client said, without tags.
    pub(super) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn serve(stream: TcpStream, bend: Bend, folder: Arc<Folder>, heard: Arc<Mutex<Vec<String>>>) {
    let mut stream = BufReader::new(stream);
    // Whatever goes wrong from here on, the client hung up, which is its right.
    let mut tag = String::new();
    let mut command = "GREETING".to_owned();
    loop {
        let own = answer(&folder, &tag, &command);
        let stay = match bend(&command) {
            None => say(&mut stream, &own).await,
            Some(Say::Instead(bytes)) => {
                let text =
                    String::from_utf8(bytes.clone()).map(|text| text.replace("TAG", &tag).into_bytes());
                say(&mut stream, &text.unwrap_or(bytes)).await
            }
            Some(Say::Last(bytes)) => {
                say(&mut stream, &bytes).await;
                false
            }
            Some(Say::Stall(bytes)) => {
                say(&mut stream, &bytes).await;
                std::future::pending().await
            }
            Some(Say::Endless(head, chunk)) => {
                say(&mut stream, &head).await;
                while say(&mut stream, &chunk).await {}
                false
            }
        };
        let mut line = Vec::new();
        if !stay || stream.read_until(b'\n', &mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let (first, rest) = line.split_once(' ').unwrap_or(("", &line));
        // DONE and the second half of AUTHENTICATE have no tag.
        if first.starts_with('t') && first.len() > 1 {
            first.clone_into(&mut tag);
        }
        rest.clone_into(&mut command);
        heard.lock().unwrap().push(command.clone());
    }
}

async fn say(stream: &mut BufReader<TcpStream>, bytes: &[u8]) -> bool {
    stream.write_all(bytes).await.is_ok() && stream.flush().await.is_ok()
}

fn answer(folder: &Folder, tag: &str, command: &str) -> Vec<u8> {
    let done = format!("{tag} OK done\r\n");
    let mut out = Vec::new();
    let words: Vec<&str> = command.split(' ').collect();
    match words.as_slice() {
        ["GREETING"] => return b"* OK hello\r\n".to_vec(),
        ["CAPABILITY"] => out.extend(format!("* CAPABILITY {}\r\n", folder.capabilities).bytes()),
        ["EXAMINE", ..] => {
            let next = folder.letters.last().map_or(1, |(uid, ..)| uid + 1);
            out.extend(
                format!(
                    "* FLAGS (\\Seen)\r\n* {} EXISTS\r\n* OK [UIDVALIDITY {}] valid\r\n* OK [UIDNEXT {next}] next\r\n",
                    folder.letters.len(),
                    folder.uid_validity
                )
                .bytes(),
            );
        }
        ["UID", "SEARCH", "SINCE", _] => out.extend(search(folder, 1)),
        ["UID", "SEARCH", "UID", range] => {
            out.extend(search(folder, range.split(':').next().and_then(|n| n.parse().ok()).unwrap_or(0)));
        }
        ["UID", "FETCH", uids, "(UID", "RFC822.SIZE)"] => {
            for (number, (uid, size, _)) in folder.letters.iter().enumerate() {
                if uids.split(',').any(|wanted| wanted == uid.to_string()) {
                    out.extend(format!("* {} FETCH (UID {uid} RFC822.SIZE {size})\r\n", number + 1).bytes());
                }
            }
        }
        ["UID", "FETCH", uid, "(UID", part] => {
            let found = folder.letters.iter().find(|(known, ..)| known.to_string() == **uid);
            if let Some((uid, _, raw)) = found {
                let most: usize =
                    part.split(['.', '>']).nth(2).and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
                let head = raw.windows(4).position(|w| w == b"\r\n\r\n").map_or(raw.len(), |at| at + 4);
                let whole = if part.contains("HEADER") { &raw[..head] } else { &raw[..] };
                let cut = &whole[..whole.len().min(most)];
                out.extend(format!("* 1 FETCH (UID {uid} BODY[]<0> {{{}}}\r\n", cut.len()).bytes());
                out.extend_from_slice(cut);
                out.extend_from_slice(b")\r\n");
            }
        }
        ["IDLE"] => return b"+ idling\r\n".to_vec(),
        ["LOGOUT"] => out.extend_from_slice(b"* BYE\r\n"),
        _ => {}
    }
    out.extend(done.bytes());
    out
}

fn search(folder: &Folder, first: u32) -> Vec<u8> {
    let mut uids: Vec<String> =
        folder.letters.iter().filter(|(uid, ..)| *uid >= first).map(|(uid, ..)| uid.to_string()).collect();
    if uids.is_empty() {
        // `n:*` is never empty in a folder that is not.
        uids.extend(folder.letters.last().map(|(uid, ..)| uid.to_string()));
    }
    format!("* SEARCH {}\r\n", uids.join(" ")).into_bytes()
}
