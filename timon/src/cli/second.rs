//! The operator's own classifier: an ONNX file with its description beside it, opened when the program starts.

use std::path::Path;

use nlp::SecondOpinion;

/// Opens a classifier.
#[cfg(feature = "onnx")]
pub fn open(model: &Path) -> anyhow::Result<Box<dyn SecondOpinion>> {
    use anyhow::Context as _;
    let description = model.with_extension("json");
    let classifier = onnx::Classifier::open(model, &description).with_context(|| {
        format!("the classifier {} with {} cannot be used", model.display(), description.display())
    })?;
    Ok(Box::new(classifier))
}

/// This build has none.
#[cfg(not(feature = "onnx"))]
pub fn open(model: &Path) -> anyhow::Result<Box<dyn SecondOpinion>> {
    anyhow::bail!(
        "{} cannot be used: this Timón was built without ONNX; build it with `--features onnx`",
        model.display()
    )
}

/// Opens the classifier of the settings, if there is one, for everything that is read from now on.
pub fn install(settings: &foundation::config::Config) -> anyhow::Result<()> {
    if let Some(model) = &settings.classifier {
        understand::second::install(open(model)?);
    }
    Ok(())
}
