//! Who the bar is: what its owner would type in the first ten minutes.
//!
//! The world is Spanish in every language; only what the owner writes about the business itself is translated.

/// What the bar promises in an advert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advert {
    /// The words of the advert.
    pub text: &'static str,
    /// Where it was published.
    pub channel: &'static str,
    /// How many days before `now` it began to run.
    pub days_ago: u16,
}

/// What the owner changed in the business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What, in the owner's words.
    pub what: &'static str,
    /// How many days before `now`.
    pub days_ago: i64,
}

/// Who the business is and how it wants to appear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name over the door.
    pub name: &'static str,
    /// How customers shorten it.
    pub short_name: &'static str,
    /// What kind of business.
    pub kind: &'static str,
    /// Town.
    pub town: &'static str,
    /// Neighbourhood.
    pub neighbourhood: &'static str,
    /// Street and number; invented.
    pub address: &'static str,
    /// The owner's first name, as it signs the replies.
    pub owner: &'static str,
    /// IANA time zone.
    pub time_zone: &'static str,
    /// The year it opened.
    pub since: i16,
    /// One line about the bar.
    pub about: &'static str,
    /// The owner's charter: five lines.
    pub values: [&'static str; 5],
    /// What the adverts promise, oldest first. Adverts stay in Spanish: they are quoted, not translated.
    pub adverts: [Advert; 3],
    /// The five causes an owner of a bar would follow.
    pub topics: [&'static str; 5],
    /// What was done about the wait at the terrace.
    pub change: Change,
    /// Dishes whose fame the owner follows.
    pub dishes: [&'static str; 3],
}

/// How long ago the advert of the menu began to run; the texts of `era menu` come after it.
pub(crate) const MENU_ADVERT_DAYS: u16 = 75;

const ADVERTS: [Advert; 3] = [
    Advert {
        text: "Paella del domingo a leña. Reserva antes del sábado y te guardamos mesa hasta las 15:30.",
        channel: "Instagram",
        days_ago: 900,
    },
    Advert {
        text: "Terraza: te tomamos nota en menos de diez minutos.",
        channel: "Cartel en la puerta",
        days_ago: 410,
    },
    Advert {
        text: "Menú del día 14 €, todo incluido: primero, segundo, postre o café, pan y bebida.",
        channel: "Instagram y pizarra de la calle",
        days_ago: MENU_ADVERT_DAYS,
    },
];

/// The bar's profile, with what its owner writes about it in the language of `locale` (`en…`, or Spanish).
pub fn profile(locale: &str) -> Profile {
    let english = locale.to_ascii_lowercase().starts_with("en");
    let spanish = Profile {
        name: "Bar La Gavina Coixa",
        short_name: "La Gavina",
        kind: "bar",
        town: "Valencia",
        neighbourhood: "El Cabanyal",
        address: "Carrer dels Calafats, 27",
        owner: "Vicent",
        time_zone: "Europe/Madrid",
        since: 2011,
        about: "Bar de barrio a diez minutos de la playa: tortilla, esgarraet, clóchinas en temporada y paella a leña los domingos.",
        values: [
            "Aquí se trata igual al que pide un café que al que pide una paella.",
            "Producto del Cabanyal y del Mercado, y si algo es congelado se dice.",
            "El precio de la pizarra es el que se paga.",
            "Si nos equivocamos, se dice, se pide perdón y se arregla.",
            "Los vecinos descansan: a las doce se recoge la terraza.",
        ],
        adverts: ADVERTS,
        topics: ["espera en la terraza", "precio y cuenta", "comida", "trato", "ruido"],
        change: Change { what: "Una persona más para la terraza.", days_ago: crate::story::HIRED_DAYS_AGO },
        dishes: ["tortilla", "esgarraet", "paella"],
    };
    if !english {
        return spanish;
    }
    Profile {
        about: "A neighbourhood bar ten minutes from the beach: tortilla, esgarraet, mussels in season and wood-fired paella on Sundays.",
        values: [
            "Whoever orders a coffee is treated like whoever orders a paella.",
            "Produce from the Cabanyal and the market; if something is frozen, we say so.",
            "The price on the board is the price you pay.",
            "When we get it wrong we say so, apologise and put it right.",
            "Neighbours need to sleep: the terrace closes at midnight.",
        ],
        topics: ["waiting on the terrace", "price and bill", "food", "treatment", "noise"],
        change: Change { what: "One more person for the terrace.", ..spanish.change },
        ..spanish
    }
}
