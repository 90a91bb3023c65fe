//! Bytes to whole answers, within a budget.
//!
//! An answer is a line, in which a line's end after `{n}` means that `n` bytes of anything follow and then the line goes
//! on (a *literal*, RFC 3501, 4.3). The number is only words until the bytes are there: memory grows with what arrives,
//! and a number beyond what is left of the command's budget ends the conversation before a byte of it is stored.

use crate::mail::MailError;
use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Most bytes taken from the socket at once.
const CHUNK: usize = 32 * 1024;

/// Most pieces of one answer: a letter has one literal, nothing we ask for has more than a few.
const PIECES_MAX: usize = 64;

/// One piece of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text of the line, without its end and without the `{n}`.
    Line(Vec<u8>),
    /// A literal.
    Literal(Vec<u8>),
}

/// A connection that is read answer by answer.
#[derive(Debug)]
pub(super) struct Wire<S> {
    stream: S,
    buffer: BytesMut,
    /// What the answers to the current command may still weigh, bytes.
    budget: usize,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream, buffer: BytesMut::new(), budget: 0 }
    }

    /// Sets what the answers from now on may weigh.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.budget = bytes;
    }

    /// The bare stream. `None` if the other side already said something: before encryption begins, that is somebody
    /// who wants words of his own taken for encrypted ones.
    pub(super) fn into_silent(self) -> Option<S> {
        self.buffer.is_empty().then_some(self.stream)
    }

    pub(super) async fn send(&mut self, line: &[u8]) -> Result<(), MailError> {
        self.stream.write_all(line).await.map_err(|_| MailError::Lost)?;
        self.stream.flush().await.map_err(|_| MailError::Lost)
    }

    /// The next whole answer.
    pub(super) async fn answer(&mut self) -> Result<Vec<Piece>, MailError> {
        let mut pieces = Vec::new();
        loop {
            let mut line = self.line().await?;
            let Some(announced) = take_announcement(&mut line)? else {
                pieces.push(Piece::Line(line));
                return Ok(pieces);
            };
            pieces.push(Piece::Line(line));
            pieces.push(Piece::Literal(self.literal(announced).await?));
            if pieces.len() > PIECES_MAX {
                return Err(MailError::TooLarge);
            }
        }
    }

    async fn line(&mut self) -> Result<Vec<u8>, MailError> {
        let mut seen = 0;
        loop {
            let fresh = self.buffer.get(seen..).unwrap_or_default();
            if let Some(at) = memchr::memchr(b'\n', fresh) {
                let line = self.buffer.split_to(seen + at + 1);
                self.spend(line.len())?;
                let line = line.strip_suffix(b"\n").unwrap_or(&line);
                return Ok(line.strip_suffix(b"\r").unwrap_or(line).to_vec());
            }
            seen = self.buffer.len();
            if seen > self.budget {
                return Err(MailError::TooLarge);
            }
            self.fill().await?;
        }
    }

    async fn literal(&mut self, length: usize) -> Result<Vec<u8>, MailError> {
        self.spend(length)?;
        let mut bytes = Vec::new();
        loop {
            let wanted = (length - bytes.len()).min(self.buffer.len());
            bytes.extend_from_slice(&self.buffer.split_to(wanted));
            if bytes.len() == length {
                return Ok(bytes);
            }
            self.fill().await?;
        }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), MailError> {
        self.budget = self.budget.checked_sub(bytes).ok_or(MailError::TooLarge)?;
        Ok(())
    }

    async fn fill(&mut self) -> Result<(), MailError> {
        self.buffer.reserve(CHUNK);
        match self.stream.read_buf(&mut self.buffer).await {
            Ok(0) | Err(_) => Err(MailError::Lost),
            Ok(_) => Ok(()),
        }
    }
}

/// Takes `{n}` or `{n+}` off the end of a line.
fn take_announcement(line: &mut Vec<u8>) -> Result<Option<usize>, MailError> {
    let Some(rest) = line.strip_suffix(b"}") else { return Ok(None) };
    let rest = rest.strip_suffix(b"+").unwrap_or(rest);
    let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let start = rest.len() - digits;
    if digits == 0 || start == 0 || rest.get(start - 1) != Some(&b'{') {
        return Ok(None);
    }
    // A number that is no number of this machine is beyond any budget.
    let number = std::str::from_utf8(rest.get(start..).unwrap_or_default())
        .ok()
        .and_then(|digits| digits.parse::<usize>().ok())
        .ok_or(MailError::TooLarge)?;
    line.truncate(start - 1);
    Ok(Some(number))
}
