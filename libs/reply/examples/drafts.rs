//! Prints drafts for looking at: `cargo run -p reply --example drafts`.

use nlp::{Aspect, Cause, Intents, Label, Language};
use reply::{Profession, Situation, draft};

/// Stars, aspects and how they are felt, what it feels in all.
type Case<'a> = (u8, &'a [(Aspect, Label)], Label);

fn main() {
    let quotes = ["la sopa llegó fría y tarde".to_owned()];
    let negative = [(Aspect::Food, Label::Negative), (Aspect::Wait, Label::Negative)];
    let mixed = [(Aspect::Food, Label::Positive), (Aspect::Price, Label::Negative)];
    let positive = [(Aspect::Staff, Label::Positive), (Aspect::Food, Label::Positive)];
    for language in [Language::Es, Language::En] {
        for profession in [Profession::General, Profession::Health] {
            let cases: [Case<'_>; 3] = [
                (1, &negative, Label::Negative),
                (3, &mixed, Label::Neutral),
                (5, &positive, Label::Positive),
            ];
            for (seed, (stars, aspects, sentiment)) in cases.into_iter().enumerate() {
                let situation = Situation {
                    language,
                    ui: Language::Es,
                    author: Some("Marta"),
                    stars: Some(stars),
                    sentiment,
                    cause: (stars == 1).then_some(Cause::BadProduct),
                    aspects,
                    quotes: if stars == 1 && language == Language::Es { &quotes } else { &[] },
                    intents: Intents(0),
                    profession,
                    business_name: "Bar Lola",
                    signature: "Lola, Bar Lola",
                    past: &[],
                    saved: None,
                    seed: seed as u64,
                };
                println!(
                    "--- {} {} {stars}\n{}\n",
                    language.code(),
                    profession.as_str(),
                    draft(&situation).text
                );
            }
        }
    }
}
