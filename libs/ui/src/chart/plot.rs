//! What every chart over periods shares: the axis, the band with its line, marks at a period, and the words around.
//!
//! Everything is placed in percentages. Only shapes without text lie in a stretched picture (`viewBox`), so that text
//! keeps its size. No figure that is not finite reaches the picture: it counts as missing.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::{axis_below, percent};

/// The vertical axis: its ends, in the unit of what is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub(super) bottom: f64,
    pub(super) top: f64,
}

impl Axis {
    /// How far down a value lies, in hundredths of the picture; what leaves the axis is cut at its end.
    pub(super) fn down(self, value: f64) -> f64 {
        let height = self.top - self.bottom;
        if height > 0.0 && height.is_finite() && !value.is_nan() {
            ((self.top - value) / height).clamp(0.0, 1.0) * 100.0
        } else {
            50.0
        }
    }
}

/// A period's place in the picture, in hundredths: across, then down for low, value and high.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) across: f64,
    pub(super) low: f64,
    pub(super) value: f64,
    pub(super) high: f64,
}

/// Periods in a row that have a value.
pub(super) type Run = Vec<Spot>;

/// Low, value and high of each period, cut into runs: joining across a hole would invent what nobody said.
pub(super) fn runs(axis: Axis, values: impl ExactSizeIterator<Item = Option<(f64, f64, f64)>>) -> Vec<Run> {
    let count = values.len() as f64;
    let mut runs = vec![Run::new()];
    for (index, value) in (0_u32..).zip(values) {
        let finite =
            value.filter(|(low, value, high)| [low, value, high].into_iter().all(|end| end.is_finite()));
        let Some((low, value, high)) = finite else {
            runs.push(Run::new());
            continue;
        };
        let across = (f64::from(index) + 0.5) / count * 100.0;
        let spot = Spot { across, low: axis.down(low), value: axis.down(value), high: axis.down(high) };
        if let Some(run) = runs.last_mut() {
            run.push(spot);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The runs drawn to the outer edges of their first and last period, for values that hold all through a period.
pub(super) fn reaching_edges(mut runs: Vec<Run>, periods: usize) -> Vec<Run> {
    let half = 50.0 / (periods.max(1) as f64);
    for run in &mut runs {
        if let (Some(&first), Some(&last)) = (run.first(), run.last()) {
            run.insert(0, Spot { across: first.across - half, ..first });
            run.push(Spot { across: last.across + half, ..last });
        }
    }
    runs
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut out = String::new();
    for (across, down) in points {
        let letter = if out.is_empty() { 'M' } else { 'L' };
        let _ = write!(out, "{letter}{across:.2} {down:.2}");
    }
    out
}

/// The areas between low and high.
pub(super) fn bands(runs: &[Run]) -> Markup {
    stretched(&html! {
        @for run in runs {
            @let upper = run.iter().map(|spot| (spot.across, spot.high));
            @let lower = run.iter().rev().map(|spot| (spot.across, spot.low));
            path.band d={ (path(upper.chain(lower))) "Z" } {}
        }
    })
}

/// The lines through the values.
pub(super) fn lines(runs: &[Run]) -> Markup {
    stretched(&html! {
        @for run in runs {
            // The line keeps its width while its picture is stretched.
            path.line d=(path(run.iter().map(|spot| (spot.across, spot.value)))) vector-effect="non-scaling-stroke" {}
        }
    })
}

fn stretched(shapes: &Markup) -> Markup {
    html! { svg viewBox="0 0 100 100" width="100%" height="100%" preserveAspectRatio="none" { (shapes) } }
}

/// A level line for each mark of the axis.
pub(super) fn grid(axis: Axis, ticks: &[(f64, &str)]) -> Markup {
    html! {
        @for (value, _) in ticks {
            @let down = percent(axis.down(*value), 100.0);
            line.grid x1="0" x2="100%" y1=(down) y2=(down) {}
        }
    }
}

/// An upright line at the beginning of a period.
pub(super) fn upright(class: &str, period: usize, periods: usize) -> Markup {
    let across = percent(period as f64, periods as f64);
    html! { line class=(class) x1=(across) x2=(across) y1="0" y2="100%" {} }
}

/// The picture with the axis' words at its side and the periods' names below.
pub(super) fn area(class: &str, ticks: &[(f64, &str)], picture: &Markup, names: &[&str]) -> Markup {
    html! {
        div class=(class) {
            div.axis-y aria-hidden="true" { @for (_, label) in ticks.iter().rev() { span { (label) } } }
            (picture)
            div.axis-row aria-hidden="true" { (axis_below(names)) }
        }
    }
}

/// The next round number at or above the highest count, even, so that its half is a count too.
pub(super) fn axis_top(highest: u64) -> u64 {
    let mut scale = 1_u64;
    loop {
        for step in [2, 4, 6, 8, 10] {
            let top = scale.saturating_mul(step);
            if top >= highest {
                return top;
            }
        }
        scale = scale.saturating_mul(10);
    }
}

/// Three counts to mark on an axis that holds the highest of the values: nothing, half and a round top. Write them as
/// the language does and hand them over as `ticks`.
///
/// ```
/// assert_eq!(ui::chart::count_ticks([3.0, 13.2].into_iter()), [0, 10, 20]);
/// ```
pub fn count_ticks(values: impl Iterator<Item = f64>) -> [u64; 3] {
    // A cast saturates: what is no number counts as nothing.
    let highest = values.filter(|value| value.is_finite()).fold(0.0, f64::max).ceil() as u64;
    let top = axis_top(highest);
    [0, top / 2, top]
}

/// Stripes on the accent colour: what must be seen stays apart without its colour, and on paper.
pub(super) fn stripes(id: &str) -> Markup {
    html! {
        defs {
            pattern id={ (id) "-stripes" } width="7" height="7" patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)" {
                rect.bar-negative-ground width="7" height="7" {}
                line.stripe x1="0" y1="0" x2="0" y2="7" {}
            }
        }
    }
}
