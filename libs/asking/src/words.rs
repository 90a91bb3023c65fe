//! The places where a customer may write, drawn all alike: a function of the places and of nothing else.

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
