-- The first schema. Times are µs since 1970 (UTC), days are days since 1970 in the organisation's own time zone.
-- Every table of a tenant carries organization_id, and foreign keys are composite, so that a row of one organisation
-- cannot point at another's. `account`, `lease` and `migration` belong to the installation.

CREATE TABLE organization (
  id {int} PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  town TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  locale TEXT NOT NULL,
  created_at {int} NOT NULL
){strict};

CREATE TABLE account (
  id {int} PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  locale TEXT NOT NULL,
  created_at {int} NOT NULL
){strict};

CREATE TABLE member (
  organization_id {int} NOT NULL REFERENCES organization (id),
  account_id {int} NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  created_at {int} NOT NULL,
  PRIMARY KEY (organization_id, account_id)
){strict_tree};
CREATE INDEX member_account ON member (account_id);

CREATE TABLE session (
  token_hash {blob} PRIMARY KEY,
  organization_id {int} NOT NULL,
  account_id {int} NOT NULL,
  created_at {int} NOT NULL,
  seen_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  FOREIGN KEY (organization_id, account_id) REFERENCES member (organization_id, account_id)
){strict};
CREATE INDEX session_account ON session (account_id);

CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  fence {int} NOT NULL,
  until_at {int} NOT NULL
){strict};

CREATE TABLE source (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT,
  state TEXT NOT NULL,
  tracks_replies {int} NOT NULL,
  etag TEXT,
  last_modified TEXT,
  next_poll_at {int},
  ok_at {int},
  failed_at {int},
  failures {int} NOT NULL,
  error_key TEXT,
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id),
  UNIQUE (organization_id, kind, name)
){strict};
CREATE INDEX source_due ON source (next_poll_at) WHERE next_poll_at IS NOT NULL;

CREATE TABLE import (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  source_id {int},
  state TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_bytes {int} NOT NULL,
  plan TEXT NOT NULL,
  lines_done {int} NOT NULL,
  lines_total {int} NOT NULL,
  added {int} NOT NULL,
  revised {int} NOT NULL,
  same {int} NOT NULL,
  rejected {int} NOT NULL,
  error_key TEXT,
  created_at {int} NOT NULL,
  finished_at {int},
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id) REFERENCES organization (id),
  FOREIGN KEY (organization_id, source_id) REFERENCES source (organization_id, id)
){strict};
CREATE INDEX import_open ON import (organization_id, id) WHERE state = 'running';

CREATE TABLE import_rejection (
  organization_id {int} NOT NULL,
  import_id {int} NOT NULL,
  line {int} NOT NULL,
  reason TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  PRIMARY KEY (import_id, line),
  FOREIGN KEY (organization_id, import_id) REFERENCES import (organization_id, id)
){strict_tree};

-- `id` clusters by time (domain::MentionId): it is the primary key and the order of every list. `identity` is who the
-- item is, whatever its date: unique within the organisation, so one organisation's import touches only its own part
-- of that index. `dated`: 0 no date known, 1 only the day, 2 the moment. `day` is the day it was counted under, kept
-- because the organisation may move to another time zone.
CREATE TABLE mention (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  source_id {int} NOT NULL,
  identity {int} NOT NULL,
  external_id TEXT,
  posted_at {int} NOT NULL,
  dated {int} NOT NULL,
  day {int} NOT NULL,
  author TEXT,
  title TEXT,
  text TEXT NOT NULL,
  url TEXT,
  stars {int},
  place TEXT,
  reply_state TEXT NOT NULL,
  reply_text TEXT,
  replied_at {int},
  revision {int} NOT NULL,
  import_id {int},
  saved_at {int} NOT NULL,
  FOREIGN KEY (organization_id, source_id) REFERENCES source (organization_id, id)
){strict};
CREATE UNIQUE INDEX mention_newest ON mention (organization_id, id);
CREATE UNIQUE INDEX mention_identity ON mention (organization_id, identity);
-- Who waits for an answer: found by stars, newest first, without looking at the rest.
CREATE INDEX mention_waiting ON mention (organization_id, stars, id) WHERE reply_state <> 'answered' AND stars <= 3;

CREATE TABLE mention_revision (
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  revision {int} NOT NULL,
  title TEXT,
  text TEXT NOT NULL,
  stars {int},
  replaced_at {int} NOT NULL,
  PRIMARY KEY (organization_id, mention_id, revision),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id)
){strict_tree};

-- The queue between hearing and understanding: the table is the queue. Rows come and go with their mention's own batch,
-- so it needs no foreign key.
CREATE TABLE mention_unread (
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  PRIMARY KEY (organization_id, mention_id)
){strict_tree};

{search_table};

-- What pages read instead of history.
CREATE TABLE mention_day (
  organization_id {int} NOT NULL,
  day {int} NOT NULL,
  source_id {int} NOT NULL,
  mentions {int} NOT NULL,
  stars_1 {int} NOT NULL,
  stars_2 {int} NOT NULL,
  stars_3 {int} NOT NULL,
  stars_4 {int} NOT NULL,
  stars_5 {int} NOT NULL,
  answerable {int} NOT NULL,
  answered {int} NOT NULL,
  answered_in_time {int} NOT NULL,
  PRIMARY KEY (organization_id, day, source_id),
  FOREIGN KEY (organization_id, source_id) REFERENCES source (organization_id, id)
){strict_tree};

CREATE TABLE reading (
  mention_id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  language TEXT NOT NULL,
  sentiment TEXT NOT NULL,
  negative {real} NOT NULL,
  neutral {real} NOT NULL,
  positive {real} NOT NULL,
  model_version {int} NOT NULL,
  read_at {int} NOT NULL,
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id)
){strict};

CREATE TABLE reading_day (
  organization_id {int} NOT NULL,
  day {int} NOT NULL,
  source_id {int} NOT NULL,
  negative {int} NOT NULL,
  neutral {int} NOT NULL,
  positive {int} NOT NULL,
  unsure {int} NOT NULL,
  PRIMARY KEY (organization_id, day, source_id),
  FOREIGN KEY (organization_id, source_id) REFERENCES source (organization_id, id)
){strict_tree};
