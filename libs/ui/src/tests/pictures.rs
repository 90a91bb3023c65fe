//! Charts: a sentence, a picture with a name, a table with the same figures.

use super::{HOSTILE, checked};
use crate::chart::*;
use crate::{Face, Icon, face_drawing, icon, logo};

const WORDS: ChartWords<'static> = ChartWords {
    id: "c",
    title: HOSTILE,
    summary: "Va bien.",
    table_label: "Ver los números",
    empty: "Hacen falta 20.",
};

fn assert_accessible(html: &str, rows: usize) {
    assert!(html.contains("<figure class=\"chart\" id=\"c\"><figcaption>"));
    assert!(html.contains("role=\"img\" aria-label=\"Va bien.\""));
    assert!(html.contains("<details class=\"disclosure\"><summary><span>Ver los números</span>"));
    assert_eq!(html.matches("scope=\"row\"").count(), rows);
    assert!(html.contains("&lt;script&gt;"));
    assert!(!html.contains("NaN"));
}

fn bar(negative: u32, neutral: u32, positive: u32) -> MonthBar<'static> {
    MonthBar { label: "ene", long_label: "enero de 2026", negative, neutral, positive }
}

#[test]
fn bars_stack_from_the_base_and_negative_ones_are_striped() {
    let months = [bar(1, 0, 3), bar(0, 0, 0), bar(2, 2, 4)];
    let html =
        checked(stacked_bars(&StackedBars { words: WORDS, months: &months, ..StackedBars::default() }));
    assert_accessible(&html, 3);
    assert!(html.contains("<pattern id=\"c-stripes\""));
    assert_eq!(html.matches("fill=\"url(#c-stripes)\"").count(), 2);
    assert!(html.contains("y=\"87.50%\" height=\"12.50%\""), "one of eight, on the base line: {html}");
}

#[test]
fn bars_survive_the_largest_counts() {
    let months = [bar(u32::MAX, 1, 1)];
    checked(stacked_bars(&StackedBars { words: WORDS, months: &months, ..StackedBars::default() }));
}

#[test]
fn nothing_to_draw_leaves_only_the_sentence() {
    let html = checked(stacked_bars(&StackedBars {
        words: WORDS,
        months: &[bar(0, 0, 0)],
        ..StackedBars::default()
    }));
    assert!(html.contains("Hacen falta 20.") && !html.contains("<svg"));
    let html = checked(line_with_band(&LineWithBand { words: WORDS, ..LineWithBand::default() }));
    assert!(html.contains("Hacen falta 20.") && !html.contains("<svg"));
    let html = checked(star_distribution(&StarDistribution { words: WORDS, ..StarDistribution::default() }));
    assert!(html.contains("Hacen falta 20.") && !html.contains("<svg"));
}

fn month(low_value_high: Option<(f64, f64, f64)>) -> PeriodValue<'static> {
    PeriodValue { label: "ene", long_label: "enero", low_value_high, shown: "4,3", ..PeriodValue::default() }
}

#[test]
fn a_month_without_a_value_breaks_the_line() {
    let months = [month(Some((3.0, 4.0, 5.0))), month(None), month(Some((1.0, 3.0, 9.0)))];
    let chart = LineWithBand {
        words: WORDS,
        axis: (1.0, 5.0),
        ticks: &[(1.0, "1"), (5.0, "5")],
        periods: &months,
        ..LineWithBand::default()
    };
    let html = checked(line_with_band(&chart));
    assert_accessible(&html, 3);
    assert_eq!(html.matches("class=\"line\"").count(), 2);
    assert_eq!(html.matches("class=\"dot\"").count(), 2);
    assert!(html.contains("cy=\"25.00%\""), "4 between 1 and 5 is a quarter down");
    assert!(html.contains("y1=\"0.00%\""), "what leaves the axis is cut at its end");
    assert!(!checked(line_with_band(&LineWithBand { axis: (5.0, 5.0), ..chart })).contains("inf"));
}

#[test]
fn stars_are_rows_with_their_counts() {
    let rows = [
        StarRow { stars: "5", label: "5 estrellas", count: 10, shown: "10" },
        StarRow { stars: "4", label: "4 estrellas", count: 5, shown: "5" },
    ];
    let html = checked(star_distribution(&StarDistribution {
        words: WORDS,
        rows: &rows,
        ..StarDistribution::default()
    }));
    assert_accessible(&html, 2);
    assert!(html.contains("width=\"50.00%\""));
}

#[test]
fn long_series_keep_few_names_and_always_the_last() {
    let mut months = vec![bar(1, 1, 1); 35];
    months.push(MonthBar { label: "último", ..bar(1, 1, 1) });
    let html =
        checked(stacked_bars(&StackedBars { words: WORDS, months: &months, ..StackedBars::default() }));
    assert!(html.matches("<span>ene</span>").count() <= 7);
    assert!(html.contains(">último</span>"));
}

#[test]
fn drawings_are_hidden_from_assistive_technology() {
    for drawing in [icon(Icon::Today), icon(Icon::SignOut), face_drawing(Face::Negative), logo()] {
        let html = checked(drawing);
        assert!(html.contains("aria-hidden=\"true\" focusable=\"false\""));
    }
}
