//! Spain's fifty provinces and two cities as tiles: where each one stands, so that the whole is recognised as Spain.
//!
//! The arrangement is our own. Rows go from north to south, columns from west to east; the Canary Islands stand in the
//! south-west, where Spanish maps put them. Codes are those of ISO 3166-2:ES (the letters) and of the Instituto
//! Nacional de Estadística (the number); names are the official ones of the same registers.

use crate::mention::fold;

/// A province.
#[derive(Debug, Clone, Copy)]
pub(super) struct Province {
    /// Letters of ISO 3166-2:ES.
    pub(super) code: &'static str,
    /// Number of the INE, two digits.
    ine: &'static str,
    /// Official name; where two are official, both, with a bar.
    pub(super) name: &'static str,
}

/// Letters, number and name, by number.
#[rustfmt::skip]
const PROVINCES: [(&str, &str, &str); 52] = [
    ("VI", "01", "Araba/Álava"), ("AB", "02", "Albacete"), ("A", "03", "Alacant/Alicante"),
    ("AL", "04", "Almería"), ("AV", "05", "Ávila"), ("BA", "06", "Badajoz"), ("PM", "07", "Illes Balears"),
    ("B", "08", "Barcelona"), ("BU", "09", "Burgos"), ("CC", "10", "Cáceres"), ("CA", "11", "Cádiz"),
    ("CS", "12", "Castelló/Castellón"), ("CR", "13", "Ciudad Real"), ("CO", "14", "Córdoba"),
    ("C", "15", "A Coruña"), ("CU", "16", "Cuenca"), ("GI", "17", "Girona"), ("GR", "18", "Granada"),
    ("GU", "19", "Guadalajara"), ("SS", "20", "Gipuzkoa"), ("H", "21", "Huelva"), ("HU", "22", "Huesca"),
    ("J", "23", "Jaén"), ("LE", "24", "León"), ("L", "25", "Lleida"), ("LO", "26", "La Rioja"),
    ("LU", "27", "Lugo"), ("M", "28", "Madrid"), ("MA", "29", "Málaga"), ("MU", "30", "Murcia"),
    ("NA", "31", "Navarra"), ("OR", "32", "Ourense"), ("O", "33", "Asturias"), ("P", "34", "Palencia"),
    ("GC", "35", "Las Palmas"), ("PO", "36", "Pontevedra"), ("SA", "37", "Salamanca"),
    ("TF", "38", "Santa Cruz de Tenerife"), ("S", "39", "Cantabria"), ("SG", "40", "Segovia"),
    ("SE", "41", "Sevilla"), ("SO", "42", "Soria"), ("T", "43", "Tarragona"), ("TE", "44", "Teruel"),
    ("TO", "45", "Toledo"), ("V", "46", "València/Valencia"), ("VA", "47", "Valladolid"),
    ("BI", "48", "Bizkaia"), ("ZA", "49", "Zamora"), ("Z", "50", "Zaragoza"), ("CE", "51", "Ceuta"),
    ("ML", "52", "Melilla"),
];

/// Where each one stands; a point is sea or another country. Every row has as many cells as the style sheet's
/// `.tile-map` has columns.
const MAP: [&str; 9] = [
    "C  LU O  S  BI SS NA HU L  GI",
    "PO OR LE P  BU VI LO Z  T  B",
    ".  .  ZA VA SG SO TE CS .  .",
    ".  .  SA AV M  GU CU V  .  PM",
    ".  .  CC TO CR AB MU A  .  .",
    ".  .  BA CO J  GR AL .  .  .",
    ".  .  H  SE MA .  .  .  .  .",
    ".  .  .  CA .  .  .  .  .  .",
    "TF GC .  CE .  ML .  .  .  .",
];

/// Every province, by number.
pub(super) fn all() -> impl Iterator<Item = Province> {
    PROVINCES.into_iter().map(|(code, ine, name)| Province { code, ine, name })
}

/// The map's cells, row by row from the north, each row from the west.
pub(super) fn cells() -> impl Iterator<Item = Option<Province>> {
    MAP.into_iter().flat_map(str::split_whitespace).map(|code| all().find(|province| province.code == code))
}

impl Province {
    /// Whether a code means this province: its letters, whatever their case, or its number.
    pub(super) fn has_code(&self, code: &str) -> bool {
        let code = code.trim();
        self.code.eq_ignore_ascii_case(code) || self.ine == code
    }
}

/// The letters of a province by its official name, in either of its languages, whatever the accents and capitals; also
/// by its letters or its INE number.
///
/// ```
/// use ui::chart::province_code;
/// assert_eq!(province_code("Castellón"), Some("CS"));
/// assert_eq!(province_code("28"), Some("M"));
/// assert_eq!(province_code("Lisboa"), None);
/// ```
pub fn province_code(name: &str) -> Option<&'static str> {
    let folded = |text: &str| text.trim().chars().map(fold).collect::<String>();
    let wanted = folded(name);
    all()
        .find(|province| {
            province.has_code(name)
                || folded(province.name) == wanted
                || province.name.split('/').any(|one| folded(one) == wanted)
        })
        .map(|province| province.code)
}
