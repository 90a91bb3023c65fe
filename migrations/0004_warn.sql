-- Warnings: what is weighed, the detector of each organisation, what it found, and the incidents an owner manages.

-- Mentions nobody has weighed yet: the table is the queue. Derived: after a restore everything is weighed again.
CREATE TABLE mention_unweighed (
  organization_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  PRIMARY KEY (organization_id, mention_id)
){strict_tree};

-- The detector's memory. Derived from mentions and readings; a backup does not hold it. `late` counts mentions that came
-- more than three days after they were written since the whole history was weighed last. `past` is what weighing the
-- history found (JSON). `due_at` is when time alone changes something.
CREATE TABLE detector (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  state {blob} NOT NULL,
  weighed {int} NOT NULL,
  late {int} NOT NULL,
  past TEXT NOT NULL,
  due_at {int},
  made_at {int} NOT NULL
){strict};
CREATE INDEX detector_due ON detector (due_at) WHERE due_at IS NOT NULL;

-- What the owner chose: at least how many days shall pass, on average, between two warnings about nothing.
CREATE TABLE warning_setting (
  organization_id {int} PRIMARY KEY REFERENCES organization (id),
  false_alarm_days {int} NOT NULL
){strict};

-- One story. `number` is the detector's own while it follows it. `segment` says where (JSON), `story` all else that a
-- page shows (JSON). `found_late`: it was found while weighing what had been imported, not when it happened. `told_…`: when
-- the owner was last told, and of how many voices.
CREATE TABLE warning (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  number {int},
  level TEXT NOT NULL,
  state TEXT NOT NULL,
  verdict TEXT,
  found_late {int} NOT NULL,
  since_at {int} NOT NULL,
  opened_at {int} NOT NULL,
  changed_at {int} NOT NULL,
  closed_at {int},
  observed {real} NOT NULL,
  expected {real} NOT NULL,
  score {real} NOT NULL,
  segment TEXT NOT NULL,
  story TEXT NOT NULL,
  told_at {int},
  told_observed {real},
  revision {int} NOT NULL,
  UNIQUE (organization_id, id)
){strict};
CREATE INDEX warning_newest ON warning (organization_id, opened_at);
CREATE INDEX warning_open ON warning (organization_id, id) WHERE state = 'open';

CREATE TABLE warning_mention (
  organization_id {int} NOT NULL,
  warning_id {int} NOT NULL,
  mention_id {int} NOT NULL,
  PRIMARY KEY (organization_id, warning_id, mention_id),
  FOREIGN KEY (organization_id, warning_id) REFERENCES warning (organization_id, id),
  FOREIGN KEY (organization_id, mention_id) REFERENCES mention (organization_id, id)
){strict_tree};

-- What happened to a warning: opened, grew, ended, reopened, judged. `account_id` where a person did it.
CREATE TABLE warning_event (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  warning_id {int} NOT NULL,
  what TEXT NOT NULL,
  level TEXT NOT NULL,
  observed {real} NOT NULL,
  expected {real} NOT NULL,
  account_id {int},
  at {int} NOT NULL,
  FOREIGN KEY (organization_id, warning_id) REFERENCES warning (organization_id, id)
){strict};
CREATE INDEX warning_event_of ON warning_event (organization_id, warning_id, id);

-- What the owner manages. `statement` is what the business says about it, `lessons` what it learnt.
CREATE TABLE incident (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL REFERENCES organization (id),
  warning_id {int},
  title TEXT NOT NULL,
  statement TEXT NOT NULL,
  lessons TEXT NOT NULL,
  change_made TEXT NOT NULL,
  opened_at {int} NOT NULL,
  closed_at {int},
  revision {int} NOT NULL,
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, warning_id) REFERENCES warning (organization_id, id)
){strict};
CREATE UNIQUE INDEX incident_of_warning ON incident (organization_id, warning_id) WHERE warning_id IS NOT NULL;
CREATE INDEX incident_open ON incident (organization_id, id) WHERE closed_at IS NULL;

CREATE TABLE incident_task (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  incident_id {int} NOT NULL,
  title TEXT NOT NULL,
  done_at {int},
  FOREIGN KEY (organization_id, incident_id) REFERENCES incident (organization_id, id)
){strict};
CREATE INDEX incident_task_of ON incident_task (organization_id, incident_id, id);

-- The incident's diary.
CREATE TABLE incident_note (
  id {int} PRIMARY KEY,
  organization_id {int} NOT NULL,
  incident_id {int} NOT NULL,
  account_id {int},
  text TEXT NOT NULL,
  at {int} NOT NULL,
  FOREIGN KEY (organization_id, incident_id) REFERENCES incident (organization_id, id)
){strict};
CREATE INDEX incident_note_of ON incident_note (organization_id, incident_id, id);
