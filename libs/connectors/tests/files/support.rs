//! What the tests of files share: temporary files, small workbooks, and reading everything.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use connectors::file::{FileError, Inspection, Limits, Row, RowError, inspect, read};
use connectors::item::Item;
use jiff::tz::TimeZone;
use tempfile::TempDir;

/// A folder that goes away with the test.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

pub fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn zone() -> TimeZone {
    TimeZone::get("Europe/Madrid").unwrap()
}

pub type Rows = Vec<Result<Row, RowError>>;

/// Inspects, and reads with what was guessed.
pub fn all(path: &Path) -> Result<(Inspection, Rows), FileError> {
    all_within(path, &Limits::default())
}

pub fn all_within(path: &Path, limits: &Limits) -> Result<(Inspection, Rows), FileError> {
    let seen = inspect(path, limits, &zone())?;
    let reader = read(path, &seen.format, &seen.mapping, limits, &zone())?;
    Ok((seen, reader.collect()))
}

pub fn items(rows: &Rows) -> Vec<&Item> {
    rows.iter().filter_map(|row| row.as_ref().ok()).map(|row| &row.item).collect()
}

pub fn errors(rows: &Rows) -> Vec<(u64, &'static str)> {
    rows.iter().filter_map(|row| row.as_ref().err()).map(|error| (error.line, error.reason.key())).collect()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A cell of a test workbook.
pub enum Cell {
    Text(&'static str),
    Number(f64),
    /// A number in a date format.
    Date(f64),
    Nothing,
}

/// A workbook of an empty sheet and one with these rows.
pub fn workbook(rows: &[Vec<Cell>]) -> Vec<u8> {
    zip(&workbook_parts(&sheet(rows)).iter().map(|(name, xml)| (*name, xml.as_bytes())).collect::<Vec<_>>())
}

fn sheet(rows: &[Vec<Cell>]) -> String {
    let mut xml = String::from(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    );
    for (row, cells) in rows.iter().enumerate() {
        xml.extend(["<row r=\"", &(row + 1).to_string(), "\">"]);
        for (column, cell) in cells.iter().enumerate() {
            let at = format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap()), row + 1);
            let cell = match cell {
                Cell::Text(text) => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
                Cell::Number(number) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
                Cell::Date(number) => format!("<c r=\"{at}\" s=\"1\"><v>{number}</v></c>"),
                Cell::Nothing => String::new(),
            };
            xml.push_str(&cell);
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

pub fn workbook_parts(sheet: &str) -> Vec<(&'static str, String)> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let pack = "http://schemas.openxmlformats.org/package/2006";
    vec![
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{pack}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{pack}/relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="Portada" sheetId="1" r:id="rId1"/><sheet name="Opiniones" sheetId="2" r:id="rId2"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{pack}/relationships"><Relationship Id="rId1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{rel}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="{rel}/styles" Target="styles.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="{main}"><sheetData/></worksheet>"#)),
        ("xl/worksheets/sheet2.xml", sheet.to_owned()),
    ]
}
