// Goodwill on a database of your own: its records stand in a table beside your own tables.
//
//     node own-database.mjs shop.db
//
// Two engines share the file, as two processes of a service would.
import { Goodwill } from 'goodwill';

import { SqliteLog } from './sqlite-log.mjs';

const path = process.argv[2];
if (!path) {
  console.error('usage: node own-database.mjs shop.db');
  process.exit(2);
}
const keys = [{ id: '2026-01', secret: new TextEncoder().encode('the key of an example is no secret') }];
const order = { order: 'ORD-101' };
const print = ({ messages }) => {
  for (const { authorRole, text } of messages) console.log(`${authorRole}: ${text || '(erased)'}`);
};

const [oneLog, otherLog] = [new SqliteLog(path), new SqliteLog(path)];
const one = await Goodwill.open({ keys, log: oneLog });
const other = await Goodwill.open({ keys, log: otherLog });
const subject = { kind: 'order', key: 'ORD-101', customer: 'Ada', suppliers: ['Acme'] };
await one.desk({ role: 'admin', party: 'Root' }).putSubject(subject);
await one.portal({ role: 'customer', party: 'Ada' }).post(order, { text: 'When will it arrive?' });
await other.desk({ role: 'admin', party: 'Root' }).post(order, { text: 'On Monday.' });
print(await one.portal({ role: 'customer', party: 'Ada' }).messages(order));

await other.desk({ role: 'privacy_officer', party: 'Olga' }).eraseParty('Ada', 'asked for it');
console.log(`${oneLog.length} entries, and what Ada wrote is in one of them`);
oneLog.compact(await one.snapshot());
console.log(`${oneLog.length} entry, without it`);
for (const opened of [one, other, oneLog, otherLog]) opened.close();

const log = new SqliteLog(path);
const later = await Goodwill.open({ keys, log });
print(await later.portal({ role: 'supplier', party: 'Acme' }).messages(order));
later.close();
log.close();
