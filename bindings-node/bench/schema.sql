-- The tables of Prisma, TypeORM and better-sqlite3. The declared types are those that Prisma knows.
CREATE TABLE "order" (
  id TEXT NOT NULL PRIMARY KEY,
  customer TEXT NOT NULL
);
CREATE TABLE order_supplier (
  order_id TEXT NOT NULL REFERENCES "order" (id),
  supplier TEXT NOT NULL,
  PRIMARY KEY (order_id, supplier)
);
CREATE TABLE thread (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL UNIQUE REFERENCES "order" (id),
  status TEXT NOT NULL DEFAULT 'open',
  message_count INTEGER NOT NULL DEFAULT 0,
  public_count INTEGER NOT NULL DEFAULT 0,
  last_message_at DATETIME,
  created_at DATETIME NOT NULL
);
CREATE TABLE message (
  id TEXT NOT NULL PRIMARY KEY,
  thread_id TEXT NOT NULL REFERENCES thread (id),
  number INTEGER NOT NULL,
  sender_role TEXT NOT NULL,
  sender_id TEXT NOT NULL,
  channel TEXT NOT NULL DEFAULT 'in_app',
  message_type TEXT NOT NULL DEFAULT 'text',
  text TEXT NOT NULL,
  attachments JSONB NOT NULL DEFAULT '[]',
  read_by JSONB NOT NULL DEFAULT '[]',
  is_internal BOOLEAN NOT NULL DEFAULT 0,
  created_at DATETIME NOT NULL,
  UNIQUE (thread_id, number)
);
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  action TEXT NOT NULL,
  order_id TEXT NOT NULL,
  thread_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  metadata JSONB NOT NULL,
  at DATETIME NOT NULL
);
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  thread_id TEXT NOT NULL,
  body JSONB NOT NULL,
  at DATETIME NOT NULL
);
