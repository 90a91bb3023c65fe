//! What a column of visits says, by its name: shops, tills and hotels, in Spanish and English, with the words of the rest of Spain.

use super::Field;
use crate::file::header::{fit, normal};

const CLEAR: i32 = 60;
const VAGUE: i32 = 45;
/// Less than this is no fit.
const LEAST: i32 = 40;

type Words = &'static [(&'static str, i32)];

const NAME: Words = &[
    ("nombre", CLEAR),
    ("name", CLEAR),
    ("nombre completo", 75),
    ("full name", 75),
    ("cliente", 58),
    ("customer", 58),
    ("huesped", 70),
    ("guest", 68),
    ("titular", CLEAR),
    ("comensal", CLEAR),
    ("first name", 72),
    ("billing first name", 74),
    ("nom", CLEAR),
    ("contacto", 50),
    ("contact", VAGUE),
    ("client", 58),
    ("paciente", CLEAR),
    ("alumno", CLEAR),
    ("nombre cliente", 75),
    ("customer name", 75),
    ("guest name", 75),
    ("billing name", 74),
    ("izena", CLEAR),
    ("hoste", CLEAR),
];
const SURNAME: Words = &[
    ("apellidos", 75),
    ("apellido", 75),
    ("surname", 75),
    ("last name", 76),
    ("cognoms", 75),
    ("billing last name", 78),
    ("family name", 75),
    ("primer apellido", 77),
];
const EMAIL: Words = &[
    ("email", 80),
    ("e mail", 80),
    ("correo", 75),
    ("correo electronico", 80),
    ("mail", 70),
    ("email address", 80),
    ("correu", 75),
    ("correu electronic", 80),
    ("billing email", 82),
    ("direccion correo", 78),
];
const PHONE: Words = &[
    ("telefono", 75),
    ("phone", 75),
    ("movil", 78),
    ("mobile", 78),
    ("celular", 76),
    ("tel", CLEAR),
    ("telephone", 75),
    ("tlf", 70),
    ("tfno", 70),
    ("telefon", 75),
    ("mobil", 76),
    ("billing phone", 78),
    ("whatsapp", 70),
    ("phone number", 78),
];
/// The day of leaving weighs more than any other: it is when a stay can be spoken of.
const DAY: Words = &[
    ("check out", 90),
    ("checkout", 90),
    ("salida", 85),
    ("fecha salida", 92),
    ("departure", 85),
    ("departure date", 92),
    ("sortida", 85),
    ("check out date", 92),
    ("fecha check out", 92),
    ("fecha fin", 80),
    ("end date", 80),
    ("hasta", 62),
    ("fecha visita", 84),
    ("visit date", 84),
    ("visita", VAGUE),
    ("fecha pedido", 78),
    ("order date", 78),
    ("fecha compra", 78),
    ("purchase date", 78),
    ("date completed", 82),
    ("completed at", 82),
    ("completed date", 82),
    ("fulfilled at", 82),
    ("paid at", 72),
    ("fecha factura", 76),
    ("invoice date", 76),
    ("fecha ticket", 78),
    ("fecha reserva", 66),
    ("booking date", 64),
    ("created at", 62),
    ("fecha", CLEAR),
    ("date", CLEAR),
    ("data", 58),
    ("dia", 56),
    ("day", 56),
    ("cuando", 50),
    ("fecha servicio", 80),
    ("fecha entrega", 80),
    ("delivery date", 80),
    ("delivered at", 82),
    ("fecha cita", 78),
    ("appointment", VAGUE),
];
const REFERENCE: Words = &[
    ("pedido", CLEAR),
    ("numero pedido", 80),
    ("n pedido", 80),
    ("no pedido", 78),
    ("order", CLEAR),
    ("order number", 80),
    ("order id", 80),
    ("order no", 80),
    ("id pedido", 80),
    ("reserva", CLEAR),
    ("numero reserva", 80),
    ("n reserva", 80),
    ("booking", CLEAR),
    ("booking number", 80),
    ("booking id", 80),
    ("reservation", CLEAR),
    ("reservation id", 80),
    ("reservation number", 80),
    ("localizador", 78),
    ("confirmation number", 78),
    ("factura", CLEAR),
    ("numero factura", 80),
    ("n factura", 80),
    ("invoice", CLEAR),
    ("invoice number", 80),
    ("ticket", CLEAR),
    ("numero ticket", 80),
    ("n ticket", 80),
    ("receipt", CLEAR),
    ("referencia", 76),
    ("reference", 76),
    ("ref", 70),
    ("albaran", 64),
    ("comanda", CLEAR),
    ("expediente", CLEAR),
    ("id", 50),
    ("folio", CLEAR),
];
const LANGUAGE: Words = &[
    ("idioma", 80),
    ("language", 80),
    ("lengua", 75),
    ("locale", 80),
    ("lang", 75),
    ("llengua", 75),
    ("customer locale", 82),
    ("pais", 58),
    ("country", 58),
    ("nacionalidad", 56),
    ("nationality", 56),
    ("billing country", CLEAR),
];
const OPT_OUT: Words = &[
    ("baja", 80),
    ("bajas", 78),
    ("opt out", 85),
    ("optout", 85),
    ("unsubscribed", 85),
    ("unsubscribe", 82),
    ("no publicidad", 88),
    ("no contactar", 88),
    ("do not contact", 88),
    ("do not email", 88),
    ("no molestar", 85),
    ("lista robinson", 88),
    ("robinson", 80),
    ("excluido", 70),
    ("no quiere mensajes", 88),
    ("rechaza", 70),
    ("no enviar", 85),
];
const ACCEPTS: Words = &[
    ("accepts marketing", 88),
    ("accepts email marketing", 90),
    ("acepta publicidad", 88),
    ("acepta comunicaciones", 88),
    ("consentimiento", 74),
    ("consent", 74),
    ("email marketing consent", 88),
    ("marketing consent", 86),
    ("newsletter", 70),
    ("acepta", 64),
    ("opt in", 82),
    ("optin", 82),
    ("subscribed", 78),
    ("suscrito", 78),
    ("lopd", CLEAR),
    ("rgpd", CLEAR),
    ("gdpr", CLEAR),
];

/// Words of columns that say none of this: a birthday is no visit, a tax number is no order.
const NEVER: [&str; 22] = [
    "nacimiento",
    "birth",
    "birthday",
    "birthdate",
    "cumpleanos",
    "dob",
    "nif",
    "dni",
    "nie",
    "cif",
    "vat",
    "iban",
    "pasaporte",
    "passport",
    "importe",
    "total",
    "precio",
    "price",
    "amount",
    "caducidad",
    "expiry",
    "shipping",
];
/// Two who are named beside the customer.
const OTHERS: [&str; 12] = [
    "producto", "product", "empleado", "employee", "camarero", "vendedor", "seller", "empresa", "company",
    "hotel", "tienda", "shop",
];

fn score(name: &str, field: Field) -> i32 {
    let normal = normal(name);
    let words: Vec<&str> = normal.split(' ').collect();
    if normal.is_empty() || words.len() > 8 || words.iter().any(|word| NEVER.contains(word)) {
        return 0;
    }
    if matches!(field, Field::Name | Field::Surname) && words.iter().any(|word| OTHERS.contains(word)) {
        return 0;
    }
    let list = match field {
        Field::Name => NAME,
        Field::Surname => SURNAME,
        Field::Email => EMAIL,
        Field::Phone => PHONE,
        Field::Day => DAY,
        Field::Reference => REFERENCE,
        Field::Language => LANGUAGE,
        Field::OptOut => OPT_OUT,
        Field::Accepts => ACCEPTS,
    };
    let exact =
        |phrase: &str, weight: i32| if normal == phrase { weight + 25 } else { fit(&normal, phrase, weight) };
    let best = list.iter().map(|&(phrase, weight)| exact(phrase, weight)).max().unwrap_or(0);
    // The day of arriving is not the day of leaving; when a row was changed is neither.
    let other_day = [
        "entrada",
        "check in",
        "checkin",
        "arrival",
        "llegada",
        "entrada",
        "updated",
        "modificado",
        "alta",
        "cancelled",
        "hora",
        "time",
    ];
    if field == Field::Day && other_day.iter().any(|phrase| fit(&normal, phrase, 1) != 0) {
        best - 15
    } else {
        best
    }
}

/// Whether a column of this name says nothing of ours, whatever its cells look like.
pub(super) fn is_never(name: Option<&String>) -> bool {
    let normal = name.map(|name| normal(name)).unwrap_or_default();
    normal.split(' ').any(|word| NEVER.contains(&word))
}

/// Gives each field the column whose name fits it best; no column gets two.
pub(super) fn by_name(columns: &[String]) -> [Option<usize>; Field::ALL.len()] {
    let mut fits: Vec<(i32, usize, Field)> = Vec::new();
    for (column, name) in columns.iter().enumerate() {
        let fields = Field::ALL.into_iter().map(|field| (score(name, field), column, field));
        fits.extend(fields.filter(|(score, ..)| *score >= LEAST));
    }
    fits.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut found = [None; Field::ALL.len()];
    for (_, column, field) in fits {
        if !found.contains(&Some(column))
            && let Some(place @ None) = found.get_mut(field as usize)
        {
            *place = Some(column);
        }
    }
    found
}
