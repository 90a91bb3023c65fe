//! Mail and web servers of our own on this machine that refuse, hang up and remember.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What happens after the final dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dot {
    /// This reply.
    Say(&'static str),
    /// The letter is kept and the line cut without a word.
    HangUp,
    /// The letter is kept and nothing is ever said.
    Silence,
}

/// How the next letters are met; when it is empty, with a yes.
#[derive(Debug, Clone, Copy)]
pub enum Mood {
    /// Refuses the recipient with this reply.
    Recipient(&'static str),
    /// Takes the letter and then does this.
    After(Dot),
}

#[derive(Default)]
struct Shared {
    moods: Mutex<VecDeque<Mood>>,
    letters: Mutex<Vec<String>>,
    /// Told at each dot.
    dot: Notify,
}

/// A mail server.
#[derive(Clone)]
pub struct MailSink {
    pub port: u16,
    shared: Arc<Shared>,
}

impl MailSink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let sink = Self { port: listener.local_addr().expect("bound").port(), shared: Arc::default() };
        let shared = Arc::clone(&sink.shared);
        #[expect(clippy::disallowed_methods, reason = "the sink lives as long as its test")]
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move { dialogue(stream, &shared).await.unwrap_or_default() });
            }
        });
        sink
    }

    /// How the next letter is met.
    pub fn next(&self, mood: Mood) {
        self.shared.moods.lock().expect("unpoisoned").push_back(mood);
    }

    /// Letters whose final dot arrived and that were not refused after it.
    pub fn letters(&self) -> Vec<String> {
        self.shared.letters.lock().expect("unpoisoned").clone()
    }

    /// The `Message-ID` of each letter.
    pub fn ids(&self) -> Vec<String> {
        let id = |letter: &String| {
            letter.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default().to_owned()
        };
        self.letters().iter().map(id).collect()
    }

    /// Waits until a final dot has arrived.
    pub async fn dot(&self) {
        self.shared.dot.notified().await;
    }
}

async fn dialogue(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let mut mood = None;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        if verb == "MAIL" {
            mood = shared.moods.lock().expect("unpoisoned").pop_front();
        }
        let reply = match (verb.as_str(), mood) {
            ("RCPT", Some(Mood::Recipient(reply))) => reply,
            ("DATA", _) => "354 go on",
            _ => "250 ok",
        };
        stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
        if verb != "DATA" {
            continue;
        }
        let mut letter = String::new();
        while !letter.ends_with("\r\n.\r\n") {
            if stream.read_line(&mut letter).await? == 0 {
                return Ok(());
            }
        }
        let after = if let Some(Mood::After(dot)) = mood { dot } else { Dot::Say("250 2.0.0 queued") };
        if !matches!(after, Dot::Say(reply) if !reply.starts_with('2')) {
            shared.letters.lock().expect("unpoisoned").push(letter);
        }
        shared.dot.notify_one();
        match after {
            Dot::Say(reply) => stream.write_all(format!("{reply}\r\n").as_bytes()).await?,
            Dot::HangUp => return Ok(()),
            Dot::Silence => std::future::pending().await,
        }
    }
}

/// A web server that answers every POST with the same.
#[derive(Clone)]
pub struct WebSink {
    pub port: u16,
    answer: Arc<Mutex<(u16, &'static str)>>,
    requests: Arc<Mutex<Vec<String>>>,
    /// Whether nothing is ever said, and who is told of each request then.
    silent: Arc<(Mutex<bool>, Notify)>,
}

impl WebSink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let sink = Self {
            port,
            answer: Arc::new(Mutex::new((200, r#"{"ok":true}"#))),
            requests: Arc::default(),
            silent: Arc::default(),
        };
        let kept = sink.clone();
        #[expect(clippy::disallowed_methods, reason = "the sink lives as long as its test")]
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let sink = kept.clone();
                tokio::spawn(async move { sink.serve(&mut stream).await.unwrap_or_default() });
            }
        });
        sink
    }

    async fn serve(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        let mut request = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&request).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| {
                    line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok()
                });
                if body.len() >= length.unwrap_or(0usize) {
                    self.requests.lock().expect("unpoisoned").push(text);
                    break;
                }
            }
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        }
        if *self.silent.0.lock().expect("unpoisoned") {
            self.silent.1.notify_one();
            std::future::pending::<()>().await;
        }
        let (status, body) = *self.answer.lock().expect("unpoisoned");
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status} Test\r\nContent-Length: {length}\r\nLocation: http://127.0.0.1:1/\r\nConnection: close\r\n\r\n{body}"
        );
        stream.write_all(answer.as_bytes()).await
    }

    pub fn answer(&self, status: u16, body: &'static str) {
        *self.answer.lock().expect("unpoisoned") = (status, body);
    }

    /// Takes what comes and never answers, or answers again.
    pub fn be_silent(&self, silent: bool) {
        *self.silent.0.lock().expect("unpoisoned") = silent;
    }

    /// Waits for a request that is not answered.
    pub async fn heard(&self) {
        self.silent.1.notified().await;
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("unpoisoned").clone()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}
