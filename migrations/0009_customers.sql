-- Customers and their visits: who may be asked how it was, on what lawful basis, and for how long they are kept.

-- How long things are kept, in days. An organisation without a row has the defaults.
CREATE TABLE customer_setting (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  keep_days {int} NOT NULL
){strict};

-- Addresses are kept as they are written to (lower case; telephones as +34600111222); empty: there is none. `folded` is the name
-- as it is searched. `basis_note` is how she was told, when she left her address, that she may say no. `seen_day` is her last
-- visit's day (since 1970): what retention counts from. `opted_out_at` repeats what `opt_out` knows of her addresses.
-- `erase_asked_at`: somebody asked that she be forgotten; `erase_opts_out` whether it was herself. `erased_at`: nothing of her is
-- left here, the row only keeps her visits countable. `data_asked_at`: she asked what is known of her.
CREATE TABLE customer (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  language TEXT NOT NULL,
  basis TEXT NOT NULL,
  basis_note TEXT NOT NULL,
  basis_at {int} NOT NULL,
  seen_day {int} NOT NULL,
  opted_out_at {int},
  erase_asked_at {int},
  erase_opts_out {int} NOT NULL DEFAULT 0,
  erased_at {int},
  data_asked_at {int},
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id)
){strict};
CREATE UNIQUE INDEX customer_email ON customer (organization_id, email) WHERE email <> '';
CREATE INDEX customer_phone ON customer (organization_id, phone) WHERE phone <> '';
CREATE INDEX customer_seen ON customer (organization_id, seen_day, id) WHERE erased_at IS NULL;
CREATE INDEX customer_erase ON customer (organization_id, id) WHERE erase_asked_at IS NOT NULL;
CREATE INDEX customer_data ON customer (organization_id, id) WHERE data_asked_at IS NOT NULL;

-- Whom nobody writes to any more. `contact_hash` is an HMAC of the address with the installation's secret: it outlives the
-- customer's erasure, and tells no address.
CREATE TABLE opt_out (
  organization_id {int} NOT NULL REFERENCES organization (id),
  contact_hash {blob} NOT NULL,
  way TEXT NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (organization_id, contact_hash)
){strict_tree};

-- A shop on the web that tells of its orders, or is asked for them. `path_key` is the unguessable end of the address it tells.
CREATE TABLE shop (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  path_key TEXT NOT NULL UNIQUE,
  basis TEXT NOT NULL,
  basis_note TEXT NOT NULL,
  state TEXT NOT NULL,
  cursor TEXT NOT NULL,
  next_poll_at {int},
  failures {int} NOT NULL,
  error_key TEXT NOT NULL,
  last_heard_at {int},
  heard {int} NOT NULL,
  skipped {int} NOT NULL,
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id)
){strict};
CREATE INDEX shop_due ON shop (next_poll_at) WHERE next_poll_at IS NOT NULL;

-- What its messages are signed with, or what lets us ask. Sealed; no backup holds it.
CREATE TABLE shop_secret (
  organization_id {int} NOT NULL,
  shop_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  PRIMARY KEY (organization_id, shop_id),
  FOREIGN KEY (organization_id, shop_id) REFERENCES shop (organization_id, id) ON DELETE CASCADE
){strict_tree};

-- One time a customer bought or used something. `day` is when (since 1970, in the organisation's zone); `reference` the order,
-- stay or invoice, known once; empty where there is none, NULL where its customer was forgotten. A cancelled visit is nobody's
-- reason to write.
CREATE TABLE visit (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  customer_id {int} NOT NULL,
  day {int} NOT NULL,
  reference TEXT,
  origin TEXT NOT NULL,
  shop_id {int},
  cancelled_at {int},
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, customer_id) REFERENCES customer (organization_id, id),
  FOREIGN KEY (organization_id, shop_id) REFERENCES shop (organization_id, id)
){strict};
CREATE UNIQUE INDEX visit_reference ON visit (organization_id, reference, COALESCE(shop_id, 0)) WHERE reference <> '';
CREATE UNIQUE INDEX visit_once ON visit (organization_id, customer_id, day) WHERE reference = '';
CREATE INDEX visit_customer ON visit (organization_id, customer_id, day);
CREATE INDEX visit_newest ON visit (organization_id, day, id);

-- A file of visits, from its check to its last row. `plan` (JSON: where the file lies, which column is what) is emptied at the end:
-- its header may hold anything. `basis_note` and `basis_day` are what was declared for all its rows.
CREATE TABLE customer_import (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  state TEXT NOT NULL,
  file_name TEXT NOT NULL,
  plan TEXT NOT NULL,
  basis TEXT NOT NULL,
  basis_note TEXT NOT NULL,
  basis_day {int} NOT NULL,
  lines_done {int} NOT NULL,
  lines_total {int} NOT NULL,
  added {int} NOT NULL,
  same {int} NOT NULL,
  opted_out {int} NOT NULL,
  old {int} NOT NULL,
  rejected {int} NOT NULL,
  error_key TEXT,
  created_at {int} NOT NULL,
  finished_at {int},
  UNIQUE (organization_id, id)
){strict};
CREATE INDEX customer_import_open ON customer_import (state, id) WHERE state IN ('draft', 'running');

-- Refused rows: where and why, never what stood there. At most a thousand are kept.
CREATE TABLE customer_import_rejection (
  organization_id {int} NOT NULL,
  import_id {int} NOT NULL,
  line {int} NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (organization_id, import_id, line),
  FOREIGN KEY (organization_id, import_id) REFERENCES customer_import (organization_id, id)
){strict_tree};
