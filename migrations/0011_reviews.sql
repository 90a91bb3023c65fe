-- Reviews written in the organisation's own form, answers to the private question, and the devices that ask in the shop.

-- What is known of a review beside its mention: when it was (day since 1970), how it is known that she was a customer, and by
-- which form it came (`client_key` is made once for each form: the same form sent twice is one review).
CREATE TABLE own_review (
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  client_key TEXT NOT NULL,
  experienced_day {int} NOT NULL,
  proof TEXT NOT NULL,
  invitation_id {int},
  kiosk_id {int},
  language TEXT NOT NULL,
  received_at {int} NOT NULL,
  PRIMARY KEY (organization_id, mention_id),
  UNIQUE (organization_id, client_key),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id),
  FOREIGN KEY (organization_id, invitation_id) REFERENCES invitation (organization_id, id)
){strict_tree};
CREATE INDEX own_review_proof ON own_review (organization_id, proof);
CREATE INDEX own_review_invitation ON own_review (organization_id, invitation_id) WHERE invitation_id IS NOT NULL;

-- A photograph, made anew from its pixels: nothing of the file that was sent is kept.
CREATE TABLE own_review_photo (
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  width {int} NOT NULL,
  height {int} NOT NULL,
  jpeg {blob} NOT NULL,
  PRIMARY KEY (organization_id, mention_id),
  FOREIGN KEY (organization_id, mention_id) REFERENCES own_review (organization_id, mention_id)
){strict_tree};

-- Answers to the private question: 1 to 5, never published. `after_reminder`: it came only after she was asked again.
CREATE TABLE census_answer (
  organization_id {int} NOT NULL REFERENCES organization (id),
  client_key TEXT NOT NULL,
  grade {int} NOT NULL,
  comment TEXT NOT NULL,
  invitation_id {int},
  draw_id {int},
  mention_id {int},
  visit_day {int} NOT NULL,
  after_reminder {int} NOT NULL,
  answered_at {int} NOT NULL,
  PRIMARY KEY (organization_id, client_key),
  FOREIGN KEY (organization_id, invitation_id) REFERENCES invitation (organization_id, id)
){strict_tree};
CREATE UNIQUE INDEX census_answer_invitation ON census_answer (organization_id, invitation_id) WHERE invitation_id IS NOT NULL;
CREATE INDEX census_answer_day ON census_answer (organization_id, visit_day);

-- Proofs of work that were used, until they would be too old anyway: none is taken twice.
CREATE TABLE used_work (
  organization_id {int} NOT NULL REFERENCES organization (id),
  work_hash {blob} NOT NULL,
  until_at {int} NOT NULL,
  PRIMARY KEY (organization_id, work_hash)
){strict_tree};
CREATE INDEX used_work_until ON used_work (until_at);

-- How many answers came in one hour (since 1970) from one network, or from one device; the hash is an HMAC of the network's
-- prefix that changes every day.
CREATE TABLE form_quota (
  organization_id {int} NOT NULL REFERENCES organization (id),
  hour {int} NOT NULL,
  counter_hash {blob} NOT NULL,
  answers {int} NOT NULL,
  PRIMARY KEY (organization_id, hour, counter_hash)
){strict_tree};
CREATE INDEX form_quota_hour ON form_quota (hour);

-- How many reviews were not taken because the visit was more than thirty days ago; day since 1970 of the attempt.
CREATE TABLE review_refusal (
  organization_id {int} NOT NULL REFERENCES organization (id),
  day {int} NOT NULL,
  refused {int} NOT NULL,
  PRIMARY KEY (organization_id, day)
){strict_tree};

-- A device in the shop. Of what lets it in only the hash is kept.
CREATE TABLE kiosk (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  name TEXT NOT NULL,
  key_hash {blob} NOT NULL UNIQUE,
  created_at {int} NOT NULL,
  last_heard_at {int},
  revoked_at {int},
  UNIQUE (organization_id, id)
){strict};
