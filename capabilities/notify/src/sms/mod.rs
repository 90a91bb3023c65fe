//! Short messages to telephones: the organisation's own gateway, and what it is told.
//!
//! **What must stay true.** What lets us in there is sealed, in no backup and on no page, and goes to no other address than
//! the one it was given for. A message goes to the gateway once: what nobody can know is `unknown`. Without a gateway that is
//! switched on nothing is tried.

pub(crate) mod store;

use connectors::notify::sms::{Auth, Fields, Gateway, PRESETS, Preset, Style};
use domain::{SmsAuth, SmsStyle};
use foundation::Context;
use foundation::sealed::{seal, unseal};
use foundation::store::{Batch, Scope, StoreError};
use foundation::values;

/// What the secret is sealed for.
const PURPOSE: &str = "sms";

/// A gateway as it is stored, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where messages are posted to.
    pub url: String,
    /// How.
    pub style: SmsStyle,
    /// The names of its fields.
    pub to_field: String,
    /// The same for the text.
    pub text_field: String,
    /// The same for who writes; empty: it is not told.
    pub sender_field: String,
    /// Who writes.
    pub sender: String,
    /// How it knows whose a message is.
    pub auth: SmsAuth,
    /// The header with the secret, for [`SmsAuth::Header`].
    pub auth_header: String,
    /// The user, for [`SmsAuth::Basic`].
    pub auth_user: String,
    /// Whether messages go there.
    pub enabled: bool,
}

impl Settings {
    /// A gateway whose names are known.
    pub fn of_preset(preset: &Preset, user: &str, sender: &str) -> Self {
        let [to, text, from] = preset.fields.map(str::to_owned);
        // An account's name stands in the address of some: letters, digits and what they are joined with.
        let plain: String =
            user.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        Self {
            url: preset.url.replace("{user}", &plain),
            style: if preset.style == Style::Form { SmsStyle::Form } else { SmsStyle::Json },
            to_field: to,
            text_field: text,
            sender_field: from,
            sender: sender.to_owned(),
            auth: if preset.is_basic { SmsAuth::Basic } else { SmsAuth::Bearer },
            auth_header: String::new(),
            auth_user: if preset.is_basic { user.to_owned() } else { String::new() },
            enabled: true,
        }
    }

    /// The known gateway these are for.
    pub fn preset(&self) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| Self::of_preset(preset, &self.auth_user, &self.sender).url == self.url)
    }

    fn gateway(&self, secret: String) -> Gateway {
        Gateway {
            url: self.url.clone(),
            style: if self.style == SmsStyle::Form { Style::Form } else { Style::Json },
            fields: Fields {
                to: self.to_field.clone(),
                text: self.text_field.clone(),
                sender: self.sender_field.clone(),
            },
            sender: self.sender.clone(),
            auth: match self.auth {
                SmsAuth::Bearer => Auth::Bearer(secret),
                SmsAuth::Basic => Auth::Basic(self.auth_user.clone(), secret),
                SmsAuth::Header => Auth::Header(self.auth_header.clone(), secret),
            },
        }
    }
}

/// Whether this organisation has a gateway that is switched on and can be signed in to.
pub async fn can_text(scope: &Scope) -> Result<bool, StoreError> {
    Ok(scope.one(&store::CAN_TEXT, vec![]).await?.is_some())
}

/// The gateway as it is stored, and whether there is a secret for it.
pub(crate) async fn settings(scope: &Scope) -> Result<Option<(Settings, bool)>, StoreError> {
    let stored = store::gateway(scope).await?;
    Ok(stored.map(|(settings, sealed)| (settings, sealed.is_some())))
}

/// The gateway ready to be told; `None` where there is none, it is switched off, or its secret cannot be opened here (a
/// restored copy).
pub(crate) async fn gateway(context: &Context, scope: &Scope) -> Result<Option<Gateway>, StoreError> {
    let Some((settings, Some(sealed))) = store::gateway(scope).await? else { return Ok(None) };
    let secret = unseal(context, PURPOSE, scope.organization(), &sealed)
        .and_then(|secret| String::from_utf8(secret).ok())
        .filter(|_| settings.enabled);
    Ok(secret.map(|secret| settings.gateway(secret)))
}

/// Saves a gateway; without a secret the one before stays.
pub(crate) async fn save(
    context: &Context,
    scope: &Scope,
    settings: &Settings,
    secret: Option<&str>,
) -> Result<(), StoreError> {
    let mut batch = Batch::new().add(&store::SAVE, store::values_of(settings, context.now()));
    if let Some(secret) = secret {
        let sealed = seal(context, PURPOSE, scope.organization(), secret.as_bytes());
        batch = batch.add(&store::SAVE_SECRET, values![sealed]);
    }
    scope.write(batch).await.map(|_| ())
}

/// Removes the gateway with its secret and, in the same piece, what was on its way there.
pub(crate) async fn remove(context: &Context, scope: &Scope) -> Result<(), StoreError> {
    let batch = Batch::new()
        .add(&store::REMOVE_SECRET, values![])
        .add_exactly(1, &store::REMOVE, values![])
        .add(&crate::store::outgoing::DROP_TEXTS, values![context.now()]);
    scope.write(batch).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_gateway_is_known_again_and_its_account_is_no_path() {
        for preset in &PRESETS {
            let settings = Settings::of_preset(preset, "AC12", "BARX");
            assert_eq!(settings.preset().map(|preset| preset.name), Some(preset.name));
            let hostile = Settings::of_preset(preset, "../../evil?x=@evil.example/", "BARX");
            assert!(!hostile.url.contains("..") && !hostile.url.contains('?'), "{}", hostile.url);
            assert!(hostile.url.starts_with("https://api."), "{}", hostile.url);
        }
        let own =
            Settings { url: "https://sms.example/".to_owned(), ..Settings::of_preset(&PRESETS[0], "a", "b") };
        assert!(own.preset().is_none());
    }

    #[test]
    fn a_stored_gateway_becomes_what_is_sent() {
        let twilio = Settings::of_preset(&PRESETS[0], "AC12", "BARX").gateway("s".to_owned());
        assert!(twilio.auth == Auth::Basic("AC12".to_owned(), "s".to_owned()));
        assert_eq!(twilio.url, "https://api.twilio.com/2010-04-01/Accounts/AC12/Messages.json");
        assert_eq!((twilio.fields.to.as_str(), twilio.style), ("To", Style::Form));
        let telnyx = Settings::of_preset(&PRESETS[1], "", "+34600000000").gateway("t".to_owned());
        assert!(telnyx.auth == Auth::Bearer("t".to_owned()) && telnyx.style == Style::Json);
    }
}
