//! A value over periods as a line, inside the band where it may really be.
//!
//! Periods without enough opinions leave a hole: joining across it would invent what nobody said.

use maud::{Markup, html};

use super::plot::{self, Axis};
use super::{ChartWords, empty_figure, figure, percent};
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

fn picture(chart: &LineWithBand<'_>) -> Markup {
    let axis = Axis { bottom: chart.axis.0, top: chart.axis.1 };
    let runs = plot::runs(axis, chart.periods.iter().map(|period| period.low_value_high));
    html! {
        svg.plot role="img" aria-label=(chart.words.summary) {
            (plot::grid(axis, chart.ticks))
            @if let Some(mark) = chart.mark { (plot::upright("whisker", mark, chart.periods.len())) }
            (plot::bands(&runs))
            (plot::lines(&runs))
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
    let names: Vec<&str> = chart.periods.iter().map(|period| period.label).collect();
    let drawing = plot::area("plot-area", chart.ticks, &picture(chart), &names);
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
