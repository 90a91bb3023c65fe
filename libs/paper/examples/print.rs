//! Writes posters and labels for looking at: `cargo run -p paper --example print -- FOLDER`.

use std::path::Path;

use paper::{Code, Date, Labels, Poster, Size, labels, poster};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let text = str::to_owned;
    let made = Date { year: 2026, month: 11, day: 26 };
    let spanish = Poster {
        size: Size::A4,
        language: text("es"),
        business: text("Bar La Esquina"),
        headline: text("¿Qué tal te hemos tratado?"),
        lines: vec![text("Cuéntalo en un minuto. Bueno o malo: nos sirve igual.")],
        url: text("https://timon.example/r/k7q2m9xa"),
        alt: text("Código QR de timon.example/r/k7q2m9xa"),
        code: Some(Code { label: text("Código de hoy"), value: text("ROBLE 42") }),
        footer: text("Preguntamos a todo el mundo. No filtramos."),
        made,
    };
    let english = Poster {
        language: text("en"),
        headline: text("How was it?"),
        lines: vec![text("Tell us in a minute. Good or bad, it helps us just the same.")],
        code: None,
        footer: text("We ask everyone. We don’t filter."),
        ..spanish.clone()
    };
    for (name, one) in [
        ("a4-es", spanish.clone()),
        ("a4-en", english.clone()),
        ("a6-es", Poster { size: Size::A6, ..spanish.clone() }),
        ("a6-en", Poster { size: Size::A6, ..english }),
        ("four-es", Poster { size: Size::FourA6, ..spanish }),
    ] {
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), poster(&one)?)?;
    }
    let sheet = labels(&Labels {
        codes: (0..30).map(|number| format!("K7Q2-M{number:03}")).collect(),
        url: text("https://timon.example/r/k7q2m9xa?c={code}"),
        address: text("https://timon.example/r/k7q2m9xa"),
        alt: text("Código QR de {code}"),
        business: text("Bar La Esquina"),
        instructions: text("¿Qué tal ha ido? Cuéntalo con este código, hasta el 26 de diciembre."),
        title: text("Etiquetas"),
        language: text("es"),
        made,
    })?;
    std::fs::write(Path::new(&folder).join("labels.pdf"), sheet)?;
    Ok(())
}
