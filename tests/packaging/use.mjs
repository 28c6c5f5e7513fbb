import assert from 'node:assert/strict';
import { Goodwill, NotFoundError } from 'goodwill';

const goodwill = await Goodwill.open({ path: 'shop.db', keys: [{ id: 'k', secret: '07'.repeat(32) }] });
const admin = goodwill.desk({ role: 'admin', party: 'root' });
await admin.putSubject({ kind: 'order', key: 'ORD-1', customer: 'ada' });
const ada = goodwill.portal({ role: 'customer', party: 'ada' });
await ada.post({ order: 'ORD-1' }, { text: 'When?' });
assert.equal((await ada.messages({ order: 'ORD-1' })).messages.length, 1);
await assert.rejects(ada.thread({ order: 'none' }), NotFoundError);
goodwill.close();
