//! Makes the embedded gazetteer: `cargo run -p nlp --example gazetteer -- <places.tsv.gz>` from the crate's folder.
//!
//! Reads the table of places (name, ascii, country, region, lat, lon, population, source, other names), our own
//! `gazetteer/world.tsv` and `gazetteer/divisions.tsv`, and writes `gazetteer/places.tsv.gz`. Lines of the result:
//! `D ⇥ name ⇥ community` (a division; numbered from 1 in order) and
//! `kind ⇥ country ⇥ division ⇥ population ⇥ spelling|spelling…`, the first spelling is the name shown.
//! Of the sources, Spain is taken from the IGN alone: the other's districts of cities are ordinary words ("Lista").

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// One place on its way.
struct Row {
    kind: char,
    country: String,
    division: usize,
    population: u64,
    names: Vec<String>,
}

/// Division number by country and code.
type Divisions = HashMap<(String, String), usize>;

fn main() -> Result<(), Box<dyn Error>> {
    let source = std::env::args().nth(1).ok_or("which table of places?")?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteer");
    let mut out = String::new();
    let mut rows = Vec::new();
    let divisions = divisions(&fs::read_to_string(folder.join("divisions.tsv"))?, &mut out, &mut rows)?;
    let mut table = String::new();
    GzDecoder::new(fs::File::open(source)?).read_to_string(&mut table)?;
    for line in table.lines().skip(1) {
        rows.extend(sourced(line, &divisions));
    }
    for line in fs::read_to_string(folder.join("world.tsv"))?.lines().filter(|line| !line.starts_with('#')) {
        own(line, &divisions, &mut rows)?;
    }
    for row in &rows {
        let Row { kind, country, division, population, names } = row;
        writeln!(out, "{kind}\t{country}\t{division}\t{population}\t{}", names.join("|"))?;
    }
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(out.as_bytes())?;
    let packed = gz.finish()?;
    println!("{} places, {} bytes packed", rows.len(), packed.len());
    fs::write(folder.join("places.tsv.gz"), packed)?;
    Ok(())
}

/// Reads the divisions, writes their lines, and adds each as a place of its own.
fn divisions(text: &str, out: &mut String, rows: &mut Vec<Row>) -> Result<Divisions, Box<dyn Error>> {
    let mut all = HashMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [country, code, name, community] = cells[..] else { return Err(line.into()) };
        all.insert((country.to_owned(), code.to_owned()), all.len() + 1);
        writeln!(out, "D\t{name}\t{community}")?;
        rows.push(Row {
            kind: 'R',
            country: country.to_owned(),
            division: all.len(),
            population: 500_000,
            names: spellings(name),
        });
    }
    Ok(all)
}

/// A name and the halves of a name in two languages ("Donostia/San Sebastián").
fn spellings(name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    if name.contains('/') {
        names.extend(name.split('/').map(|half| half.trim().to_owned()));
    }
    names
}

fn sourced(line: &str, divisions: &Divisions) -> Option<Row> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [name, _, country, region, _, _, population, source, ..] = cells[..] else { return None };
    if country == "ES" && source != "IGN" {
        return None;
    }
    let division = divisions.get(&(country.to_owned(), region.to_owned())).copied().unwrap_or(0);
    let kind = if country == "ES" { 'M' } else { 'T' };
    let population = population.parse().unwrap_or(0);
    Some(Row { kind, country: country.to_owned(), division, population, names: spellings(name) })
}

fn own(line: &str, divisions: &Divisions, rows: &mut Vec<Row>) -> Result<(), Box<dyn Error>> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [kind, country, region, thousands, names] = cells[..] else { return Err(line.into()) };
    let mut names: Vec<String> = names.split('|').map(str::to_owned).collect();
    if kind == "A" {
        let official = names.remove(0);
        let Some(row) = rows
            .iter_mut()
            .filter(|row| {
                matches!(row.kind, 'M' | 'T') && row.country == country && row.names.contains(&official)
            })
            .max_by_key(|row| row.population)
        else {
            eprintln!("nowhere: {official}");
            return Ok(());
        };
        if country == "ES" {
            names.splice(0..0, row.names.clone());
        }
        row.names = names;
        return Ok(());
    }
    rows.push(Row {
        kind: kind.chars().next().unwrap_or('T'),
        country: country.to_owned(),
        division: divisions.get(&(country.to_owned(), region.to_owned())).copied().unwrap_or(0),
        population: thousands.parse::<u64>()? * 1000,
        names,
    });
    Ok(())
}
