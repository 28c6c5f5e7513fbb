// The same from CommonJS, and beside the ES module in one program.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');

const commonjs = require('goodwill');

const keys = [{ id: '2026-01', secret: '07'.repeat(32) }];

test('CommonJS has the same client', async () => {
  const goodwill = await commonjs.Goodwill.open({ keys });
  const admin = goodwill.desk({ role: 'admin', party: 'root' });
  assert.match(await admin.putParty({ key: 'ada', kind: 'customer' }), /^[0-9a-f-]{36}$/);
  goodwill.close();
});

test('an error of one build is one of the other', async () => {
  const esm = await import('goodwill');
  const goodwill = await esm.Goodwill.open({ keys });
  const error = await goodwill.portal({ role: 'customer' }).threads().catch((error) => error);
  assert.ok(error instanceof esm.InvalidError && error instanceof commonjs.InvalidError);
  assert.ok(error instanceof commonjs.GoodwillError);
  assert.ok(!(error instanceof commonjs.NotFoundError));
  assert.ok(!(new Error('x') instanceof commonjs.GoodwillError));
});
