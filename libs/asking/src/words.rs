//! Letters put together from sentences, and the links drawn, all alike. Everything here is a function of who asks and of
//! where one may write; there is no argument that could be an answer.

use maud::{Markup, html};

/// A place where a customer may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is called.
    pub name: String,
    /// Where it leads.
    pub url: String,
}

/// The places, in their order, each drawn exactly as the others.
pub fn links(places: &[Link]) -> Markup {
    html! {
        ul.plain {
            @for place in places {
                li { a.button.secondary href=(place.url) rel="noopener noreferrer nofollow" { (place.name) } }
            }
        }
    }
}

/// The sentences of a letter or a short message, finished and in her language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences {
    /// One line.
    pub subject: String,
    /// What stands before the places.
    pub opening: Vec<String>,
    /// Where she may write, ours among them.
    pub places: Vec<Link>,
    /// What stands after the places: until when, who asks and why, how to say no.
    pub closing: Vec<String>,
}

impl Sentences {
    /// The letter in plain text, paragraphs parted by empty lines.
    pub fn text(&self) -> String {
        let places = self.places.iter().map(|place| format!("{}:\n{}", place.name, place.url));
        let parts: Vec<String> =
            self.opening.iter().cloned().chain(places).chain(self.closing.iter().cloned()).collect();
        parts.join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_drawn_like_every_other() {
        let place = |n: u32| Link { name: format!("place {n}"), url: format!("https://{n}.example/") };
        let all: Vec<Link> = (1..=4).map(place).collect();
        let drawn = links(&all).into_string();
        let shape = |n: u32| {
            drawn
                .split("<li>")
                .nth(n as usize)
                .map(|part| part.replace(&n.to_string(), "N").replace("</ul>", ""))
        };
        for n in 2..=4 {
            assert_eq!(shape(n), shape(1));
        }
        assert_eq!(drawn.matches("<li>").count(), 4);
    }
}
