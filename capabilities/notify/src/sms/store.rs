//! `sms_gateway` and `sms_gateway_secret`.

foundation::statements! {
    organization CAN_TEXT = "SELECT 1 FROM sms_gateway g JOIN sms_gateway_secret s ON s.organization_id = g.organization_id
        WHERE g.organization_id = $1 AND g.enabled = 1";
}
