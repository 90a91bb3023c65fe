-- Programs of the organisation's own: the keys that let them in, and the places that are told what happens.

-- Of a key only its SHA-256 is kept. It opens nothing once its maker is no owner any more, and it dies with her membership.
-- No backup holds it: a copy of the installation opens to nobody.
CREATE TABLE api_key (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  account_id {int} NOT NULL,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  key_hash {blob} NOT NULL UNIQUE,
  created_at {int} NOT NULL,
  last_used_at {int},
  revoked_at {int},
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, account_id) REFERENCES member (organization_id, account_id) ON DELETE CASCADE
){strict};

-- The answer to an action that carried an `Idempotency-Key`, for a day: the same question gets the same answer. Without
-- a status it is still being answered. `request_hash` is what was asked.
CREATE TABLE api_answer (
  organization_id {int} NOT NULL,
  key_id {int} NOT NULL,
  name TEXT NOT NULL,
  request_hash {blob} NOT NULL,
  status {int},
  body TEXT NOT NULL,
  asked_at {int} NOT NULL,
  PRIMARY KEY (organization_id, key_id, name),
  FOREIGN KEY (organization_id, key_id) REFERENCES api_key (organization_id, id) ON DELETE CASCADE
){strict_tree};
CREATE INDEX api_answer_old ON api_answer (asked_at);

-- Which keys have written a draft of the answer to a mention: none of them may approve it.
CREATE TABLE api_draft (
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  key_id {int} NOT NULL,
  PRIMARY KEY (organization_id, mention_id, key_id),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id),
  FOREIGN KEY (organization_id, key_id) REFERENCES api_key (organization_id, id) ON DELETE CASCADE
){strict_tree};

-- Which events the program behind a channel of the kind `webhook` is told, and whether it is told anything now:
-- `stopped` is why not ('person', 'gone'), NULL while it is.
CREATE TABLE webhook (
  organization_id {int} NOT NULL,
  channel_id {int} NOT NULL,
  mentions {int} NOT NULL,
  warnings {int} NOT NULL,
  replies {int} NOT NULL,
  stopped TEXT,
  stopped_at {int},
  PRIMARY KEY (organization_id, channel_id),
  FOREIGN KEY (organization_id, channel_id) REFERENCES channel (organization_id, id) ON DELETE CASCADE
){strict_tree};

-- What its messages are signed with, sealed with the installation's secret. No backup holds it. For a day after a change
-- the older one signs as well.
CREATE TABLE webhook_secret (
  organization_id {int} NOT NULL,
  channel_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  older {blob},
  older_until {int},
  PRIMARY KEY (organization_id, channel_id),
  FOREIGN KEY (organization_id, channel_id) REFERENCES channel (organization_id, id) ON DELETE CASCADE
){strict_tree};

-- New mentions of a flood that is still being read: told as one event with their number once it is over.
CREATE TABLE webhook_flood (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  mentions {int} NOT NULL
){strict};
