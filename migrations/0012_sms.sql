-- Letters that are drawn, and short messages to telephones.

-- The same words as `body` in HTML; empty for letters and notices that have none of their own.
ALTER TABLE outgoing ADD COLUMN html TEXT NOT NULL DEFAULT '';
-- A customer is asked once under one key, whatever the way: never by letter and by telephone, never at two addresses.
CREATE UNIQUE INDEX outgoing_asking ON outgoing (organization_id, dedupe_key) WHERE kind IN ('invitation', 'reminder');

-- The gateway that carries an organisation's short messages: where to, how what is said is named there, who signs. A field
-- without a name is not sent.
CREATE TABLE sms_gateway (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  url TEXT NOT NULL,
  style TEXT NOT NULL,
  to_field TEXT NOT NULL,
  text_field TEXT NOT NULL,
  sender_field TEXT NOT NULL,
  sender TEXT NOT NULL,
  auth TEXT NOT NULL,
  auth_header TEXT NOT NULL,
  auth_user TEXT NOT NULL,
  enabled {int} NOT NULL,
  changed_at {int} NOT NULL
){strict};

-- What lets us in there, sealed with the installation's secret. No backup holds it.
CREATE TABLE sms_gateway_secret (
  organization_id {int} PRIMARY KEY REFERENCES sms_gateway (organization_id) ON DELETE CASCADE,
  sealed {blob} NOT NULL
){strict};
