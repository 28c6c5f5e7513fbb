-- Ids are 16-byte blobs, instants milliseconds since 1970, enumerations the numbers of their values,
-- role sets one bit a role (0 in `audience` is public).

CREATE TABLE tenant (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE party (
  tenant BLOB NOT NULL,
  id BLOB NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT,
  state INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE storefront (
  tenant BLOB NOT NULL,
  id BLOB NOT NULL,
  name TEXT NOT NULL,
  reseller BLOB,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reference (
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL,
  system TEXT NOT NULL,
  value TEXT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (tenant, kind, system, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_by_id ON reference (tenant, id);

CREATE TABLE subject (
  tenant BLOB NOT NULL,
  id BLOB NOT NULL,
  kind INTEGER NOT NULL,
  number TEXT,
  store BLOB,
  customer BLOB NOT NULL,
  status TEXT,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX subject_number ON subject (tenant, kind, ifnull(store, x''), number)
  WHERE number IS NOT NULL;

-- Suppliers (role 0) and those it is assigned to (role 1).
CREATE TABLE subject_party (
  tenant BLOB NOT NULL,
  subject BLOB NOT NULL,
  role INTEGER NOT NULL,
  party BLOB NOT NULL,
  PRIMARY KEY (tenant, subject, role, party)
) STRICT, WITHOUT ROWID;

CREATE TABLE thread (
  row INTEGER PRIMARY KEY,
  tenant BLOB NOT NULL,
  id BLOB NOT NULL UNIQUE,
  store BLOB,
  subject_kind INTEGER NOT NULL,
  subject BLOB NOT NULL,
  customer BLOB NOT NULL,
  status INTEGER NOT NULL,
  snoozed_until INTEGER,
  priority INTEGER NOT NULL,
  assignee BLOB,
  tags TEXT NOT NULL,
  messages INTEGER NOT NULL,
  public_messages INTEGER NOT NULL,
  events INTEGER NOT NULL,
  public_events INTEGER NOT NULL,
  active_at INTEGER NOT NULL,
  public_active_at INTEGER NOT NULL,
  last_customer_message_at INTEGER,
  waiting_since INTEGER,
  first_response_at INTEGER,
  resolved_at INTEGER,
  closed_at INTEGER,
  merged_into BLOB,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (tenant, subject),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
) STRICT;
CREATE INDEX thread_store ON thread (tenant, store, status, active_at);
CREATE INDEX thread_customer ON thread (tenant, customer, status, public_active_at);
CREATE INDEX thread_activity ON thread (tenant, active_at);
CREATE INDEX thread_snoozed ON thread (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX thread_merged ON thread (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE participant (
  thread INTEGER NOT NULL REFERENCES thread (row),
  party BLOB NOT NULL,
  role INTEGER NOT NULL,
  joined_at INTEGER NOT NULL,
  left_at INTEGER,
  muted INTEGER NOT NULL,
  PRIMARY KEY (thread, party)
) STRICT, WITHOUT ROWID;

-- A message row never changes: the triggers see to it.
CREATE TABLE message (
  position INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  thread INTEGER NOT NULL REFERENCES thread (row),
  seq INTEGER NOT NULL,
  public_seq INTEGER,
  role INTEGER NOT NULL,
  author BLOB,
  on_behalf_of BLOB,
  origin INTEGER NOT NULL,
  topic INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  audience INTEGER NOT NULL,
  via INTEGER NOT NULL,
  intended INTEGER NOT NULL,
  provider_ref TEXT,
  format INTEGER NOT NULL,
  language TEXT,
  relation INTEGER,
  target BLOB,
  created_at INTEGER NOT NULL,
  occurred_at INTEGER,
  content_hash BLOB NOT NULL,
  UNIQUE (thread, seq)
) STRICT;
-- Corrections, retractions and reactions: everything that points to a message but an answer (0).
CREATE INDEX message_later ON message (target, seq) WHERE relation > 0;
CREATE TRIGGER message_is_immutable BEFORE UPDATE ON message
  BEGIN SELECT RAISE(ABORT, 'a message never changes'); END;
CREATE TRIGGER message_is_permanent BEFORE DELETE ON message
  BEGIN SELECT RAISE(ABORT, 'a message is never deleted'); END;

-- What a person wrote: the only part of a message that can go.
CREATE TABLE content (
  position INTEGER PRIMARY KEY REFERENCES message (position),
  state INTEGER NOT NULL,
  salt BLOB,
  title TEXT,
  text TEXT NOT NULL,
  extra TEXT
) STRICT;

-- The folded words of each entry under the entry's position, and what never changes about it as
-- facets: t tenant, p public, a audience, v via, r role, k kind, o topic.
CREATE VIRTUAL TABLE message_text USING fts5 (
  body, facets, content='', columnsize=0, tokenize='ascii'
);
INSERT INTO message_text (message_text, rank) VALUES ('secure-delete', 1);
INSERT INTO message_text (message_text, rank) VALUES ('automerge', 16);

CREATE TABLE read_state (
  thread INTEGER NOT NULL REFERENCES thread (row),
  reader BLOB NOT NULL,
  role INTEGER NOT NULL,
  cursor INTEGER NOT NULL,
  extra TEXT NOT NULL,
  last_read_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (thread, reader)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
  number INTEGER PRIMARY KEY,
  thread INTEGER NOT NULL REFERENCES thread (row),
  to_seq INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  reader BLOB NOT NULL,
  role INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_range ON receipt (thread, to_seq);

CREATE TABLE stream (
  tenant BLOB NOT NULL,
  kind INTEGER NOT NULL,
  id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  public_seq INTEGER NOT NULL,
  PRIMARY KEY (tenant, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  tenant BLOB NOT NULL,
  stream BLOB NOT NULL,
  seq INTEGER NOT NULL,
  public_seq INTEGER,
  body TEXT NOT NULL
) STRICT;
-- Positions are never given twice: nothing is ever deleted.
CREATE TRIGGER event_is_permanent BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE UNIQUE INDEX event_stream ON event (tenant, stream, seq);

CREATE TABLE consumer (
  tenant BLOB NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  tenant BLOB NOT NULL,
  seq INTEGER NOT NULL,
  thread BLOB,
  canonical TEXT NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (tenant, seq)
) STRICT;
CREATE TRIGGER audit_is_immutable BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit trail never changes'); END;
CREATE TRIGGER audit_is_permanent BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit trail is never cut'); END;

-- What is personal about an entry, and goes with the person.
CREATE TABLE audit_private (
  tenant BLOB NOT NULL,
  seq INTEGER NOT NULL,
  customer BLOB,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_private_customer ON audit_private (tenant, customer);

CREATE TABLE audit_head (
  tenant BLOB NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  key_id TEXT NOT NULL,
  mac BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  tenant BLOB NOT NULL,
  to_seq INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, to_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
  tenant BLOB NOT NULL,
  actor BLOB NOT NULL,
  key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  result TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (tenant, actor, key)
) STRICT, WITHOUT ROWID;
