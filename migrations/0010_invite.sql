-- Asking customers how it was: whom, by which lot, when, with which words, and what became of it.

-- How an organisation asks. Without a row it asks nobody. `form_code` is the end of the address that is printed.
-- `since_day`: visits before it are nobody's reason to write, so that switching it on asks nobody about last year.
CREATE TABLE invite_setting (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  active {int} NOT NULL,
  form_code TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL,
  whom TEXT NOT NULL,
  draw_size {int} NOT NULL,
  delay_days {int} NOT NULL,
  reminder_days {int} NOT NULL,
  since_day {int} NOT NULL,
  sender TEXT NOT NULL,
  postal TEXT NOT NULL,
  count_opens {int} NOT NULL,
  cap_per_day {int},
  changed_at {int} NOT NULL
){strict};

-- Other places where a customer may write, shown to everyone alike in this order.
CREATE TABLE ask_link (
  organization_id {int} NOT NULL REFERENCES organization (id),
  position {int} NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (organization_id, position)
){strict_tree};

-- One lot. `seed_hash` is published before the list is closed, `list_hash` before it is drawn, the seed afterwards. Anybody who
-- knows `code` may read it: it names nobody.
CREATE TABLE draw (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  code TEXT NOT NULL UNIQUE,
  number {int} NOT NULL,
  purpose TEXT NOT NULL,
  state TEXT NOT NULL,
  from_day {int} NOT NULL,
  until_day {int} NOT NULL,
  size {int} NOT NULL,
  seed {blob} NOT NULL,
  seed_hash TEXT NOT NULL,
  list_hash TEXT NOT NULL,
  listed {int} NOT NULL,
  left_out TEXT NOT NULL,
  promised_at {int} NOT NULL,
  listed_at {int},
  drawn_at {int},
  UNIQUE (organization_id, id),
  UNIQUE (organization_id, number)
){strict};

-- Who took part: `tag` is what the published list calls the visit, and says nothing to anybody else.
CREATE TABLE draw_entry (
  organization_id {int} NOT NULL,
  draw_id {int} NOT NULL,
  tag TEXT NOT NULL,
  visit_id {int} NOT NULL,
  picked {int} NOT NULL,
  PRIMARY KEY (organization_id, draw_id, tag),
  FOREIGN KEY (organization_id, draw_id) REFERENCES draw (organization_id, id),
  FOREIGN KEY (organization_id, visit_id) REFERENCES visit (organization_id, id)
){strict_tree};
CREATE UNIQUE INDEX draw_entry_visit ON draw_entry (organization_id, visit_id);

-- One customer asked once about one visit, and once more at most. `token` opens the form. Days are days since 1970 in the
-- organisation's zone: not before `due_day`, not after `last_day`. `held_for` is why it is put off or was left out.
CREATE TABLE invitation (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  visit_id {int} NOT NULL,
  customer_id {int} NOT NULL,
  draw_id {int},
  purpose TEXT NOT NULL,
  way TEXT NOT NULL,
  state TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  visit_day {int} NOT NULL,
  due_day {int} NOT NULL,
  last_day {int} NOT NULL,
  held_for TEXT NOT NULL,
  letter_id {int},
  sent_at {int},
  sent_day {int},
  reminder_id {int},
  reminded_at {int},
  opened_at {int},
  answered_at {int},
  opted_out_at {int},
  created_at {int} NOT NULL,
  revision {int} NOT NULL,
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, visit_id) REFERENCES visit (organization_id, id),
  FOREIGN KEY (organization_id, customer_id) REFERENCES customer (organization_id, id),
  FOREIGN KEY (organization_id, draw_id) REFERENCES draw (organization_id, id),
  FOREIGN KEY (organization_id, letter_id) REFERENCES outgoing (organization_id, id),
  FOREIGN KEY (organization_id, reminder_id) REFERENCES outgoing (organization_id, id)
){strict};
-- A visit that is left out has its row too, so that nobody is forgotten without a reason.
CREATE UNIQUE INDEX invitation_visit ON invitation (organization_id, visit_id);
CREATE INDEX invitation_customer ON invitation (organization_id, customer_id, id);
CREATE INDEX invitation_due ON invitation (organization_id, due_day, id) WHERE state = 'waiting';
CREATE INDEX invitation_sent ON invitation (organization_id, sent_day, id) WHERE sent_day IS NOT NULL;
CREATE INDEX invitation_reminded ON invitation (organization_id, reminded_at) WHERE reminded_at IS NOT NULL;
CREATE INDEX invitation_not_asked ON invitation (organization_id, visit_day) WHERE state IN ('left-out', 'expired', 'cancelled');
CREATE INDEX invitation_open ON invitation (organization_id, sent_at, id) WHERE state = 'sent';

-- Receipt codes: each lets one person prove one visit. What is printed is not kept, only its hash.
CREATE TABLE code_batch (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  size {int} NOT NULL,
  made_by TEXT NOT NULL,
  last_day {int} NOT NULL,
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id)
){strict};
CREATE TABLE receipt_code (
  organization_id {int} NOT NULL,
  code_hash {blob} NOT NULL,
  batch_id {int} NOT NULL,
  used_at {int},
  PRIMARY KEY (organization_id, code_hash),
  FOREIGN KEY (organization_id, batch_id) REFERENCES code_batch (organization_id, id)
){strict_tree};
CREATE INDEX receipt_code_batch ON receipt_code (organization_id, batch_id);
