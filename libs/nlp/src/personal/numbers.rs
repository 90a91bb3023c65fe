//! What is made of digits: telephones, plates, identity numbers, accounts, cards, addresses, orders, dates of birth.
//!
//! Every word with a digit is a place to look. The strictest reading is tried first (a checksum beats a shape, a
//! shape beats a word before). Prices, years, hours and counts are none.

use super::checks::{iban_length, is_card, is_iban, is_identity};
use super::{PersonalData, PersonalKind};
use crate::places::is_capital;
use crate::reading::Span;
use crate::tokens::{Kind, Scratch, Token, hashes};

/// Most digits that are read as one number.
const DIGITS_MAX: usize = 24;
/// How far the number of an order may go on to either side of the digits that were met.
const ORDER_BYTES_MAX: usize = 40;

/// Units and the like: a number before them is an amount.
const UNITS: [u64; 34] = hashes([
    "euros", "euro", "eur", "dolares", "pesos", "soles", "usd", "pounds", "dollars", "minutos", "minuto",
    "horas", "hora", "dias", "meses", "anos", "semanas", "personas", "metros", "km", "kg", "gramos", "ml",
    "cm", "minutes", "hours", "days", "years", "weeks", "people", "veces", "noches", "nights", "unidades",
]);
/// "Teléfono".
const PHONES: [u64; 24] = hashes([
    "tel", "telefono", "tlf", "tfno", "tfn", "telf", "movil", "cel", "celular", "whatsapp", "wasap", "wsp",
    "llamame", "llamadme", "llameme", "llamar", "phone", "call", "mobile", "ring", "telefon", "telefone",
    "contacto", "fijo",
]);
/// What has a number that leads to a person.
const ORDERS: [u64; 41] = hashes([
    "pedido",
    "pedidos",
    "orden",
    "order",
    "booking",
    "reserva",
    "reservation",
    "poliza",
    "policy",
    "expediente",
    "factura",
    "invoice",
    "ticket",
    "tique",
    "localizador",
    "seguimiento",
    "tracking",
    "referencia",
    "reference",
    "ref",
    "contrato",
    "contract",
    "incidencia",
    "case",
    "socio",
    "cliente",
    "customer",
    "albaran",
    "siniestro",
    "claim",
    "reclamacion",
    "cuenta",
    "account",
    "confirmation",
    "comanda",
    "paquete",
    "envio",
    "encomienda",
    "presupuesto",
    "cita",
    "bono",
]);
const ROOMS: [u64; 7] = hashes(["habitacion", "hab", "room", "suite", "bungalow", "apartamento", "parcela"]);
/// Small words between what has a number and the number.
const LINKS: [u64; 22] = hashes([
    "numero", "num", "no", "n", "nro", "de", "es", "del", "id", "code", "codigo", "number", "is", "con",
    "the", "was", "era", "mi", "my", "el", "nr", "la",
]);
const BORN: [u64; 12] = hashes([
    "naci",
    "nacio",
    "nacida",
    "nacido",
    "nacimiento",
    "born",
    "birth",
    "dob",
    "nac",
    "birthday",
    "birthdate",
    "cumpleanos",
]);
const MONTHS: [u64; 37] = hashes([
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
]);
const STREETS: [u64; 26] = hashes([
    "calle",
    "avenida",
    "avda",
    "av",
    "avgda",
    "plaza",
    "pza",
    "plza",
    "paseo",
    "glorieta",
    "ronda",
    "camino",
    "carretera",
    "ctra",
    "travesia",
    "rua",
    "carrer",
    "placa",
    "passeig",
    "cuesta",
    "callejon",
    "bulevar",
    "pasaje",
    "avinguda",
    "alameda",
    "urbanizacion",
]);
const ENGLISH_STREETS: [u64; 11] =
    hashes(["street", "road", "avenue", "lane", "drive", "rd", "ave", "close", "terrace", "crescent", "st"]);
const FLOORS: [u64; 22] = hashes([
    "bajo",
    "piso",
    "izquierda",
    "izda",
    "izq",
    "derecha",
    "dcha",
    "puerta",
    "portal",
    "escalera",
    "esc",
    "atico",
    "planta",
    "bloque",
    "local",
    "pta",
    "entresuelo",
    "centro",
    "interior",
    "exterior",
    "flat",
    "apartment",
]);
const PARTICLES: [u64; 10] = hashes(["de", "la", "las", "los", "del", "el", "d", "y", "i", "of"]);
const NUMBER_SIGNS: [u64; 5] = hashes(["no", "num", "numero", "n", "nro"]);
/// Three letters after a year that are no plate.
const NO_PLATES: [&[u8]; 22] = [
    b"BMW", b"KTM", b"GTS", b"GTX", b"JBL", b"LTD", b"MSC", b"DVD", b"PVP", b"SMS", b"KMS", b"HDD", b"SSD",
    b"FPS", b"RPM", b"DPD", b"GLS", b"RTX", b"HDR", b"CDS", b"PCS", b"PLN",
];
/// Provinces on number plates before 2000.
const PROVINCES: &str = " A AB AL AV B BA BI BU C CA CC CE CO CR CS CU GC GE GI GR GU H HU IB J L LE LO LR LU M MA ML MU NA O \
    OR OU P PM PO S SA SE SG SO SS T TE TF TO V VA VI Z ZA ";

/// The text around and where the look has come to.
struct Look<'a> {
    bytes: &'a [u8],
    text: &'a str,
    tokens: &'a [Token],
    folded: &'a [u8],
}

/// Finds what is made of digits.
pub(super) fn find(text: &str, scratch: &Scratch, found: &mut Vec<PersonalData>) {
    let look = Look { bytes: text.as_bytes(), text, tokens: &scratch.tokens, folded: &scratch.bytes };
    let mut done = 0_usize;
    for at in 0..scratch.tokens.len() {
        let Some(token) = scratch.tokens.get(at) else { break };
        if token.kind != Kind::Word || (token.source.start as usize) < done || !look.has_digit(token) {
            continue;
        }
        if let Some((kind, start, end)) = look.read(at, token) {
            found.push(PersonalData { kind, span: Span { start: start as u32, end: end as u32 } });
            done = end;
        }
    }
}

/// "1985", "2024".
fn is_year(digits: &[u8]) -> bool {
    digits.len() == 4 && matches!(digits.first_chunk(), Some(b"19" | b"20"))
}

type Found = (PersonalKind, usize, usize);

/// Digits in groups: the digits, where each group ends, and what stood between.
#[derive(Default)]
struct Groups {
    digits: Vec<u8>,
    /// Digits so far and position after each group.
    ends: Vec<(usize, usize)>,
    separators: Vec<u8>,
}

impl Look<'_> {
    fn has_digit(&self, token: &Token) -> bool {
        let word = self.folded.get(token.start as usize..token.end as usize).unwrap_or_default();
        word.iter().any(u8::is_ascii_digit)
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    fn byte_before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b' ', |at| self.byte(at))
    }

    /// Does a word go on here?
    fn goes_on(&self, at: usize) -> bool {
        let byte = self.byte(at);
        byte.is_ascii_alphanumeric() || byte >= 0x80 && !matches!(byte, 0xC2 | 0xE2)
    }

    fn read(&self, at: usize, token: &Token) -> Option<Found> {
        let start = token.source.start as usize;
        self.iban(start)
            .or_else(|| self.identity(start))
            .or_else(|| {
                let groups = self.groups(start);
                self.card(start, &groups)
                    .or_else(|| self.birth(at, start))
                    .or_else(|| self.order(at, token))
                    .or_else(|| self.plate(at, start))
                    .or_else(|| self.phone(at, start, &groups))
            })
            .or_else(|| self.address(at))
    }

    fn iban(&self, start: usize) -> Option<Found> {
        let country = self.bytes.get(start..start + 2)?;
        if !country.iter().all(u8::is_ascii_alphabetic) || !self.byte(start + 2).is_ascii_digit() {
            return None;
        }
        let length = iban_length(country)?;
        let mut characters = Vec::with_capacity(length);
        let mut end = start;
        while characters.len() < length {
            let byte = self.byte(end);
            if byte.is_ascii_alphanumeric() {
                characters.push(byte);
            } else if !matches!(byte, b' ' | b'-' | b'.') || !self.byte(end + 1).is_ascii_alphanumeric() {
                return None;
            }
            end += 1;
        }
        (!self.goes_on(end) && is_iban(&characters)).then_some((PersonalKind::Iban, start, end))
    }

    /// DNI and NIE: digits with dots or without, a hyphen or a blank, a letter.
    fn identity(&self, start: usize) -> Option<Found> {
        let mut from = start;
        let mut prefix = None;
        if matches!(self.byte(start).to_ascii_uppercase(), b'X'..=b'Z') {
            prefix = Some(self.byte(start));
            from = start + 1;
        } else if self.byte_before(start) == b'-'
            && start >= 2
            && matches!(self.byte(start - 2).to_ascii_uppercase(), b'X'..=b'Z')
            && (start == 2 || !self.goes_on(start - 3))
        {
            prefix = Some(self.byte(start - 2));
        }
        let begin = if prefix.is_some() && from == start { start - 2 } else { start };
        let mut digits = Vec::with_capacity(8);
        let mut end = from;
        while digits.len() < 9 {
            let byte = self.byte(end);
            if byte.is_ascii_digit() {
                digits.push(byte);
            } else if byte != b'.' || !self.byte(end + 1).is_ascii_digit() {
                break;
            }
            end += 1;
        }
        if matches!(self.byte(end), b'-' | b' ') && self.byte(end + 1).is_ascii_alphabetic() {
            end += 1;
        }
        let letter = self.byte(end);
        let whole = letter.is_ascii_alphabetic() && !self.goes_on(end + 1);
        (whole && is_identity(prefix, &digits, letter)).then_some((PersonalKind::Identity, begin, end + 1))
    }

    /// Number plates: "1234 BCD" (since 2000, no vowels, no Q) and "M-1234-AB".
    fn plate(&self, at: usize, start: usize) -> Option<Found> {
        let digits = self.bytes.get(start..start + 4)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let mut from = start + 4;
        if matches!(self.byte(from), b' ' | b'-') {
            from += 1;
        }
        let count = (from..from + 4).take_while(|at| self.byte(*at).is_ascii_alphabetic()).count();
        let letters = self.bytes.get(from..from + count)?;
        let end = from + count;
        if self.goes_on(end) {
            return None;
        }
        if count == 3 {
            let known =
                letters.iter().all(|letter| b"BCDFGHJKLMNPRSTVWXYZ".contains(&letter.to_ascii_uppercase()));
            let upper = letters.iter().all(u8::is_ascii_uppercase);
            let announced = || self.says_before(at, 3, &hashes(["matricula", "plate", "coche", "matricula"]));
            let firm = NO_PLATES.contains(&letters) || (is_year(digits) && letters == b"PS");
            return (known && !firm && (upper || announced())).then_some((PersonalKind::Plate, start, end));
        }
        // province before the digits, old plates
        let separator = self.byte_before(start);
        if !(1..=2).contains(&count) || from == start + 4 || !matches!(separator, b' ' | b'-') {
            return None;
        }
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at))?;
        let province = before.source.of(self.text);
        let upper = province.bytes().chain(letters.iter().copied()).all(|byte| byte.is_ascii_uppercase());
        let near = before.source.end as usize + 1 == start;
        let known =
            province.len() <= 2 && PROVINCES.split(' ').any(|code| !code.is_empty() && code == province);
        (upper && near && known).then_some((PersonalKind::Plate, before.source.start as usize, end))
    }

    /// Digits from here on, with single separators between groups.
    fn groups(&self, start: usize) -> Groups {
        let mut groups = Groups::default();
        let mut at = start;
        loop {
            while self.byte(at).is_ascii_digit() && groups.digits.len() < DIGITS_MAX {
                groups.digits.push(self.byte(at));
                at += 1;
            }
            groups.ends.push((groups.digits.len(), at));
            let separator = self.byte(at);
            let next = if separator == b')' && self.byte(at + 1) == b' ' { at + 2 } else { at + 1 };
            if !matches!(separator, b' ' | b'.' | b'-' | b')' | b'/')
                || !self.byte(next).is_ascii_digit()
                || groups.digits.len() >= DIGITS_MAX
            {
                return groups;
            }
            groups.separators.push(separator);
            at = next;
        }
    }

    fn card(&self, start: usize, groups: &Groups) -> Option<Found> {
        let (count, end) = *groups.ends.iter().find(|(count, _)| *count >= 13)?;
        let quiet = groups.separators.iter().take(3).all(|separator| matches!(separator, b' ' | b'-'));
        let (count, end) =
            if count < 15 { *groups.ends.iter().rfind(|(count, _)| *count <= 16)? } else { (count, end) };
        let digits = groups.digits.get(..count)?;
        (quiet && !self.goes_on(end) && is_card(digits)).then_some((PersonalKind::Card, start, end))
    }

    fn phone(&self, at: usize, start: usize, groups: &Groups) -> Option<Found> {
        let digits = groups.digits.as_slice();
        let plus = self.byte_before(start) == b'+';
        let mut begin = start - usize::from(plus);
        let bracket = groups.separators.contains(&b')') && self.byte_before(begin) == b'(';
        begin -= usize::from(bracket);
        let abroad = plus || digits.starts_with(b"00");
        let (count, end) = if abroad {
            let spain = if plus { digits.starts_with(b"34") } else { digits.starts_with(b"0034") };
            let most = if spain { 11 } else { 13 } + if plus { 0 } else { 2 };
            let found = *groups.ends.iter().rfind(|(count, _)| *count <= most)?;
            if found.0 < if spain { most } else { 9 } {
                return None;
            }
            found
        } else if matches!(digits.first(), Some(b'6'..=b'9'))
            && groups.ends.iter().any(|(count, _)| *count == 9)
        {
            *groups.ends.iter().find(|(count, _)| *count == 9)?
        } else {
            self.phone_elsewhere(at, start, groups)?
        };
        let last = groups.ends.iter().position(|(so_far, _)| *so_far == count)?;
        let mut before = 0;
        for (so_far, _) in groups.ends.iter().take(last + 1) {
            if so_far - before < 2 && !abroad {
                return None;
            }
            before = *so_far;
        }
        // a fourth group of three after dots or blanks is a large amount
        let more = groups.ends.get(last + 1).is_some_and(|(so_far, _)| so_far - count == 3);
        if (more && !abroad) || self.goes_on(end) || self.is_amount(at, start, end) {
            return None;
        }
        Some((PersonalKind::Phone, begin, end))
    }

    /// Numbers of other countries without their prefix: "(555) 123-4567", "020 7946 0958", or after "tel".
    fn phone_elsewhere(&self, at: usize, start: usize, groups: &Groups) -> Option<(usize, usize)> {
        let (count, end) = *groups.ends.last()?;
        let sizes: Vec<usize> = groups
            .ends
            .iter()
            .scan(0, |before, (so_far, _)| {
                let size = so_far - *before;
                *before = *so_far;
                Some(size)
            })
            .collect();
        let american =
            sizes == [3, 3, 4] && (groups.separators.contains(&b'-') || self.byte_before(start) == b'(');
        let british = groups.digits.first() == Some(&b'0') && (10..=11).contains(&count) && sizes.len() > 1;
        let announced = (7..=11).contains(&count) && self.says_before(at, 4, &PHONES);
        (american || british || announced).then_some((count, end))
    }

    /// Money, measures, time.
    fn is_amount(&self, at: usize, start: usize, end: usize) -> bool {
        let rest = self.text.get(end..).unwrap_or_default().trim_start();
        let sign = rest.starts_with(['€', '$', '£', '%', '°']);
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        let next = self.tokens.iter().skip(at).find(|token| token.source.start as usize >= end);
        sign || before.ends_with(['€', '$', '£']) || next.is_some_and(|next| UNITS.contains(&next.hash))
    }

    /// One of these words stands a few tokens before, in the same sentence.
    fn says_before(&self, at: usize, back: usize, words: &[u64]) -> bool {
        let from = at.saturating_sub(back);
        let before = self.tokens.get(from..at).unwrap_or_default();
        before
            .iter()
            .rev()
            .take_while(|token| token.kind != Kind::Stop || self.byte(token.source.start as usize) == b'.')
            .any(|token| words.contains(&token.hash))
    }

    fn birth(&self, at: usize, start: usize) -> Option<Found> {
        if !self.says_before(at, 5, &BORN) {
            return None;
        }
        let groups = self.groups(start);
        let sizes: Vec<usize> = groups.ends.iter().map(|(count, _)| *count).collect();
        if groups.separators.len() >= 2
            && sizes.get(1).is_some_and(|count| *count <= 6)
            && let Some((_, end)) = groups.ends.get(2).filter(|(count, _)| (4..=8).contains(count))
        {
            return Some((PersonalKind::Birth, start, *end));
        }
        if let [only] = groups.ends.as_slice()
            && is_year(&groups.digits)
        {
            return Some((PersonalKind::Birth, start, only.1));
        }
        // "4 de mayo de 1979", "7 June 1990"
        let ahead = self.tokens.get(at + 1..).unwrap_or_default();
        let month = ahead.iter().take(2).position(|token| MONTHS.contains(&token.hash))?;
        let mut end = ahead.get(month)?.source.end as usize;
        let year = ahead.iter().skip(month + 1).take(2).find(|token| {
            let word = self.folded.get(token.start as usize..token.end as usize).unwrap_or_default();
            is_year(word)
        });
        if let Some(year) = year {
            end = year.source.end as usize;
        }
        Some((PersonalKind::Birth, start, end))
    }

    /// Numbers of orders, bookings, policies, rooms.
    fn order(&self, at: usize, token: &Token) -> Option<Found> {
        let (mut start, mut end) = (token.source.start as usize, token.source.end as usize);
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'_');
        let (least, most) = (start.saturating_sub(ORDER_BYTES_MAX), end + ORDER_BYTES_MAX);
        while start > least && inner(self.byte(start - 1)) {
            start -= 1;
        }
        while end < most && inner(self.byte(end)) {
            end += 1;
        }
        // longer than any number of an order: each look would walk over all of it
        if start == least && start > 0 || end == most {
            return None;
        }
        while matches!(self.byte(end - 1), b'-' | b'/' | b'_') {
            end -= 1;
        }
        while matches!(self.byte(start), b'-' | b'/' | b'_') {
            start += 1;
        }
        // a word of the same number may stand before ("ES-99812")
        let mut back = at;
        while back > 0
            && self.tokens.get(back - 1).is_some_and(|before| before.source.start as usize >= start)
        {
            back -= 1;
        }
        let (mut linked, mut steps) = (self.byte_before(start) == b'#', 0);
        let named = loop {
            steps += 1;
            back = back.checked_sub(1)?;
            let before = self.tokens.get(back)?;
            if before.kind == Kind::Pause
                || before.kind == Kind::Stop && self.byte(before.source.start as usize) == b'.'
            {
                linked |= self.byte(before.source.start as usize) == b':';
            } else if LINKS.contains(&before.hash) {
                linked |= NUMBER_SIGNS.contains(&before.hash);
            } else {
                break before;
            }
            if steps > 4 {
                return None;
            }
        };
        let value = self.bytes.get(start..end)?;
        let slashes = value.split(|byte| *byte == b'/').count() - 1;
        let small = value.iter().filter(|byte| byte.is_ascii_lowercase()).count();
        // "1/2", "08/10/25", "2persons"
        if self.is_amount(at, start, end) || slashes > 1 || (slashes > 0 && value.len() < 6) || small > 1 {
            return None;
        }
        let room = ROOMS.contains(&named.hash);
        let long = match value.len() {
            0..=1 => false,
            2..=4 if room => true,
            2..=3 => linked && ORDERS.contains(&named.hash) && self.byte_before(start) == b'#',
            4 => linked || !is_year(value),
            _ => true,
        };
        let known = room && value.len() <= 5 || ORDERS.contains(&named.hash);
        (long && known).then_some((PersonalKind::Number, start, end))
    }

    /// "calle Mayor 12, 3ºB": a street before the number, with a name in capitals between.
    fn address(&self, at: usize) -> Option<Found> {
        let token = self.tokens.get(at)?;
        let word = self.folded.get(token.start as usize..token.end as usize)?;
        let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=4).contains(&digits) || word.len() > digits + 1 {
            return None;
        }
        if self.is_amount(at, token.source.start as usize, token.source.end as usize) {
            return None;
        }
        self.english_address(at).or_else(|| {
            let mut named = false;
            for back in 1..=9 {
                let before = self.tokens.get(at.checked_sub(back)?)?;
                match before.kind {
                    Kind::Pause => {}
                    Kind::Stop if self.byte(before.source.start as usize) == b'.' => {}
                    Kind::Word if self.is_street(before) => {
                        let start = before.source.start as usize;
                        return named.then(|| (PersonalKind::Address, start, self.end_of_address(at)));
                    }
                    Kind::Word if is_capital(self.text, before) => named = true,
                    Kind::Word if PARTICLES.contains(&before.hash) || NUMBER_SIGNS.contains(&before.hash) => {
                    }
                    _ => return None,
                }
            }
            None
        })
    }

    fn is_street(&self, token: &Token) -> bool {
        let short = token.end - token.start == 1
            && self.folded.get(token.start as usize) == Some(&b'c')
            && matches!(self.byte(token.source.end as usize), b'/' | b'.');
        let raw = token.source.of(self.text);
        short || raw.eq_ignore_ascii_case("pº") || STREETS.contains(&token.hash)
    }

    /// "12 Baker Street".
    fn english_address(&self, at: usize) -> Option<Found> {
        let start = self.tokens.get(at)?.source.start as usize;
        for ahead in 1..=4 {
            let word = self.tokens.get(at + ahead).filter(|token| token.kind == Kind::Word)?;
            if !is_capital(self.text, word) {
                return None;
            }
            if ahead > 1 && ENGLISH_STREETS.contains(&word.hash) {
                return Some((PersonalKind::Address, start, word.source.end as usize));
            }
        }
        None
    }

    /// After the number of the house: floor, door, postal code.
    fn end_of_address(&self, at: usize) -> usize {
        let mut end = self.tokens.get(at).map_or(0, |token| token.source.end as usize);
        let mut from = at + 1;
        for _ in 0..8 {
            let Some(token) = self.tokens.get(from) else { break };
            if token.kind == Kind::Pause && self.byte(token.source.start as usize) == b',' {
                from += 1;
                continue;
            }
            if token.kind != Kind::Word || !self.is_floor(token) {
                break;
            }
            end = token.source.end as usize;
            from += 1;
        }
        end
    }

    fn is_floor(&self, token: &Token) -> bool {
        let raw = token.source.of(self.text);
        let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
        let rest = raw.get(digits..).unwrap_or_default();
        let ordinal = digits > 0 && rest.starts_with(['º', 'ª', '°']) && raw.len() <= 8;
        let letter = digits == 0 && raw.len() == 1 && raw.bytes().all(|byte| byte.is_ascii_uppercase());
        let door = (1..=2).contains(&digits)
            && rest.len() == 1
            && rest.bytes().all(|byte| byte.is_ascii_uppercase());
        // Catalan: "3r 2a"
        let ordinal = ordinal
            || (1..=2).contains(&digits) && matches!(rest, "r" | "n" | "t" | "a" | "o" | "è" | "er" | "rt");
        let code = digits == 5 && rest.is_empty();
        ordinal || letter || door || code || FLOORS.contains(&token.hash)
    }
}
