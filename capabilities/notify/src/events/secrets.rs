//! What messages to programs are signed with: made here, shown once, kept sealed, never optional.

use connectors::notify::webhook::SigningSecret;
use domain::ChannelId;
use foundation::Context;
use foundation::sealed::{seal, unseal};
use foundation::store::{Batch, Scope, StoreError};

use super::{rules, store};

fn purpose(program: ChannelId) -> String {
    format!("webhook:{program}")
}

/// A fresh secret with what is stored of it.
fn fresh(context: &Context, scope: &Scope, program: ChannelId) -> (SigningSecret, Vec<u8>) {
    let bytes = context.random::<32>();
    let secret = SigningSecret::new(bytes).expect("32 bytes are enough");
    (secret, seal(context, &purpose(program), scope.organization(), &bytes))
}

/// Adds a program's first secret to a batch and returns it as it is shown, this once.
pub(crate) fn make(context: &Context, scope: &Scope, batch: &mut Batch, program: ChannelId) -> String {
    let (secret, sealed) = fresh(context, scope, program);
    store::set_secret(batch, program, sealed);
    secret.text()
}

/// Changes a program's secret and returns it as it is shown, this once. The one before still signs for a day.
pub(crate) async fn change(
    context: &Context,
    scope: &Scope,
    program: ChannelId,
) -> Result<String, StoreError> {
    let (secret, sealed) = fresh(context, scope, program);
    store::change_secret(scope, program, sealed, context.now() + rules::ROTATION).await?;
    Ok(secret.text())
}

/// What signs now, the newest first; nothing where the installation's secret is another (a restored copy).
pub(crate) async fn signing(
    context: &Context,
    scope: &Scope,
    program: ChannelId,
) -> Result<Vec<SigningSecret>, StoreError> {
    let sealed = store::secrets(scope, program, context.now()).await?;
    let open = |sealed: &Vec<u8>| {
        let bytes = unseal(context, &purpose(program), scope.organization(), sealed)?;
        SigningSecret::new(bytes)
    };
    Ok(sealed.iter().filter_map(open).collect())
}
