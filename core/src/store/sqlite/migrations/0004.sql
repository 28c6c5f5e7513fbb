-- Where parties can be reached: an address of a kind is one party's.
CREATE TABLE contact (
  tenant BLOB NOT NULL,
  kind INTEGER NOT NULL,
  key TEXT NOT NULL,
  party BLOB NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_party ON contact (tenant, party);

-- What has become of what channels' providers delivered: each delivery once.
CREATE TABLE arrival (
  tenant BLOB NOT NULL,
  channel INTEGER NOT NULL,
  account TEXT NOT NULL,
  provider_ref TEXT NOT NULL,
  message BLOB,
  triage BLOB,
  PRIMARY KEY (tenant, channel, account, provider_ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX arrival_provider ON arrival (tenant, provider_ref);
INSERT OR IGNORE INTO arrival (tenant, channel, account, provider_ref, message)
  SELECT t.tenant, m.via, '', m.provider_ref, m.id FROM message m JOIN thread t ON t.row = m.thread
  WHERE m.provider_ref IS NOT NULL ORDER BY m.position;

-- What arrived and did not find its thread by itself. `body` goes with the person.
CREATE TABLE triage (
  number INTEGER PRIMARY KEY,
  tenant BLOB NOT NULL,
  id BLOB NOT NULL UNIQUE,
  state INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  sender_key TEXT,
  version INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX triage_state ON triage (tenant, state, id);
CREATE INDEX triage_sender ON triage (tenant, sender_key) WHERE sender_key IS NOT NULL;
CREATE TABLE triage_party (
  tenant BLOB NOT NULL,
  party BLOB NOT NULL,
  triage BLOB NOT NULL,
  PRIMARY KEY (tenant, party, triage)
) STRICT, WITHOUT ROWID;

-- The whole text of a message from outside, where something was cut off.
ALTER TABLE content ADD COLUMN original TEXT;

-- The subjects of a customer, and those with a number, whatever their kind and storefront.
CREATE INDEX subject_customer ON subject (tenant, customer);
CREATE INDEX subject_by_number ON subject (tenant, number) WHERE number IS NOT NULL;
