//! Places as tiles: Spain's provinces where they lie on the map, or any other places one beside another.
//!
//! A map with true borders hides Ceuta and gives Badajoz the most ink; tiles give every province the same. Each tile
//! carries its letters and its figure, and its edge differs by tone, so that colour never stands alone.

use maud::{Markup, html};

use super::provinces::{self, Province};
use super::{ChartWords, empty_figure, figure};
use crate::list::Column;

/// How a place is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TileTone {
    /// Nothing unusual.
    Quiet,
    /// Worth a look.
    Watch,
    /// More than usual.
    Notice,
    /// Something is going on.
    Alarm,
    /// Nobody was listening there, or it cannot be said yet.
    #[default]
    NoData,
}

impl TileTone {
    const ALL: [Self; 5] = [Self::Quiet, Self::Watch, Self::Notice, Self::Alarm, Self::NoData];

    const fn class(self) -> &'static str {
        match self {
            Self::Quiet => "tile",
            Self::Watch => "tile level-watch",
            Self::Notice => "tile level-notice",
            Self::Alarm => "tile level-alarm",
            Self::NoData => "tile no-data",
        }
    }
}

/// One place.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tile<'a> {
    /// For Spain's provinces the letters (ISO 3166-2, "CS") or the INE number ("12"); see [`super::province_code`].
    /// Elsewhere nothing.
    pub code: &'a str,
    /// "Castellón".
    pub label: &'a str,
    /// Its figure, already formatted; empty for none. On the map three characters fit ("128", "2k").
    pub value_text: &'a str,
    /// How it is doing.
    pub tone: TileTone,
    /// Where it leads.
    pub href: Option<&'a str>,
}

/// Places and how they are doing.
#[derive(Debug, Clone, Copy, Default)]
pub struct TileMap<'a> {
    /// Title, sentence and the rest.
    pub words: ChartWords<'a>,
    /// The words for quiet, watch, notice, alarm and no data.
    pub tone_labels: [&'a str; 5],
    /// "Provincia".
    pub place_label: &'a str,
    /// "Quejas".
    pub value_label: &'a str,
    /// "Cómo está".
    pub tone_label: &'a str,
    /// The places. On Spain's map those that are missing are drawn empty.
    pub tiles: &'a [Tile<'a>],
}

impl<'a> TileMap<'a> {
    fn tone(&self, tone: TileTone) -> &'a str {
        self.tone_labels.get(tone as usize).copied().unwrap_or_default()
    }
}

/// Characters of a figure that fit a tile of the map on a phone. A cut figure would be a wrong one, so a longer one is
/// left to the title and the table.
const MOST_CHARACTERS: usize = 3;

fn tile(map: &TileMap<'_>, tile: &Tile<'_>, code: &str) -> Markup {
    let tone = map.tone(tile.tone);
    let title =
        [tile.label, tile.value_text, tone].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let title = title.join(" · ");
    let inside = html! {
        @if code.is_empty() {
            span.tile-name { (tile.label) }
        } @else {
            span.tile-code aria-hidden="true" { (code) }
            span.vh { (tile.label) }
        }
        " "
        @match tile.value_text {
            "" => strong aria-hidden="true" { "–" },
            long if !code.is_empty() && long.chars().count() > MOST_CHARACTERS => {
                strong aria-hidden="true" { "…" } span.vh { (long) }
            },
            value => strong { (value) },
        }
        span.vh { " · " (tone) }
    };
    html! {
        @if let Some(href) = tile.href {
            a class=(tile.tone.class()) href=(href) title=(title) { (inside) }
        } @else {
            span class=(tile.tone.class()) title=(title) { (inside) }
        }
    }
}

fn legend(map: &TileMap<'_>) -> Markup {
    html! {
        p.legend aria-hidden="true" {
            @for tone in TileTone::ALL {
                @if !map.tone(tone).is_empty() {
                    span.face { span class=(tone.class()) {} span { (map.tone(tone)) } }
                }
            }
        }
    }
}

fn with_table(map: &TileMap<'_>, picture: &Markup) -> Markup {
    let columns = [(map.place_label, false), (map.value_label, true), (map.tone_label, false)]
        .map(|(label, numeric)| Column { label, numeric });
    let rows: Vec<Vec<Markup>> = map
        .tiles
        .iter()
        .map(|tile| {
            vec![html! { (tile.label) }, html! { (tile.value_text) }, html! { (map.tone(tile.tone)) }]
        })
        .collect();
    figure(&map.words, &html! { (legend(map)) (picture) }, &columns, &rows)
}

/// The province each tile stands for; `None` when one is none of Spain's, or two are the same.
fn on_map<'a>(tiles: &'a [Tile<'a>]) -> Option<Vec<(&'static str, &'a Tile<'a>)>> {
    let mut placed: Vec<(&'static str, &Tile<'_>)> = Vec::new();
    for tile in tiles {
        let province = provinces::all().find(|province| province.has_code(tile.code))?;
        if placed.iter().any(|(code, _)| *code == province.code) {
            return None;
        }
        placed.push((province.code, tile));
    }
    Some(placed)
}

/// Spain's provinces where they lie on the map. Where a place is none of them, or stands there twice, it draws
/// [`tiles`] instead, so that no figure is lost.
pub fn tile_map(map: &TileMap<'_>) -> Markup {
    if map.tiles.is_empty() {
        return empty_figure(&map.words);
    }
    let Some(placed) = on_map(map.tiles) else {
        return tiles(map);
    };
    let find = |province: Province| placed.iter().find(|(code, _)| *code == province.code);
    let picture = html! {
        ul.tile-map role="list" {
            @for cell in provinces::cells() {
                @match cell.map(|province| (province, find(province))) {
                    Some((province, Some((_, own)))) => li { (tile(map, own, province.code)) },
                    Some((province, None)) => li aria-hidden="true" {
                        span.tile.no-data title=(province.name) { span.tile-code { (province.code) } }
                    },
                    None => li aria-hidden="true" {},
                }
            }
        }
    };
    with_table(map, &picture)
}

/// Any places one beside another, in the order given, each with its whole name.
pub fn tiles(map: &TileMap<'_>) -> Markup {
    if map.tiles.is_empty() {
        return empty_figure(&map.words);
    }
    let picture = html! {
        ul.tile-list role="list" { @for one in map.tiles { li { (tile(map, one, "")) } } }
    };
    with_table(map, &picture)
}
