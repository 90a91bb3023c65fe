//! The owner's list of her own reviews: all of them, the newest first, with how each is known to be a customer's.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::{MentionId, Proof, ReplyState};
use foundation::Context;
use foundation::web::{Member, Problem, Texts, shell};
use http::header;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Icon, MentionCard, Pagination, Tone, When, card, empty_state, key_values, link_button,
    mention_card, mention_list, page_header, pagination,
};

use crate::store::{self, Figures, OwnReview};

/// Reviews on a page.
const PAGE: u32 = 20;

/// Where the page begins.
#[derive(Deserialize)]
pub struct From {
    before: Option<i64>,
}

/// What the page shows.
pub struct ReviewsView<'a> {
    /// Reviews of this page.
    pub reviews: &'a [OwnReview],
    /// Figures of all of them.
    pub figures: &'a Figures,
    /// Whether there are older ones.
    pub older: bool,
    /// Whether there are newer ones.
    pub newer: bool,
    /// The address of the form that anybody may open, once there is one.
    pub form: Option<String>,
}

/// `GET /reviews`.
pub async fn index(
    State(context): State<Context>,
    member: Member,
    Query(from): Query<From>,
) -> Result<Markup, Problem> {
    let settings = invite::store::settings::settings(&member.scope).await?;
    let form = settings.map(|settings| format!("{}/r/{}", context.config.public_url, settings.form_code));
    let mut reviews = store::list(&member.scope, from.before.map(MentionId), PAGE + 1).await?;
    let older = reviews.len() > PAGE as usize;
    reviews.truncate(PAGE as usize);
    let figures = store::figures(&member.scope).await?;
    let view =
        ReviewsView { reviews: &reviews, figures: &figures, older, newer: from.before.is_some(), form };
    Ok(reviews_page(&member, &view))
}

/// The words for how it is known that somebody was a customer.
pub fn proof_words(t: &Texts, proof: Proof) -> String {
    t.get(&format!("proof-{proof}")).into_owned()
}

/// The page.
pub fn reviews_page(member: &Member, view: &ReviewsView<'_>) -> Markup {
    let t = member.texts();
    let title = t.get("reviews-title");
    let kiosk = link_button(&t.get("kiosk-title"), "/kiosk", ui::ButtonStyle::Secondary);
    let cards: Vec<Markup> = view.reviews.iter().map(|review| one(member, review)).collect();
    let next = view.reviews.last().map(|last| format!("/reviews?before={}", last.mention));
    let (older, newer, position) = (t.get("reviews-older"), t.get("reviews-newest"), t.get("reviews-order"));
    let content = html! {
        (page_header(&title, &t.get("reviews-lead"), Some(kiosk)))
        @if let Some(form) = &view.form { p { (t.get("reviews-form")) " " a href=(form) { (form) } } }
        @if view.figures.all() + view.figures.refused > 0 { (figures(t, view.figures)) }
        @if cards.is_empty() {
            (empty_state(Icon::Mentions, &t.get("reviews-none"), &t.get("reviews-none-hint"), None))
        } @else {
            (mention_list(&t.get("reviews-list"), &cards))
            (pagination(&Pagination {
                label: &t.get("reviews-pages"),
                newer: view.newer.then_some(("/reviews", newer.as_ref())),
                older: next.as_deref().filter(|_| view.older).map(|href| (href, older.as_ref())),
                position: &position,
            }))
        }
    };
    shell(member, &title, content)
}

fn figures(t: &Texts, figures: &Figures) -> Markup {
    let verified = figures.all() - figures.declared();
    let ways = figures.by_proof.iter().filter(|(proof, _)| *proof != Proof::Declared);
    let ways: Vec<String> =
        ways.map(|(proof, n)| format!("{}: {}", proof_words(t, *proof), t.count(*n))).collect();
    let labels =
        ["reviews-all", "reviews-verified", "reviews-declared", "reviews-refused"].map(|key| t.get(key));
    let pairs = [
        (labels[0].as_ref(), html! { (t.count(figures.all())) }),
        (
            labels[1].as_ref(),
            html! { (t.count(verified)) @if !ways.is_empty() { p.small { (ways.join(" · ")) } } },
        ),
        (labels[2].as_ref(), html! { (t.count(figures.declared())) }),
        (labels[3].as_ref(), html! { (t.count(figures.refused)) }),
    ];
    card("figures", &t.get("reviews-figures"), &key_values(&pairs))
}

fn one(member: &Member, review: &OwnReview) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let (proof, href) = (proof_words(t, review.proof), format!("/mentions/{}", review.mention));
    let (iso, shown) = (review.posted_at.to_string(), t.moment(review.posted_at, zone));
    let stars = review.stars.map(|n| (f64::from(n), t.with("stars-spoken", &[("n", i64::from(n).into())])));
    let waits = t.get("reply-unanswered");
    let tone = if review.proof == Proof::Declared { Tone::Info } else { Tone::Success };
    let mut badges = vec![Badge { label: &proof, tone, icon: None }];
    if review.reply_state == ReplyState::Unanswered {
        badges.push(Badge { label: &waits, tone: Tone::Warning, icon: None });
    }
    let nobody = t.get("reviews-no-name");
    let day = t.with("reviews-day", &[("day", t.day(review.day).into())]);
    let (no_text, open) = (t.get("reviews-no-text"), t.get("reviews-open"));
    let id = format!("review-{}", review.mention);
    mention_card(&MentionCard {
        id: &id,
        author: review.author.as_deref().unwrap_or(&nobody),
        source: &t.get(if review.at_kiosk { "reviews-at-kiosk" } else { "source-own-form" }),
        place: &day,
        when: When { iso: &iso, shown: &shown },
        stars: stars.as_ref().map(|(n, words)| (*n, words.as_ref())),
        text: &review.text,
        no_text: &no_text,
        badges: &badges,
        link: Some((&href, &open)),
        actions: review.photo.map(|(width, height)| picture(t, review.mention, width, height)),
        ..MentionCard::default()
    })
}

fn picture(t: &Texts, mention: MentionId, width: u32, height: u32) -> Markup {
    let href = format!("/reviews/{mention}/photo.jpg");
    // A small one in the list; whole behind the link.
    let (wide, high) = (u64::from(width) * 64 / u64::from(height.max(1)), 64);
    html! {
        a href=(href) { img src=(href) alt=(t.get("reviews-photo")) width=(wide.clamp(16, 192)) height=(high) loading="lazy"; }
    }
}

/// `GET /reviews/{id}/photo.jpg`.
pub async fn photo(member: Member, Path(id): Path<MentionId>) -> Result<Response, Problem> {
    let jpeg = store::photo(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, jpeg).into_response())
}
