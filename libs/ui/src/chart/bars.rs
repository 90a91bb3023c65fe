//! Months as stacked bars: negative at the bottom, then neutral, then positive.
//!
//! Negative sits on the base line because it is the one that must be compared between months.

use maud::{Markup, html};

use super::{ChartWords, axis_below, empty_figure, figure, percent, plot};
use crate::icon::{Face, sentiment};
use crate::list::Column;

/// One month.
#[derive(Debug, Clone, Copy, Default)]
pub struct MonthBar<'a> {
    /// "ene".
    pub label: &'a str,
    /// "enero de 2026".
    pub long_label: &'a str,
    /// How many negative ones.
    pub negative: u32,
    /// How many neutral ones.
    pub neutral: u32,
    /// How many positive ones.
    pub positive: u32,
}

impl MonthBar<'_> {
    const fn total(&self) -> u32 {
        self.negative.saturating_add(self.neutral).saturating_add(self.positive)
    }

    /// The layers that are not empty, from the base line up: face, lower edge, upper edge.
    fn layers(&self) -> impl Iterator<Item = (Face, u32, u32)> {
        let low = self.negative;
        let middle = low.saturating_add(self.neutral);
        [(Face::Negative, 0, low), (Face::Neutral, low, middle), (Face::Positive, middle, self.total())]
            .into_iter()
            .filter(|(_, lower, upper)| upper > lower)
    }
}

/// Months × negative, neutral, positive.
#[derive(Debug, Clone, Copy, Default)]
pub struct StackedBars<'a> {
    /// Title, sentence and the rest.
    pub words: ChartWords<'a>,
    /// "Mes".
    pub month_label: &'a str,
    /// The words for negative, neutral and positive.
    pub series: [&'a str; 3],
    /// "Total".
    pub total_label: &'a str,
    /// Oldest first.
    pub months: &'a [MonthBar<'a>],
}

fn picture(chart: &StackedBars<'_>, top: u64) -> Markup {
    let count = chart.months.len() as f64;
    let id = chart.words.id;
    html! {
        svg.plot role="img" aria-label=(chart.words.summary) {
            (plot::stripes(id))
            @for line in [0.0, 0.5, 1.0] {
                line.grid x1="0" x2="100%" y1=(percent(line, 1.0)) y2=(percent(line, 1.0)) {}
            }
            @for (index, month) in (0_u32..).zip(chart.months) {
                @let left = percent(f64::from(index) + 0.18, count);
                @let width = percent(0.64, count);
                @for (face, lower, upper) in month.layers() {
                    // The stripes are an attribute because a style sheet cannot know this picture's id.
                    rect class={ "bar bar-" (face.class()) } x=(left) width=(width)
                        y=(percent(top as f64 - f64::from(upper), top as f64))
                        height=(percent(f64::from(upper - lower), top as f64))
                        fill=[(face == Face::Negative).then(|| format!("url(#{id}-stripes)"))] {}
                }
            }
        }
    }
}

/// Draws the bars.
pub fn stacked_bars(chart: &StackedBars<'_>) -> Markup {
    let highest = chart.months.iter().map(MonthBar::total).max().unwrap_or(0);
    if highest == 0 {
        return empty_figure(&chart.words);
    }
    let top = plot::axis_top(u64::from(highest));
    let [negative, neutral, positive] = chart.series;
    let names: Vec<&str> = chart.months.iter().map(|month| month.label).collect();
    let drawing = html! {
        p.legend aria-hidden="true" {
            (sentiment(Face::Negative, negative)) (sentiment(Face::Neutral, neutral)) (sentiment(Face::Positive, positive))
        }
        div.plot-area {
            div.axis-y aria-hidden="true" { span { (top) } span { (top / 2) } span { "0" } }
            (picture(chart, top))
            div.axis-row aria-hidden="true" { (axis_below(&names)) }
        }
    };
    let columns: Vec<Column<'_>> = [
        (chart.month_label, false),
        (negative, true),
        (neutral, true),
        (positive, true),
        (chart.total_label, true),
    ]
    .map(|(label, numeric)| Column { label, numeric })
    .to_vec();
    let rows: Vec<Vec<Markup>> = chart
        .months
        .iter()
        .map(|month| {
            vec![
                html! { (month.long_label) },
                html! { (month.negative) },
                html! { (month.neutral) },
                html! { (month.positive) },
                html! { (month.total()) },
            ]
        })
        .collect();
    figure(&chart.words, &drawing, &columns, &rows)
}
