-- Mailboxes of the organisation's own, the letters they brought, and letters that leave.

-- Letters to one person outside travel through the outbox too. `thread` is JSON (what it answers, who writes); empty
-- for notices. `attachment` goes with `attachment_name`.
ALTER TABLE outgoing ADD COLUMN thread TEXT NOT NULL DEFAULT '';
ALTER TABLE outgoing ADD COLUMN attachment {blob};
ALTER TABLE outgoing ADD COLUMN attachment_name TEXT NOT NULL DEFAULT '';
-- One letter under one key, whatever its address: a reply is never written to two people by mistake.
CREATE UNIQUE INDEX outgoing_letter ON outgoing (organization_id, dedupe_key) WHERE kind IN ('reply', 'receipt');
-- What came back with our own name on it: an answer, or a bounce.
CREATE INDEX outgoing_name ON outgoing (organization_id, name);

-- A mailbox that is read. `uid_validity` and `last_uid` say how far, `since` from when on. `plus_address` is 1 where the
-- server delivers `name+anything@domain` to `name@domain`. A removed one stays, for the letters it brought.
CREATE TABLE mailbox (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  source_id {int} NOT NULL,
  address TEXT NOT NULL,
  host TEXT NOT NULL,
  port {int} NOT NULL,
  security TEXT NOT NULL,
  user_name TEXT NOT NULL,
  folder TEXT NOT NULL,
  plus_address {int} NOT NULL,
  state TEXT NOT NULL,
  since {int} NOT NULL,
  uid_validity {int},
  last_uid {int},
  next_at {int} NOT NULL,
  ok_at {int},
  failed_at {int},
  failures {int} NOT NULL,
  error_key TEXT,
  ignored {int} NOT NULL,
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, source_id) REFERENCES source (organization_id, id)
){strict};
CREATE UNIQUE INDEX mailbox_address ON mailbox (organization_id, address) WHERE state <> 'removed';
CREATE INDEX mailbox_due ON mailbox (next_at) WHERE state = 'active';

-- The password, sealed with a key of this installation. In no backup: without this row it has to be typed again.
CREATE TABLE mailbox_secret (
  organization_id {int} NOT NULL,
  mailbox_id {int} NOT NULL,
  password {blob} NOT NULL,
  PRIMARY KEY (organization_id, mailbox_id),
  FOREIGN KEY (organization_id, mailbox_id) REFERENCES mailbox (organization_id, id)
){strict};

-- What a mention that came as a letter has besides its words: whom to answer and where it belongs. `thread_mention_id` is
-- the first mention of the conversation; NULL for the first itself. `earlier` is JSON: the Message-IDs it refers to.
-- `token` stands in the address that answers go to.
CREATE TABLE letter (
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  mailbox_id {int} NOT NULL,
  message_id TEXT NOT NULL,
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  earlier TEXT NOT NULL,
  thread_mention_id {int},
  token TEXT NOT NULL,
  PRIMARY KEY (organization_id, mention_id),
  UNIQUE (organization_id, message_id),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id),
  FOREIGN KEY (organization_id, mailbox_id) REFERENCES mailbox (organization_id, id),
  FOREIGN KEY (organization_id, thread_mention_id) REFERENCES mention (organization_id, id)
){strict};
CREATE UNIQUE INDEX letter_token ON letter (organization_id, token);
CREATE INDEX letter_thread ON letter (organization_id, thread_mention_id) WHERE thread_mention_id IS NOT NULL;
