//! From the bytes on disk to a stream of UTF-8 lines, with every limit counted on the way.
//!
//! `File → counted → (gunzip → bounded) → (decoded to UTF-8) → lines`. Nothing is ever read whole: a line longer
//! than the limit is skipped in constant memory and reported.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Decoder, Encoding, UTF_8, WINDOWS_1252};
use flate2::read::MultiGzDecoder;

use super::error::Stop;
use super::format::Container;
use super::limits::Limits;

/// A stream of bytes that can change threads.
pub(super) type Bytes = Box<dyn Read + Send>;

const BUFFER: usize = 64 << 10;
/// Below this, a stream may be any number of times larger than its compressed form.
const RATIO_FREE: u64 = 1 << 20;

/// Opens a plain or gzip file as UTF-8 bytes. `read` counts what was taken from the disk.
pub(super) fn open(
    file: File,
    container: Container,
    encoding: &'static Encoding,
    limits: &Limits,
    read: &Arc<AtomicU64>,
) -> Bytes {
    decoded(raw(file, container, limits, read), encoding)
}

/// The same without decoding.
pub(super) fn raw(file: File, container: Container, limits: &Limits, read: &Arc<AtomicU64>) -> Bytes {
    let counted = Counted { inner: file, count: Arc::clone(read) };
    if container == Container::Gzip {
        Box::new(Bounded {
            inner: MultiGzDecoder::new(io::BufReader::with_capacity(BUFFER, counted)),
            given: 0,
            limit: limits.decompressed_bytes,
            ratio: limits.ratio,
            compressed: Compressed::Counted(Arc::clone(read)),
        })
    } else {
        Box::new(counted)
    }
}

/// Decodes any encoding to UTF-8 and drops the byte-order mark.
pub(super) fn decoded(bytes: Bytes, encoding: &'static Encoding) -> Bytes {
    if encoding == UTF_8 {
        // No validation here: lines are validated one by one, without a copy.
        Box::new(SkipBom { inner: bytes, started: false })
    } else {
        Box::new(Transcoded {
            inner: bytes,
            decoder: encoding.new_decoder_with_bom_removal(),
            buffer: vec![0; BUFFER],
            start: 0,
            end: 0,
            ended: false,
            finished: false,
        })
    }
}

/// Counts the bytes that go by, for the progress bar.
pub(super) struct Counted<R> {
    pub(super) inner: R,
    pub(super) count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// How many compressed bytes a stream has behind it.
pub(super) enum Compressed {
    /// Known beforehand.
    Known(u64),
    /// Counted as it goes.
    Counted(Arc<AtomicU64>),
}

/// Stops a decompressed stream that passes its limit or grows out of proportion.
pub(super) struct Bounded<R> {
    pub(super) inner: R,
    pub(super) given: u64,
    pub(super) limit: u64,
    pub(super) ratio: u64,
    pub(super) compressed: Compressed,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.given += n as u64;
        let compressed = match &self.compressed {
            Compressed::Known(bytes) => *bytes,
            Compressed::Counted(count) => count.load(Ordering::Relaxed),
        };
        if self.given > RATIO_FREE.max(compressed.saturating_mul(self.ratio)) {
            return Err(Stop::Bomb.into());
        }
        if self.given > self.limit {
            return Err(Stop::TooLarge { limit: self.limit }.into());
        }
        Ok(n)
    }
}

struct SkipBom {
    inner: Bytes,
    started: bool,
}

impl Read for SkipBom {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.started || buffer.len() < 3 {
            return self.inner.read(buffer);
        }
        self.started = true;
        let mut n = 0;
        while n < 3 {
            let more = self.inner.read(&mut buffer[n..])?;
            if more == 0 {
                break;
            }
            n += more;
        }
        if buffer[..n].starts_with(b"\xEF\xBB\xBF") {
            buffer.copy_within(3..n, 0);
            n -= 3;
            if n == 0 {
                return self.inner.read(buffer);
            }
        }
        Ok(n)
    }
}

struct Transcoded {
    inner: Bytes,
    decoder: Decoder,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    /// The decoder has given its last character and must not be asked again.
    finished: bool,
}

impl Read for Transcoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // The decoder needs room for one whole character.
        if out.len() < 8 {
            return Err(io::Error::other("the reading buffer is too small to decode into"));
        }
        if self.finished {
            return Ok(0);
        }
        loop {
            if self.start == self.end && !self.ended {
                self.start = 0;
                self.end = self.inner.read(&mut self.buffer)?;
                self.ended = self.end == 0;
            }
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(&self.buffer[self.start..self.end], out, self.ended);
            self.start += read;
            self.finished = self.ended && result == encoding_rs::CoderResult::InputEmpty;
            if written > 0 || self.finished {
                return Ok(written);
            }
        }
    }
}

/// Where a line lies, and whether it was whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineInfo {
    /// The physical line, from 1.
    pub(super) number: u64,
    /// It ended in a line break (the last one of a file may not).
    pub(super) terminated: bool,
    /// It passed the limit: only its beginning is kept.
    pub(super) too_long: bool,
}

/// Reads lines of bounded length as UTF-8 text.
pub(super) struct Lines {
    source: Bytes,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    number: u64,
    limit: usize,
}

impl Lines {
    pub(super) fn new(source: Bytes, limit: usize) -> Self {
        Self { source, buffer: vec![0; BUFFER], start: 0, end: 0, ended: false, number: 0, limit }
    }

    /// Puts the next line in `line`, without its break. `None` at the end.
    pub(super) fn next(&mut self, line: &mut String) -> io::Result<Option<LineInfo>> {
        line.clear();
        let mut searched = 0;
        loop {
            let window = &self.buffer[self.start..self.end];
            if let Some(at) = memchr::memchr(b'\n', &window[searched..]) {
                let length = searched + at;
                let info = self.take(length, line, true);
                self.start += length + 1;
                return Ok(Some(info));
            }
            searched = window.len();
            if searched > self.limit {
                return self.skip_rest(line).map(Some);
            }
            if self.ended {
                if searched == 0 {
                    return Ok(None);
                }
                let info = self.take(searched, line, false);
                self.start = self.end;
                return Ok(Some(info));
            }
            self.fill()?;
        }
    }

    fn take(&mut self, length: usize, line: &mut String, terminated: bool) -> LineInfo {
        self.number += 1;
        let too_long = length > self.limit;
        let kept = if too_long { length.min(512) } else { length };
        push_text(&self.buffer[self.start..self.start + kept], line);
        if line.ends_with('\r') {
            line.pop();
        }
        LineInfo { number: self.number, terminated, too_long }
    }

    /// Lets the rest of a line that is too long go by.
    fn skip_rest(&mut self, line: &mut String) -> io::Result<LineInfo> {
        let info = self.take(self.end - self.start, line, true);
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.buffer[self.start..self.end]) {
                self.start += at + 1;
                break;
            }
            self.start = self.end;
            if self.ended {
                break;
            }
            self.fill()?;
        }
        Ok(info)
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let n = self.source.read(&mut self.buffer[self.end..])?;
        self.ended = n == 0;
        self.end += n;
        Ok(())
    }
}

/// Appends bytes as text. Files that mix encodings exist: what is not UTF-8 is read as windows-1252, which
/// never fails, rather than lost. NULs are dropped.
pub(super) fn push_text(bytes: &[u8], out: &mut String) {
    let from = out.len();
    match std::str::from_utf8(bytes) {
        Ok(text) => out.push_str(text),
        Err(_) => out.push_str(&WINDOWS_1252.decode_without_bom_handling(bytes).0),
    }
    if memchr::memchr(0, &out.as_bytes()[from..]).is_some() {
        let clean: String = out.chars().filter(|&c| c != '\0').collect();
        *out = clean;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &'static [u8], limit: usize) -> Vec<(String, u64, bool)> {
        let mut lines = Lines::new(decoded(Box::new(bytes), UTF_8), limit);
        let mut all = Vec::new();
        let mut line = String::new();
        while let Some(info) = lines.next(&mut line).unwrap() {
            all.push((line.clone(), info.number, info.too_long));
        }
        all
    }

    #[test]
    fn lines_are_counted_and_the_long_ones_are_skipped() {
        let got = lines(b"\xEF\xBB\xBFa\r\nbbbbbbbbbb\n\nc\x00d", 4);
        assert_eq!(got[0], ("a".into(), 1, false));
        assert!(got[1].2 && got[1].1 == 2);
        assert_eq!(got[2], (String::new(), 3, false));
        assert_eq!(got[3], ("cd".into(), 4, false));
    }

    #[test]
    fn only_a_mark_is_nothing() {
        assert!(lines(b"\xEF\xBB\xBF", 4).is_empty());
        assert!(lines(b"", 4).is_empty());
    }

    #[test]
    fn a_line_of_the_wrong_encoding_is_not_lost() {
        assert_eq!(lines(b"a\xF1o\nni\xC3\xB1o\n", 100)[0].0, "año");
        assert_eq!(lines(b"a\xF1o\nni\xC3\xB1o\n", 100)[1].0, "niño");
    }
}
