-- Telling people: when they want to be told, where, and every message with its fate.

-- Hours of the day in the organisation's zone; `weekly_day` 1 is Monday. An organisation without a row has the defaults.
-- No digest is made for `digests_after` (a day since 1970) or before: a restored copy does not know what it has sent.
CREATE TABLE notice_preference (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  quiet_from {int} NOT NULL,
  quiet_until {int} NOT NULL,
  alarms_break_quiet {int} NOT NULL,
  digest_hour {int} NOT NULL,
  weekly_day {int} NOT NULL,
  digests_after {int} NOT NULL
){strict};

-- Where to tell. A member's own e-mail has `account_id` and an empty address: it is looked up when it is needed.
CREATE TABLE channel (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  kind TEXT NOT NULL,
  account_id {int},
  address TEXT NOT NULL,
  alerts TEXT NOT NULL,
  digest {int} NOT NULL,
  weekly {int} NOT NULL,
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, account_id) REFERENCES member (organization_id, account_id)
){strict};
CREATE UNIQUE INDEX channel_account ON channel (organization_id, account_id) WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX channel_address ON channel (organization_id, kind, address) WHERE account_id IS NULL;

-- The outbox: the one mechanism for effects on the world. A row is written in the batch of what it tells, is
-- `dispatching` on the disk before anything leaves, and keeps what the other side said. `name` is the same at every
-- attempt and is what receivers know it by. `folded_into` is the digest that carries it.
CREATE TABLE outgoing (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  kind TEXT NOT NULL,
  channel_kind TEXT NOT NULL,
  address TEXT NOT NULL,
  dedupe_key TEXT NOT NULL,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  link TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts {int} NOT NULL,
  next_at {int} NOT NULL,
  answer_key TEXT NOT NULL,
  answer TEXT NOT NULL,
  folded_into {int},
  created_at {int} NOT NULL,
  changed_at {int} NOT NULL,
  UNIQUE (organization_id, id),
  UNIQUE (organization_id, channel_kind, address, dedupe_key)
){strict};
-- What moves by itself, soonest first, whoever it belongs to.
CREATE INDEX outgoing_due ON outgoing (next_at, organization_id) WHERE state IN ('queued', 'retry', 'dispatching');
-- What waits for a person or a digest, without looking at the rest.
CREATE INDEX outgoing_open ON outgoing (organization_id, state, id) WHERE state IN ('failed', 'unknown', 'held')
  OR (state = 'folded' AND folded_into IS NULL);
-- Interruptions of a day, for the cap.
CREATE INDEX outgoing_newest ON outgoing (organization_id, created_at);
