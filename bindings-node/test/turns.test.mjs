import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import test from 'node:test';

import { Turns } from '../dist/esm/turns.js';

test('an answer that comes alone goes through at once', async () => {
  const turns = new Turns();
  for (let call = 0; call < 100; call++) {
    assert.equal(turns.take('answer'), 'answer');
    await setImmediate();
  }
});

test('a long answer that comes alone goes through at once', async () => {
  const turns = new Turns();
  const long = 'x'.repeat(1 << 20);
  assert.equal(turns.take(long), long);
  await setImmediate();
  assert.equal(turns.take(long), long);
});

test('answers that come together come in their order, some in each turn', async () => {
  const turns = new Turns();
  const given = [];
  const waiting = Array.from({ length: 100 }, async (_, place) => {
    given.push(await turns.take(`${place}`));
  });
  await Promise.resolve();
  const first = given.length;
  assert.ok(first > 1 && first < 50, `${first} in the first turn`);
  await setImmediate();
  assert.ok(given.length > first && given.length < 100, `${given.length} after the second`);
  await Promise.all(waiting);
  assert.deepEqual(given, Array.from({ length: 100 }, (_, place) => `${place}`));
});

test('long answers that come together have a turn each', async () => {
  const turns = new Turns();
  const long = 'x'.repeat(100_000);
  let given = 0;
  const waiting = Array.from({ length: 5 }, async () => {
    await turns.take(long);
    given += 1;
  });
  for (let turn = 1; turn <= 5; turn++) {
    await Promise.resolve();
    assert.equal(given, turn);
    await setImmediate();
  }
  await Promise.all(waiting);
});
