-- Customers and their visits: who may be asked how it was, on what lawful basis, and for how long they are kept.

-- How long things are kept, in days. An organisation without a row has the defaults.
CREATE TABLE customer_setting (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  keep_days {int} NOT NULL
){strict};

-- Addresses are kept as they are written to (lower case; telephones as +34600111222); empty: there is none. `basis_note` is how
-- she was told, when she left it, that she may say no. `seen_day` is her last visit's day (since 1970): what retention counts from.
CREATE TABLE customer (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  language TEXT NOT NULL,
  basis TEXT NOT NULL,
  basis_note TEXT NOT NULL,
  basis_at {int} NOT NULL,
  seen_day {int} NOT NULL,
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id)
){strict};
CREATE UNIQUE INDEX customer_email ON customer (organization_id, email) WHERE email <> '';
CREATE INDEX customer_phone ON customer (organization_id, phone) WHERE phone <> '';
CREATE INDEX customer_seen ON customer (organization_id, seen_day);

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
-- stay or invoice, known once. A cancelled visit is nobody's reason to write.
CREATE TABLE visit (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  customer_id {int} NOT NULL,
  day {int} NOT NULL,
  reference TEXT NOT NULL,
  origin TEXT NOT NULL,
  shop_id {int},
  cancelled_at {int},
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, customer_id) REFERENCES customer (organization_id, id),
  FOREIGN KEY (organization_id, shop_id) REFERENCES shop (organization_id, id)
){strict};
CREATE UNIQUE INDEX visit_reference ON visit (organization_id, COALESCE(shop_id, 0), reference) WHERE reference <> '';
CREATE UNIQUE INDEX visit_once ON visit (organization_id, customer_id, day) WHERE reference = '';
CREATE INDEX visit_customer ON visit (organization_id, customer_id, day);
CREATE INDEX visit_newest ON visit (organization_id, day, id);
