//! One JSON record: flattened for the preview, or read straight into its slots.
//!
//! The path of a value is its keys joined by dots. Lists are entered without an index, and the first value of a
//! path wins: Play keeps the customer and the developer in one list, told apart by their keys.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::mapping::{Column, Mapping, ROLES, Role};

/// Where the wanted values are.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    slots: Vec<usize>,
    children: Vec<(String, Tree)>,
}

impl Tree {
    pub(super) fn new(mapping: &Mapping, columns: &[String]) -> Self {
        let mut root = Self::default();
        for role in Role::ALL {
            let path = match mapping.column(role) {
                Some(Column::Name(name)) => name.as_str(),
                Some(Column::Index(index)) => columns.get(*index).map_or("", String::as_str),
                None => "",
            };
            if !path.is_empty() {
                // A key may itself contain a dot: the path is also tried as one key.
                root.child(path).slots.push(role as usize);
                if path.contains('.') {
                    let node = path.split('.').take(16).fold(&mut root, |node, key| node.child(key));
                    node.slots.push(role as usize);
                }
            }
        }
        root
    }

    fn child(&mut self, key: &str) -> &mut Self {
        let at = self.children.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
            self.children.push((key.to_owned(), Self::default()));
            self.children.len() - 1
        });
        &mut self.children[at].1
    }
}

/// The values of a record, by role.
pub(super) type Slots<'de> = [Option<Cow<'de, str>>; ROLES];

/// Reads the wanted values of a record and skips the rest. An error is a record that is not a valid object.
pub(super) fn pick<'de>(json: &'de str, tree: &Tree) -> Result<Slots<'de>, serde_json::Error> {
    let mut slots: Slots<'de> = Default::default();
    let mut reader = serde_json::Deserializer::from_str(json);
    Object { tree, slots: &mut slots }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(slots)
}

struct Object<'t, 's, 'de> {
    tree: &'t Tree,
    slots: &'s mut Slots<'de>,
}

impl<'de> DeserializeSeed<'de> for Object<'_, '_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_, '_, 'de> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(child) = map.next_key_seed(Key(self.tree))? {
            match child {
                Some(tree) => map.next_value_seed(Value { tree, slots: self.slots })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

struct Key<'t>(&'t Tree);

impl<'de, 't> DeserializeSeed<'de> for Key<'t> {
    type Value = Option<&'t Tree>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'t> Visitor<'_> for Key<'t> {
    type Value = Option<&'t Tree>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.children.iter().find(|(name, _)| name == key).map(|(_, tree)| tree))
    }
}

struct Value<'t, 's, 'de> {
    tree: &'t Tree,
    slots: &'s mut Slots<'de>,
}

impl<'de> Value<'_, '_, 'de> {
    fn put(self, value: Cow<'de, str>) {
        let Some((&last, others)) = self.tree.slots.split_last() else { return };
        let free = |slot: &Option<Cow<'_, str>>| slot.as_ref().is_none_or(|old| old.is_empty());
        for &slot in others {
            if free(&self.slots[slot]) {
                self.slots[slot] = Some(value.clone());
            }
        }
        if free(&self.slots[last]) {
            self.slots[last] = Some(value);
        }
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_, 'de> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<(), E> {
        self.put(Cow::Borrowed(value));
        Ok(())
    }
    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.put(Cow::Owned(value.to_owned()));
        Ok(())
    }
    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.put(Cow::Owned(value.to_string()));
        Ok(())
    }
    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.put(digit(value).map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed));
        Ok(())
    }
    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.put(Cow::Owned(value.to_string()));
        Ok(())
    }
    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(Cow::Borrowed(if value { "true" } else { "false" }));
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        Object { tree: self.tree, slots: self.slots }.visit_map(map)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Value { tree: self.tree, slots: &mut *self.slots })?.is_some() {}
        Ok(())
    }
}

/// The numbers stars are made of, without an allocation.
fn digit(value: u64) -> Option<&'static str> {
    const DIGITS: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    DIGITS.get(usize::try_from(value).ok()?).copied()
}

/// All the values of a record in the order of the file, for the preview. `None` when it is not an object.
pub(super) fn flatten(json: &str, limit: usize) -> Option<Vec<(String, String)>> {
    let mut values = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(json);
    if !json.trim_start().starts_with('{') {
        return None;
    }
    Flat { path: String::new(), values: &mut values, limit }.deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(values)
}

struct Flat<'v> {
    path: String,
    values: &'v mut Vec<(String, String)>,
    limit: usize,
}

impl Flat<'_> {
    fn put(self, value: String) {
        match self.values.iter().position(|(path, _)| *path == self.path) {
            Some(at) if self.values[at].1.is_empty() => self.values[at].1 = value,
            None if self.values.len() < self.limit => self.values.push((self.path, value)),
            _ => {}
        }
    }
}

impl<'de> DeserializeSeed<'de> for Flat<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Flat<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.put(value.to_owned());
        Ok(())
    }
    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.put(value.to_string());
        Ok(())
    }
    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.put(value.to_string());
        Ok(())
    }
    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.put(value.to_string());
        Ok(())
    }
    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(value.to_string());
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(String::new());
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            let path = if self.path.is_empty() { key.into_owned() } else { format!("{}.{key}", self.path) };
            map.next_value_seed(Flat { path, values: &mut *self.values, limit: self.limit })?;
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq
            .next_element_seed(Flat {
                path: self.path.clone(),
                values: &mut *self.values,
                limit: self.limit,
            })?
            .is_some()
        {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAY: &str = r#"{"reviewId":"gp:1","n":3,"comments":[{"userComment":{"text":"No abre \"nada\"","starRating":1}},
        {"developerComment":{"text":"Lo miramos"}}],"x":null,"y":[1,2],"a.b":"punto"}"#;

    #[test]
    fn a_record_is_read_into_its_slots() {
        let name = |name: &str| Some(Column::Name(name.into()));
        let mapping = Mapping {
            id: name("reviewId"),
            stars: name("comments.userComment.starRating"),
            text: name("comments.userComment.text"),
            reply_text: name("comments.developerComment.text"),
            title: name("a.b"),
            author: name("missing"),
            url: name("reviewId"),
            ..Mapping::default()
        };
        let slots = pick(PLAY, &Tree::new(&mapping, &[])).unwrap();
        let got = |role: Role| slots[role as usize].as_deref();
        assert_eq!(got(Role::Id), Some("gp:1"));
        assert_eq!(got(Role::Url), Some("gp:1"));
        assert_eq!(got(Role::Stars), Some("1"));
        assert_eq!(got(Role::Text), Some("No abre \"nada\""));
        assert_eq!(got(Role::ReplyText), Some("Lo miramos"));
        assert_eq!(got(Role::Title), Some("punto"));
        assert_eq!(got(Role::Author), None);
        assert!(pick("[1]", &Tree::default()).is_err());
        assert!(pick("{\"a\":1} x", &Tree::default()).is_err());
        assert!(pick(&"[".repeat(100_000), &Tree::default()).is_err());
    }

    #[test]
    fn a_record_is_flattened_in_its_own_order() {
        let flat = flatten(PLAY, 100).unwrap();
        let paths: Vec<&str> = flat.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "reviewId",
                "n",
                "comments.userComment.text",
                "comments.userComment.starRating",
                "comments.developerComment.text",
                "x",
                "y",
                "a.b"
            ]
        );
        assert_eq!(flatten(PLAY, 2).unwrap().len(), 2);
        assert_eq!(flatten(&format!("{{\"a\":{}", "[".repeat(100_000)), 10), None);
    }
}
