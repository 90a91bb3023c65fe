//! ZIP archives: what is inside and how large it would become, decided before anything is inflated.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::error::FileError;
use super::limits::Limits;
use super::source::{Bounded, Bytes, Compressed, Counted};

/// Where a part of the archive lies.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    start: u64,
    compressed: u64,
    size: u64,
    deflated: bool,
}

/// Lists the readable parts of an archive. Encrypted parts and unusual compressions are left out.
pub(super) fn entries(path: &Path, limits: &Limits) -> Result<Vec<Entry>, FileError> {
    let mut file = File::open(path).map_err(FileError::Io)?;
    // The list itself takes memory: its length is read from the end of the file before it is loaded.
    if announced_entries(&mut file)? > limits.zip_entries {
        return Err(FileError::ZipBomb);
    }
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(FileError::corrupt)?;
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(FileError::corrupt)?;
        let deflated = match entry.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => continue,
        };
        let (Some(start), Ok(name)) = (entry.data_start(), entry.name()) else { continue };
        if entry.encrypted() || name.ends_with('/') {
            continue;
        }
        let name = name.into_owned();
        entries.push(Entry {
            name,
            start,
            compressed: entry.compressed_size(),
            size: entry.size(),
            deflated,
        });
    }
    Ok(entries)
}

/// The number of entries the end of the archive announces.
fn announced_entries(file: &mut File) -> Result<usize, FileError> {
    const RECORD: usize = 22;
    let length = file.seek(SeekFrom::End(0)).map_err(FileError::Io)?;
    let tail_length = length.min((RECORD + usize::from(u16::MAX)) as u64);
    file.seek(SeekFrom::Start(length - tail_length)).map_err(FileError::Io)?;
    let mut tail = Vec::new();
    file.by_ref().take(tail_length).read_to_end(&mut tail).map_err(FileError::Io)?;
    file.rewind().map_err(FileError::Io)?;
    let at =
        memchr::memmem::rfind(&tail, b"PK\x05\x06").ok_or_else(|| FileError::corrupt("no end of archive"))?;
    match tail.get(at + 10..at + 12) {
        Some(&[low, high]) => Ok(usize::from(u16::from_le_bytes([low, high]))),
        _ => Err(FileError::corrupt("no end of archive")),
    }
}

/// Refuses entries that say themselves they would grow too much.
pub(super) fn check_announced<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    bytes: u64,
    limits: &Limits,
) -> Result<(), FileError> {
    let mut total = 0_u64;
    for entry in entries {
        if entry.size > (1 << 20_u64).max(entry.compressed.saturating_mul(limits.ratio)) {
            return Err(FileError::ZipBomb);
        }
        total = total.saturating_add(entry.size);
    }
    if total > bytes { Err(FileError::TooLarge { limit: bytes }) } else { Ok(()) }
}

/// Inflates every entry into nothing, to know that none grows beyond what was announced and allowed. The
/// announced sizes can lie, and the spreadsheet reader believes them.
pub(super) fn check_inflated(
    path: &Path,
    entries: &[Entry],
    bytes: u64,
    limits: &Limits,
) -> Result<(), FileError> {
    let mut left = bytes;
    for entry in entries {
        let mut inflated = open_entry(path, entry, left, limits, &Arc::default())?;
        match io::copy(&mut inflated, &mut io::sink()).map_err(FileError::from) {
            Ok(n) => left = left.saturating_sub(n),
            Err(FileError::TooLarge { .. }) => return Err(FileError::TooLarge { limit: bytes }),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Opens one entry as a stream of at most `bytes`.
pub(super) fn open_entry(
    path: &Path,
    entry: &Entry,
    bytes: u64,
    limits: &Limits,
    read: &Arc<AtomicU64>,
) -> Result<Bytes, FileError> {
    let mut file = File::open(path).map_err(FileError::Io)?;
    file.seek(SeekFrom::Start(entry.start)).map_err(FileError::Io)?;
    let counted = BufReader::new(Counted { inner: file.take(entry.compressed), count: Arc::clone(read) });
    let bound = |inner: Bytes| Bounded {
        inner,
        given: 0,
        limit: bytes,
        ratio: limits.ratio,
        compressed: Compressed::Known(entry.compressed),
    };
    Ok(Box::new(bound(if entry.deflated {
        Box::new(DeflateDecoder::new(counted))
    } else {
        Box::new(counted)
    })))
}

/// The review files of a Takeout: `…/location-<id>/reviews.json`, `reviews-<token>.json`, `reviews_001.json`.
pub(super) fn takeout_reviews(entries: Vec<Entry>) -> Vec<Entry> {
    let is_reviews = |name: &str| {
        let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        file.strip_suffix(".json").is_some_and(|stem| stem.starts_with("reviews"))
    };
    entries.into_iter().filter(|entry| is_reviews(&entry.name)).collect()
}

/// The location of a Takeout path, for reviews that do not carry it themselves.
pub(super) fn takeout_location(name: &str) -> Option<&str> {
    name.split('/').find_map(|part| part.strip_prefix("location-")).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_announces_too_much_is_refused_unopened() {
        let entry = |compressed, size| Entry { name: "a".into(), start: 0, compressed, size, deflated: true };
        let check = |entries: &[Entry]| check_announced(entries.iter(), 100 << 20, &Limits::default());
        assert!(check(&[entry(1000, 1 << 20)]).is_ok(), "a small part may repeat itself");
        assert!(check(&[entry(1 << 20, 50 << 20)]).is_ok());
        assert!(matches!(check(&[entry(10_000, 50 << 20)]), Err(FileError::ZipBomb)));
        let sum = [entry(1 << 20, 60 << 20), entry(1 << 20, 60 << 20)];
        assert!(matches!(check(&sum), Err(FileError::TooLarge { .. })));
        assert!(
            check(&[entry(u64::MAX, u64::MAX), entry(u64::MAX, u64::MAX)]).is_err(),
            "sums do not overflow"
        );
    }
}
