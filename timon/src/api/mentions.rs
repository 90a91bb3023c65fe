//! What was said: the list and one mention, with its reading.

use axum::extract::{Path, State};
use domain::{MentionId, Sentiment};
use foundation::Context;
use foundation::web::{ApiProblem, CheckedQuery, Json, Program};
use http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use understand::store::{Filter, ReadMention};
use utoipa::{IntoParams, ToSchema};

use super::cursor::{self, List};

/// Which mentions.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only from this moment on, such as `2026-11-26T08:00:00Z`.
    #[param(format = DateTime)]
    since: Option<String>,
    /// Only with so many stars.
    #[param(minimum = 1, maximum = 5)]
    stars: Option<u8>,
    /// Only what sounds like this.
    #[param(pattern = "^(negative|neutral|positive|unsure)$")]
    sentiment: Option<String>,
    /// Only what waits for an answer.
    waiting: Option<bool>,
    /// How many, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next` of the answer before.
    #[param(pattern = "^A[Q-Za-f][A-Za-z0-9_-]{10}$")]
    cursor: Option<String>,
}

/// Mentions, from the newest to the oldest.
#[derive(Serialize, ToSchema)]
pub struct Mentions {
    /// The mentions.
    items: Vec<Mention>,
    /// Ask again with this `cursor` for those that follow; absent at the end.
    next: Option<String>,
}

/// Anything somebody said.
#[derive(Serialize, ToSchema)]
pub struct Mention {
    /// Its id.
    id: String,
    /// Where it was said.
    source: Source,
    /// Who said it, as the platform shows it.
    author: Option<String>,
    title: Option<String>,
    text: String,
    /// The original.
    url: Option<String>,
    #[schema(minimum = 1, maximum = 5)]
    stars: Option<u8>,
    /// The establishment, where there are several.
    place: Option<String>,
    /// When it was said; when it was first heard, if `dated` is `no`.
    #[schema(format = DateTime)]
    posted_at: String,
    /// How well that is known: `no`, `day` or `moment`.
    dated: &'static str,
    /// How often it was changed by its author, from 1.
    revision: i64,
    answer: Answer,
    /// What was understood of it; absent until it was read.
    reading: Option<Reading>,
    /// Its page, if the operator said what people type.
    link: Option<String>,
}

/// A source.
#[derive(Serialize, ToSchema)]
pub struct Source {
    id: String,
    /// `google`, `trustpilot`, `feed`…
    kind: &'static str,
    /// What its owner calls it.
    name: String,
}

/// Whether it was answered.
#[derive(Serialize, ToSchema)]
pub struct Answer {
    /// `answered`, `unanswered`, or `unknown` where the source does not say.
    state: &'static str,
    text: Option<String>,
    #[schema(format = DateTime)]
    at: Option<String>,
}

/// What was understood of a mention.
#[derive(Serialize, ToSchema)]
pub struct Reading {
    /// A code such as `es`, or `unsure`.
    language: String,
    /// `negative`, `neutral`, `positive` or `unsure`.
    sentiment: &'static str,
    /// Calibrated; the three add up to one.
    p: Probabilities,
    /// Why it complains: `broken-promise`, `bad-product`, `bad-service`, `other` or `unsure`; absent where it does not.
    cause: Option<&'static str>,
    /// What it speaks of; what it complains about most comes first.
    aspects: Vec<Aspect>,
    /// Places it names.
    places: Vec<String>,
    /// Who says so: `model`, `learnt`, `copy` or `owner`.
    read_by: &'static str,
}

/// Probabilities.
#[derive(Serialize, ToSchema)]
pub struct Probabilities {
    negative: f64,
    neutral: f64,
    positive: f64,
}

/// Something a mention speaks of.
#[derive(Serialize, ToSchema)]
pub struct Aspect {
    /// Such as `wait` or `price`.
    aspect: &'static str,
    /// How it is spoken of.
    sentiment: &'static str,
}

impl Mention {
    fn new(context: &Context, mention: ReadMention) -> Self {
        let dated = match mention.dated {
            0 => "no",
            1 => "day",
            _ => "moment",
        };
        Self {
            id: mention.id.to_string(),
            source: Source {
                id: mention.source.to_string(),
                kind: mention.source_kind.as_str(),
                name: mention.source_name,
            },
            author: mention.author,
            title: mention.title,
            text: mention.text,
            url: mention.url,
            stars: mention.stars,
            place: mention.place,
            posted_at: mention.posted_at.to_string(),
            dated,
            revision: mention.revision,
            answer: Answer {
                state: mention.reply_state.as_str(),
                text: mention.reply_text,
                at: mention.replied_at.map(|at| at.to_string()),
            },
            reading: mention.reading.map(Reading::new),
            link: context.config.link(&format!("/mentions/{}", mention.id)),
        }
    }
}

impl Reading {
    fn new(reading: understand::rules::Reading) -> Self {
        let [negative, neutral, positive] = reading.probabilities;
        let aspects = reading
            .aspects
            .iter()
            .map(|spoken| Aspect { aspect: spoken.aspect.as_str(), sentiment: spoken.sentiment.as_str() });
        Self {
            sentiment: reading.sentiment.as_str(),
            p: Probabilities { negative, neutral, positive },
            cause: reading.cause.map(domain::Cause::as_str),
            aspects: aspects.collect(),
            read_by: reading.read_by.as_str(),
            language: reading.language.into_owned(),
            places: reading.places,
        }
    }
}

impl Wanted {
    fn filter(&self) -> Result<Filter, ApiProblem> {
        let since = self.since.as_deref().map(str::parse::<Timestamp>).transpose();
        let since = since.map_err(|error| ApiProblem::invalid("since", error.to_string()))?;
        if self.stars.is_some_and(|stars| !(1..=5).contains(&stars)) {
            return Err(ApiProblem::invalid("stars", "1 to 5"));
        }
        let sentiment =
            match &self.sentiment {
                None => None,
                Some(text) => Some(Sentiment::parse(text).ok_or_else(|| {
                    ApiProblem::invalid("sentiment", "negative, neutral, positive or unsure")
                })?),
            };
        let before = self.cursor.as_deref().map(|text| cursor::read(List::Mentions, text)).transpose()?;
        Ok(Filter {
            before: before.map(MentionId),
            since,
            stars: self.stars,
            sentiment,
            waiting: self.waiting == Some(true),
            ..Filter::default()
        })
    }
}

/// What was said, from the newest to the oldest
#[utoipa::path(get, path = "/api/v1/mentions", tag = "mentions", params(Wanted), responses(
    (status = 200, description = "Mentions", body = Mentions),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 422, description = "The question cannot be used", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn list(
    State(context): State<Context>,
    program: Program,
    CheckedQuery(wanted): CheckedQuery<Wanted>,
) -> Result<Json<Mentions>, ApiProblem> {
    let limit = super::limit(wanted.limit)?;
    let found = understand::store::newest(&program.scope, &wanted.filter()?, limit + 1).await?;
    let (found, next) = cursor::page(List::Mentions, found, limit, |mention| mention.id.0);
    let items = found.into_iter().map(|mention| Mention::new(&context, mention)).collect();
    Ok(Json(StatusCode::OK, Mentions { items, next }))
}

/// One mention
#[utoipa::path(get, path = "/api/v1/mentions/{id}", tag = "mentions", params(("id" = i64, Path, description = "Its id")), responses(
    (status = 200, description = "The mention", body = Mention),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is none", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn one(
    State(context): State<Context>,
    program: Program,
    Path(id): Path<i64>,
) -> Result<Json<Mention>, ApiProblem> {
    let found = understand::store::one(&program.scope, MentionId(id)).await?;
    let found = found.ok_or_else(ApiProblem::not_found)?;
    Ok(Json(StatusCode::OK, Mention::new(&context, found)))
}
