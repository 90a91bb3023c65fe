//! One warning over time: what was counted against what is usual, and when it began.
//!
//! Bars are what was counted; the area is the span that would be usual, its line what was expected. A bar above the
//! area is striped in the accent colour. From the onset on the ground is tinted, and an upright line carries its words.

use maud::{Markup, html};

use super::plot::{self, Axis};
use super::{ChartWords, empty_figure, figure, percent};
use crate::list::Column;

/// One day or hour.
#[derive(Debug, Clone, Copy, Default)]
pub struct WatchedPoint<'a> {
    /// "3 mar"; empty for no name below, as for most hours.
    pub label: &'a str,
    /// "3 de marzo de 2026".
    pub long_label: &'a str,
    /// How many were counted; `None` where nobody was listening.
    pub observed: Option<f64>,
    /// The count, already formatted, or what to write when there is none.
    pub shown: &'a str,
    /// Low end, expected and high end of what is usual; `None` when it cannot be said.
    pub low_expected_high: Option<(f64, f64, f64)>,
    /// "1,2"; empty when it cannot be said.
    pub shown_expected: &'a str,
    /// "0–4"; empty when it cannot be said.
    pub shown_band: &'a str,
}

impl WatchedPoint<'_> {
    /// What was counted, if it is a count.
    fn count(&self) -> Option<f64> {
        self.observed.filter(|count| count.is_finite() && *count >= 0.0)
    }

    fn is_above(&self) -> bool {
        matches!((self.count(), self.low_expected_high), (Some(count), Some((_, _, high))) if count > high)
    }
}

/// A warning's series.
#[derive(Debug, Clone, Copy, Default)]
pub struct WatchedSeries<'a> {
    /// Title, sentence and the rest.
    pub words: ChartWords<'a>,
    /// Counts to mark on the axis and how to write them: nothing, half and top, as [`super::count_ticks`] gives them.
    pub ticks: &'a [(f64, &'a str)],
    /// "Día" or "Hora".
    pub period_label: &'a str,
    /// "Quejas".
    pub observed_label: &'a str,
    /// "Más de lo normal": the legend of the striped bars.
    pub above_label: &'a str,
    /// "Lo esperado".
    pub expected_label: &'a str,
    /// "Lo normal": the area's legend and the column with its ends.
    pub band_label: &'a str,
    /// Oldest first.
    pub points: &'a [WatchedPoint<'a>],
    /// The period at whose beginning it began, and the words beside its line ("desde el 3 de marzo").
    pub onset: Option<(usize, &'a str)>,
}

impl<'a> WatchedSeries<'a> {
    fn axis(&self) -> Axis {
        let top = self.ticks.iter().map(|(value, _)| *value).fold(0.0, f64::max);
        if top > 0.0 {
            return Axis { bottom: 0.0, top };
        }
        let highest = self.points.iter().filter_map(WatchedPoint::count).fold(1.0, f64::max);
        Axis { bottom: 0.0, top: highest }
    }

    /// The onset, if it lies in the picture.
    fn onset(&self) -> Option<(usize, &'a str)> {
        self.onset.filter(|(period, _)| *period < self.points.len())
    }
}

/// Above so many periods bars touch: on a phone their gap would be wider than they are.
const MOST_BARS_APART: usize = 62;

fn bars(chart: &WatchedSeries<'_>) -> Markup {
    let axis = chart.axis();
    let count = chart.points.len();
    let apart = count <= MOST_BARS_APART;
    let (gap, width) = if apart { (0.18, 0.64) } else { (0.0, 1.0) };
    html! {
        @for (index, point) in (0_u32..).zip(chart.points) {
            @if let Some(value) = point.count().filter(|value| *value > 0.0) {
                @let down = axis.down(value);
                @let kind = if point.is_above() { "negative" } else { "neutral" };
                rect class={ @if apart { "bar " } "bar-" (kind) } x=(percent(f64::from(index) + gap, count as f64))
                    width=(percent(width, count as f64)) y=(percent(down, 100.0)) height=(percent(100.0 - down, 100.0))
                    // An attribute, because a style sheet cannot know this picture's id.
                    fill=[point.is_above().then(|| format!("url(#{}-stripes)", chart.words.id))] {}
            }
        }
    }
}

fn onset(period: usize, words: &str, periods: usize) -> Markup {
    // Towards the wider side, so that the words stay in the picture.
    let late = period * 2 > periods;
    html! {
        (plot::upright("onset", period, periods))
        text.onset-words x=(percent(period as f64, periods as f64)) y="-10"
            text-anchor=(if late { "end" } else { "start" }) { (words) }
    }
}

fn picture(chart: &WatchedSeries<'_>) -> Markup {
    let axis = chart.axis();
    let count = chart.points.len();
    let usual = chart.points.iter().map(|point| point.low_expected_high);
    let runs = plot::reaching_edges(plot::runs(axis, usual), count);
    html! {
        svg.plot role="img" aria-label=(chart.words.summary) {
            (plot::stripes(chart.words.id))
            @if let Some((period, _)) = chart.onset() {
                rect.since x=(percent(period as f64, count as f64))
                    width=(percent((count - period) as f64, count as f64)) height="100%" {}
            }
            (plot::grid(axis, chart.ticks))
            (plot::bands(&runs))
            (bars(chart))
            (plot::lines(&runs))
            @if let Some((period, words)) = chart.onset() { (onset(period, words, count)) }
        }
    }
}

fn legend(chart: &WatchedSeries<'_>) -> Markup {
    let above = chart.points.iter().any(WatchedPoint::is_above);
    let stripes = format!("url(#{}-stripes)", chart.words.id);
    let bar = html! { rect.bar-neutral x="6" y="3" width="12" height="18" {} };
    let striped = html! { rect x="6" y="3" width="12" height="18" fill=(stripes) {} };
    let usual =
        html! { rect.band y="4" width="24" height="16" {} line.line x1="1" x2="23" y1="12" y2="12" {} };
    let keys = [
        (chart.observed_label, bar, true),
        (chart.above_label, striped, above),
        (chart.band_label, usual, chart.points.iter().any(|point| point.low_expected_high.is_some())),
    ];
    html! {
        p.legend aria-hidden="true" {
            @for (words, drawing, used) in keys {
                @if used && !words.is_empty() {
                    span.face { svg.icon viewBox="0 0 24 24" width="24" height="24" { (drawing) } span { (words) } }
                }
            }
        }
    }
}

/// Draws a warning's series.
pub fn watched_series(chart: &WatchedSeries<'_>) -> Markup {
    if chart.points.iter().all(|point| point.count().is_none()) {
        return empty_figure(&chart.words);
    }
    let names: Vec<&str> = chart.points.iter().map(|point| point.label).collect();
    let class = if chart.onset().is_some() { "plot-area watched" } else { "plot-area" };
    let drawing = html! { (legend(chart)) (plot::area(class, chart.ticks, &picture(chart), &names)) };
    let columns = [
        (chart.period_label, false),
        (chart.observed_label, true),
        (chart.expected_label, true),
        (chart.band_label, true),
    ]
    .map(|(label, numeric)| Column { label, numeric });
    let rows: Vec<Vec<Markup>> =
        chart.points.iter().enumerate().map(|(index, point)| row(chart, index, point)).collect();
    figure(&chart.words, &drawing, &columns, &rows)
}

/// What the picture says of one period, in words.
fn row(chart: &WatchedSeries<'_>, index: usize, point: &WatchedPoint<'_>) -> Vec<Markup> {
    let begins = chart.onset().filter(|(period, _)| *period == index);
    vec![
        html! { (point.long_label) @if let Some((_, words)) = begins { " · " (words) } },
        html! { (point.shown) @if point.is_above() && !chart.above_label.is_empty() { " · " (chart.above_label) } },
        html! { (point.shown_expected) },
        html! { (point.shown_band) },
    ]
}
