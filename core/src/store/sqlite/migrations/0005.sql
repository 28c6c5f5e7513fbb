-- What is to be done for customers after a service, or was done: found by customer, by job, and by the
-- instant `at`, that of the deed, of the date, or of the record. Texts go with the person.
CREATE TABLE followup (
  tenant BLOB NOT NULL,
  id BLOB NOT NULL,
  customer BLOB NOT NULL,
  subject BLOB,
  store BLOB,
  kind TEXT NOT NULL,
  state INTEGER NOT NULL,
  is_open INTEGER NOT NULL,
  at INTEGER NOT NULL,
  due_at INTEGER,
  occurred_at INTEGER,
  logged_by BLOB,
  rating INTEGER,
  comment TEXT,
  has_result INTEGER NOT NULL,
  note TEXT,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX followup_time ON followup (tenant, at, id);
CREATE INDEX followup_open ON followup (tenant, is_open, at, id);
CREATE INDEX followup_customer ON followup (tenant, customer, at, id);
CREATE INDEX followup_job ON followup (tenant, subject, at, id) WHERE subject IS NOT NULL;
CREATE INDEX followup_logged_by ON followup (tenant, logged_by) WHERE logged_by IS NOT NULL;
