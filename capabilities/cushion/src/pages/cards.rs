//! The two cards of *Hoy* that belong to this room: Nota and Colchón.

use foundation::web::Texts;
use maud::{Markup, html};
use ui::{Column, DataTable, Icon, NumberCard, NumberNotYet, data_table, number_card, number_not_yet};

use crate::RATINGS_MIN;
use crate::nota;
use crate::numbers::{Numbers, SourceCushion};

/// Both cards.
pub fn cards(t: &Texts, numbers: &Numbers) -> Markup {
    html! {
        (nota_card(t, numbers))
        (cushion_card(t, numbers, true))
    }
}

fn not_yet(t: &Texts, id: &str, icon: Icon, have: u64, formula: Markup) -> Markup {
    let missing = RATINGS_MIN.saturating_sub(have).max(1);
    number_not_yet(&NumberNotYet {
        id,
        title: &t.get(&format!("{id}-title")),
        icon,
        message: &t.with("not-yet-ratings", &[("n", (missing as i64).into())]),
        have_need: Some((have.min(RATINGS_MIN), RATINGS_MIN)),
        sentence: &t.get(&format!("{id}-not-yet")),
        formula_label: &t.get("how-computed"),
        formula,
    })
}

fn nota_card(t: &Texts, numbers: &Numbers) -> Markup {
    let formula = html! {
        p { (t.with("nota-formula", &[
            ("days", (nota::HALF_LIFE_DAYS as i64).into()),
            ("weight", (nota::PRIOR_WEIGHT as i64).into()),
            ("mean", t.decimal(nota::PRIOR_MEAN, 1).into()),
            ("min", (RATINGS_MIN as i64).into()),
        ])) }
        p { code {
            "(" (nota::PRIOR_WEIGHT) " · " (t.decimal(nota::PRIOR_MEAN, 1)) " + Σ w·r) / (" (nota::PRIOR_WEIGHT)
            " + Σ w),  w = 2^(−d/" (nota::HALF_LIFE_DAYS) ")"
        } }
    };
    let Some(nota) = &numbers.nota else { return not_yet(t, "nota", Icon::Star, numbers.ratings, formula) };
    let interval = t.with(
        "nota-interval",
        &[
            ("low", t.decimal(nota.low, 1).into()),
            ("high", t.decimal(nota.high, 1).into()),
            ("n", (nota.count as i64).into()),
            ("count", t.count(nota.count as i64).into()),
        ],
    );
    number_card(&NumberCard {
        id: "nota",
        title: &t.get("nota-title"),
        icon: Icon::Star,
        value: &t.decimal(nota.value, 1),
        unit: &t.get("nota-unit"),
        interval: &interval,
        sentence: &t.get("nota-sentence"),
        formula_label: &t.get("how-computed"),
        formula,
        more: None,
    })
}

/// The cushion's card; with `more`, the way to its page.
pub(super) fn cushion_card(t: &Texts, numbers: &Numbers, more: bool) -> Markup {
    let explanation = html! {
        p { (t.with("cushion-formula", &[("min", (RATINGS_MIN as i64).into())])) }
        p { code { "K = ⌊ Σ (r − τ) / (τ − 1) ⌋ + 1" } }
    };
    let Some(first) = numbers.cushions.first() else {
        return not_yet(t, "cushion", Icon::Cushion, numbers.ratings_in_one_source, explanation);
    };
    let weakest = first.weakest();
    // When the newest ten give way first, the small print still says what the mean alone would take.
    let key = match (first.until_most_of_ten < first.k, first.week.low < first.week.high) {
        (true, true) => "cushion-interval-mean",
        (true, false) => "cushion-interval-mean-same",
        (false, true) => "cushion-interval",
        (false, false) => "cushion-interval-same",
    };
    let interval = t.with(
        key,
        &[
            ("k", t.count(first.k.min(99_999) as i64).into()),
            ("low", t.count(bounded(first.week.low)).into()),
            ("high", t.count(bounded(first.week.high)).into()),
            ("n", (first.count as i64).into()),
            ("count", t.count(first.count as i64).into()),
            ("source", first.name.as_str().into()),
        ],
    );
    number_card(&NumberCard {
        id: "cushion",
        title: &t.get("cushion-title"),
        icon: Icon::Cushion,
        value: &t.count(weakest.min(99_999) as i64),
        unit: &t.with("cushion-unit", &[("n", bounded(weakest as f64).into())]),
        interval: &interval,
        sentence: &sentence(t, first),
        formula_label: &t.get("how-computed"),
        formula: html! { (explanation) (table(t, &numbers.cushions)) },
        more: more.then_some(("/cushion", &*t.get("cushion-more"))),
    })
}

pub(super) fn bounded(k: f64) -> i64 {
    if k < 99_999.0 { k as i64 } else { 99_999 }
}

/// What the cushion of one source means, in words.
pub(super) fn sentence(t: &Texts, c: &SourceCushion) -> String {
    if c.until_most_of_ten < c.k {
        let key = if c.until_most_of_ten == 0 { "cushion-ten-gone" } else { "cushion-sentence-ten" };
        return t
            .with(
                key,
                &[
                    ("n", (c.until_most_of_ten as i64).into()),
                    ("bad", (c.bad_of_ten as i64).into()),
                    ("source", c.name.as_str().into()),
                ],
            )
            .into_owned();
    }
    t.with(
        "cushion-sentence",
        &[
            ("n", (c.k.min(99_999) as i64).into()),
            ("threshold", t.decimal(c.threshold, 1).into()),
            ("source", c.name.as_str().into()),
            ("good", (c.good_per_angry as i64).into()),
        ],
    )
    .into_owned()
}

fn table(t: &Texts, cushions: &[SourceCushion]) -> Markup {
    let names = ["source", "cushion-shown", "cushion-threshold", "cushion-until", "cushion-until-ten"]
        .map(|key| t.get(key));
    let columns: Vec<Column<'_>> =
        names.iter().enumerate().map(|(at, label)| Column { label, numeric: at > 0 }).collect();
    let rows: Vec<Vec<Markup>> = cushions
        .iter()
        .map(|c| {
            vec![
                html! { (c.name) },
                html! { (t.decimal(c.displayed, 1)) },
                html! { (t.decimal(c.threshold, 1)) },
                html! { (t.count(c.k.min(99_999) as i64)) },
                html! { (t.count(c.until_most_of_ten as i64)) },
            ]
        })
        .collect();
    data_table(&DataTable {
        caption: &t.get("cushion-table"),
        caption_hidden: false,
        columns: &columns,
        rows: &rows,
    })
}
