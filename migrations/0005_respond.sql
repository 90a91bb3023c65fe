-- Answering: what a person decides about who waits, replies and their fate, complaints with their clock, promises made in
-- replies, and what an organisation shows of all this in public.

-- Who waits for an answer, whatever the stars: found by stars, newest first, without looking at the rest.
DROP INDEX mention_waiting;
CREATE INDEX mention_waiting ON mention (organization_id, stars, id) WHERE reply_state <> 'answered' AND stars IS NOT NULL;
-- Letters: addressed to the business, without stars.
CREATE INDEX mention_addressed ON mention (organization_id, id) WHERE reply_state = 'unanswered' AND stars IS NULL;
-- How long answers took, newest first.
CREATE INDEX mention_replied ON mention (organization_id, id) WHERE replied_at IS NOT NULL;

-- How an organisation answers. Hours and days are how long an answer may take; an organisation without a row has the defaults.
-- `official_form` is the address of the region's complaint form, `dispute_body` whom a customer may turn to when a complaint is refused; empty: it belongs to none.
CREATE TABLE answer_setting (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  bad_hours {int} NOT NULL,
  other_hours {int} NOT NULL,
  complaint_days {int} NOT NULL,
  profession TEXT NOT NULL,
  signature TEXT NOT NULL,
  contact TEXT NOT NULL,
  region TEXT NOT NULL,
  official_form TEXT NOT NULL,
  dispute_body TEXT NOT NULL,
  staff TEXT NOT NULL
){strict};

CREATE TABLE saved_reply (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id)
){strict};

-- What a person decided about somebody who waits: later, not about us, whose task it is.
CREATE TABLE waiting_mark (
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  snoozed_until {int},
  dismissed_at {int},
  assigned_to {int},
  changed_at {int} NOT NULL,
  PRIMARY KEY (organization_id, mention_id),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id),
  FOREIGN KEY (organization_id, assigned_to) REFERENCES member (organization_id, account_id)
){strict_tree};

-- One answer to one mention. `client_key` is made by the form it was written in: the same form sent twice is one reply.
-- `way` is how it gets there: by e-mail through the outbox, or by a person's hand. `assisted`: it began as our draft.
CREATE TABLE reply (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  client_key TEXT NOT NULL,
  text TEXT NOT NULL,
  stage TEXT NOT NULL,
  way TEXT NOT NULL,
  assisted {int} NOT NULL,
  attempt {int} NOT NULL,
  outgoing_id {int},
  written_by {int},
  approved_by {int},
  created_at {int} NOT NULL,
  changed_at {int} NOT NULL,
  published_at {int},
  revision {int} NOT NULL,
  UNIQUE (organization_id, id),
  UNIQUE (organization_id, client_key),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id),
  FOREIGN KEY (organization_id, outgoing_id) REFERENCES outgoing (organization_id, id)
){strict};
-- A mention has one reply: nobody answers twice from two windows.
CREATE UNIQUE INDEX reply_of ON reply (organization_id, mention_id);
-- What is on its way or waits for a person.
CREATE INDEX reply_open ON reply (organization_id, id) WHERE stage IN ('sending', 'handed', 'unknown', 'failed');
CREATE INDEX reply_newest ON reply (organization_id, changed_at);

CREATE TABLE reply_event (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  reply_id {int} NOT NULL,
  what TEXT NOT NULL,
  text TEXT,
  account_id {int},
  at {int} NOT NULL,
  FOREIGN KEY (organization_id, reply_id) REFERENCES reply (organization_id, id)
){strict};
CREATE INDEX reply_event_of ON reply_event (organization_id, reply_id, id);

-- A complaint with its key (clave identificativa) and its clock; its answer is the reply to its mention. `address` is where the
-- receipt and the answer go when it was not made in writing to us. `receipt_id` is the letter that carried the receipt.
CREATE TABLE complaint (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  complaint_key TEXT NOT NULL,
  mention_id {int} NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  claimant TEXT NOT NULL,
  address TEXT NOT NULL,
  wish TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT,
  received_at {int} NOT NULL,
  due_at {int} NOT NULL,
  answered_at {int},
  receipt_id {int},
  receipt_given_at {int},
  opened_by {int},
  opened_at {int} NOT NULL,
  revision {int} NOT NULL,
  UNIQUE (organization_id, id),
  UNIQUE (organization_id, complaint_key),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id),
  FOREIGN KEY (organization_id, receipt_id) REFERENCES outgoing (organization_id, id)
){strict};
CREATE UNIQUE INDEX complaint_of ON complaint (organization_id, mention_id);
CREATE INDEX complaint_open ON complaint (organization_id, due_at) WHERE state = 'open';
CREATE INDEX complaint_newest ON complaint (organization_id, received_at);

CREATE TABLE complaint_event (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  complaint_id {int} NOT NULL,
  what TEXT NOT NULL,
  text TEXT NOT NULL,
  account_id {int},
  at {int} NOT NULL,
  FOREIGN KEY (organization_id, complaint_id) REFERENCES complaint (organization_id, id)
){strict};
CREATE INDEX complaint_event_of ON complaint_event (organization_id, complaint_id, id);

-- What a reply promised, and by which day (since 1970, in the organisation's zone).
CREATE TABLE promise (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  text TEXT NOT NULL,
  due_day {int} NOT NULL,
  state TEXT NOT NULL,
  made_at {int} NOT NULL,
  settled_at {int},
  settled_day {int},
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id)
){strict};
CREATE INDEX promise_open ON promise (organization_id, due_day) WHERE state = 'open';
CREATE INDEX promise_newest ON promise (organization_id, made_at);

-- The page anybody can read. No row, no page.
CREATE TABLE public_page (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  slug TEXT NOT NULL UNIQUE,
  contact TEXT NOT NULL,
  opened_at {int} NOT NULL
){strict};
