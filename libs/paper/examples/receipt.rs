//! Writes a receipt for looking at: `cargo run -p paper --example receipt -- FILE [CHARACTERS]`.

use paper::{Date, Receipt, receipt};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let characters: usize = arguments.next().map_or(Ok(0), |count| count.parse())?;
    let mut complaint =
        "Reservamos para las nueve y nos sentaron a las diez menos cuarto. La sopa llegó fría y, al \
                         decirlo, nos contestaron: «así es aquí».\n\nPagamos 58,40 € y nos fuimos."
            .to_owned();
    while complaint.len() < characters {
        complaint.push_str(" Nadie volvió a pasar por la mesa en toda la noche.");
    }
    let text = str::to_owned;
    let pdf = receipt(&Receipt {
        language: text("es"),
        title: text("Justificante de reclamación"),
        business: text("Bar Lola\nCalle Mayor 1, 16001 Cuenca"),
        lead: text("Hemos recibido tu reclamación. Guarda este papel: con la clave la encontramos."),
        key_label: text("Clave de la reclamación"),
        key: text("Q7-4KD-2026"),
        rows: vec![
            (text("Recibida"), text("26 de noviembre de 2026, 21:40")),
            (text("Te contestamos, como tarde, el"), text("11 de diciembre de 2026")),
            (text("Por"), text("Correo electrónico, en castellano")),
        ],
        complaint_heading: text("Lo que nos dijiste"),
        complaint,
        notes_heading: text("Qué puedes hacer"),
        notes: vec![
            text(
                "Si la respuesta no te convence, puedes pedir la hoja de reclamaciones oficial de tu comunidad.",
            ),
            text("Este justificante no la sustituye."),
        ],
        footer: text("Bar Lola · Este papel prueba que recibimos tu reclamación y cuándo."),
        page_number: text("Página {page} de {pages}"),
        made: Date { year: 2026, month: 11, day: 26 },
    })?;
    std::fs::write(file, pdf)?;
    Ok(())
}
