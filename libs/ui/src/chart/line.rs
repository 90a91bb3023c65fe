//! A value over periods as a line, inside the band where it may really be.
//!
//! Periods without enough opinions leave a hole: joining across it would invent what nobody said.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::{ChartWords, axis_below, empty_figure, figure, percent};
use crate::list::Column;

/// One period.
#[derive(Debug, Clone, Copy, Default)]
pub struct PeriodValue<'a> {
    /// "ene".
    pub label: &'a str,
    /// "enero de 2026".
    pub long_label: &'a str,
    /// Low end, value and high end; `None` when it cannot be said.
    pub low_value_high: Option<(f64, f64, f64)>,
    /// "4,3", or what to write when it cannot be said.
    pub shown: &'a str,
    /// "4,1–4,5"; empty when it cannot be said.
    pub shown_interval: &'a str,
    /// How many it rests on, already formatted.
    pub count: &'a str,
}

/// A value with its interval for each period.
#[derive(Debug, Clone, Copy, Default)]
pub struct LineWithBand<'a> {
    /// Title, sentence and the rest.
    pub words: ChartWords<'a>,
    /// The ends of the vertical axis, such as 1 and 5.
    pub axis: (f64, f64),
    /// Values to mark on it and how to write them, lowest first.
    pub ticks: &'a [(f64, &'a str)],
    /// "Mes" or "Semana".
    pub period_label: &'a str,
    /// "Nota".
    pub value_label: &'a str,
    /// "Entre".
    pub interval_label: &'a str,
    /// "Opiniones".
    pub count_label: &'a str,
    /// Oldest first.
    pub periods: &'a [PeriodValue<'a>],
    /// A period at whose beginning a line stands, because something changed there.
    pub mark: Option<usize>,
}

/// A period's place in the picture, in hundredths: across, then down for low, value and high.
#[derive(Clone, Copy)]
struct Spot {
    across: f64,
    low: f64,
    value: f64,
    high: f64,
}

impl LineWithBand<'_> {
    fn down(&self, value: f64) -> f64 {
        let (bottom, top) = self.axis;
        if top > bottom { ((top - value) / (top - bottom)).clamp(0.0, 1.0) * 100.0 } else { 50.0 }
    }

    /// Runs of periods in a row that have a value.
    fn runs(&self) -> Vec<Vec<Spot>> {
        let count = self.periods.len() as f64;
        let mut runs = vec![Vec::new()];
        for (index, period) in (0_u32..).zip(self.periods) {
            let Some((low, value, high)) = period.low_value_high else {
                runs.push(Vec::new());
                continue;
            };
            let across = (f64::from(index) + 0.5) / count * 100.0;
            let spot = Spot { across, low: self.down(low), value: self.down(value), high: self.down(high) };
            if let Some(run) = runs.last_mut() {
                run.push(spot);
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut out = String::new();
    for (across, down) in points {
        let letter = if out.is_empty() { 'M' } else { 'L' };
        let _ = write!(out, "{letter}{across:.2} {down:.2}");
    }
    out
}

fn band(run: &[Spot]) -> String {
    let upper = run.iter().map(|spot| (spot.across, spot.high));
    let lower = run.iter().rev().map(|spot| (spot.across, spot.low));
    format!("{}Z", path(upper.chain(lower)))
}

fn picture(chart: &LineWithBand<'_>) -> Markup {
    let runs = chart.runs();
    html! {
        svg.plot role="img" aria-label=(chart.words.summary) {
            @for (value, _) in chart.ticks {
                @let down = percent(chart.down(*value), 100.0);
                line.grid x1="0" x2="100%" y1=(down) y2=(down) {}
            }
            @if let Some(mark) = chart.mark {
                @let across = percent(mark as f64, chart.periods.len() as f64);
                line.whisker x1=(across) x2=(across) y1="0" y2="100%" {}
            }
            // Only shapes without text are stretched; the line keeps its width (`vector-effect`).
            svg viewBox="0 0 100 100" width="100%" height="100%" preserveAspectRatio="none" {
                @for run in &runs {
                    path.band d=(band(run)) {}
                    path.line d=(path(run.iter().map(|spot| (spot.across, spot.value))))
                        vector-effect="non-scaling-stroke" {}
                }
            }
            @for spot in runs.iter().flatten() {
                @let across = percent(spot.across, 100.0);
                line.whisker x1=(across) x2=(across) y1=(percent(spot.high, 100.0)) y2=(percent(spot.low, 100.0)) {}
                circle.dot cx=(across) cy=(percent(spot.value, 100.0)) r="4" {}
            }
        }
    }
}

/// Draws the line and its band.
pub fn line_with_band(chart: &LineWithBand<'_>) -> Markup {
    if chart.periods.iter().all(|period| period.low_value_high.is_none()) {
        return empty_figure(&chart.words);
    }
    let drawing = html! {
        div.plot-area {
            div.axis-y aria-hidden="true" { @for (_, label) in chart.ticks.iter().rev() { span { (label) } } }
            (picture(chart))
            div.axis-row aria-hidden="true" { (axis_below(chart.periods.iter().map(|period| period.label))) }
        }
    };
    let columns: Vec<Column<'_>> = [
        (chart.period_label, false),
        (chart.value_label, true),
        (chart.interval_label, true),
        (chart.count_label, true),
    ]
    .map(|(label, numeric)| Column { label, numeric })
    .to_vec();
    let rows: Vec<Vec<Markup>> = chart
        .periods
        .iter()
        .map(|period| {
            vec![
                html! { (period.long_label) },
                html! { (period.shown) },
                html! { (period.shown_interval) },
                html! { (period.count) },
            ]
        })
        .collect();
    figure(&chart.words, &drawing, &columns, &rows)
}
