// What the three hand-written services have in common: tables, settings, and who may do what.
import { readFileSync } from 'node:fs';

import Database from 'better-sqlite3';

const SCHEMA = readFileSync(new URL('../schema.sql', import.meta.url), 'utf8');

/** Goodwill's own settings, as far as they make it faster: nobody is slower for having others. */
export const PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'cache_size = -16384',
  'temp_store = MEMORY',
  'wal_autocheckpoint = 8000',
];

/** How many messages a list has at most. */
export const PAGE = 500;

/** Makes a file with the tables. */
export function create(path) {
  const database = new Database(path);
  for (const pragma of PRAGMAS) database.pragma(pragma);
  database.exec(SCHEMA);
  database.close();
}

/** Refuses who has nothing to do with an order. */
export function checkAccess(who, order) {
  const allowed =
    order != null &&
    (who.role === 'admin' ||
      (who.role === 'customer' && order.customer === who.party) ||
      (who.role === 'supplier' && order.suppliers.some(({ supplier }) => supplier === who.party)));
  if (!allowed) throw new Error('not found');
}

/** Refuses internal notes of others than administrators. */
export function checkNote(who, internal) {
  if (internal && who.role !== 'admin') throw new Error('denied');
}

/** What the audit trail and the event say of a message. */
export function facts(who, message) {
  const { channel, isInternal } = message;
  return {
    metadata: { channel, isInternal, messageType: message.messageType },
    body: { message: message.id, number: message.number, role: who.role, channel, isInternal },
  };
}
