//! What a writer wrote, without the letters he quotes and without a signature.
//!
//! Every mail program quotes in its own way and language, so this is a list of ways and not a rule. What must stay true:
//! it never takes everything away. Where nothing would be left, all of the text is what was written; a forwarded letter
//! is kept for the same reason: it is what the writer wants to show.

/// What ends a line that introduces a quotation.
const WROTE: [&str; 17] = [
    "escribió:",
    "escribió :",
    "escribio:",
    "ha escrito:",
    "wrote:",
    "writes:",
    "va escriure:",
    "ha escrit:",
    "va escriure el següent:",
    "escreveu:",
    "escreveu :",
    "a écrit :",
    "a écrit:",
    "ha scritto:",
    "schrieb:",
    "geschrieben:",
    "escrigué:",
];

/// What begins such a line.
const ON: [&str; 12] =
    ["el ", "on ", "le ", "am ", "il ", "em ", "en ", "a ", "no dia ", "missatge de ", "dia ", "de "];

/// The lines over a quoted letter, without their hyphens.
const ORIGINAL: [&str; 12] = [
    "mensaje original",
    "original message",
    "missatge original",
    "mensagem original",
    "message d'origine",
    "message d’origine",
    "message original",
    "ursprüngliche nachricht",
    "originalnachricht",
    "messaggio originale",
    "original-nachricht",
    "mensaje citado",
];

/// `From:` as Outlook writes it over a quoted letter.
const FROM: [&str; 6] = ["de", "from", "von", "da", "expéditeur", "remitente"];

/// The other lines there.
const HEADING: [&str; 28] = [
    "enviado",
    "enviado el",
    "enviat",
    "enviat el",
    "enviada",
    "enviada em",
    "sent",
    "date",
    "fecha",
    "data",
    "envoyé",
    "gesendet",
    "datum",
    "inviato",
    "para",
    "to",
    "per a",
    "a",
    "à",
    "an",
    "asunto",
    "subject",
    "assumpte",
    "assunto",
    "objet",
    "betreff",
    "oggetto",
    "cc",
];

/// How the lines begin that a telephone or a program adds.
const SENT_FROM: [&str; 28] = [
    "enviado desde mi",
    "enviado desde el",
    "enviado desde outlook",
    "enviado desde yahoo",
    "enviado desde correo",
    "enviado con",
    "sent from my",
    "sent from outlook",
    "sent from yahoo",
    "sent from mail",
    "sent with",
    "enviat des del meu",
    "enviat des de",
    "enviado do meu",
    "enviado a partir do",
    "envoyé de mon",
    "envoyé depuis",
    "von meinem",
    "gesendet von",
    "inviato da",
    "obtener outlook",
    "get outlook",
    "descargar outlook",
    "descarga outlook",
    "enviado desde samsung",
    "enviado desde gmail",
    "sent from samsung",
    "sent from gmail",
];

/// Longest line a telephone adds, characters.
const SENT_FROM_MAX: usize = 80;

/// Longest introduction of a quotation, in lines and characters.
const INTRODUCTION_LINES: usize = 4;
const INTRODUCTION_MAX: usize = 400;

/// Takes quotes and the signature out of a text.
pub(in crate::mail) fn strip(full: &str) -> String {
    let lines: Vec<&str> = full.lines().collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        if is_original(line) || is_heading(rest) {
            break;
        }
        if let Some(length) = introduction(rest) {
            // With marks the quotation shows its own end, and the answer may stand below it.
            if !is_marked(lines.get(at + length..).unwrap_or_default()) {
                break;
            }
            at += length;
            continue;
        }
        if !line.trim_start().starts_with('>') {
            kept.push(line);
        }
        at += 1;
    }
    // The rule above a quoted letter goes with it.
    while at < lines.len() && kept.last().is_some_and(|line| is_rule(line)) {
        kept.pop();
    }
    let written = without_signature(&kept);
    if written.chars().any(char::is_alphanumeric) { written } else { full.trim().to_owned() }
}

fn is_rule(line: &str) -> bool {
    line.trim().is_empty() || line.chars().all(|c| matches!(c, '_' | '-' | '=' | ' '))
}

fn without_signature(lines: &[&str]) -> String {
    let says = |lines: &[&str]| lines.iter().any(|line| line.chars().any(char::is_alphanumeric));
    let mut kept: Vec<&str> = Vec::new();
    for line in lines {
        if line.trim_end() == "--" && says(&kept) {
            break;
        }
        if !is_sent_from(line) {
            kept.push(line);
        }
    }
    let mut text = String::new();
    let mut blank = false;
    for line in kept {
        let line = line.trim_end();
        if line.trim().is_empty() {
            blank = !text.is_empty();
            continue;
        }
        if !text.is_empty() {
            text.push_str(if blank { "\n\n" } else { "\n" });
        }
        blank = false;
        text.push_str(line);
    }
    text
}

fn is_sent_from(line: &str) -> bool {
    let line = line.trim();
    let is_short = line.chars().count() <= SENT_FROM_MAX;
    is_short && {
        let lower = line.to_lowercase();
        SENT_FROM.iter().any(|start| lower.starts_with(start))
    }
}

/// `-----Mensaje original-----`, and the same without hyphens but alone in its line is not enough.
fn is_original(line: &str) -> bool {
    let line = line.trim();
    let bare = line.trim_matches(['-', ' ', '_', '=']);
    bare.len() < line.len() && line.starts_with(['-', '_', '=']) && {
        let bare = bare.to_lowercase();
        ORIGINAL.iter().any(|words| bare == *words)
    }
}

/// `De: …`, `Enviado: …`, `Para: …`, `Asunto: …`
fn is_heading(lines: &[&str]) -> bool {
    let Some(first) = lines.first().and_then(|line| label(line)) else { return false };
    if !FROM.contains(&first.as_str()) {
        return false;
    }
    let others = lines.iter().skip(1).take(6).filter_map(|line| label(line));
    others.filter(|label| HEADING.contains(&label.as_str())).count() >= 2
}

/// What stands before the colon of a heading's line, in lower case, without the stars of bold type.
fn label(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches('*');
    let (label, _) = line.split_once(':')?;
    let label = label.trim_matches(['*', ' ', '\u{a0}']);
    (label.chars().count() <= 12).then(|| label.to_lowercase())
}

/// How many lines introduce a quotation here. Mail programs break the introduction wherever a line is full.
fn introduction(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim().to_lowercase();
    if !ON.iter().any(|start| first.starts_with(start)) {
        return None;
    }
    let mut joined = String::new();
    for (number, line) in lines.iter().take(INTRODUCTION_LINES).enumerate() {
        let line = line.trim();
        if line.is_empty() || joined.len() > INTRODUCTION_MAX {
            return None;
        }
        joined.push(' ');
        joined.push_str(&line.to_lowercase());
        let has_digit = joined.chars().any(|c| c.is_ascii_digit());
        let has_name = joined.contains('@') || joined.contains('<');
        let ends = WROTE.iter().any(|end| joined.ends_with(end))
            || (joined.ends_with(':') && joined.contains(" schrieb ") && has_digit)
            || (joined.ends_with(':') && joined.starts_with(" missatge de ") && has_name);
        if ends && (has_digit || has_name) {
            return Some(number + 1);
        }
    }
    None
}

/// Whether the next thing said is marked as a quotation.
fn is_marked(lines: &[&str]) -> bool {
    lines
        .iter()
        .map(|line| line.trim_start())
        .find(|line| !line.is_empty())
        .is_some_and(|line| line.starts_with('>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What was written, and below it what a mail program added.
    const PROGRAMS: [(&str, &str); 17] = [
        ("gmail es", "El lun, 3 mar 2025 a las 10:22, Bar X (<hola@barx.test>) escribió:\n> Hola\n> Ana"),
        ("gmail es, broken", "El lun, 3 mar 2025 a las 10:22, Bar X\n(<hola@barx.test>) escribió:\n\n> Hola"),
        ("gmail en", "On Mon, Mar 3, 2025 at 10:22 AM Bar X <hola@barx.test> wrote:\n> Hello"),
        ("gmail en, html", "On Mon, Mar 3, 2025 at 10:22 AM Bar X <hola@barx.test> wrote:\nHello\nAna"),
        ("gmail ca", "Missatge de Bar X <hola@barx.test> del dia dl., 3 de març 2025 a les\n10:22:\n> Hola"),
        ("gmail pt", "Em seg., 3 de mar. de 2025 às 10:22, Bar X <hola@barx.test> escreveu:\n> Olá"),
        ("gmail fr", "Le lun. 3 mars 2025 à 10:22, Bar X <hola@barx.test> a écrit :\n> Bonjour"),
        ("gmail de", "Am Mo., 3. März 2025 um 10:22 Uhr schrieb Bar X <hola@barx.test>:\n> Hallo"),
        ("gmail it", "Il giorno lun 3 mar 2025 alle ore 10:22 Bar X <hola@barx.test> ha\nscritto:\n> Ciao"),
        ("apple es", "El 3 mar 2025, a las 10:22, Bar X <hola@barx.test> escribió:\n\nHola"),
        ("outlook es", "-----Mensaje original-----\nDe: Bar X\nHola"),
        ("outlook en", "-----Original Message-----\nFrom: Bar X\nHello"),
        ("outlook de", "-----Ursprüngliche Nachricht-----\nVon: Bar X\nHallo"),
        (
            "outlook block es",
            "________________________________\nDe: Bar X <hola@barx.test>\nEnviado: lunes, 3 de marzo de 2025 10:22\nPara: Ana\nAsunto: Hola\n\nHola",
        ),
        ("outlook block fr", "De : Bar X\nEnvoyé : lundi 3 mars 2025\nÀ : Ana\nObjet : Bonjour\n\nBonjour"),
        ("outlook block it", "Da: Bar X\nInviato: lunedì\nA: Ana\nOggetto: Ciao\n\nCiao"),
        ("bare marks", "> Hola\n> Ana"),
    ];

    #[test]
    fn quotes_of_every_program_are_taken_out() {
        for (program, quote) in PROGRAMS {
            let text = format!("Buenas, la sopa estaba fría.\n\nMarta\n\n{quote}\n");
            let wanted = "Buenas, la sopa estaba fría.\n\nMarta";
            assert_eq!(strip(&text), wanted, "{program}");
        }
    }

    #[test]
    fn an_answer_below_or_between_the_quote_is_kept() {
        let text = "On Mon, Mar 3, 2025 Bar X <a@b.test> wrote:\n> How many?\n\nFour.\n\n> When?\n\nAt nine.";
        assert_eq!(strip(text), "Four.\n\nAt nine.");
    }

    #[test]
    fn signatures_are_taken_out() {
        for signature in [
            "-- \nMarta Ruiz\n600 000 000",
            "Enviado desde mi iPhone",
            "Sent from my Galaxy",
            "Get Outlook for iOS",
        ] {
            assert_eq!(strip(&format!("Gracias.\n\n{signature}")), "Gracias.", "{signature}");
        }
    }

    #[test]
    fn ordinary_sentences_are_no_quotes() {
        for text in [
            "El lunes fuimos a cenar.\nMal.",
            "Mi marido escribió:\nnada",
            "De: todo un poco.\nTo be fair: fine.",
            "A las 22:00 el camarero nos dijo: esperen.\nY esperamos.",
            "---------- Forwarded message ---------\nFrom: Bar X <a@b.test>\nHola, le debemos 20 €",
        ] {
            assert_eq!(strip(text), text);
        }
    }

    #[test]
    fn where_all_is_quoted_all_is_kept() {
        assert_eq!(strip("> Hola\n> Ana"), "> Hola\n> Ana");
        assert_eq!(strip("-- \nMarta"), "--\nMarta");
    }

    proptest! {
        #[test]
        fn stripping_never_takes_everything(lines in prop::collection::vec(
            prop_oneof![
                Just("> x".to_owned()), Just("-- ".to_owned()), Just("De: a".to_owned()), Just("Para: b".to_owned()),
                Just("Asunto: c".to_owned()), Just("-----Mensaje original-----".to_owned()),
                Just("On 1 a@b wrote:".to_owned()), Just("Enviado desde mi iPhone".to_owned()), ".{0,40}",
            ], 0..12))
        {
            let full = lines.join("\n");
            let text = strip(&full);
            prop_assert!(full.trim().is_empty() || !text.trim().is_empty());
        }
    }
}
