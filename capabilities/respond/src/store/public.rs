//! The page anybody can read (`public_page`): it exists only when its owner opened it.

use domain::OrganizationId;
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

foundation::statements! {
    organization PAGE = "SELECT slug, contact, opened_at FROM public_page WHERE organization_id = $1";
    organization OPEN = "INSERT INTO public_page (organization_id, slug, contact, opened_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (organization_id) DO UPDATE SET slug = excluded.slug, contact = excluded.contact";
    organization CLOSE = "DELETE FROM public_page WHERE organization_id = $1";
    /// A visitor knows the address and nothing else.
    installation BY_SLUG = "SELECT organization_id FROM public_page WHERE slug = $1";
}

/// An organisation's public page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPage {
    /// The end of its address.
    pub slug: String,
    /// How to talk to us, for anybody.
    pub contact: String,
    /// Since when.
    pub opened_at: Timestamp,
}

/// The page, if it is open.
pub async fn page(scope: &Scope) -> Result<Option<PublicPage>, StoreError> {
    let row = scope.one(&PAGE, vec![]).await?;
    row.map(|row| Ok(PublicPage { slug: row.get(0)?, contact: row.get(1)?, opened_at: row.get(2)? }))
        .transpose()
}

/// Opens the page, or changes its address.
///
/// # Errors
/// A conflict when another organisation has the address.
pub async fn open(context: &Context, scope: &Scope, slug: &str, contact: &str) -> Result<(), StoreError> {
    scope.write(Batch::new().add_exactly(1, &OPEN, values![slug, contact, context.now()])).await?;
    Ok(())
}

/// Closes it.
pub async fn close(scope: &Scope) -> Result<(), StoreError> {
    scope.write(Batch::new().add(&CLOSE, vec![])).await?;
    Ok(())
}

/// Whose page has this address.
pub async fn by_slug(context: &Context, slug: &str) -> Result<Option<OrganizationId>, StoreError> {
    let row = context.store.installation().one(&BY_SLUG, values![slug]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// An address from a name: small letters, digits and hyphens; empty when nothing is left.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'á' | 'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' => 'o',
            'ú' | 'ù' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        };
        if plain != '-' || !(slug.is_empty() || slug.ends_with('-')) {
            slug.push(plain);
        }
        if slug.len() >= 40 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}
