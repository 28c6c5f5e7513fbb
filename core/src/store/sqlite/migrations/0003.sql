-- Money that went from customers (kind 0) or back, found by customer and by the instant of paying.
CREATE TABLE payment (
  tenant BLOB NOT NULL,
  id BLOB NOT NULL,
  customer BLOB NOT NULL,
  subject BLOB,
  subject_kind INTEGER,
  store BLOB,
  minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  kind INTEGER NOT NULL,
  method TEXT,
  paid_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_time ON payment (tenant, paid_at, id);
CREATE INDEX payment_customer ON payment (tenant, customer, paid_at, id);
