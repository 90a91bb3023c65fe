//! The page as a function of what it shows.

use domain::{ShopId, ShopKind};
use foundation::web::{Member, Texts, shell};
use maud::{Markup, html};
use ui::{
    Badge, Button, Choice, ConfirmForm, Field, Icon, Tone, actions, back_link, badge, card, confirm_form,
    disclosure, empty_state, form_errors, hidden, key_values, notice, page_header,
};

use super::{AddForm, Fault, egress_key};
use crate::store::shops::Shop;

/// What the page shows.
#[derive(Default)]
pub(super) struct View {
    pub(super) shops: Vec<Shop>,
    /// Where this installation is reached; empty where its operator did not say.
    pub(super) public_url: String,
    /// A secret that was just made: it is shown this once.
    pub(super) secret: Option<(ShopId, String)>,
    pub(super) typed: AddForm,
    pub(super) fault: Option<Fault>,
    pub(super) done: Option<&'static str>,
}

pub(super) fn shops_page(member: &Member, view: &View) -> Markup {
    let t = member.texts();
    let words = view.fault.as_ref().map(|(_, key)| t.get(key).into_owned()).unwrap_or_default();
    let content = html! {
        (back_link(&t.get("customers-title"), "/customers"))
        (page_header(&t.get("shops-title"), &t.get("shops-lead"), None))
        @if let Some((field, _)) = &view.fault { (form_errors(&t.get("form-errors"), &[(field, &words)])) }
        @if let Some(done) = view.done { (notice(Tone::Success, "", &html! { (t.get(&format!("shops-done-{done}"))) })) }
        @if let Some((id, secret)) = &view.secret { (secret_notice(t, view, *id, secret)) }
        @if view.shops.is_empty() {
            (empty_state(Icon::Sources, &t.get("shops-empty-title"), &t.get("shops-empty"), None))
        }
        @for shop in &view.shops { (shop_card(member, view, shop)) }
        (card("add", &t.get("shops-add-title"), &add_form(member, view, &words)))
    };
    shell(member, &t.get("shops-title"), content)
}

/// The address a shop tells, as far as it is known.
fn hook_address(t: &Texts, view: &View, shop: &Shop) -> String {
    let before = if view.public_url.is_empty() {
        t.get("shops-your-address")
    } else {
        view.public_url.as_str().into()
    };
    format!("{before}/hooks/{}", shop.path_key)
}

fn secret_notice(t: &Texts, view: &View, id: ShopId, secret: &str) -> Markup {
    let shop = view.shops.iter().find(|shop| shop.id == id);
    notice(
        Tone::Success,
        &t.get("shops-secret-title"),
        &html! {
            @if let Some(shop) = shop {
                p { (t.get(&format!("shops-steps-{}", shop.kind))) }
                p { (t.get("shops-hook")) ": " code { (hook_address(t, view, shop)) } }
            }
            p { (t.get("shops-secret")) ": " code { (secret) } }
            p { (t.get("shops-secret-once")) }
        },
    )
}

fn shop_card(member: &Member, view: &View, shop: &Shop) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let is_asked = shop.kind == ShopKind::PrestaShop;
    let failing = t.get("shops-failing");
    let labels = [
        "shops-kind",
        "shops-hook",
        "shops-last",
        "shops-heard",
        "shops-skipped",
        "customers-basis",
        "customers-basis-note",
    ];
    let labels = labels.map(|key| t.get(key));
    let last = shop.last_heard_at.map_or_else(|| t.get("never").into_owned(), |at| t.moment(at, zone));
    let pairs = [
        (&*labels[0], html! { (t.get(&format!("shops-kind-{}", shop.kind))) }),
        (
            &*labels[1],
            html! { @if is_asked { (shop.address) } @else { code { (hook_address(t, view, shop)) } } },
        ),
        (
            &*labels[2],
            html! {
                (last)
                @if !shop.error_key.is_empty() {
                    " " (badge(Badge { label: &failing, tone: Tone::Warning, icon: Some(Icon::Warning) }))
                    " " (t.get(&egress_key(&shop.error_key)))
                }
            },
        ),
        (&*labels[3], html! { (t.count(shop.heard as i64)) }),
        (&*labels[4], html! { (t.count(shop.skipped as i64)) }),
        (&*labels[5], html! { (t.get(&format!("customers-basis-{}", shop.basis))) }),
        (&*labels[6], html! { (shop.basis_note) }),
    ];
    let content = html! {
        (key_values(&pairs))
        // Until it has told something, how to make it tell.
        @if !is_asked && shop.last_heard_at.is_none() { p { (t.get(&format!("shops-steps-{}", shop.kind))) } }
        @if shop.state == "active" { (buttons(member, shop)) } @else { p { (t.get("shops-forgetting")) } }
    };
    card(&format!("shop-{}", shop.id), &shop.name, &content)
}

fn buttons(member: &Member, shop: &Shop) -> Markup {
    let t = member.texts();
    let path = format!("/shops/{}", shop.id);
    let (csrf, group, name) = (member.visitor.csrf.as_str(), format!("s{}", shop.id), shop.name.as_str());
    let has_own = matches!(shop.kind, ShopKind::Shopify | ShopKind::PrestaShop);
    let question = t.with("shops-remove-question", &[("name", name.into())]);
    let (yes, no) = (t.get("shops-remove"), t.get("shops-remove-no"));
    let change = html! {
        p { (t.get(if has_own { "shops-secret-own" } else { "shops-secret-new" })) }
        form.form method="post" action=(path) {
            (hidden("csrf", csrf))
            @if has_own {
                (Field::password("secret", &t.get(&format!("shops-secret-{}", shop.kind))).required().within(&group).autocomplete("off"))
            }
            (actions(&html! { (Button::secondary(&t.get("shops-secret-change")).name_value("action", "secret").context(name)) }))
        }
    };
    let remove = html! {
        (hidden("csrf", csrf))
        (actions(&html! { (Button::danger(&yes).name_value("action", "remove").context(name)) }))
    };
    html! {
        (disclosure(&t.get("shops-secret-change"), &change))
        (disclosure(&t.get("shops-remove"), &html! {
            p { (t.get("shops-remove-hint")) }
            (confirm_form(&ConfirmForm { action: &path, question: &question, yes: &yes, no: &no }, &remove))
        }))
    }
}

fn add_form(member: &Member, view: &View, words: &str) -> Markup {
    let t = member.texts();
    let typed = &view.typed;
    let wrong =
        |field: &str| if view.fault.as_ref().is_some_and(|(name, _)| *name == field) { words } else { "" };
    let kinds: Vec<(&str, String, String)> = ShopKind::ALL
        .iter()
        .map(|kind| {
            let label = t.get(&format!("shops-kind-{kind}")).into_owned();
            (kind.as_str(), label, t.get(&format!("shops-kind-{kind}-hint")).into_owned())
        })
        .collect();
    let kinds: Vec<Choice<'_>> =
        kinds.iter().map(|(value, label, hint)| Choice { value, label, hint }).collect();
    let bases = crate::pages::bases(t);
    let bases = crate::pages::basis_choices(&bases);
    let optional = t.get("shops-where-needed");
    html! {
        p { (t.get("shops-add-lead")) }
        form.form method="post" action="/shops" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::radio("kind", &t.get("shops-kind"), &kinds).value(&typed.kind).error(wrong("kind")).required())
            (Field::text("name", &t.get("shops-name")).required().value(&typed.name).error(wrong("name")).max_length(60)
                .autocomplete("off"))
            (Field::url("address", &t.get("shops-address")).optional(&optional).value(&typed.address).error(wrong("address"))
                .hint(&t.get("shops-address-hint")).autocomplete("off"))
            (Field::password("secret", &t.get("shops-their-secret")).optional(&optional).error(wrong("secret"))
                .hint(&t.get("shops-their-secret-hint")).autocomplete("off"))
            (Field::radio("basis", &t.get("shops-basis"), &bases).value(&typed.basis).error(wrong("basis")).required())
            (Field::text("basis_note", &t.get("customers-basis-note")).required().value(&typed.basis_note)
                .error(wrong("basis_note")).hint(&t.get("shops-basis-note-hint")).max_length(500).autocomplete("off"))
            (actions(&html! { (Button::primary(&t.get("shops-add")).icon(Icon::Plus)) }))
        }
    }
}
