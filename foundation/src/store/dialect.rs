//! The only place where the two engines differ. A statement is written once; these tokens are spelled here per engine:
//!
//! | token | SQLite | PostgreSQL |
//! |---|---|---|
//! | `$n` | `?n` | `$n` |
//! | `{int}` `{real}` `{blob}` | INTEGER REAL BLOB | BIGINT DOUBLE PRECISION BYTEA |
//! | `{strict}` | STRICT | |
//! | `{strict_tree}` (a composite key) | STRICT, WITHOUT ROWID | |
//! | `{search_table}` | the FTS5 table | a `tsvector` table with its GIN index |
//! | `{search_insert}` | rows of id `$2`, folded text `$3` | the same |
//! | `{search_id}` | rowid | id |
//! | `{search_match: $n}` | ids whose text matches | the same |
//! | `{rows: $1, $2}` | `(?1,?2),(?1,?3)…` | `($1,$2),($1,$3)…` |
//! | `{list: 2}` | `?2,?3…` | `$2,$3…` |
//!
//! Full-text search is newest first, never by rank: rank over a frequent word costs 10 ms on a million rows, recency
//! 0.05 ms. Each document carries a token of its organisation, so that a word frequent elsewhere costs nothing here.

use std::fmt::Write as _;

use super::{Reach, Statement};

/// Which database is underneath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded default.
    Sqlite,
    /// The big one.
    Postgres,
}

impl Engine {
    /// For messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Rows in one bulk statement: a few fixed sizes, so that few texts are prepared. The largest keeps 30 columns under
/// the 32,766 bound values that both engines allow.
const CHUNKS: [usize; 5] = [512, 128, 32, 8, 1];

/// Splits `n` rows into statement sizes, largest first.
pub fn chunks(mut n: usize) -> Vec<usize> {
    let mut sizes = Vec::new();
    for size in CHUNKS {
        while n >= size {
            sizes.push(size);
            n -= size;
        }
    }
    sizes
}

/// Whether the statement takes many rows.
pub fn is_bulk(statement: &Statement) -> bool {
    statement.sql.contains("{rows:") || statement.sql.contains("{list:")
}

/// The text for this engine, with bulk patterns opened for `rows` rows.
pub fn render(sql: &str, reach: Reach, engine: Engine, rows: usize) -> String {
    let mut out = String::with_capacity(sql.len() + 64);
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (token, tail) = after.split_once('}').expect("a token is closed by a brace");
        let (name, argument) = token.split_once(':').unwrap_or((token, ""));
        out.push_str(&expand(name.trim(), argument.trim(), reach, engine, rows));
        rest = tail;
    }
    out.push_str(rest);
    if engine == Engine::Sqlite { out.replace('$', "?") } else { out }
}

fn expand(name: &str, argument: &str, reach: Reach, engine: Engine, rows: usize) -> String {
    let pick = |sqlite: &str, postgres: &str| match engine {
        Engine::Sqlite => sqlite.to_owned(),
        Engine::Postgres => postgres.to_owned(),
    };
    match name {
        "int" => pick("INTEGER", "BIGINT"),
        "real" => pick("REAL", "DOUBLE PRECISION"),
        "blob" => pick("BLOB", "BYTEA"),
        "strict" => pick(" STRICT", ""),
        "strict_tree" => pick(" STRICT, WITHOUT ROWID", ""),
        "search_table" => pick(
            "CREATE VIRTUAL TABLE mention_search USING fts5(body, content='', contentless_delete=1, detail=none, \
             tokenize='unicode61 remove_diacritics 2')",
            "CREATE TABLE mention_search (id BIGINT PRIMARY KEY, body TSVECTOR NOT NULL); \
             CREATE INDEX mention_search_body ON mention_search USING GIN (body)",
        ),
        "search_insert" => {
            let pattern = pick(
                "$2, 'zqorg' || $1 || ' ' || $3",
                "$2, to_tsvector('simple', 'zqorg' || $1::BIGINT || ' ' || $3)",
            );
            let id = pick("rowid", "id");
            format!("INSERT INTO mention_search({id}, body) VALUES {}", open_rows(&pattern, reach, rows))
        }
        "search_id" => pick("rowid", "id"),
        "search_match" => pick(
            &format!("SELECT rowid FROM mention_search WHERE mention_search MATCH {argument}"),
            &format!("SELECT id FROM mention_search WHERE body @@ to_tsquery('simple', {argument})"),
        ),
        "rows" => open_rows(argument, reach, rows),
        "list" => {
            let first: usize = argument.parse().expect("{list:n} names its first placeholder");
            (first..first + rows).map(|n| format!("${n}")).collect::<Vec<_>>().join(",")
        }
        unknown => panic!("unknown token {{{unknown}}} in a statement"),
    }
}

/// Opens `$1, $2, $3` for many rows: in an organisation's statement `$1` is shared, the others count on.
fn open_rows(pattern: &str, reach: Reach, rows: usize) -> String {
    let mut pieces = pattern.split('$');
    let head = pieces.next().unwrap_or_default();
    let pieces: Vec<(usize, &str)> = pieces
        .map(|piece| {
            let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let (number, tail) = piece.split_at(digits);
            (number.parse().expect("a placeholder has a number"), tail)
        })
        .collect();
    let shared = usize::from(reach == Reach::Organization);
    let per_row = pieces.iter().map(|(number, _)| number - shared).max().unwrap_or(0);
    let mut out = String::with_capacity(rows * (pattern.len() + 16));
    for row in 0..rows {
        out.push_str(if row > 0 { ",(" } else { "(" });
        out.push_str(head);
        for (number, tail) in &pieces {
            let shown = if *number <= shared { *number } else { number + row * per_row };
            let _ = write!(out, "${shown}{tail}");
        }
        out.push(')');
    }
    out
}

/// The query text for a search in one organisation: every word must be there, the last may be unfinished.
/// `words` are already folded (`nlp::fold`): letters and digits only.
pub fn search_query(engine: Engine, organization: domain::OrganizationId, words: &[&str]) -> String {
    let own = organization_token(organization);
    let mut terms = vec![match engine {
        Engine::Sqlite => format!("\"{own}\""),
        Engine::Postgres => own,
    }];
    for word in words {
        let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        if word.is_empty() {
            continue;
        }
        terms.push(match engine {
            Engine::Sqlite => format!("\"{word}\"*"),
            Engine::Postgres => format!("{word}:*"),
        });
    }
    terms.join(match engine {
        Engine::Sqlite => " AND ",
        Engine::Postgres => " & ",
    })
}

/// The word that marks a document as this organisation's (`{search_insert}` writes it). It only makes searches cheap:
/// a text that contains it by malice is still filtered by `organization_id`.
fn organization_token(organization: domain::OrganizationId) -> String {
    format!("zqorg{}", organization.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bulk_rows_share_the_organisation_and_count_the_rest() {
        let sql = "INSERT INTO t(o, a, b) VALUES {rows: $1, $2, $3} ON CONFLICT DO NOTHING";
        assert_eq!(
            render(sql, Reach::Organization, Engine::Postgres, 2),
            "INSERT INTO t(o, a, b) VALUES ($1, $2, $3),($1, $4, $5) ON CONFLICT DO NOTHING"
        );
        assert_eq!(render("x IN ({list: 2})", Reach::Organization, Engine::Sqlite, 3), "x IN (?2,?3,?4)");
        assert_eq!(
            render("{search_insert}", Reach::Organization, Engine::Sqlite, 2),
            "INSERT INTO mention_search(rowid, body) VALUES (?2, 'zqorg' || ?1 || ' ' || ?3),(?4, 'zqorg' || ?1 || ' ' || ?5)"
        );
    }

    #[test]
    fn chunks_cover_every_row_once() {
        for n in [0, 1, 7, 8, 31, 33, 511, 512, 513, 5_000] {
            assert_eq!(chunks(n).iter().sum::<usize>(), n);
        }
    }

    #[test]
    fn search_words_cannot_carry_operators() {
        let query = search_query(Engine::Postgres, domain::OrganizationId(7), &["pan'", "|!&", "frío"]);
        assert_eq!(query, "zqorg7 & pan:* & frío:*");
        let query = search_query(Engine::Sqlite, domain::OrganizationId(7), &["\"OR", "x"]);
        assert_eq!(query, "\"zqorg7\" AND \"OR\"* AND \"x\"*");
    }
}
