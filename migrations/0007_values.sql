-- What the owner stands for, what each serious mention was decided to be, incidents made whole, and drills.

-- The charter: at most five lines in the owner's words. A line with an empty text is not written.
CREATE TABLE value (
  organization_id {int} NOT NULL REFERENCES organization (id),
  place {int} NOT NULL,
  text TEXT NOT NULL,
  decider TEXT NOT NULL,
  first_step TEXT NOT NULL,
  revision {int} NOT NULL,
  PRIMARY KEY (organization_id, place)
){strict_tree};

-- What a person decided a serious mention to be. `value_place` and `value_text` say against which line, in the words it
-- had then: the charter may be written anew. A decision taken back is a row less.
CREATE TABLE triage (
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  class TEXT NOT NULL,
  value_place {int},
  value_text TEXT NOT NULL,
  account_id {int} NOT NULL,
  decided_at {int} NOT NULL,
  PRIMARY KEY (organization_id, mention_id),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id)
){strict_tree};

-- What kind of incident it is and who decides; what the statement and the change are called where they are published;
-- `change_day` is the day since 1970 from which the change holds.
ALTER TABLE incident ADD COLUMN class TEXT;
ALTER TABLE incident ADD COLUMN decider TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN statement_title TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN change_title TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN change_day {int};

-- Every text of an incident that was approved, with its fate. A row's words never change: another text is another row.
CREATE TABLE incident_publication (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  incident_id {int} NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  day {int},
  approved_by {int} NOT NULL,
  approved_at {int} NOT NULL,
  published_at {int},
  withdrawn_at {int},
  FOREIGN KEY (organization_id, incident_id) REFERENCES incident (organization_id, id)
){strict};
CREATE INDEX incident_publication_of ON incident_publication (organization_id, incident_id, kind, id);
CREATE INDEX incident_publication_public ON incident_publication (organization_id, kind, published_at) WHERE published_at IS NOT NULL;

-- Who was told of an incident, and how.
CREATE TABLE incident_told (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  incident_id {int} NOT NULL,
  who TEXT NOT NULL,
  how TEXT NOT NULL,
  account_id {int} NOT NULL,
  at {int} NOT NULL,
  FOREIGN KEY (organization_id, incident_id) REFERENCES incident (organization_id, id)
){strict};
CREATE INDEX incident_told_of ON incident_told (organization_id, incident_id, id);

-- Drills. What happens in one happens in a copy that is deleted; here is only how it went: `found` is what the detector
-- saw in the copy, `walk` what the person did, step by step (both JSON).
CREATE TABLE drill (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  state TEXT NOT NULL,
  locale TEXT NOT NULL,
  found TEXT NOT NULL,
  walk TEXT NOT NULL,
  started_at {int} NOT NULL,
  ended_at {int},
  revision {int} NOT NULL,
  UNIQUE (organization_id, id)
){strict};
CREATE UNIQUE INDEX drill_open ON drill (organization_id) WHERE state IN ('preparing', 'running');
CREATE INDEX drill_newest ON drill (organization_id, started_at);
