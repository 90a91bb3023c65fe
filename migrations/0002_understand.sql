-- What a reading says beyond its sentiment, what the owner corrected, what she changed in the business, and the names
-- she watches. Readings of the first schema have the defaults until the newer model reads them again.

ALTER TABLE reading ADD COLUMN aspects TEXT NOT NULL DEFAULT '';
ALTER TABLE reading ADD COLUMN cause TEXT;
ALTER TABLE reading ADD COLUMN intents {int} NOT NULL DEFAULT 0;
ALTER TABLE reading ADD COLUMN standing TEXT NOT NULL DEFAULT 'unsure';
ALTER TABLE reading ADD COLUMN places TEXT NOT NULL DEFAULT '';
ALTER TABLE reading ADD COLUMN fingerprint {blob};
ALTER TABLE reading ADD COLUMN read_by TEXT NOT NULL DEFAULT 'model';
-- The complaints of one cause, newest first, without looking at the rest.
CREATE INDEX reading_complaint ON reading (organization_id, cause, mention_id) WHERE cause IS NOT NULL;

-- Readings that corrections changed are few: counted without looking at the rest.
CREATE INDEX reading_changed ON reading (organization_id, read_by) WHERE read_by <> 'model';

-- Counts up whenever mentions that may be in the hands of a reader right now are put back on the reading queue. What was read
-- with an older state is not saved. Of the running installation: no backup needs it.
CREATE TABLE mention_queue (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  generation {int} NOT NULL
){strict};

-- How often each aspect was spoken of in a day, and how. A mention counts once for each aspect.
CREATE TABLE aspect_day (
  organization_id {int} NOT NULL REFERENCES organization (id),
  day {int} NOT NULL,
  aspect TEXT NOT NULL,
  negative {int} NOT NULL,
  neutral {int} NOT NULL,
  positive {int} NOT NULL,
  PRIMARY KEY (organization_id, day, aspect)
){strict_tree};

-- Complaints of a day by cause and by the aspect they are most about (empty for none).
CREATE TABLE cause_day (
  organization_id {int} NOT NULL REFERENCES organization (id),
  day {int} NOT NULL,
  cause TEXT NOT NULL,
  aspect TEXT NOT NULL,
  complaints {int} NOT NULL,
  PRIMARY KEY (organization_id, day, cause, aspect)
){strict_tree};

-- One correction in force per mention and field; what was undone stays, to be seen. `spread_at` is when its near-copies
-- were put back on the reading queue.
CREATE TABLE correction (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  account_id {int} NOT NULL,
  field TEXT NOT NULL,
  was TEXT NOT NULL,
  said TEXT NOT NULL,
  made_at {int} NOT NULL,
  undone_at {int},
  spread_at {int},
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id)
){strict};
CREATE UNIQUE INDEX correction_in_force ON correction (organization_id, mention_id, field) WHERE undone_at IS NULL;
CREATE INDEX correction_newest ON correction (organization_id, id);
CREATE INDEX correction_to_spread ON correction (organization_id) WHERE spread_at IS NULL;

-- Something the owner changed, the aspect it was meant to mend and the day (since 1970) it began.
CREATE TABLE fix (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  aspect TEXT NOT NULL,
  what TEXT NOT NULL,
  day {int} NOT NULL,
  created_at {int} NOT NULL
){strict};
CREATE INDEX fix_newest ON fix (organization_id, day);

-- Names that are looked for. `required` and `excluded` are words, one per line.
CREATE TABLE watch_term (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  kind TEXT NOT NULL,
  term TEXT NOT NULL,
  required TEXT NOT NULL,
  excluded TEXT NOT NULL,
  created_at {int} NOT NULL,
  UNIQUE (organization_id, id),
  UNIQUE (organization_id, term)
){strict};

CREATE TABLE watch_hit (
  organization_id {int} NOT NULL,
  term_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  PRIMARY KEY (organization_id, term_id, mention_id),
  FOREIGN KEY (organization_id, term_id) REFERENCES watch_term (organization_id, id),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id)
){strict_tree};
CREATE INDEX watch_hit_mention ON watch_hit (organization_id, mention_id);
