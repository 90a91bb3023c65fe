//! Tables, pairs of name and value, and stepping through long lists.

use maud::{Markup, html};

use crate::icon::{Icon, icon};

/// A column of a [`data_table`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Column<'a> {
    /// Its heading.
    pub label: &'a str,
    /// Whether it holds figures: aligned at the end, digits of equal width.
    pub numeric: bool,
}

/// Rows and columns. On phones each row becomes a small card with the column's name before each value.
#[derive(Debug, Clone, Default)]
pub struct DataTable<'a> {
    /// What the table holds.
    pub caption: &'a str,
    /// Keep the caption for screen readers only, where a heading above already says it.
    pub caption_hidden: bool,
    /// Its columns; the first one names the row.
    pub columns: &'a [Column<'a>],
    /// Its rows, each with as many cells as there are columns.
    pub rows: &'a [Vec<Markup>],
}

/// Draws the table. The roles are repeated because `display: block` on phones would make browsers forget them.
pub fn data_table(table: &DataTable<'_>) -> Markup {
    html! {
        table.table role="table" {
            caption class=[table.caption_hidden.then_some("vh")] { (table.caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @for column in table.columns {
                        th scope="col" role="columnheader" class=[column.numeric.then_some("numeric")] { (column.label) }
                    }
                }
            }
            tbody role="rowgroup" {
                @for row in table.rows {
                    tr role="row" {
                        @for (index, (column, cell)) in table.columns.iter().zip(row).enumerate() {
                            @if index == 0 {
                                th scope="row" role="rowheader" { (cell) }
                            } @else {
                                td role="cell" data-label=(column.label) class=[column.numeric.then_some("numeric")] {
                                    span.cell { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Names and values, as a description list.
pub fn key_values(pairs: &[(&str, Markup)]) -> Markup {
    html! {
        dl.pairs {
            @for (name, value) in pairs { div { dt { (name) } dd { (value) } } }
        }
    }
}

/// Newer and older, and where we are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pagination<'a> {
    /// Name for screen readers ("Páginas de menciones").
    pub label: &'a str,
    /// Address and words of the newer page.
    pub newer: Option<(&'a str, &'a str)>,
    /// Address and words of the older page.
    pub older: Option<(&'a str, &'a str)>,
    /// "1–20 de 214"; empty for none.
    pub position: &'a str,
}

/// Draws the links; nothing at all when there is only one page.
pub fn pagination(pages: &Pagination<'_>) -> Markup {
    html! {
        @if pages.newer.is_some() || pages.older.is_some() {
            nav.pagination aria-label=(pages.label) {
                @if let Some((href, label)) = pages.newer {
                    a.button.secondary rel="prev" href=(href) { (icon(Icon::Back)) span { (label) } }
                }
                @if !pages.position.is_empty() { p { (pages.position) } }
                @if let Some((href, label)) = pages.older {
                    a.button.secondary.older rel="next" href=(href) { span { (label) } (icon(Icon::Forward)) }
                }
            }
        }
    }
}
