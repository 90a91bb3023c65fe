//! The wording in Spanish.

use nlp::Aspect;

use super::wording::Wording;

pub(crate) const ES: Wording = Wording {
    greetings: &["Hola, {author}:", "Buenos días, {author}:", "Hola, {author}."],
    greetings_unsigned: &["Hola:", "Buenos días:", "Hola."],
    thanks_complaint: &[
        "Gracias por contárnoslo.",
        "Gracias por tomar[se|te] el tiempo de escribirnos.",
        "[Le|Te] agradecemos que nos lo [diga|digas] con franqueza.",
        "Gracias por decírnoslo sin rodeos.",
    ],
    thanks_praise: &[
        "Muchas gracias por [sus|tus] palabras.",
        "Gracias de corazón por escribirnos.",
        "[Le|Te] damos las gracias por [su|tu] opinión.",
        "Gracias por dedicarnos un momento.",
    ],
    thanks_mixed: &[
        "Gracias por contarnos lo bueno y lo que no lo fue tanto.",
        "Gracias por una opinión tan equilibrada.",
        "Gracias por escribirnos con tanto detalle.",
    ],
    sorry_for: &[
        "Sentimos lo que nos [cuenta|cuentas] {what}.",
        "Lamentamos lo que [describe|describes] {what}.",
        "Nos duele leer lo que [cuenta|cuentas] {what}, y [le|te] pedimos disculpas.",
        "Entendemos lo que nos [dice|dices] {what}, y lo sentimos.",
    ],
    sorry: &[
        "Sentimos lo que nos [cuenta|cuentas].",
        "Lamentamos que [quedara|quedaras] con esa impresión.",
        "Nos duele leerlo, y [le|te] pedimos disculpas.",
    ],
    quote: &[
        "Nos [escribe|escribes]: «{quote}».",
        "Leemos esto y nos paramos: «{quote}».",
        "Con [sus|tus] palabras: «{quote}».",
    ],
    glad_of: &[
        "Nos alegra leer lo que [dice|dices] {what}.",
        "Da gusto leer lo que [cuenta|cuentas] {what}.",
        "Es una alegría lo que [dice|dices] {what}.",
    ],
    glad: &["Da gusto leer algo así.", "Nos alegra mucho leerlo.", "Palabras así nos animan a seguir."],
    causes: [
        &[
            "Lo que se anuncia tiene que cumplirse.",
            "Quien nos elige debe encontrar lo que anunciamos, ni más ni menos.",
        ],
        &["Lo que ofrecemos tiene que estar bien.", "La calidad es lo primero que se nos puede exigir."],
        &[
            "Un buen trato es lo mínimo que se nos puede pedir.",
            "Tratar bien a la gente va antes que todo lo demás.",
        ],
    ],
    remedy: &[
        "Lo que haremos: {{remedio}}.",
        "Para ponerle remedio: {{remedio}}.",
        "Nuestra respuesta: {{remedio}}.",
    ],
    next_step: &[
        "Nos gustaría hablar [con usted|contigo]: ¿nos [escribe|escribes] en privado?",
        "¿Podemos hablarlo? [Escríbanos|Escríbenos] en privado y lo vemos.",
        "Si [quiere|quieres] contarnos algo más, [escríbanos|escríbenos] en privado.",
    ],
    next_step_contact: &[
        "[Díganos|Dinos] en privado cómo [prefiere|prefieres] que hablemos.",
        "[Escríbanos|Escríbenos] en privado y [díganos|dinos] cuándo [le|te] viene bien que hablemos.",
    ],
    question: &[
        "Y sobre [su|tu] pregunta: [escríbanos|escríbenos] en privado para poder responderla bien.",
        "Queremos responder bien a lo que [pregunta|preguntas]; ¿nos [escribe|escribes]?",
    ],
    claim: &[
        "[Está|Estás] en [su|tu] derecho de reclamar, y eso no cambia nuestras ganas de hablarlo.",
        "Reclamar es [su|tu] derecho y lo respetamos.",
    ],
    opinion: &["Respetamos [su|tu] opinión.", "[Su|Tu] opinión merece respeto, también cuando duele."],
    secret_intro: &[
        "Por confidencialidad no comentamos aquí ningún caso ni decimos quién acude a nosotros.",
        "La confidencialidad nos impide tratar en público cualquier situación particular.",
    ],
    secret_matter: &[
        "Lo que se nos escribe {what} nos importa.",
        "Nos tomamos en serio lo que leemos aquí {what}.",
    ],
    secret_matter_unknown: &[
        "Lo que se nos escribe nos importa.",
        "Nos tomamos en serio lo que leemos aquí.",
    ],
    secret_next: &[
        "Si [quiere|quieres] que hablemos, [escríbanos|escríbenos] en privado o [llámenos|llámanos].",
        "[Puede|Puedes] escribirnos en privado o llamarnos, y [le|te] escucharemos.",
    ],
    secret_praise: &["Palabras así nos animan a seguir.", "Da gusto leer algo así."],
    secret_praise_of: &["Da gusto leer algo así {what}.", "Nos anima leer esto {what}."],
    farewells: &["Un saludo,", "Un cordial saludo,", "Saludos,"],
    and: "y",
    aspect,
    of,
};

const fn aspect(aspect: Aspect) -> Option<&'static str> {
    Some(match aspect {
        Aspect::Food => "la comida",
        Aspect::Drinks => "la bebida",
        Aspect::Variety => "la variedad",
        Aspect::Service => "la atención",
        Aspect::Staff => "el trato",
        Aspect::Wait => "la espera",
        Aspect::Price => "el precio",
        Aspect::Cleanliness => "la limpieza",
        Aspect::Room => "la habitación",
        Aspect::Comfort => "la comodidad",
        Aspect::Facilities => "las instalaciones",
        Aspect::Location => "la ubicación",
        Aspect::Ambience => "el ambiente",
        Aspect::Product => "el producto",
        Aspect::Design => "el diseño",
        Aspect::Delivery => "la entrega",
        Aspect::Packaging => "el embalaje",
        Aspect::App => "la web",
        Aspect::Refund => "la devolución",
        Aspect::Booking => "la reserva",
        Aspect::Payment => "el cobro",
        Aspect::Warranty => "la garantía",
        Aspect::Contact => "lo que cuesta dar con nosotros",
        Aspect::Safety => "la seguridad",
        Aspect::Information => "la información",
        Aspect::General => return None,
    })
}

fn of(noun: &str) -> String {
    noun.strip_prefix("el ").map_or_else(|| format!("de {noun}"), |noun| format!("del {noun}"))
}
