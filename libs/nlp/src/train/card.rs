//! The model card: written by the run, so that its figures cannot drift from the model.

use std::fmt::Write;

use super::data::Row;
use super::{TrainOptions, TrainReport};

/// The card, in Markdown.
pub(crate) fn card(report: &TrainReport, _rows: &[Row], _options: &TrainOptions) -> String {
    let mut out = String::new();
    let _ =
        writeln!(out, "# The reading model\n\nVersion {}, {} bytes.\n", report.version, report.model_bytes);
    out
}
