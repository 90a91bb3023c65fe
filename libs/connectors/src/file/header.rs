//! What a column means, by its name, in six languages.

use super::mapping::{ROLES, Role};

/// Words of one role: phrase, and how much it says when it is only part of a longer name.
type Words = &'static [(&'static str, i32)];

const CLEAR: i32 = 60;
const VAGUE: i32 = 45;
/// Words that name the whole thing ("review"), so that beside another word ("review date") they say nothing.
const FAINT: i32 = 36;

const ID: Words = &[
    ("id", CLEAR),
    ("uuid", CLEAR),
    ("identificador", CLEAR),
    ("review id", 70),
    ("recommendationid", CLEAR),
    ("id resena", 70),
    ("codigo resena", 70),
    ("external id", 70),
    ("codigo", FAINT),
];
const DATE: Words = &[
    ("fecha", CLEAR),
    ("date", CLEAR),
    ("data", CLEAR),
    ("fecha publicacion", 75),
    ("created", CLEAR),
    ("created at", 72),
    ("review created", 75),
    ("published", CLEAR),
    ("published date", 75),
    ("publicado", CLEAR),
    ("creado", CLEAR),
    ("time", VAGUE),
    ("timestamp", CLEAR),
    ("timestamp created", 75),
    ("posted", CLEAR),
    ("submitted", CLEAR),
    ("create time", 75),
    ("datetime", CLEAR),
    ("cuando", CLEAR),
    ("dia", VAGUE),
    ("day", VAGUE),
    ("publish time", 75),
    ("data publicacao", 75),
    ("marca temporal", 75),
];
const STARS: Words = &[
    ("estrellas", 75),
    ("stars", 75),
    ("star rating", 78),
    ("rating", 65),
    ("puntuacion", 70),
    ("valoracion", 62),
    ("calificacion", 70),
    ("nota", CLEAR),
    ("score", CLEAR),
    ("puntaje", 70),
    ("puntos", CLEAR),
    ("estrelas", 75),
    ("note", VAGUE),
    ("voto", CLEAR),
    ("punteggio", 70),
    ("valutazione", 62),
    ("avaliacao", VAGUE),
    ("stelle", 75),
    ("etoiles", 75),
    ("puntuacio", 70),
    ("valoracio", 62),
    ("estrelles", 75),
    ("review stars", 78),
    ("grade", CLEAR),
    ("satisfaccion", VAGUE),
    ("classificacao", CLEAR),
];
const TITLE: Words = &[
    ("titulo", CLEAR),
    ("title", CLEAR),
    ("asunto", CLEAR),
    ("headline", CLEAR),
    ("subject", CLEAR),
    ("titre", CLEAR),
    ("titolo", CLEAR),
    ("titol", CLEAR),
    ("encabezado", CLEAR),
    ("summary", VAGUE),
    ("resumen", VAGUE),
    ("sujet", VAGUE),
    ("assunto", CLEAR),
];
const TEXT: Words = &[
    ("texto", CLEAR),
    ("text", CLEAR),
    ("comentario", CLEAR),
    ("comentarios", CLEAR),
    ("comment", CLEAR),
    ("comments", VAGUE),
    ("resena", FAINT),
    ("review", FAINT),
    ("opinion", FAINT),
    ("opiniones", FAINT),
    ("content", CLEAR),
    ("contenido", CLEAR),
    ("body", CLEAR),
    ("mensaje", CLEAR),
    ("message", CLEAR),
    ("review text", 75),
    ("review content", 75),
    ("texto resena", 75),
    ("comentario positivo", 75),
    ("positive review", 75),
    ("positivo", CLEAR),
    ("liked", CLEAR),
    ("descripcion", VAGUE),
    ("description", VAGUE),
    ("testimonio", CLEAR),
    ("feedback", CLEAR),
    ("avis", FAINT),
    ("commentaire", CLEAR),
    ("recensione", FAINT),
    ("commento", CLEAR),
    ("comentari", CLEAR),
    ("ressenya", FAINT),
    ("queja", CLEAR),
    ("sugerencia", VAGUE),
    ("observaciones", CLEAR),
    ("testo", CLEAR),
    ("texte", CLEAR),
    ("mensagem", CLEAR),
    ("pros", VAGUE),
];
const TEXT_MORE: Words = &[
    ("comentario negativo", 76),
    ("negative review", 76),
    ("negativo", 65),
    ("disliked", 65),
    ("cons", VAGUE),
    ("contras", VAGUE),
];
const AUTHOR: Words = &[
    ("autor", CLEAR),
    ("author", CLEAR),
    ("author name", 70),
    ("nombre", VAGUE),
    ("name", VAGUE),
    ("cliente", VAGUE),
    ("customer", VAGUE),
    ("customer name", 70),
    ("usuario", CLEAR),
    ("user", VAGUE),
    ("user name", 70),
    ("username", CLEAR),
    ("reviewer", VAGUE),
    ("reviewer name", 70),
    ("display name", 72),
    ("nick", CLEAR),
    ("huesped", CLEAR),
    ("guest", CLEAR),
    ("nom", VAGUE),
    ("nome", VAGUE),
    ("auteur", CLEAR),
    ("autore", CLEAR),
    ("client", VAGUE),
    ("consumer", VAGUE),
    ("nombre cliente", 70),
    ("persona", VAGUE),
    ("utente", CLEAR),
];
const URL: Words = &[
    ("url", CLEAR),
    ("link", CLEAR),
    ("enlace", CLEAR),
    ("permalink", 70),
    ("href", CLEAR),
    ("review link", 75),
    ("review url", 75),
    ("canonical url", 70),
    ("enllac", CLEAR),
    ("lien", CLEAR),
];
const LANGUAGE: Words = &[
    ("idioma", 70),
    ("language", 70),
    ("lang", 70),
    ("langue", 70),
    ("lingua", 70),
    ("llengua", 70),
    ("language code", 75),
    ("reviewer language", 75),
];
const PLACE: Words = &[
    ("lugar", CLEAR),
    ("place", CLEAR),
    ("local", 65),
    ("tienda", 65),
    ("sucursal", 65),
    ("establecimiento", 65),
    ("centro", 65),
    ("location", CLEAR),
    ("location name", 72),
    ("ubicacion", CLEAR),
    ("business", VAGUE),
    ("negocio", CLEAR),
    ("store", CLEAR),
    ("sede", 65),
    ("hotel", VAGUE),
    ("restaurante", CLEAR),
    ("venue", CLEAR),
    ("shop", CLEAR),
    ("oficina", 65),
    ("delegacion", 65),
    ("place name", 72),
    ("ciudad", FAINT),
    ("botiga", 65),
    ("loja", 65),
    ("negozio", 65),
    ("magasin", 65),
];

/// A reply, in any form: the whole name then speaks of the business's answer.
const REPLY: [&str; 17] = [
    "respuesta",
    "reply",
    "response",
    "resposta",
    "reponse",
    "risposta",
    "contestacion",
    "respondido",
    "replied",
    "replies",
    "answer",
    "responses",
    "respuestas",
    "developer",
    "owner",
    "propietario",
    "companyreply",
];
const WHEN: [&str; 13] = [
    "fecha",
    "date",
    "data",
    "time",
    "millis",
    "created",
    "updated",
    "timestamp",
    "at",
    "publicado",
    "posted",
    "hora",
    "cuando",
];
/// Names that look like one of ours and are not.
const NEVER: [&str; 21] = [
    "email",
    "mail",
    "correo",
    "telefono",
    "phone",
    "movil",
    "ip",
    "photo",
    "foto",
    "avatar",
    "picture",
    "image",
    "imagen",
    "device",
    "version",
    "verification",
    "state",
    "estado",
    "reported",
    "nanos",
    "website",
];
/// Whose id or count it is, when it is not the review's.
const OF_OTHERS: [&str; 22] = [
    "user", "usuario", "consumer", "customer", "cliente", "business", "unit", "order", "pedido", "reserva",
    "booking", "product", "producto", "author", "reviewer", "place", "app", "package", "negocio", "location",
    "venue", "profile",
];
const COUNTS: [&str; 12] = [
    "number", "numero", "num", "count", "total", "likes", "votes", "helpful", "average", "media", "up",
    "down",
];
/// Later dates: when the stay was, when it was last changed.
const OTHER_DATES: [&str; 12] = [
    "estancia",
    "stay",
    "visita",
    "visit",
    "updated",
    "update",
    "modificacion",
    "actualizacion",
    "experienced",
    "experience",
    "edited",
    "compra",
];

/// Lower case, no accents, words apart: `Fecha de la Reseña` and `fechaResena` become `fecha resena`.
pub(super) fn normal(name: &str) -> String {
    const IDLE: [&str; 13] =
        ["de", "la", "el", "del", "of", "the", "los", "las", "da", "do", "di", "du", "in"];
    let mut spaced = String::with_capacity(name.len() + 8);
    let mut before_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && before_lower {
            spaced.push(' ');
        }
        before_lower = c.is_lowercase();
        for lower in c.to_lowercase() {
            match lower {
                'á' | 'à' | 'â' | 'ã' | 'ä' => spaced.push('a'),
                'é' | 'è' | 'ê' | 'ë' => spaced.push('e'),
                'í' | 'ì' | 'î' | 'ï' => spaced.push('i'),
                'ó' | 'ò' | 'ô' | 'õ' | 'ö' => spaced.push('o'),
                'ú' | 'ù' | 'û' | 'ü' => spaced.push('u'),
                'ñ' => spaced.push('n'),
                'ç' => spaced.push('c'),
                c if c.is_alphanumeric() => spaced.push(c),
                _ => spaced.push(' '),
            }
        }
    }
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| !IDLE.contains(word)).collect();
    words.join(" ")
}

/// How well a name fits each role. Zero: not at all.
fn scores(name: &str) -> [i32; ROLES] {
    let mut scores = [0; ROLES];
    let normal = normal(name);
    let words: Vec<&str> = normal.split(' ').collect();
    if normal.is_empty() || words.len() > 12 {
        return scores;
    }
    let any = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if any(&NEVER) {
        return scores;
    }
    if any(&REPLY) {
        let role = if any(&WHEN) { Role::ReplyDate } else { Role::ReplyText };
        // Exports repeat the date as text and as milliseconds: the milliseconds have no zone to guess.
        let bonus = if words.contains(&"millis") || words.contains(&"text") || words.contains(&"comment") {
            10
        } else {
            0
        };
        scores[role as usize] = 80 + bonus - words.len() as i32;
        return scores;
    }
    let whose = any(&OF_OTHERS) && (words.contains(&"id") || any(&COUNTS));
    for (role, list) in [
        (Role::Id, ID),
        (Role::Date, DATE),
        (Role::Stars, STARS),
        (Role::Title, TITLE),
        (Role::Text, TEXT),
        (Role::TextMore, TEXT_MORE),
        (Role::Author, AUTHOR),
        (Role::Url, URL),
        (Role::Language, LANGUAGE),
        (Role::Place, PLACE),
    ] {
        let best = list.iter().map(|&(phrase, weight)| fit(&normal, phrase, weight)).max().unwrap_or(0);
        let less = match role {
            Role::Date if any(&OTHER_DATES) => 30,
            Role::Date if words.contains(&"millis") => -12,
            _ if whose || any(&COUNTS) => 60,
            _ => 0,
        };
        scores[role as usize] = best - less;
    }
    scores
}

/// How well a phrase fits a name: 100 for the name itself, its weight less what else the name says, 0 for not at all.
pub(super) fn fit(name: &str, phrase: &str, weight: i32) -> i32 {
    if name == phrase {
        return 100;
    }
    let inside = name.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
    let at_end = name.strip_suffix(phrase).is_some_and(|rest| rest.ends_with(' '));
    let within = inside || at_end || name.contains(&format!(" {phrase} "));
    if !within {
        return 0;
    }
    let others = (name.split(' ').count() - phrase.split(' ').count()) as i32;
    weight + if inside { 4 } else { 0 } - 2 * others
}

/// Gives each role the column whose name fits it best; no column gets two.
pub(super) fn by_name(columns: &[String]) -> [Option<usize>; ROLES] {
    let mut fits: Vec<(i32, usize, usize)> = Vec::new();
    for (column, name) in columns.iter().enumerate() {
        for (role, score) in scores(name).into_iter().enumerate() {
            if score >= FAINT {
                fits.push((score, column, role));
            }
        }
    }
    fits.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut found = [None; ROLES];
    for (_, column, role) in fits {
        if found[role].is_none() && !found.contains(&Some(column)) {
            found[role] = Some(column);
        }
    }
    found
}

/// The times of a column whose name says so are UTC.
pub(super) fn says_utc(name: &str) -> bool {
    normal(name).split(' ').any(|word| word == "utc" || word == "gmt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str]) -> Vec<(Role, String)> {
        let columns: Vec<String> = names.iter().map(ToString::to_string).collect();
        let by = by_name(&columns);
        Role::ALL.into_iter().filter_map(|role| Some((role, columns[by[role as usize]?].clone()))).collect()
    }

    fn check(names: &[&str], expected: &[(Role, &str)]) {
        let mut expected: Vec<(Role, String)> =
            expected.iter().map(|(role, name)| (*role, (*name).into())).collect();
        expected.sort();
        assert_eq!(found(names), expected);
    }

    #[test]
    fn spanish_names_are_understood() {
        check(
            &["Fecha", "Nombre", "Puntuación", "Comentario", "Respuesta", "Fecha de respuesta"],
            &[
                (Role::Date, "Fecha"),
                (Role::Author, "Nombre"),
                (Role::Stars, "Puntuación"),
                (Role::Text, "Comentario"),
                (Role::ReplyText, "Respuesta"),
                (Role::ReplyDate, "Fecha de respuesta"),
            ],
        );
        check(
            &[
                "Título de la reseña",
                "Reseña",
                "Estrellas",
                "Fecha de la reseña",
                "Nombre del establecimiento",
                "Autor",
            ],
            &[
                (Role::Title, "Título de la reseña"),
                (Role::Text, "Reseña"),
                (Role::Stars, "Estrellas"),
                (Role::Date, "Fecha de la reseña"),
                (Role::Place, "Nombre del establecimiento"),
                (Role::Author, "Autor"),
            ],
        );
        check(
            &[
                "Número de reserva",
                "Nota",
                "Comentario positivo",
                "Comentario negativo",
                "Nombre del huésped",
            ],
            &[
                (Role::Stars, "Nota"),
                (Role::Text, "Comentario positivo"),
                (Role::TextMore, "Comentario negativo"),
                (Role::Author, "Nombre del huésped"),
            ],
        );
    }

    #[test]
    fn english_names_and_keys_are_understood() {
        check(
            &[
                "Review Id",
                "Review Date",
                "Customer email",
                "Review Title",
                "Review",
                "Rating",
                "Helpful votes",
            ],
            &[
                (Role::Id, "Review Id"),
                (Role::Date, "Review Date"),
                (Role::Title, "Review Title"),
                (Role::Text, "Review"),
                (Role::Stars, "Rating"),
            ],
        );
        check(
            &["reviewId", "starRating", "reviewer.displayName", "comment", "createTime", "updateTime"],
            &[
                (Role::Id, "reviewId"),
                (Role::Stars, "starRating"),
                (Role::Author, "reviewer.displayName"),
                (Role::Text, "comment"),
                (Role::Date, "createTime"),
            ],
        );
    }

    #[test]
    fn other_languages_are_understood() {
        check(&["Data", "Avaliação"], &[(Role::Date, "Data"), (Role::Stars, "Avaliação")]);
        check(&["Titre", "Commentaire"], &[(Role::Title, "Titre"), (Role::Text, "Commentaire")]);
        check(&["Punteggio", "Recensione"], &[(Role::Stars, "Punteggio"), (Role::Text, "Recensione")]);
        check(&["Ressenya", "Puntuació"], &[(Role::Text, "Ressenya"), (Role::Stars, "Puntuació")]);
    }

    #[test]
    fn what_names_nothing_of_ours_gets_no_role() {
        check(&["Correo electrónico", "Teléfono", "User Id", "photo.url", "", "SKU"], &[]);
    }
}
