//! What a text speaks of, and how: the taxonomy, and what a reading says of it.
//!
//! *Two levels.* A [`Category`] is fine: an entity and a facet ("food quality", "rooms cleanliness"). An [`Aspect`] is
//! what an owner thinks in ("food", "cleanliness"); each category belongs to one ([`Category::aspect`]). Categories
//! of the house as a whole are called "business …"; [`Category::name_in`] says what they are called in the usual
//! restaurant and hotel schemes, with which ours agree one to one.
//!
//! *How.* `find` takes each sentence: one table of lanes, a lane per category, says which are spoken of; `terms`
//! (`lexicon/aspects.tsv`) says with which words; the clause around them says whether well or ill. Categories
//! that no labelled set knows (refunds, bookings, payments, …) are found by their words alone.
//!
//! *To add an aspect:* 1. a variant of [`Aspect`] with its name in `NAMES`, and the kinds of business it matters to
//! in [`Aspect::of_kind`]; 2. a category in `CATEGORIES` (at the end: the number is its lane); 3. its words in
//! `lexicon/aspects.tsv`; 4. train again.

pub(crate) mod find;
mod pieces;
pub(crate) mod terms;

#[cfg(test)]
mod tests;

use crate::reading::{Label, Span};

/// What an owner can do something about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Aspect {
    /// What is eaten, and how it tastes.
    Food,
    /// What is drunk.
    Drinks,
    /// What there is to choose from: menu, range, portions, stock.
    Variety,
    /// How people are served.
    Service,
    /// The people who serve.
    Staff,
    /// Waiting, queues, delays, punctuality.
    Wait,
    /// What it costs, and whether it is worth it.
    Price,
    /// Clean or dirty, smells, pests.
    Cleanliness,
    /// Rooms, beds, bathrooms.
    Room,
    /// Comfortable or not.
    Comfort,
    /// What the house offers besides: parking, pool, lift, wifi, furniture.
    Facilities,
    /// Where it is.
    Location,
    /// Atmosphere, décor, music, noise.
    Ambience,
    /// The thing sold and its quality; what a course teaches, what a workshop repairs.
    Product,
    /// How it looks.
    Design,
    /// Getting it: speed, damage, couriers.
    Delivery,
    /// How it is packed.
    Packaging,
    /// Website, app, software.
    App,
    /// Money back.
    Refund,
    /// Reservations and appointments.
    Booking,
    /// Paying, bills, charges, contracts.
    Payment,
    /// After-sales: guarantee, repair, exchange.
    Warranty,
    /// Whether anybody can be reached by phone or mail.
    Contact,
    /// Safety and health.
    Safety,
    /// Whether what they say is true: information, advertising, fraud.
    Information,
    /// The whole.
    General,
}

/// A kind of business, for the aspects that matter to it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum BusinessKind {
    /// Bars, cafés, restaurants.
    Restaurant,
    /// Hotels, hostels, holiday flats.
    Hotel,
    /// Shops with a door.
    Shop,
    /// Shops on the net.
    OnlineShop,
    /// Workshops, repairs, works at home.
    Workshop,
    /// Clinics, dentists, hairdressers: people under one's hands.
    Clinic,
    /// Banks, insurers, telephone and energy companies.
    Contract,
    /// Schools and courses.
    Education,
    /// Apps and software.
    Software,
    /// Anything else.
    Other,
}

/// The aspects that matter to each kind of business, the weightiest first.
#[rustfmt::skip]
mod matters {
    use super::Aspect::{
        self, Ambience, App, Booking, Cleanliness, Comfort, Contact, Delivery, Design, Drinks, Facilities, Food, General,
        Information, Location, Packaging, Payment, Price, Product, Refund, Room, Safety, Service, Staff, Variety, Wait,
        Warranty,
    };

    pub const RESTAURANT: &[Aspect] = &[
        Food, Drinks, Service, Staff, Wait, Price, Variety, Ambience, Cleanliness, Location, Booking,
        Facilities, Delivery, Packaging, Payment, Safety, General,
    ];
    pub const HOTEL: &[Aspect] = &[
        Room, Cleanliness, Service, Staff, Location, Comfort, Facilities, Food, Drinks, Price, Ambience,
        Booking, Wait, Design, Payment, Refund, Information, Safety, Variety, General,
    ];
    pub const SHOP: &[Aspect] = &[
        Product, Service, Staff, Price, Variety, Wait, Design, Refund, Warranty, Location, Cleanliness,
        Ambience, Payment, Information, General,
    ];
    pub const ONLINE_SHOP: &[Aspect] = &[
        Delivery, Product, Refund, Contact, Packaging, Price, App, Service, Payment, Warranty, Variety,
        Information, Design, Wait, General,
    ];
    pub const WORKSHOP: &[Aspect] = &[
        Product, Price, Wait, Service, Staff, Warranty, Information, Contact, Booking, Payment, Location,
        General,
    ];
    pub const CLINIC: &[Aspect] = &[
        Service, Staff, Wait, Booking, Product, Information, Price, Cleanliness, Contact, Facilities,
        Safety, Location, Payment, General,
    ];
    pub const CONTRACT: &[Aspect] = &[
        Contact, Service, Staff, Payment, Price, Information, App, Refund, Wait, Product, Warranty, Booking,
        Safety, General,
    ];
    pub const EDUCATION: &[Aspect] = &[
        Product, Staff, Price, Information, App, Facilities, Service, Contact, Booking, Payment, General,
    ];
    pub const SOFTWARE: &[Aspect] = &[
        App, Product, Design, Price, Payment, Contact, Service, Refund, Safety, Information, General,
    ];
}

impl Aspect {
    /// Every aspect, in a stable order.
    pub const ALL: [Self; 26] = [
        Self::Food,
        Self::Drinks,
        Self::Variety,
        Self::Service,
        Self::Staff,
        Self::Wait,
        Self::Price,
        Self::Cleanliness,
        Self::Room,
        Self::Comfort,
        Self::Facilities,
        Self::Location,
        Self::Ambience,
        Self::Product,
        Self::Design,
        Self::Delivery,
        Self::Packaging,
        Self::App,
        Self::Refund,
        Self::Booking,
        Self::Payment,
        Self::Warranty,
        Self::Contact,
        Self::Safety,
        Self::Information,
        Self::General,
    ];

    const NAMES: [&'static str; 26] = [
        "food",
        "drinks",
        "variety",
        "service",
        "staff",
        "wait",
        "price",
        "cleanliness",
        "room",
        "comfort",
        "facilities",
        "location",
        "ambience",
        "product",
        "design",
        "delivery",
        "packaging",
        "app",
        "refund",
        "booking",
        "payment",
        "warranty",
        "contact",
        "safety",
        "information",
        "general",
    ];

    /// The stable name, for storage and interfaces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The aspect of a name; `None` for a name we do not know.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aspect| aspect.as_str() == name)
    }

    /// The aspects that matter to a kind of business, the weightiest first.
    #[must_use]
    pub const fn of_kind(kind: BusinessKind) -> &'static [Self] {
        match kind {
            BusinessKind::Restaurant => matters::RESTAURANT,
            BusinessKind::Hotel => matters::HOTEL,
            BusinessKind::Shop => matters::SHOP,
            BusinessKind::OnlineShop => matters::ONLINE_SHOP,
            BusinessKind::Workshop => matters::WORKSHOP,
            BusinessKind::Clinic => matters::CLINIC,
            BusinessKind::Contract => matters::CONTRACT,
            BusinessKind::Education => matters::EDUCATION,
            BusinessKind::Software => matters::SOFTWARE,
            BusinessKind::Other => &Self::ALL,
        }
    }
}

impl BusinessKind {
    /// Every kind, in a stable order.
    pub const ALL: [Self; 10] = [
        Self::Restaurant,
        Self::Hotel,
        Self::Shop,
        Self::OnlineShop,
        Self::Workshop,
        Self::Clinic,
        Self::Contract,
        Self::Education,
        Self::Software,
        Self::Other,
    ];

    /// The stable name, for storage and interfaces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Restaurant => "restaurant",
            Self::Hotel => "hotel",
            Self::Shop => "shop",
            Self::OnlineShop => "online_shop",
            Self::Workshop => "workshop",
            Self::Clinic => "clinic",
            Self::Contract => "contract",
            Self::Education => "education",
            Self::Software => "software",
            Self::Other => "other",
        }
    }

    /// The kind of a name; `None` for a name we do not know.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// An entity and its facet: what exactly is spoken of. The number is its lane in the model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Category(u8);

/// Names and aspects of the categories, in the order of the model's lanes.
pub(crate) const CATEGORIES: [(&str, Aspect); 63] = [
    ("business general", Aspect::General),
    ("business prices", Aspect::Price),
    ("business quality", Aspect::General),
    ("business comfort", Aspect::Comfort),
    ("business cleanliness", Aspect::Cleanliness),
    ("business design_features", Aspect::Design),
    ("business miscellaneous", Aspect::General),
    ("food quality", Aspect::Food),
    ("food style_options", Aspect::Variety),
    ("food prices", Aspect::Price),
    ("drinks quality", Aspect::Drinks),
    ("drinks style_options", Aspect::Variety),
    ("drinks prices", Aspect::Price),
    ("service general", Aspect::Service),
    ("location general", Aspect::Location),
    ("ambience general", Aspect::Ambience),
    ("rooms general", Aspect::Room),
    ("rooms design_features", Aspect::Room),
    ("rooms cleanliness", Aspect::Cleanliness),
    ("rooms comfort", Aspect::Comfort),
    ("rooms quality", Aspect::Room),
    ("rooms prices", Aspect::Price),
    ("rooms miscellaneous", Aspect::Room),
    ("facilities general", Aspect::Facilities),
    ("facilities design_features", Aspect::Facilities),
    ("facilities quality", Aspect::Facilities),
    ("facilities prices", Aspect::Price),
    ("facilities cleanliness", Aspect::Cleanliness),
    ("facilities comfort", Aspect::Comfort),
    ("facilities miscellaneous", Aspect::Facilities),
    ("room_amenities general", Aspect::Facilities),
    ("room_amenities design_features", Aspect::Facilities),
    ("room_amenities comfort", Aspect::Comfort),
    ("room_amenities quality", Aspect::Facilities),
    ("room_amenities cleanliness", Aspect::Cleanliness),
    ("room_amenities prices", Aspect::Price),
    ("product general", Aspect::Product),
    ("product quality", Aspect::Product),
    ("product design", Aspect::Design),
    ("product performance", Aspect::Product),
    ("product usability", Aspect::Product),
    ("product prices", Aspect::Price),
    ("product style_options", Aspect::Variety),
    ("delivery general", Aspect::Delivery),
    ("delivery quality", Aspect::Delivery),
    ("delivery prices", Aspect::Price),
    ("packaging general", Aspect::Packaging),
    ("warranty general", Aspect::Warranty),
    ("contact general", Aspect::Contact),
    ("business recommendation", Aspect::General),
    ("course general", Aspect::General),
    ("course quality", Aspect::Product),
    ("course workload", Aspect::Product),
    ("faculty general", Aspect::Staff),
    ("materials general", Aspect::Product),
    ("app general", Aspect::App),
    ("refund general", Aspect::Refund),
    ("booking general", Aspect::Booking),
    ("payment general", Aspect::Payment),
    ("safety general", Aspect::Safety),
    ("information general", Aspect::Information),
    ("service staff", Aspect::Staff),
    ("service wait", Aspect::Wait),
];

impl Category {
    /// Every category, in a stable order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CATEGORIES.len() as u8).map(Self)
    }

    /// The name: entity, space, facet.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        CATEGORIES.get(self.lane()).map_or("", |category| category.0)
    }

    /// The aspect it belongs to.
    #[must_use]
    pub fn aspect(self) -> Aspect {
        CATEGORIES.get(self.lane()).map_or(Aspect::General, |category| category.1)
    }

    /// The category of a name, either ours or that of the restaurant and hotel schemes ("hotel comfort",
    /// "food_drinks quality"); `None` for a name we do not know.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let (entity, facet) = name.split_once(' ')?;
        let entity = match entity {
            "restaurant" | "hotel" => "business",
            "food_drinks" => "food",
            own => own,
        };
        Self::all().find(|category| category.as_str().split_once(' ') == Some((entity, facet)))
    }

    /// What the usual scheme of a kind of business calls it: "restaurant prices", "hotel comfort",
    /// "food_drinks quality". Elsewhere it is its own name.
    #[must_use]
    pub fn name_in(self, kind: BusinessKind) -> &'static str {
        match (kind, self.as_str()) {
            (_, "service staff" | "service wait") => "service general",
            (BusinessKind::Restaurant, "business general") => "restaurant general",
            (BusinessKind::Restaurant, "business prices") => "restaurant prices",
            (BusinessKind::Restaurant, "business miscellaneous") => "restaurant miscellaneous",
            (BusinessKind::Hotel, "business general") => "hotel general",
            (BusinessKind::Hotel, "business prices") => "hotel prices",
            (BusinessKind::Hotel, "business quality") => "hotel quality",
            (BusinessKind::Hotel, "business comfort") => "hotel comfort",
            (BusinessKind::Hotel, "business cleanliness") => "hotel cleanliness",
            (BusinessKind::Hotel, "business design_features") => "hotel design_features",
            (BusinessKind::Hotel, "business miscellaneous") => "hotel miscellaneous",
            (BusinessKind::Hotel, "food quality" | "drinks quality") => "food_drinks quality",
            (BusinessKind::Hotel, "food style_options" | "drinks style_options") => {
                "food_drinks style_options"
            }
            (BusinessKind::Hotel, "food prices" | "drinks prices") => "food_drinks prices",
            (_, own) => own,
        }
    }

    pub(crate) const fn lane(self) -> usize {
        self.0 as usize
    }

    /// The first word of the name.
    pub(crate) fn entity(self) -> &'static str {
        self.as_str().split(' ').next().unwrap_or_default()
    }

    /// The second word of the name.
    pub(crate) fn facet(self) -> &'static str {
        self.as_str().split(' ').nth(1).unwrap_or_default()
    }
}

/// An aspect a text speaks of.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AspectMention {
    /// Which aspect. That of the category, unless the words name a closer one: a slow waiter is "service general"
    /// and here *wait*, a dirty dining room "ambience general" and here *cleanliness*.
    pub aspect: Aspect,
    /// What exactly.
    pub category: Category,
    /// How it is spoken of; unsure where the model had better not say.
    pub label: Label,
    /// Calibrated probabilities of that: negative, neutral, positive. They add up to one.
    pub probabilities: [f32; 3],
    /// The words it comes from: the term and what is said of it, or the clause where no word names it.
    pub span: Span,
}
