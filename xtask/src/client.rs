//! A browser without eyes: HTTP/1.1 over one kept connection, cookies, the hidden token of a form. Only what measuring
//! our own pages needs; the client's own work is small beside the server's.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, bail};

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// The bytes as they came (compressed, if that was asked for).
    pub body: Vec<u8>,
}

/// One visitor.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
    port: u16,
    cookies: BTreeMap<String, String>,
    /// Whether to take compressed answers, as browsers do.
    pub compressed: bool,
}

impl Client {
    /// Connects to a port of this machine.
    pub fn connect(port: u16) -> anyhow::Result<Self> {
        let host = format!("localhost:{port}");
        Ok(Self { stream: open(port)?, host, port, cookies: BTreeMap::new(), compressed: false })
    }

    /// Connects again, as the same visitor: a server closes what has been silent for some seconds.
    pub fn reconnect(&mut self) -> anyhow::Result<()> {
        self.stream = open(self.port)?;
        Ok(())
    }

    /// Asks for a page.
    pub fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        self.exchange("GET", path, None)
    }

    /// Sends a form of a page that was asked for, with its token.
    pub fn post(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let form = self.get(page)?;
        let text = String::from_utf8_lossy(&form.body).into_owned();
        let token = hidden(&text, "csrf").with_context(|| format!("{page} ({}) has no form", form.status))?;
        let pairs = std::iter::once(("csrf", token)).chain(fields.iter().copied());
        let body =
            pairs.map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&");
        self.exchange("POST", action, Some(&body))
    }

    fn exchange(&mut self, method: &str, path: &str, form: Option<&str>) -> anyhow::Result<Answer> {
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\n", self.host);
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let _ = write!(head, "Cookie: {}\r\n", pairs.join("; "));
        }
        if self.compressed {
            head.push_str("Accept-Encoding: gzip\r\n");
        }
        if let Some(form) = form {
            let size = form.len();
            let _ =
                write!(head, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {size}\r\n");
        }
        head.push_str("\r\n");
        head.push_str(form.unwrap_or_default());
        self.stream.get_mut().write_all(head.as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> anyhow::Result<Answer> {
        let first = self.line()?;
        let status = first
            .split(' ')
            .nth(1)
            .and_then(|s| s.parse().ok())
            .with_context(|| format!("not HTTP: {first:?}"))?;
        let mut answer = Answer { status, location: None, body: Vec::new() };
        let (mut length, mut chunked) = (0usize, false);
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "location" => answer.location = Some(value.to_owned()),
                "set-cookie" => self.keep(value),
                _ => {}
            }
        }
        while chunked {
            let size = usize::from_str_radix(self.line()?.split(';').next().unwrap_or_default().trim(), 16)?;
            self.take(size, &mut answer.body)?;
            self.line()?;
            chunked = size > 0;
        }
        self.take(length, &mut answer.body)?;
        Ok(answer)
    }

    fn take(&mut self, size: usize, into: &mut Vec<u8>) -> anyhow::Result<()> {
        if self.stream.by_ref().take(size as u64).read_to_end(into)? < size {
            bail!("the connection ended in the middle of an answer");
        }
        Ok(())
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        if self.stream.by_ref().take(64 * 1024).read_line(&mut line)? == 0 {
            bail!("the connection was closed");
        }
        Ok(line.trim_end().to_owned())
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }
}

fn open(port: u16) -> anyhow::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    Ok(BufReader::new(stream))
}

/// The value of a hidden field.
fn hidden<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    after.split('"').next()
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_form_is_found_and_values_are_escaped() {
        assert_eq!(hidden(r#"<input type="hidden" name="csrf" value="ab12">"#, "csrf"), Some("ab12"));
        assert_eq!(hidden("<form>", "csrf"), None);
        assert_eq!(escaped("ñ a@b"), "%C3%B1%20a%40b");
    }
}
