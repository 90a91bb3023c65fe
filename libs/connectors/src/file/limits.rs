//! The limits on everything a file can make us do.

/// How much a file may ask of us. The defaults fit a small server; a test may lower them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file on disk.
    pub file_bytes: u64,
    /// Size once decompressed (gzip, Takeout).
    pub decompressed_bytes: u64,
    /// Size of all the parts of a spreadsheet once decompressed. They hold a table of shared texts in memory.
    pub sheet_bytes: u64,
    /// One cell, in bytes.
    pub cell_bytes: usize,
    /// One line of a text file, one record with quoted line breaks, or one element of a JSON array, in bytes.
    pub line_bytes: usize,
    /// Columns of a table, or distinct keys of JSON records.
    pub columns: usize,
    /// Rows of the whole file.
    pub rows: u64,
    /// Nesting of JSON.
    pub json_depth: usize,
    /// Entries of an archive. A Takeout with photographs has thousands.
    pub zip_entries: usize,
    /// How many times larger than its compressed form an archive entry or a gzip may be, once past a first
    /// mebibyte. Repetitive spreadsheets reach 100; bombs start near 1,000 (deflate's own ceiling is 1,032).
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 50 << 20,
            decompressed_bytes: 200 << 20,
            sheet_bytes: 200 << 20,
            cell_bytes: 256 << 10,
            line_bytes: 1 << 20,
            columns: 200,
            rows: 2_000_000,
            json_depth: 64,
            zip_entries: 20_000,
            ratio: 300,
        }
    }
}
