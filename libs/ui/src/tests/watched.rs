//! A warning's series and the tiles: onset, holes, hostile words, one point, huge and broken figures.

use proptest::prelude::*;

use super::{HOSTILE, checked, values};
use crate::chart::*;

const WORDS: ChartWords<'static> = ChartWords {
    id: "c",
    title: HOSTILE,
    summary: "Va bien.",
    table_label: "Ver los números",
    empty: "Hacen falta 20.",
};

fn point(observed: f64, usual: (f64, f64, f64)) -> WatchedPoint<'static> {
    WatchedPoint {
        label: "3 mar",
        long_label: "3 de marzo",
        observed: Some(observed),
        shown: "7",
        low_expected_high: Some(usual),
        shown_expected: "1,2",
        shown_band: "0–3",
    }
}

fn series<'a>(points: &'a [WatchedPoint<'a>]) -> WatchedSeries<'a> {
    WatchedSeries {
        words: WORDS,
        ticks: &[(0.0, "0"), (5.0, "5"), (10.0, "10")],
        period_label: "Día",
        observed_label: "Quejas",
        above_label: "De más",
        expected_label: "Lo esperado",
        band_label: "Lo normal",
        points,
        onset: None,
    }
}

fn assert_no_broken_figure(html: &str) {
    for broken in ["NaN", "inf", "%\" width=\"-", "height=\"-"] {
        assert!(!html.contains(broken), "{broken} in {html}");
    }
}

#[test]
fn a_bar_above_what_is_usual_is_striped_and_the_table_says_so() {
    let points = [point(1.0, (0.0, 1.0, 3.0)), point(7.0, (0.0, 1.0, 3.0)), point(3.0, (0.0, 1.0, 3.0))];
    let html = checked(watched_series(&series(&points)));
    assert_eq!(html.matches("class=\"bar bar-negative\"").count(), 1, "as many as usual is not too many");
    assert_eq!(html.matches("class=\"bar bar-neutral\"").count(), 2);
    assert!(html.contains("y=\"30.00%\" height=\"70.00%\""), "seven of ten stand on the base line");
    assert_eq!(html.matches("7 · De más").count(), 1);
    assert_eq!(html.matches("scope=\"row\"").count(), 3);
    assert_eq!(html.matches("scope=\"col\"").count(), 4);
    assert!(html.contains("role=\"img\" aria-label=\"Va bien.\""));
}

#[test]
fn the_onset_has_a_line_words_and_tinted_ground() {
    let points = [point(1.0, (0.0, 1.0, 3.0)); 4];
    let chart = WatchedSeries { onset: Some((3, HOSTILE)), ..series(&points) };
    let html = checked(watched_series(&chart));
    assert!(html.contains("<rect class=\"since\" x=\"75.00%\" width=\"25.00%\""));
    assert!(html.contains("<line class=\"onset\" x1=\"75.00%\" x2=\"75.00%\""));
    assert!(html.contains("text-anchor=\"end\">&lt;script&gt;"));
    assert!(html.contains("3 de marzo · &lt;script&gt;"), "the table says it too");
    let early = checked(watched_series(&WatchedSeries { onset: Some((0, "aquí")), ..chart }));
    assert!(early.contains("text-anchor=\"start\">aquí"));
    for outside in [None, Some((4, "nunca")), Some((usize::MAX, "nunca"))] {
        let html = checked(watched_series(&WatchedSeries { onset: outside, ..chart }));
        assert!(!html.contains("onset") && !html.contains("since") && !html.contains("nunca"));
    }
}

#[test]
fn what_is_usual_reaches_the_edges_and_breaks_where_it_is_not_known() {
    let mut points = [point(1.0, (0.0, 1.0, 3.0)); 5];
    points[2].low_expected_high = None;
    let html = checked(watched_series(&series(&points)));
    assert_eq!(html.matches("<path class=\"band\"").count(), 2);
    assert!(html.contains("d=\"M0.00 70.00L10.00 70.00") && html.contains("L100.00 70.00"));
    let html = checked(watched_series(&series(&points[..1])));
    assert!(
        html.contains("d=\"M0.00 70.00L50.00 70.00L100.00 70.00L100.00 100.00"),
        "one day is as wide as the picture"
    );
}

#[test]
fn many_periods_touch_and_those_without_a_name_keep_their_cell() {
    let mut points = vec![WatchedPoint { label: "", ..point(2.0, (0.0, 1.0, 3.0)) }; 336];
    points[12].label = "lunes";
    points[335].label = "domingo";
    let html = checked(watched_series(&series(&points)));
    assert!(!html.contains("class=\"bar "));
    assert!(html.contains("<span>lunes</span>") && html.contains("<span class=\"end\">domingo</span>"));
    assert_eq!(html.matches("<span></span>").count(), 334);
}

#[test]
fn nothing_counted_leaves_only_the_sentence() {
    let unknown = WatchedPoint { observed: None, ..WatchedPoint::default() };
    for points in
        [&[][..], &[unknown; 3], &[point(f64::NAN, (0.0, 1.0, 2.0))], &[point(-1.0, (0.0, 1.0, 2.0))]]
    {
        let html = checked(watched_series(&series(points)));
        assert!(html.contains("Hacen falta 20.") && !html.contains("<svg"));
    }
}

#[test]
fn the_axis_is_even_round_and_holds_every_count() {
    for (values, ticks) in [
        (&[][..], [0, 1, 2]),
        (&[0.0, 1.0], [0, 1, 2]),
        (&[f64::NAN, -3.0, 2.1], [0, 2, 4]),
        (&[99.0], [0, 50, 100]),
        (&[101.0], [0, 100, 200]),
        (&[f64::INFINITY, 7.0], [0, 4, 8]),
    ] {
        assert_eq!(count_ticks(values.iter().copied()), ticks, "{values:?}");
    }
    let [_, half, top] = count_ticks([1e300].into_iter());
    assert!(half <= top && top == u64::MAX);
}

fn any_figure() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), 0.0..1000.0, Just(f64::NAN), Just(f64::INFINITY), Just(f64::MAX), Just(0.0)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_figure_breaks_the_picture(
        figures in proptest::collection::vec((any_figure(), any_figure(), any_figure(), any_figure()), 0..40),
        top in any_figure(),
        onset in proptest::option::of(0_usize..50),
    ) {
        let points: Vec<WatchedPoint<'_>> = figures.iter().map(|f| point(f.0, (f.1, f.2, f.3))).collect();
        let ticks = [(0.0, "0"), (top, "x")];
        let chart = WatchedSeries { ticks: &ticks, onset: onset.map(|at| (at, "desde")), ..series(&points) };
        let html = checked(watched_series(&chart));
        assert_no_broken_figure(&html);
        let periods: Vec<PeriodValue<'_>> = figures
            .iter()
            .map(|f| PeriodValue { low_value_high: Some((f.0, f.1, f.2)), ..PeriodValue::default() })
            .collect();
        let line = LineWithBand { words: WORDS, axis: (0.0, top), ticks: &ticks, periods: &periods, ..LineWithBand::default() };
        assert_no_broken_figure(&checked(line_with_band(&line)));
    }
}

fn tile(code: &'static str, tone: TileTone) -> Tile<'static> {
    Tile { code, label: HOSTILE, value_text: "14", tone, href: Some("/place?a=1&b=\"") }
}

fn map<'a>(tiles: &'a [Tile<'a>]) -> TileMap<'a> {
    TileMap {
        words: WORDS,
        tone_labels: ["normal", "mira", "aviso", "alarma", "sin datos"],
        place_label: "Provincia",
        value_label: "Quejas",
        tone_label: "Cómo está",
        tiles,
    }
}

#[test]
fn spain_has_every_province_once_and_rows_of_ten() {
    let one = [tile("28", TileTone::Alarm)];
    let html = checked(tile_map(&map(&one)));
    let cells = html.matches("<li").count();
    assert_eq!(cells, 90);
    assert_eq!(html.matches("class=\"tile-code\"").count(), 52);
    let mut codes: Vec<&str> = html
        .split("tile-code\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('<'))
        .filter_map(|(tag, _)| tag.split_once('>'))
        .map(|(_, code)| code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 52);
    assert!(include_str!("../../../../assets/timon.css").contains("repeat(10,minmax(0,1fr))"));
}

#[test]
fn provinces_stand_where_they_lie() {
    let html = checked(tile_map(&map(&[tile("M", TileTone::Quiet)])));
    let place = |code: &str| {
        let at = html
            .split("<li")
            .skip(1)
            .position(|cell| cell.contains(&format!(">{code}</span>")))
            .expect("a tile");
        (at / 10, at % 10)
    };
    let north_to_south = [("BI", "M"), ("M", "CO"), ("CO", "CA"), ("CA", "CE"), ("LU", "OR"), ("GI", "B")];
    for (north, south) in north_to_south {
        assert!(place(north).0 < place(south).0, "{north} lies north of {south}");
    }
    for (west, east) in
        [("C", "GI"), ("CC", "V"), ("V", "PM"), ("H", "AL"), ("TF", "GC"), ("GC", "CE"), ("SA", "M")]
    {
        assert!(place(west).1 < place(east).1, "{west} lies west of {east}");
    }
}

#[test]
fn a_tile_has_its_tone_in_words_class_and_table() {
    let tones = [TileTone::Quiet, TileTone::Watch, TileTone::Notice, TileTone::Alarm, TileTone::NoData];
    let codes = ["C", "cs", "50", "01", "ML"];
    let tiles: Vec<Tile<'_>> = codes.iter().zip(tones).map(|(code, tone)| tile(code, tone)).collect();
    let html = checked(tile_map(&map(&tiles)));
    for word in ["normal", "mira", "aviso", "alarma", "sin datos"] {
        assert!(html.contains(&format!(" · {word}</span>")), "{word} is heard");
        assert!(html.contains(&format!("<span class=\"cell\">{word}</span>")), "{word} is in the table");
    }
    let mut classes: Vec<&str> = values(&html, "class")
        .into_iter()
        .filter(|class| class.starts_with("tile") && !class.contains("tile-"))
        .collect();
    classes.sort_unstable();
    classes.dedup();
    assert_eq!(classes.len(), 5);
    assert_eq!(html.matches("<a class=\"tile").count(), 5);
}

#[test]
fn places_that_are_not_provinces_become_plain_tiles() {
    for tiles in [
        vec![tile("M", TileTone::Quiet), tile("Lisboa", TileTone::Alarm)],
        vec![tile("M", TileTone::Quiet), tile("28", TileTone::Alarm)],
        vec![tile("", TileTone::Quiet)],
    ] {
        let html = checked(tile_map(&map(&tiles)));
        assert!(html.contains("class=\"tile-list\"") && !html.contains("tile-map"));
        assert_eq!(html.matches("class=\"tile-name\"").count(), tiles.len(), "none is lost");
    }
    let html = checked(tile_map(&map(&[])));
    assert!(html.contains("Hacen falta 20.") && !html.contains("<ul"));
}

#[test]
fn a_figure_that_does_not_fit_is_never_cut() {
    let html = checked(tile_map(&map(&[Tile { value_text: "18.446.744", ..tile("M", TileTone::Alarm) }])));
    assert!(html.contains("<strong aria-hidden=\"true\">…</strong><span class=\"vh\">18.446.744</span>"));
    assert!(html.contains(" · 18.446.744 · alarma\""), "the title says it");
    let html = checked(tiles(&map(&[Tile { value_text: "18.446.744", ..tile("M", TileTone::Alarm) }])));
    assert!(html.contains("<strong>18.446.744</strong>"));
}

#[test]
fn a_province_is_known_by_either_of_its_names() {
    for (name, code) in [
        ("Araba/Álava", Some("VI")),
        ("alava", Some("VI")),
        ("ARABA", Some("VI")),
        ("València", Some("V")),
        (" a coruña ", Some("C")),
        ("b", Some("B")),
        ("07", Some("PM")),
        ("7", None),
        ("Porto", None),
        ("", None),
        (HOSTILE, None),
    ] {
        assert_eq!(province_code(name), code, "{name}");
    }
}
