//! What is written to a customer: one text for everyone, in her language. The only things that differ from one letter to
//! the next are facts that are not opinions: her name, the day, her own address of the form, the lot that chose her.
//!
//! **What must stay true.** Nothing in [`Asking`] could be an answer, and nobody else writes an invitation. The words are
//! the same in the invitation and in its reminder but for the sentence that says so.

use asking::Link;
use connectors::notify::LetterHtml;
use domain::{AskPurpose, LawfulBasis};
use foundation::web::{Locale, Texts};

/// Everything an invitation is made of.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Who asks.
    pub business: &'a str,
    /// Its postal address.
    pub postal: &'a str,
    /// Its own language, for who has none of ours.
    pub locale: Locale,
    /// What for.
    pub purpose: AskPurpose,
    /// Her name; may be empty.
    pub name: &'a str,
    /// Her language; may be empty.
    pub language: &'a str,
    /// When she was here (days since 1970).
    pub visit_day: i64,
    /// Why she may be written to.
    pub basis: LawfulBasis,
    /// Our address, without a slash at its end.
    pub home: &'a str,
    /// What opens her form.
    pub token: &'a str,
    /// The lot that chose her and her tag in it.
    pub draw: Option<&'a (String, String)>,
    /// Other places where one may write, the same for everyone.
    pub links: &'a [Link],
    /// Whether she was asked before.
    pub again: bool,
}

/// Whether this can be greeted: a buyer writes her name herself, and what she writes must not become words of ours.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '·') || c == '.';
    let dots_close_words = !text.split_whitespace().any(|word| word.trim_end_matches('.').contains('.'));
    (1..=40).contains(&text.chars().count()) && text.chars().all(plain) && dots_close_words
}

impl Asking<'_> {
    fn texts(&self) -> &'static Texts {
        let primary = self.language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Texts::of(Locale::parse(&primary).unwrap_or(self.locale))
    }

    /// Where her form is.
    pub fn form(&self) -> String {
        format!("{}/i/{}", self.home, self.token)
    }

    /// Where she says no.
    pub fn way_out(&self) -> String {
        format!("{}/u/{}", self.home, self.token)
    }

    /// One line.
    pub fn subject(&self) -> String {
        self.texts().with("invite-subject", &[("business", self.business.into())]).into_owned()
    }

    /// The letter.
    pub fn letter(&self) -> LetterHtml {
        let t = self.texts();
        let day = || t.day(self.visit_day);
        let until = t.day(self.visit_day + asking::ANSWER_DAYS);
        let mut paragraphs = Vec::new();
        if is_name(self.name) {
            paragraphs.push(t.with("invite-hello", &[("name", self.name.into())]).into_owned());
        }
        if self.again {
            paragraphs.push(t.get("invite-again").into_owned());
        }
        let (asks, places) = match self.purpose {
            AskPurpose::Review => ("invite-asks-review", self.places(t)),
            AskPurpose::Census => {
                ("invite-asks-census", vec![(t.get("invite-place-census").into_owned(), self.form())])
            }
        };
        let values = [("business", self.business.into()), ("day", day().into()), ("until", until.into())];
        paragraphs.push(match self.draw {
            Some((code, tag)) => {
                let address = format!("{}/draws/{code}", self.home);
                t.with("invite-by-lot", &[("address", address.into()), ("tag", tag.as_str().into())])
                    .into_owned()
            }
            None => t.get("invite-asks-everyone").into_owned(),
        });
        paragraphs.push(t.with(asks, &values).into_owned());
        let basis = match self.basis {
            LawfulBasis::Contract => "invite-because-contract",
            LawfulBasis::Consent => "invite-because-consent",
        };
        let who =
            [self.business, self.postal].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        LetterHtml {
            lang: t.locale.as_str().to_owned(),
            title: self.subject(),
            paragraphs,
            links: places,
            footer: vec![t.with(basis, &[("business", self.business.into())]).into_owned(), who.join(" · ")],
            leave: Some((t.get("invite-leave").into_owned(), self.way_out())),
        }
    }

    fn places(&self, t: &Texts) -> Vec<(String, String)> {
        let own =
            (t.with("invite-place-own", &[("business", self.business.into())]).into_owned(), self.form());
        let others = self.links.iter().map(|link| {
            (
                t.with("invite-place-other", &[("place", link.name.as_str().into())]).into_owned(),
                link.url.clone(),
            )
        });
        std::iter::once(own).chain(others).collect()
    }

    /// The short message: who asks, about which day, where, and the way out.
    pub fn short(&self) -> String {
        let t = self.texts();
        let values = [
            ("business", self.business.into()),
            ("day", t.day(self.visit_day).into()),
            ("form", self.form().into()),
            ("out", self.way_out().into()),
        ];
        t.with("invite-short", &values).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn only_what_can_be_a_name_is_greeted() {
        for name in ["Marta", "Mª Ángeles", "J. L. García-Peña", "O’Neill", "Núria"] {
            assert!(is_name(name), "{name}");
        }
        for text in [
            "",
            "Gana 500 en evil.example",
            "Win €500 at http://evil.example/x now",
            "a@b.c",
            "evil.example",
            "<b>",
            "12",
        ] {
            assert!(!is_name(text), "{text}");
        }
    }
}
