//! `sms_gateway` and `sms_gateway_secret`: one of each for an organisation at most.

use foundation::store::{Scope, StoreError, Value};
use foundation::values;
use jiff::Timestamp;

use super::Settings;

foundation::statements! {
    organization CAN_TEXT = "SELECT 1 FROM sms_gateway g JOIN sms_gateway_secret s ON s.organization_id = g.organization_id
        WHERE g.organization_id = $1 AND g.enabled = 1";
    organization GATEWAY = "SELECT g.url, g.style, g.to_field, g.text_field, g.sender_field, g.sender, g.auth, g.auth_header,
        g.auth_user, g.enabled, s.sealed
        FROM sms_gateway g LEFT JOIN sms_gateway_secret s ON s.organization_id = g.organization_id WHERE g.organization_id = $1";
    organization SAVE = "INSERT INTO sms_gateway (organization_id, url, style, to_field, text_field, sender_field, sender, auth,
        auth_header, auth_user, enabled, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (organization_id) DO UPDATE SET url = excluded.url, style = excluded.style, to_field = excluded.to_field,
        text_field = excluded.text_field, sender_field = excluded.sender_field, sender = excluded.sender, auth = excluded.auth,
        auth_header = excluded.auth_header, auth_user = excluded.auth_user, enabled = excluded.enabled,
        changed_at = excluded.changed_at";
    organization SAVE_SECRET = "INSERT INTO sms_gateway_secret (organization_id, sealed) VALUES ($1, $2)
        ON CONFLICT (organization_id) DO UPDATE SET sealed = excluded.sealed";
    organization REMOVE = "DELETE FROM sms_gateway WHERE organization_id = $1";
    organization REMOVE_SECRET = "DELETE FROM sms_gateway_secret WHERE organization_id = $1";
}

/// The gateway and its sealed secret.
pub(super) async fn gateway(scope: &Scope) -> Result<Option<(Settings, Option<Vec<u8>>)>, StoreError> {
    let Some(row) = scope.one(&GATEWAY, vec![]).await? else { return Ok(None) };
    let settings = Settings {
        url: row.get(0)?,
        style: row.get(1)?,
        to_field: row.get(2)?,
        text_field: row.get(3)?,
        sender_field: row.get(4)?,
        sender: row.get(5)?,
        auth: row.get(6)?,
        auth_header: row.get(7)?,
        auth_user: row.get(8)?,
        enabled: row.get(9)?,
    };
    Ok(Some((settings, row.get(10)?)))
}

pub(super) fn values_of(settings: &Settings, now: Timestamp) -> Vec<Value> {
    values![
        settings.url.as_str(),
        settings.style,
        settings.to_field.as_str(),
        settings.text_field.as_str(),
        settings.sender_field.as_str(),
        settings.sender.as_str(),
        settings.auth,
        settings.auth_header.as_str(),
        settings.auth_user.as_str(),
        settings.enabled,
        now
    ]
}
