//! Who reviewed what, from the sentence every notice begins with.

/// Longest name, characters.
const NAME_MAX: usize = 80;
/// How many lines of the text are looked through.
const LINES_MAX: usize = 30;

/// What follows the author: "Ana ha dejado una reseña …".
const AFTER: [&str; 22] = [
    " ha dejado una reseña",
    " ha dejado una nueva reseña",
    " dejó una reseña",
    " ha escrito una reseña",
    " escribió una reseña",
    " ha publicado una reseña",
    " ha actualizado su reseña",
    " ha dejado una opinión",
    " ha escrito una opinión",
    " ha publicado una opinión",
    " ha dejado un comentario",
    " ha escrito un comentario",
    " ha valorado",
    " left a review",
    " left you a review",
    " left a new review",
    " wrote a review",
    " posted a review",
    " updated their review",
    " updated a review",
    " has left a review",
    " just reviewed",
];

/// What stands before the author. The longer ones first: "de 1 estrella de Ana" is not by "1 estrella de Ana".
const BEFORE: [&str; 20] = [
    " estrella de ",
    " estrellas de ",
    " estrella por ",
    " estrellas por ",
    "ueva reseña de ",
    "ueva reseña por ",
    "eseña nueva de ",
    "ueva opinión de ",
    "ueva valoración de ",
    "uevo comentario de ",
    "uevo comentario del cliente ",
    "scrito por ",
    "eseña de ",
    " review from ",
    " review by ",
    "eview from ",
    "eview by ",
    "ritten by ",
    "omentario de ",
    "pinión de ",
];

/// What stands between the author or the review and the place.
const AT: [&str; 9] = [" sobre ", " en ", " para ", " de ", " for ", " of ", " on ", " about ", " at "];

/// Who and what, and the line that says so (`None`: the subject).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Headline {
    pub(super) author: Option<String>,
    pub(super) place: Option<String>,
    pub(super) line: Option<usize>,
}

/// Looks through the first lines and then the subject: the text says it better, the subject may be cut.
pub(super) fn find(subject: &str, lines: &[String]) -> Headline {
    let in_text = lines.iter().take(LINES_MAX).enumerate().find_map(|(number, line)| {
        read(line).map(|(author, place)| Headline { author: Some(author), place, line: Some(number) })
    });
    let in_subject = read(subject);
    match (in_text, in_subject) {
        (Some(found), Some((_, place))) => Headline { place: found.place.clone().or(place), ..found },
        (Some(found), None) => found,
        (None, Some((author, place))) => Headline { author: Some(author), place, line: None },
        (None, None) => Headline::default(),
    }
}

fn read(line: &str) -> Option<(String, Option<String>)> {
    if line.chars().count() > 200 {
        return None;
    }
    for after in AFTER {
        if let Some((author, rest)) = line.split_once(after) {
            let author = author.rsplit_once(": ").map_or(author, |(_, author)| author);
            let place = if after.ends_with("valorado") || after.ends_with("reviewed") {
                Some(rest)
            } else {
                AT.iter().find_map(|at| rest.strip_prefix(at))
            };
            return Some((name(author)?, place.and_then(name)));
        }
    }
    for before in BEFORE {
        if let Some((_, rest)) = line.split_once(before) {
            // A name may hold a " de ", so that does not end it.
            let cut = AT.iter().filter(|at| **at != " de ").find_map(|at| rest.split_once(at));
            let (author, place) = cut.map_or((rest, None), |(author, place)| (author, Some(place)));
            return Some((name(author)?, place.and_then(name)));
        }
    }
    None
}

/// A name without what stands around it; `None` where it can be none.
fn name(text: &str) -> Option<String> {
    let text = text
        .trim_matches(|c: char| c.is_whitespace() || (c.is_ascii_punctuation() && c != ')' && c != '\''))
        .trim_matches(['“', '”', '«', '»', '★', '⭐', '☆', '\u{fe0f}', ' ']);
    let good =
        !text.is_empty() && text.chars().count() <= NAME_MAX && text.chars().any(char::is_alphanumeric);
    good.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_say_who_and_where() {
        for (line, author, place) in [
            ("Marta Ruiz ha dejado una reseña sobre Bar El Puerto", "Marta Ruiz", Some("Bar El Puerto")),
            ("María de la Cruz dejó una reseña de Bar El Puerto.", "María de la Cruz", Some("Bar El Puerto")),
            ("Ana left a review for Bar El Puerto", "Ana", Some("Bar El Puerto")),
            ("New 1-star review from Ana", "Ana", None),
            ("Nueva reseña de 1 estrella de Ana", "Ana", None),
            ("Nueva opinión de viajero_99 sobre Hotel Sol", "viajero_99", Some("Hotel Sol")),
            ("Nueva reseña de María de la Cruz en Tienda X", "María de la Cruz", Some("Tienda X")),
            ("Pol ha valorado Bar El Puerto", "Pol", Some("Bar El Puerto")),
        ] {
            assert_eq!(read(line), Some((author.to_owned(), place.map(str::to_owned))), "{line}");
        }
        for line in ["Consigue más clientes", "", " ha dejado una reseña", "Tus reseñas de marzo"] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
