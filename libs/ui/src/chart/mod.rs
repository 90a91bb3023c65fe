//! Charts as accessible SVG: a sentence, a picture and a table that says the same.
//!
//! The picture has no `viewBox`: bars and points are placed in percentages and the words around it are HTML, so that
//! text keeps its size from 320 px to a wall screen (a scaled axis came out at 6 px on phones). Series differ in
//! pattern and label besides colour. Whether there is enough to draw is the caller's decision: without points each
//! chart becomes its `empty` sentence.
//!
//! To add a chart over periods: a struct with [`ChartWords`], its own marks between `plot.rs`'s grid, bands and lines,
//! and `figure` around them with the table that says the same.

mod bars;
mod line;
mod plot;
mod provinces;
mod stars;
mod tiles;
mod watched;

use maud::{Markup, html};

use crate::list::{Column, DataTable, data_table};

pub use bars::{MonthBar, StackedBars, stacked_bars};
pub use line::{LineWithBand, PeriodValue, line_with_band};
pub use plot::count_ticks;
pub use provinces::province_code;
pub use stars::{StarDistribution, StarRow, star_distribution};
pub use tiles::{Tile, TileMap, TileTone, tile_map, tiles};
pub use watched::{WatchedPoint, WatchedSeries, watched_series};

/// The words every chart needs.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChartWords<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// Its heading.
    pub title: &'a str,
    /// What it shows, in one sentence. Also what a screen reader says for the picture.
    pub summary: &'a str,
    /// "Ver los números".
    pub table_label: &'a str,
    /// Said instead of the picture when there are no points.
    pub empty: &'a str,
}

/// Charts side by side where they fit, one under another where they do not.
pub fn charts(figures: &Markup) -> Markup {
    html! { div.charts { (figures) } }
}

/// A chart without enough to draw.
fn empty_figure(words: &ChartWords<'_>) -> Markup {
    html! {
        figure.chart.chart-empty {
            figcaption { span.chart-title { (words.title) } span.chart-summary { (words.empty) } }
        }
    }
}

/// Heading and sentence, picture, then the table.
fn figure(words: &ChartWords<'_>, picture: &Markup, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    html! {
        figure.chart id=(words.id) {
            figcaption { span.chart-title { (words.title) } span.chart-summary { (words.summary) } }
            (picture)
            details.disclosure {
                summary { span { (words.table_label) } span.vh { ": " (words.title) } }
                div.disclosure-body tabindex="0" {
                    (data_table(&DataTable { caption: words.title, caption_hidden: true, columns, rows }))
                }
            }
        }
    }
}

/// A share of the whole as an SVG percentage, with two decimals at most.
fn percent(part: f64, whole: f64) -> String {
    let share = if whole > 0.0 { (part / whole).clamp(0.0, 1.0) * 100.0 } else { 0.0 };
    format!("{share:.2}%")
}

/// Letters of a row of names that fit a phone.
const LETTERS_ON_A_PHONE: usize = 24;

/// Which periods get their name written below: all when they fit a phone, else every second, third…, always the last.
fn label_shown(index: usize, count: usize, letters: usize) -> bool {
    let most = (LETTERS_ON_A_PHONE / letters.max(3)).max(1);
    let every = count.div_ceil(most).max(1);
    (count - 1 - index).is_multiple_of(every)
}

/// Above so many periods a cell is narrower than its name, and the last name would stick out.
const WIDE_CELLS: usize = 12;

/// The names below the picture, one cell per period so that they stay under their bar. Periods without a name, such
/// as most hours of a day, keep their cell and do not count when names are left out.
fn axis_below(labels: &[&str]) -> Markup {
    let last = labels.len().checked_sub(1).filter(|_| labels.len() > WIDE_CELLS);
    let named = || labels.iter().enumerate().filter(|(_, label)| !label.is_empty());
    let count = named().count();
    let letters = named().map(|(_, label)| label.chars().count()).max().unwrap_or_default();
    let mut shown = named().enumerate().filter(|(place, _)| label_shown(*place, count, letters)).peekable();
    html! {
        div.axis-x {
            @for index in 0..labels.len() {
                span class=[(last == Some(index)).then_some("end")] {
                    @if let Some((_, (_, label))) = shown.next_if(|(_, (at, _))| *at == index) { (label) }
                }
            }
        }
    }
}
