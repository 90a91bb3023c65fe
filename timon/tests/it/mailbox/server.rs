//! An IMAP server of our own on this machine: one folder, one user, IDLE, and a folder that can begin a new life.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

#[derive(Default)]
struct Folder {
    uid_validity: u32,
    next_uid: u32,
    letters: Vec<(u32, String)>,
    password: String,
    fetched: usize,
}

/// The server.
#[derive(Clone)]
pub struct ImapServer {
    pub port: u16,
    folder: Arc<Mutex<Folder>>,
    arrived: Arc<Notify>,
    idles: Arc<Notify>,
}

impl ImapServer {
    pub async fn start(password: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let folder =
            Folder { uid_validity: 1, next_uid: 1, password: password.to_owned(), ..Folder::default() };
        let server = Self {
            port: listener.local_addr().expect("bound").port(),
            folder: Arc::new(Mutex::new(folder)),
            arrived: Arc::default(),
            idles: Arc::default(),
        };
        let kept = server.clone();
        #[expect(clippy::disallowed_methods, reason = "the server lives as long as its test")]
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = kept.clone();
                tokio::spawn(async move { server.talk(stream).await.unwrap_or_default() });
            }
        });
        server
    }

    /// A letter arrives, written with `\n`.
    pub fn deliver(&self, letter: &str) {
        let mut folder = self.folder.lock().expect("unpoisoned");
        let uid = folder.next_uid;
        folder.next_uid += 1;
        folder.letters.push((uid, letter.replace('\n', "\r\n")));
        drop(folder);
        self.arrived.notify_waiters();
    }

    /// The folder begins a new life: the same letters under other numbers.
    pub fn begin_again(&self) {
        let mut folder = self.folder.lock().expect("unpoisoned");
        folder.uid_validity += 1;
        folder.next_uid += 100;
        let first = folder.next_uid;
        for (n, (uid, _)) in folder.letters.iter_mut().enumerate() {
            *uid = first + n as u32;
        }
        folder.next_uid += folder.letters.len() as u32;
    }

    pub fn change_password(&self, password: &str) {
        password.clone_into(&mut self.folder.lock().expect("unpoisoned").password);
    }

    /// How many letters were handed out.
    pub fn fetched(&self) -> usize {
        self.folder.lock().expect("unpoisoned").fetched
    }

    /// Ends when somebody waits.
    pub async fn idle(&self) {
        self.idles.notified().await;
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"* OK here\r\n").await?;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let line = line.trim_end();
            let (tag, command) = line.split_once(' ').unwrap_or((line, ""));
            if command == "IDLE" {
                self.idling(&mut stream, tag).await?;
                continue;
            }
            let (said, end) = self.answer(command);
            stream.write_all(format!("{said}{tag} {end}\r\n").as_bytes()).await?;
        }
    }

    async fn idling(&self, stream: &mut BufReader<TcpStream>, tag: &str) -> std::io::Result<()> {
        let arrived = self.arrived.notified();
        tokio::pin!(arrived);
        arrived.as_mut().enable();
        stream.write_all(b"+ idling\r\n").await?;
        self.idles.notify_one();
        let mut line = String::new();
        tokio::select! {
            () = arrived => {
                let count = self.folder.lock().expect("unpoisoned").letters.len();
                stream.write_all(format!("* {count} EXISTS\r\n").as_bytes()).await?;
                stream.read_line(&mut line).await?;
            }
            read = stream.read_line(&mut line) => { read?; }
        }
        stream.write_all(format!("{tag} OK done\r\n").as_bytes()).await
    }

    fn answer(&self, command: &str) -> (String, String) {
        let mut folder = self.folder.lock().expect("unpoisoned");
        let ok = |said: String| (said, "OK done".to_owned());
        let words: Vec<&str> = command.split(' ').collect();
        match words.as_slice() {
            ["CAPABILITY"] => ok("* CAPABILITY IMAP4rev1 IDLE\r\n".to_owned()),
            ["LOGIN", _, password] if *password == format!("\"{}\"", folder.password) => ok(String::new()),
            ["LOGIN", ..] => (String::new(), "NO [AUTHENTICATIONFAILED] no".to_owned()),
            ["EXAMINE", "\"INBOX\""] => ok(format!(
                "* {} EXISTS\r\n* OK [UIDVALIDITY {}] life\r\n* OK [UIDNEXT {}] next\r\n",
                folder.letters.len(),
                folder.uid_validity,
                folder.next_uid
            )),
            ["EXAMINE", ..] => (String::new(), "NO no such folder".to_owned()),
            ["UID", "SEARCH", "SINCE", _] => ok(found(&folder, 0)),
            ["UID", "SEARCH", "UID", range] => {
                let from = range.split(':').next().and_then(|from| from.parse().ok()).unwrap_or(0);
                ok(found(&folder, from))
            }
            ["UID", "FETCH", uids, "(UID", "RFC822.SIZE)"] => {
                let sizes = uids.split(',').filter_map(|uid| {
                    let (uid, letter) = folder.letters.iter().find(|(known, _)| known.to_string() == uid)?;
                    Some(format!("* 1 FETCH (UID {uid} RFC822.SIZE {})\r\n", letter.len()))
                });
                ok(sizes.collect())
            }
            ["UID", "FETCH", uid, "(UID", part] => {
                let letter = folder.letters.iter().find(|(known, _)| known.to_string() == *uid).cloned();
                folder.fetched += 1;
                assert!(part.starts_with("BODY.PEEK["), "{part} would mark the letter as read");
                ok(letter.map_or(String::new(), |(uid, text)| {
                    format!("* 1 FETCH (UID {uid} BODY[] {{{}}}\r\n{text})\r\n", text.len())
                }))
            }
            ["LOGOUT"] => ok("* BYE\r\n".to_owned()),
            _ => (String::new(), format!("BAD {command}")),
        }
    }
}

fn found(folder: &Folder, from: u32) -> String {
    let uids: Vec<String> =
        folder.letters.iter().filter(|(uid, _)| *uid >= from).map(|(uid, _)| uid.to_string()).collect();
    format!("* SEARCH {}\r\n", uids.join(" ").trim_end())
}
