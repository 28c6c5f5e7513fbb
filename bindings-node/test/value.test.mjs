// Payments, and what customers are worth by them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Goodwill, InvalidError } from 'goodwill';

const goodwill = await Goodwill.open({ keys: [{ id: '2026-01', secret: new Uint8Array(32).fill(7) }] });
const desk = goodwill.desk({ role: 'admin', party: 'root' });
const euro = (amount) => ({ amount, currency: 'EUR' });

// F078, F254, F257
test('payments go in as books have them, and come out as scores', async () => {
  const paid = [
    { key: 'p-1', customer: 'ada', amount: euro('89.00'), paidAt: new Date('2026-03-01T10:00:00Z'), method: 'Card' },
    { key: 'p-2', customer: 'ada', amount: euro('11.50'), paidAt: new Date('2026-04-01T10:00:00Z') },
    { key: 'p-3', customer: 'bob', amount: euro('20.00'), paidAt: new Date('2026-04-02T10:00:00Z') },
    { key: 'r-1', customer: 'bob', amount: euro('5.00'), paidAt: new Date('2026-04-03T10:00:00Z'), kind: 'refund' },
  ];
  const ids = await desk.putPayments(paid);
  assert.equal(new Set(ids).size, 4);
  const listed = await desk.payments({ customer: 'ada' });
  assert.deepEqual(listed.map(({ amount, method }) => [amount.amount, method]), [['89.00', 'card'], ['11.50', undefined]]);
  assert.ok(listed[0].paidAt instanceof Date);
  const reference = new Date('2026-05-01T00:00:00Z');
  const scores = await desk.rfm({ reference });
  assert.deepEqual(
    scores.customers.map(({ recencyDays, frequency, monetary }) => [recencyDays, frequency, monetary]),
    [[30, 2, euro('100.50')], [29, 1, euro('15.00')]],
  );
  const values = await desk.lifetimeValues({ query: { reference } });
  assert.match(values.notIdentified, /^(bg_nbd|gamma_gamma): /);
  assert.deepEqual(values.customers, []);
});

test('a bad payment names its row and field, and nothing is stored', async () => {
  const good = { key: 'g-1', customer: 'eve', amount: euro('1.00'), paidAt: new Date() };
  for (const [bad, field] of [[{ amount: euro('0.00') }, 'amount'], [{ key: 'g-1' }, 'key'], [{ method: ' ' }, 'method']]) {
    await assert.rejects(desk.putPayments([good, { ...good, key: 'g-2', ...bad }]), (error) => {
      assert.ok(error instanceof InvalidError);
      assert.deepEqual([error.details.row, error.details.field], [1, field]);
      return true;
    });
  }
  await assert.rejects(desk.putPayments([{ ...good, amount: 1.0 }]), InvalidError);
  assert.equal((await desk.payments({ limit: 1000 })).some((payment) => payment.amount.amount === '1.00'), false);
});
