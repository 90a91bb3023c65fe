//! Tests with networks written here, byte by byte, as an exporter would.

use std::path::{Path, PathBuf};

use nlp::{Head, Label, Sentiment};
use proptest::prelude::*;

use crate::{Classifier, OnnxError};

/// A protobuf message being written.
#[derive(Default, Clone)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn number(mut self, field: u64, value: u64) -> Self {
        self.varint(field << 3);
        self.varint(value);
        self
    }

    fn bytes(mut self, field: u64, value: &[u8]) -> Self {
        self.varint(field << 3 | 2);
        self.varint(value.len() as u64);
        self.0.extend_from_slice(value);
        self
    }

    fn text(self, field: u64, value: &str) -> Self {
        self.bytes(field, value.as_bytes())
    }

    fn part(self, field: u64, value: &Self) -> Self {
        self.bytes(field, &value.0)
    }
}

const FLOAT: u64 = 1;
const INT64: u64 = 7;

fn tensor(name: &str, shape: &[u64], values: &[f32]) -> Message {
    let raw: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    let dims = shape.iter().fold(Message::default(), |message, size| message.number(1, *size));
    dims.number(2, FLOAT).text(8, name).bytes(9, &raw)
}

fn value(name: &str, kind: u64, shape: &[u64]) -> Message {
    let dims = shape
        .iter()
        .fold(Message::default(), |dims, size| dims.part(1, &Message::default().number(1, *size)));
    let kind = Message::default().number(1, kind).part(2, &dims);
    Message::default().text(1, name).part(2, &Message::default().part(1, &kind))
}

fn node(kind: &str, inputs: &[&str], output: &str) -> Message {
    let message = inputs.iter().fold(Message::default(), |message, input| message.text(1, input));
    message.text(2, output).text(3, output).text(4, kind)
}

/// A whole number, or several, as an attribute of a node.
fn whole(name: &str, value: u64) -> Message {
    Message::default().text(1, name).number(3, value).number(20, 2)
}

fn wholes(name: &str, value: u64) -> Message {
    Message::default().text(1, name).number(8, value).number(20, 7)
}

fn model(nodes: Vec<Message>, weights: Vec<Message>, input: &Message, output: &Message) -> Vec<u8> {
    let mut graph =
        nodes.into_iter().fold(Message::default(), |graph, node| graph.part(1, &node)).text(2, "g");
    graph = weights.into_iter().fold(graph, |graph, weight| graph.part(5, &weight));
    let graph = graph.part(11, input).part(12, output);
    let opset = Message::default().text(1, "").number(2, 13);
    Message::default().number(1, 8).part(8, &opset).part(7, &graph).0
}

const SIZE: usize = 64;

/// Where a word falls in a bag of [`SIZE`].
fn place(word: &str) -> usize {
    let mut row = vec![0.0; SIZE];
    crate::bag::fill(word, &mut row);
    row.iter().position(|value| *value > 0.0).expect("one word falls somewhere")
}

/// Knows two words: one is bad, one is good.
fn bag_model(softmax: bool) -> Vec<u8> {
    let mut weights = vec![0.0; SIZE * 3];
    weights[place("fatal") * 3] = 8.0;
    weights[place("estupendo") * 3 + 2] = 8.0;
    let mut nodes = vec![node("Gemm", &["x", "w", "b"], "scores")];
    if softmax {
        nodes.push(node("Softmax", &["scores"], "shares").part(5, &whole("axis", 1)));
    }
    let weights = vec![tensor("w", &[SIZE as u64, 3], &weights), tensor("b", &[3], &[0.0, 0.5, 0.0])];
    let name = if softmax { "shares" } else { "scores" };
    model(nodes, weights, &value("x", FLOAT, &[1, SIZE as u64]), &value(name, FLOAT, &[1, 3]))
}

/// Looks every token up in a table and takes the mean.
fn wordpiece_model() -> Vec<u8> {
    let mut table = vec![0.0; 7 * 2];
    table[4 * 2] = 20.0;
    table[5 * 2 + 1] = 20.0;
    let nodes = vec![
        node("Gather", &["table", "input_ids"], "found"),
        node("ReduceMean", &["found"], "scores").part(5, &wholes("axes", 1)).part(5, &whole("keepdims", 0)),
    ];
    let weights = vec![tensor("table", &[7, 2], &table)];
    model(nodes, weights, &value("input_ids", INT64, &[1, 8]), &value("scores", FLOAT, &[1, 2]))
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(model: &[u8], description: &str) -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        folder.write("m.onnx", model);
        folder.write("m.json", description.as_bytes());
        folder.write("vocab.txt", b"[PAD]\n[UNK]\n[CLS]\n[SEP]\nfatal\ngenial\nel\n");
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).expect("writable");
    }

    fn open(&self) -> Result<Classifier, OnnxError> {
        Classifier::open(&self.path("m.onnx"), &self.path("m.json"))
    }
}

const LOGITS: &str =
    r#"{"input":{"kind":"bag","size":64},"labels":["negative","neutral","positive"],"threshold":0.6}"#;
const SHARES: &str = r#"{"input":{"kind":"bag","size":64},"labels":["negative","neutral","positive"],"output":"probabilities"}"#;
const PIECES: &str = r#"{"input":{"kind":"wordpiece","vocabulary":"vocab.txt","length":8,"lowercase":true},"labels":["negative","positive"],"head":"post"}"#;

const UNSURE: Sentiment = Sentiment {
    label: Label::Unsure,
    probabilities: [0.3, 0.4, 0.3],
    against_stars: false,
    taught: nlp::Taught::No,
};

#[test]
fn a_bag_network_gives_the_softmax_of_its_scores() {
    let classifier = Folder::with(&bag_model(false), LOGITS).open().expect("well formed");
    let found = classifier.probabilities("¡FATAL!").expect("runs");
    let sum = 8.0_f32.exp() + 0.5_f32.exp() + 1.0;
    for (found, expected) in found.iter().zip([8.0_f32.exp() / sum, 0.5_f32.exp() / sum, 1.0 / sum]) {
        assert!((found - expected).abs() < 1e-5, "{found} instead of {expected}");
    }
    let shares = Folder::with(&bag_model(true), SHARES).open().expect("well formed");
    let again = shares.probabilities("fatal").expect("runs");
    assert!(found.iter().zip(again).all(|(one, other)| (one - other).abs() < 1e-5));
}

#[test]
fn a_wordpiece_network_reads_its_vocabulary() {
    let classifier = Folder::with(&wordpiece_model(), PIECES).open().expect("well formed");
    let [negative, neutral, positive] = classifier.probabilities("El Génial").expect("runs");
    assert!(positive > 0.9 && negative < 0.1 && neutral.abs() < 1e-6);
    let [negative, ..] = classifier.probabilities("fatal").expect("runs");
    assert!(negative > 0.9);
    assert!(classifier.reads(Head::Post) && !classifier.reads(Head::Review));
}

#[test]
fn only_the_unsure_are_asked_about() {
    let classifier = Folder::with(&bag_model(false), LOGITS).open().expect("well formed");
    let ask = |text: &str, first| classifier.second_opinion(text, Head::Review, first).expect("runs");
    assert_eq!(ask("estupendo", UNSURE).label, Label::Positive);
    assert_eq!(ask("fatal", UNSURE).label, Label::Negative);
    let sure = Sentiment {
        label: Label::Positive,
        probabilities: [0.05, 0.05, 0.9],
        against_stars: false,
        taught: nlp::Taught::No,
    };
    assert_eq!(ask("fatal", sure), sure);
    // below the threshold, and where there is nothing to read
    assert_eq!(ask("el martes", UNSURE), UNSURE);
    assert_eq!(ask("...", UNSURE), UNSURE);
    let posts = Folder::with(&wordpiece_model(), PIECES).open().expect("well formed");
    assert_eq!(posts.second_opinion("fatal", Head::Review, UNSURE).expect("not asked"), UNSURE);
}

#[test]
fn a_version_belongs_to_its_files() {
    let one = Folder::with(&bag_model(false), LOGITS).open().expect("well formed").version();
    assert_eq!(one, Folder::with(&bag_model(false), LOGITS).open().expect("well formed").version());
    let other = LOGITS.replace("0.6", "0.7");
    assert_ne!(one, Folder::with(&bag_model(false), &other).open().expect("well formed").version());
}

#[test]
fn what_does_not_fit_is_an_error() {
    let bag = bag_model(false);
    let descriptions = [
        "",
        "{}",
        r#"{"input":{"kind":"bag","size":0},"labels":["negative","neutral","positive"]}"#,
        r#"{"input":{"kind":"bag","size":999999999},"labels":["negative","neutral","positive"]}"#,
        r#"{"input":{"kind":"bag","size":64},"labels":["negative","good","positive"]}"#,
        r#"{"input":{"kind":"bag","size":64},"labels":["negative","negative","positive"]}"#,
        r#"{"input":{"kind":"bag","size":64},"labels":["negative","neutral"]}"#,
        r#"{"input":{"kind":"bag","size":64},"labels":["negative","positive"],"temperature":0}"#,
        r#"{"input":{"kind":"bag","size":64},"labels":["negative","positive"],"head":"letter"}"#,
        r#"{"input":{"kind":"bag","size":64},"labels":["negative","positive"],"surprise":1}"#,
    ];
    for description in descriptions {
        let error = Folder::with(&bag, description).open().expect_err(description);
        assert!(matches!(error, OnnxError::Description { .. }), "{description}: {error}");
    }
    let two = r#"{"input":{"kind":"bag","size":64},"labels":["negative","positive"]}"#;
    assert!(matches!(Folder::with(&bag, two).open(), Err(OnnxError::Outputs { .. })));
    let wide = LOGITS.replace("64", "65");
    assert!(matches!(Folder::with(&bag, &wide).open(), Err(OnnxError::Network { .. })));
    assert!(matches!(Folder::with(b"not a network", LOGITS).open(), Err(OnnxError::Network { .. })));
    // scores are no probabilities
    assert!(matches!(Folder::with(&bag, SHARES).open(), Err(OnnxError::Outputs { .. })));
    let folder = Folder::with(&wordpiece_model(), PIECES);
    folder.write("vocab.txt", b"[PAD]\n");
    assert!(matches!(folder.open(), Err(OnnxError::Vocabulary { .. })));
    assert!(matches!(
        Classifier::open(Path::new("/nowhere/m.onnx"), &folder.path("nothing.json")),
        Err(OnnxError::File { .. })
    ));
    folder.write("m.json", &vec![b' '; 70_000]);
    assert!(matches!(folder.open(), Err(OnnxError::TooLarge { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_network_never_ends_the_program(at in any::<prop::sample::Index>(), bit in 0..8_u8, cut in any::<prop::sample::Index>()) {
        let mut bytes = bag_model(true);
        let place = at.index(bytes.len());
        bytes[place] ^= 1_u8 << bit;
        if bit == 0 {
            bytes.truncate(cut.index(bytes.len()));
        }
        let opened = Folder::with(&bytes, SHARES).open();
        if let Ok(probabilities) = opened.and_then(|classifier| classifier.probabilities("estupendo")) {
            prop_assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn any_text_has_probabilities(texts in proptest::collection::vec("\\PC{0,200}", 1..8)) {
        for (model, description) in [(bag_model(false), LOGITS), (wordpiece_model(), PIECES)] {
            let classifier = Folder::with(&model, description).open().expect("well formed");
            for text in &texts {
                let probabilities = classifier.probabilities(text).expect("runs");
                prop_assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-3);
                prop_assert!(probabilities.iter().all(|share| (0.0..=1.0).contains(share)));
            }
        }
    }
}
