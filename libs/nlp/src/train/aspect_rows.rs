//! The sets with labelled aspects, brought into our categories.
//!
//! A set may know more or less than our taxonomy. What it calls otherwise is renamed here, what it does not tell apart
//! is left open (`known`). Rows that are translations of each other carry the same `key`, and they
//! are held out together, so that none is learnt in English and judged in Spanish. Words, not bytes, decide whether two rows are the same text: sets write their spaces differently.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Deserialize;

use super::TrainError;
use super::data::{is_parallel_held_out, key_without_language};
use super::sets::{Class, Cut, SETS, Set};
use crate::aspects::{BusinessKind, Category};
use crate::language::Language;
use crate::tokens::{Kind, Scratch, pair};

/// The sets read here, and how much a row counts for finding categories.
const ASPECT_SETS: [(&str, f32); 7] = [
    ("m_absa", 1.0),
    ("acos", 0.6),
    ("mams", 0.3),
    ("yaso_md", 1.0),
    ("opener_multibooked", 1.0),
    ("semeval_absa", 1.0),
    ("ote_es", 1.0),
];

/// One labelled mention of a row.
#[derive(Clone, Debug)]
pub(crate) struct Gold {
    /// The words, as the set gives them; empty where there are none.
    pub term: String,
    pub category: Option<Category>,
    /// 0 negative, 1 neutral, 2 positive.
    pub polarity: Option<u8>,
}

/// One sentence (or short review) with its aspects.
#[derive(Clone, Debug)]
pub(crate) struct AspectRow {
    pub text: String,
    pub language: Language,
    pub set: usize,
    pub domain: String,
    pub kind: Option<BusinessKind>,
    /// The same for all translations of a text.
    pub key: u64,
    pub held_out: bool,
    /// Whether its set may reach a weight in this run.
    pub may_train: bool,
    pub golds: Vec<Gold>,
    /// Lanes this row answers yes or no; none where the set has no categories.
    pub known: u64,
    pub weight: f32,
}

impl AspectRow {
    /// The lanes that hold.
    pub fn holds(&self) -> u64 {
        self.golds
            .iter()
            .filter_map(|gold| gold.category)
            .fold(0, |lanes, category| lanes | 1 << category.lane())
    }

    pub fn set(&self) -> &'static Set {
        &SETS[self.set]
    }
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    lang: String,
    #[serde(default)]
    domain: Option<String>,
    split: String,
    #[serde(default)]
    aspect: Vec<LineAspect>,
}

#[derive(Deserialize)]
struct LineAspect {
    #[serde(default)]
    term: Option<String>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    polarity: Option<String>,
}

/// All rows, those that may train before those that are only looked at.
pub(crate) fn load(folder: &Path, clean: bool, official: bool) -> Result<Vec<AspectRow>, TrainError> {
    let mut rows = Vec::new();
    for (name, weight) in ASPECT_SETS {
        let path = folder.join(format!("{name}.jsonl.gz"));
        let Some(set) = SETS.iter().position(|set| set.name == name).filter(|_| path.is_file()) else {
            continue;
        };
        let wrong = |problem: String| TrainError::Data { path: path.clone(), problem };
        let file = File::open(&path).map_err(|error| wrong(error.to_string()))?;
        for (number, line) in BufReader::new(GzDecoder::new(file)).lines().enumerate() {
            let line = line.map_err(|error| wrong(error.to_string()))?;
            let line: Line = serde_json::from_str(&line)
                .map_err(|error| wrong(format!("line {}: {error}", number + 1)))?;
            rows.extend(row(line, set, weight, clean, official));
        }
    }
    drop_leaks(&mut rows);
    Ok(rows)
}

fn row(line: Line, set: usize, weight: f32, clean: bool, official: bool) -> Option<AspectRow> {
    let language = Language::from_code(&line.lang)?;
    let domain = line.domain.clone().unwrap_or_default();
    let kind = kind_of(&domain);
    let of = &SETS[set];
    let key = key_without_language(&line.id, &line.lang);
    let may_train = of.trains(clean);
    let held_out = match of.cut {
        _ if !may_train => true,
        Cut::Official => line.split != "train",
        _ if official => line.split != "train",
        _ => is_parallel_held_out(key),
    };
    let golds: Vec<Gold> = line.aspect.iter().map(|aspect| gold(aspect, &domain)).collect();
    let known = known(of.name, &domain, &line, &golds);
    Some(AspectRow {
        key,
        text: line.text,
        language,
        set,
        domain,
        kind,
        held_out,
        may_train,
        golds,
        known,
        weight,
    })
}

fn kind_of(domain: &str) -> Option<BusinessKind> {
    match domain {
        "restaurant" | "restaurants" => Some(BusinessKind::Restaurant),
        "hotel" => Some(BusinessKind::Hotel),
        "laptop" | "laptops" | "phone" => Some(BusinessKind::OnlineShop),
        "food" => Some(BusinessKind::Shop),
        "coursera" | "sight" => Some(BusinessKind::Education),
        _ => None,
    }
}

fn gold(aspect: &LineAspect, domain: &str) -> Gold {
    let polarity =
        aspect.polarity.as_deref().and_then(|polarity| match polarity.trim().to_ascii_lowercase().as_str() {
            "neg" | "negative" => Some(0),
            "neu" | "neutral" | "conflict" => Some(1),
            "pos" | "positive" => Some(2),
            _ => None,
        });
    let term = aspect.term.clone().filter(|term| term != "NULL" && term != "null").unwrap_or_default();
    let category = aspect.category.as_deref().and_then(|name| category_of(domain, name));
    Gold { term, category, polarity }
}

/// Our category for a set's own name.
pub(crate) fn category_of(domain: &str, name: &str) -> Option<Category> {
    let ours = match domain {
        "restaurant" | "restaurants" | "hotel" => of_house(name),
        "laptop" | "laptops" => of_laptop(name),
        "phone" => of_phone(name),
        "food" => match name {
            "food general" | "food recommendation" => "business general".to_owned(),
            "amazon availability" => "product style_options".to_owned(),
            "amazon prices" => "business prices".to_owned(),
            "shipment delivery" => "delivery general".to_owned(),
            "shipment quality" => "delivery quality".to_owned(),
            "shipment prices" => "delivery prices".to_owned(),
            own => own.to_owned(),
        },
        "coursera" | "sight" => of_course(name).to_owned(),
        _ => return None,
    };
    Category::from_name(&ours)
}

fn of_house(name: &str) -> String {
    match name {
        "food" | "food general" | "food_drinks miscellaneous" => "food quality".to_owned(),
        "menu" => "food style_options".to_owned(),
        "staff" | "service" => "service general".to_owned(),
        "ambience" => "ambience general".to_owned(),
        "price" => "business prices".to_owned(),
        "miscellaneous" | "anecdotes/miscellaneous" | "place" => String::new(),
        shouted if shouted.contains('#') => shouted.to_ascii_lowercase().replace('#', " "),
        own => own.to_owned(),
    }
}

fn of_laptop(name: &str) -> String {
    let (entity, facet) = name.split_once('#').unwrap_or((name, ""));
    let ours = match (entity, facet) {
        ("Out_Of_Scope" | "OUT_OF_SCOPE", _) => "",
        ("SUPPORT", _) => "contact general",
        ("WARRANTY", _) => "warranty general",
        ("SHIPPING", _) => "delivery general",
        (_, "PRICE") => "business prices",
        ("COMPANY", _) | ("LAPTOP", "GENERAL" | "MISCELLANEOUS") => "business general",
        (_, "QUALITY") => "product quality",
        (_, "DESIGN_FEATURES" | "PORTABILITY") => "product design",
        (_, "USABILITY") => "product usability",
        _ => "product performance",
    };
    ours.to_owned()
}

fn of_phone(name: &str) -> String {
    let (entity, facet) = name.split_once('#').unwrap_or((name, ""));
    let ours = match (entity, facet) {
        ("Overall" | "Branding/Marketing" | "Buyer Attitude", _) => "business general",
        ("Logistics", "Lost and Damaged") => "delivery quality",
        ("Logistics", "Shipping Fee") => "delivery prices",
        ("Logistics", _) | ("Seller Service", "Shipping") => "delivery general",
        ("Seller Service", "Inventory") => "product style_options",
        ("Seller Service", _) => "service general",
        ("Price", _) => "business prices",
        ("Product Packaging", _) => "packaging general",
        ("After-sales Service", _) => "warranty general",
        ("Product Quality" | "Product Accessories", _) => "product quality",
        ("Ease of Use", _) => "product usability",
        ("Appearance Design" | "Key Design", _) => "product design",
        _ => "product performance",
    };
    ours.to_owned()
}

fn of_course(name: &str) -> &'static str {
    match name.split_once(' ').unwrap_or((name, "")) {
        ("course", "general") | ("Course_General_Feedback", _) => "business general",
        ("course", "value") => "business prices",
        ("course" | "assignments", "workload") => "course workload",
        ("course" | "Mathematical_Related_Concept", _) => "course quality",
        ("faculty" | "Instructor", _) => "faculty general",
        ("material" | "presentation" | "assignments" | "grades" | "Teaching_Setup", _) => "materials general",
        _ => "",
    }
}

/// Which lanes a row has an answer for.
fn known(set: &str, domain: &str, line: &Line, golds: &[Gold]) -> u64 {
    let lane = |name: &str| Category::from_name(name).map_or(0, |category| 1_u64 << category.lane());
    match set {
        "m_absa" | "acos" => {
            // a name we have no place for leaves the row half answered: no lane may learn from it
            let odd = line.aspect.iter().zip(golds).any(|(aspect, gold)| {
                aspect.category.as_deref().is_some_and(|name| name.contains("Other") || name == "NULL")
                    && gold.category.is_none()
            });
            // and a row without any mention was often just not labelled
            let mut known = if odd || golds.is_empty() { 0 } else { u64::MAX };
            let meals = lane("food quality") | lane("food style_options") | lane("food prices");
            if domain == "hotel"
                && golds.iter().any(|gold| gold.category.is_some_and(|own| lane(own.as_str()) & meals > 0))
            {
                // hotels do not tell food from drinks
                known &= !(lane("drinks quality") | lane("drinks style_options") | lane("drinks prices"));
            }
            known
        }
        "mams" if line.id.contains("ACSA") => {
            let mut known = 0;
            for name in [
                "food quality",
                "food style_options",
                "service general",
                "ambience general",
                "business prices",
            ] {
                let here = golds.iter().filter(|gold| gold.category.is_some_and(|own| own.as_str() == name));
                // named without an opinion: other sets would not list it
                if here.clone().all(|gold| gold.polarity != Some(1)) {
                    known |= lane(name);
                }
            }
            known
        }
        _ => 0,
    }
}

/// A text that is held out anywhere is not learnt from anywhere.
fn drop_leaks(rows: &mut Vec<AspectRow>) {
    let mut scratch = Scratch::default();
    let mut words = |text: &str| {
        scratch.read(text);
        let words = scratch.tokens.iter().filter(|token| token.kind == Kind::Word);
        words.fold(0, |so_far, token| pair(so_far, token.hash))
    };
    let shows = |row: &AspectRow| row.held_out && row.set().class != Class::C;
    let held_out: HashSet<u64> = rows.iter().filter(|row| shows(row)).map(|row| words(&row.text)).collect();
    rows.retain(|row| row.held_out || !held_out.contains(&words(&row.text)));
    // and a research-only text that something else learns from cannot measure anything
    let trained: HashSet<u64> = rows.iter().filter(|row| !row.held_out).map(|row| words(&row.text)).collect();
    rows.retain(|row| row.set().class != Class::C || !trained.contains(&words(&row.text)));
}
