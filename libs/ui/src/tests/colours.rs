//! Contrast of the colours in the style sheet, in both themes.
//!
//! WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to 1 for what must be seen to use or understand the page (1.4.11). The
//! formula is the one of the standard's "relative luminance".

use std::collections::BTreeMap;

const CSS: &str = include_str!("../../../../assets/timon.css");
const FILE_CSS: &str = include_str!("../document.css");

/// The colours declared after a selector, on top of those already known.
fn tokens(css: &str, selector: &str, mut known: BTreeMap<String, [f64; 3]>) -> BTreeMap<String, [f64; 3]> {
    let (_, rest) = css.split_once(selector).expect("the style sheet declares this theme");
    let (block, _) = rest.split_once('}').expect("a rule ends");
    for declaration in block.split(';') {
        let Some((name, value)) = declaration.trim().strip_prefix("--").and_then(|pair| pair.split_once(':'))
        else {
            continue;
        };
        if let Some(digits) = value.strip_prefix('#') {
            known.insert(name.to_owned(), channels(digits));
        }
    }
    known
}

fn channels(digits: &str) -> [f64; 3] {
    let number = u32::from_str_radix(digits, 16).expect("a colour is hexadecimal");
    assert_eq!(digits.len(), 6, "colours are written with six digits");
    [16, 8, 0].map(|shift| f64::from((number >> shift) & 0xff) / 255.0)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] =
        colour.map(|part| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

const TEXT: [(&str, &[&str]); 10] = [
    ("ink", &["sand", "card", "sunken", "tint", "mark"]),
    ("soft", &["sand", "card", "sunken"]),
    ("sea", &["sand", "card", "tint"]),
    ("sea-hover", &["sand", "card", "tint"]),
    ("card", &["sea", "sea-hover", "accent", "error"]),
    ("foam", &["deep", "deep-2"]),
    ("mist", &["deep"]),
    ("success", &["success-bg"]),
    ("warning", &["warning-bg"]),
    ("error", &["error-bg", "card", "sand"]),
];

const SHAPES: [(&str, &[&str]); 9] = [
    ("edge", &["card", "sand", "sunken"]),
    ("star", &["card"]),
    ("accent", &["card", "error-bg"]),
    ("sea", &["card", "tint", "sunken"]),
    ("warning", &["card", "warning-bg"]),
    ("error", &["card"]),
    ("neutral", &["card"]),
    ("positive", &["card"]),
    ("ink", &["sand", "card", "tint", "error-bg"]),
];

#[test]
fn words_and_shapes_stand_out_in_both_themes() {
    let light = tokens(CSS, ":root{", BTreeMap::new());
    let dark = tokens(CSS, ":root[data-theme=\"dark\"]{", light.clone());
    for (theme, colours) in [("light", &light), ("dark", &dark)] {
        for (least, pairs) in [(4.5, &TEXT[..]), (3.0, &SHAPES[..])] {
            for (front, backs) in pairs {
                for back in *backs {
                    let found = contrast(colours[*front], colours[*back]);
                    assert!(found >= least, "{theme}: {front} on {back} is {found:.2}, needs {least}");
                }
            }
        }
    }
}

#[test]
fn a_file_of_its_own_is_as_easy_to_read_and_has_the_same_tones() {
    let file = tokens(FILE_CSS, ":root{", BTreeMap::new());
    let page = tokens(CSS, ":root{", BTreeMap::new());
    for (front, back, least) in [
        ("ink", "card", 7.0),
        ("soft", "sunken", 4.5),
        ("sea", "tint", 4.5),
        ("warning", "warning-bg", 4.5),
        ("card", "error", 4.5),
        ("error", "card", 4.5),
        ("accent", "card", 3.0),
        ("neutral", "card", 3.0),
        ("edge", "card", 3.0),
    ] {
        let found = contrast(file[front], file[back]);
        assert!(found >= least, "{front} on {back} is {found:.2}, needs {least}");
    }
    for tone in ["sea", "tint", "accent", "neutral", "warning", "warning-bg", "error"] {
        assert!(contrast(file[tone], page[tone]) < 1.001, "{tone} differs from the page's");
    }
}

#[test]
fn the_device_and_the_person_get_the_same_dark() {
    let device = tokens(CSS, ":root:not([data-theme=\"light\"]){", BTreeMap::new());
    assert_eq!(device, tokens(CSS, ":root[data-theme=\"dark\"]{", BTreeMap::new()));
    assert!(device.len() > 15);
}

#[test]
fn the_formula_gives_the_known_extremes() {
    assert!((contrast(channels("000000"), channels("ffffff")) - 21.0).abs() < 1e-9);
    assert!((contrast(channels("777777"), channels("ffffff")) - 4.478).abs() < 1e-3);
}
