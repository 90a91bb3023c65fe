//! The wording in English.

use nlp::Aspect;

use super::wording::Wording;

pub(crate) const EN: Wording = Wording {
    greetings: &["Hello {author},", "Dear {author},", "Good morning {author},"],
    greetings_unsigned: &["Hello,", "Good morning,", "Hello."],
    thanks_complaint: &[
        "Thank you for telling us.",
        "Thank you for taking the time to write.",
        "Thank you for being so frank with us.",
        "We are grateful that you told us plainly.",
    ],
    thanks_praise: &[
        "Thank you very much for your kind words.",
        "Thank you for taking the time to write.",
        "Many thanks for telling us.",
        "Thank you, it means a lot to us.",
    ],
    thanks_mixed: &[
        "Thank you for telling us what was good and what was less so.",
        "Thank you for such a fair opinion.",
        "Thank you for writing in such detail.",
    ],
    sorry_for: &[
        "We are sorry to read what you tell us about {what}.",
        "We regret what you describe about {what}.",
        "It hurts to read what you say about {what}, and we apologise.",
        "We understand what you say about {what}, and we are sorry.",
    ],
    sorry: &[
        "We are sorry to read this.",
        "We regret that you were left with this impression.",
        "It hurts to read this, and we apologise.",
    ],
    quote: &["You write: “{quote}”.", "This made us stop: “{quote}”.", "In your own words: “{quote}”."],
    glad_of: &[
        "We are glad to read what you say about {what}.",
        "It is a pleasure to read your words about {what}.",
        "What you say about {what} makes us happy.",
    ],
    glad: &[
        "It is a pleasure to read this.",
        "We are very glad to read it.",
        "Words like these keep us going.",
    ],
    causes: [
        &["What is advertised has to be kept.", "People should find what we advertise, no less."],
        &["What we offer has to be good.", "Quality is the first thing anybody may expect from us."],
        &[
            "Good manners are the least anybody may ask of us.",
            "Treating people well comes before everything else.",
        ],
    ],
    remedy: &["What we will do: {{remedy}}.", "To put it right: {{remedy}}.", "Our answer: {{remedy}}."],
    next_step: &[
        "We would like to talk to you: could you write to us in private?",
        "Can we talk about it? Please write to us in private.",
        "If you would like to tell us more, please write to us in private.",
    ],
    next_step_contact: &[
        "Please tell us in private how you would like to talk.",
        "Please write to us in private and tell us when it suits you to talk.",
    ],
    question: &[
        "As to your question, please write to us in private so that we can answer it properly.",
        "We want to answer your question properly: could you write to us?",
    ],
    claim: &[
        "You have every right to complain, and it does not change our wish to talk.",
        "Complaining is your right, and we respect it.",
    ],
    opinion: &["We respect your opinion.", "Your opinion deserves respect, also when it hurts."],
    secret_intro: &[
        "To protect everybody's privacy we do not discuss any case here, nor say who comes to us.",
        "Confidentiality does not let us discuss anybody's situation in public.",
    ],
    secret_matter: &[
        "What is written to us about {what} matters to us.",
        "We take seriously what we read here about {what}.",
    ],
    secret_matter_unknown: &["What is written to us matters to us.", "We take seriously what we read here."],
    secret_next: &[
        "If you would like to talk, please write to us in private or call us.",
        "You are welcome to write to us in private or to call us, and we will listen.",
    ],
    secret_praise: &["Words like these keep us going.", "It is a pleasure to read this."],
    secret_praise_of: &[
        "It is a pleasure to read this about {what}.",
        "Words like these about {what} keep us going.",
    ],
    farewells: &["Kind regards,", "Best wishes,", "Warm regards,"],
    and: "and",
    aspect,
    of,
};

const fn aspect(aspect: Aspect) -> Option<&'static str> {
    Some(match aspect {
        Aspect::Food => "the food",
        Aspect::Drinks => "the drinks",
        Aspect::Variety => "the choice",
        Aspect::Service => "the service",
        Aspect::Staff => "the way people are treated",
        Aspect::Wait => "the wait",
        Aspect::Price => "the price",
        Aspect::Cleanliness => "the cleanliness",
        Aspect::Room => "the room",
        Aspect::Comfort => "the comfort",
        Aspect::Facilities => "the facilities",
        Aspect::Location => "the location",
        Aspect::Ambience => "the atmosphere",
        Aspect::Product => "the product",
        Aspect::Design => "the design",
        Aspect::Delivery => "the delivery",
        Aspect::Packaging => "the packaging",
        Aspect::App => "the website",
        Aspect::Refund => "the refund",
        Aspect::Booking => "the booking",
        Aspect::Payment => "the payment",
        Aspect::Warranty => "the guarantee",
        Aspect::Contact => "how hard it is to reach us",
        Aspect::Safety => "safety",
        Aspect::Information => "the information",
        Aspect::General => return None,
    })
}

/// English says it with the preposition of the sentence.
fn of(noun: &str) -> String {
    noun.to_owned()
}
