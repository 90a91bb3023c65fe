//! How many gave five stars, four, three, two and one.

use maud::{Markup, html};

use super::{ChartWords, empty_figure, figure, percent};
use crate::icon::{Icon, icon};
use crate::list::Column;

/// One row.
#[derive(Debug, Clone, Copy, Default)]
pub struct StarRow<'a> {
    /// "5".
    pub stars: &'a str,
    /// "5 estrellas".
    pub label: &'a str,
    /// How many.
    pub count: u64,
    /// How many, already formatted ("1.204").
    pub shown: &'a str,
}

/// The rows, five stars first.
#[derive(Debug, Clone, Copy, Default)]
pub struct StarDistribution<'a> {
    /// Title, sentence and the rest.
    pub words: ChartWords<'a>,
    /// "Estrellas".
    pub stars_label: &'a str,
    /// "Opiniones".
    pub count_label: &'a str,
    /// Five stars first.
    pub rows: &'a [StarRow<'a>],
}

/// Draws the bars, the longest as wide as the place allows.
pub fn star_distribution(chart: &StarDistribution<'_>) -> Markup {
    let most = chart.rows.iter().map(|row| row.count).max().unwrap_or(0);
    if most == 0 {
        return empty_figure(&chart.words);
    }
    let drawing = html! {
        div.star-bars role="img" aria-label=(chart.words.summary) {
            @for row in chart.rows {
                div.star-row {
                    span.star-name { (row.stars) (icon(Icon::Star)) }
                    svg.star-bar width="100%" height="16" {
                        rect.track width="100%" height="16" rx="4" {}
                        rect.fill width=(percent(row.count as f64, most as f64)) height="16" rx="4" {}
                    }
                    span.star-count { (row.shown) }
                }
            }
        }
    };
    let columns = [
        Column { label: chart.stars_label, numeric: false },
        Column { label: chart.count_label, numeric: true },
    ];
    let rows: Vec<Vec<Markup>> =
        chart.rows.iter().map(|row| vec![html! { (row.label) }, html! { (row.shown) }]).collect();
    figure(&chart.words, &drawing, &columns, &rows)
}
