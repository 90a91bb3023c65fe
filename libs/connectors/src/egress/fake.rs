//! A server for tests: on loopback, with hand-written answers, that remembers who called.

use super::{Addresses, EgressPolicy, Lookup};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What the server does with a request.
pub(crate) enum Act {
    /// Writes this and hangs up.
    Say(Vec<u8>),
    /// Writes the first, then the second for ever.
    Endless(Vec<u8>, Vec<u8>),
    /// Writes this and then nothing, for ever.
    Stall(Vec<u8>),
    /// Writes the first, then one byte of the second every so often, for ever.
    Drip(Vec<u8>, Duration),
}

pub(crate) struct Fake {
    pub(crate) port: u16,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

type Answer = Arc<dyn Fn(&str) -> Act + Send + Sync>;

impl Fake {
    pub(crate) async fn start(answer: impl Fn(&str) -> Act + Send + Sync + 'static) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), answer)
    }

    /// A listener nobody must call.
    pub(crate) async fn canary() -> Self {
        Self::start(|_| Act::Say(ok("text/plain", "", b"private"))).await
    }

    pub(crate) fn on(listener: TcpListener, answer: impl Fn(&str) -> Act + Send + Sync + 'static) -> Self {
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (count, heads) = (Arc::clone(&connections), Arc::clone(&requests));
        let answer: Answer = Arc::new(answer);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut calls = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                calls.spawn(serve(stream, Arc::clone(&answer), Arc::clone(&heads)));
            }
        });
        Self { port, connections, requests, _tasks: tasks }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The heads of the requests, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// A policy that lets this server, and no other private one, be called.
    pub(crate) fn policy(&self) -> EgressPolicy {
        EgressPolicy { allow_private: vec![format!("127.0.0.1:{}", self.port)], ..EgressPolicy::default() }
    }
}

async fn serve(mut stream: TcpStream, answer: Answer, heads: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    // A TLS greeting (0x16) is answered in plain, like a server that does not know what it is asked.
    while !head.starts_with(&[0x16]) && !head.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read_buf(&mut head).await {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let act = answer(&head);
    heads.lock().unwrap().push(head);
    // Whatever goes wrong from here on, the client hung up, which is its right.
    let _ = perform(&mut stream, act).await;
    let _ = stream.shutdown().await;
}

async fn perform(stream: &mut TcpStream, act: Act) -> std::io::Result<()> {
    match act {
        Act::Say(bytes) => stream.write_all(&bytes).await,
        Act::Endless(head, chunk) => {
            stream.write_all(&head).await?;
            loop {
                stream.write_all(&chunk).await?;
            }
        }
        Act::Stall(head) => {
            stream.write_all(&head).await?;
            std::future::pending().await
        }
        Act::Drip(head, every) => {
            stream.write_all(&head).await?;
            let mut clock = tokio::time::interval(every);
            loop {
                clock.tick().await;
                stream.write_all(b"x").await?;
            }
        }
    }
}

/// A whole answer; `headers` are lines that end in `\r\n`.
pub(crate) fn answer(status: u16, content_type: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 {status} Test\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

pub(crate) fn ok(content_type: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    answer(200, content_type, headers, body)
}

pub(crate) fn redirect(status: u16, to: &str) -> Vec<u8> {
    answer(status, "text/plain", &format!("Location: {to}\r\n"), b"")
}

/// The path of a request.
pub(crate) fn path_of(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

/// Answers from a script: for each name, one set of addresses after the other, round and round.
#[derive(Default)]
pub(crate) struct Scripted {
    names: HashMap<String, Vec<Vec<IpAddr>>>,
    asked: AtomicUsize,
}

impl Scripted {
    pub(crate) fn name(mut self, name: &str, answers: &[&[&str]]) -> Self {
        let answers = answers.iter().map(|set| set.iter().map(|ip| ip.parse().unwrap()).collect()).collect();
        self.names.insert(name.to_owned(), answers);
        self
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Lookup for Scripted {
    fn lookup(&self, host: &str) -> Addresses {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst);
        // A name that is not in the script is the canary's: whoever resolves it is on the way to a private address.
        let answers = self.names.get(host).cloned().unwrap_or_else(|| vec![vec![[127, 0, 0, 1].into()]]);
        let set = answers.get(turn % answers.len().max(1)).cloned();
        Box::pin(async move { set.ok_or_else(|| std::io::Error::other("no such name")) })
    }
}
