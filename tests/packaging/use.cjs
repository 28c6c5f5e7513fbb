'use strict';
const assert = require('node:assert/strict');
const { Goodwill, InvalidError } = require('goodwill');

async function main() {
  const goodwill = await Goodwill.open({ keys: [{ id: 'k', secret: '07'.repeat(32) }] });
  const admin = goodwill.desk({ role: 'admin', party: 'root' });
  assert.match(await admin.putParty({ key: 'ada', kind: 'customer' }), /-7/);
  await assert.rejects(admin.putParty({ key: 'ada' }), InvalidError);
  goodwill.close();
}
main();
