// A log of the host's as the store.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { DataError, Goodwill, InvalidError, UnavailableError, UnsupportedError } from 'goodwill';
import { checkLog } from 'goodwill/testing';

const keys = [{ id: '2026-01', secret: new Uint8Array(32).fill(7) }];
const order = { order: 'ORD-1' };

/** A log in memory that takes its time and gives three entries at once. */
class Lines {
  lines = [];

  async read(after) {
    await turn();
    const page = this.lines.slice(after, after + 3);
    return page.map((entry, place) => ({ position: after + place + 1, entry }));
  }

  async append(after, entry) {
    await turn();
    if (this.lines.length !== after) return false;
    this.lines.push(entry);
    return true;
  }
}

async function furnished(log) {
  const goodwill = await Goodwill.open({ keys, log });
  const admin = goodwill.desk({ role: 'admin', party: 'root' });
  await admin.putSubject({ kind: 'order', key: 'ORD-1', customer: 'ada' });
  return { goodwill, ada: goodwill.portal({ role: 'customer', party: 'ada' }) };
}

const texts = async (portal) => (await portal.messages(order)).messages.map(({ text }) => text);
const thrown = (promise) => promise.then(() => assert.fail('expected an error'), (error) => error);

test('a log passes the suite of all stores', async () => {
  const checks = await checkLog(() => new Lines());
  assert.ok(checks.length >= 22);
  assert.deepEqual(checks.filter(({ failure }) => failure !== undefined), []);
});

test('the suite finds logs that forget and logs that append anywhere', async () => {
  class Forgets extends Lines {
    append(after, entry) {
      return after % 5 ? super.append(after, entry) : true;
    }
  }
  class AppendsAnywhere extends Lines {
    append(_, entry) {
      return this.lines.push(entry) > 0;
    }
  }
  for (const Faulty of [Forgets, AppendsAnywhere]) {
    const checks = await checkLog(() => new Faulty());
    assert.ok(checks.some(({ failure }) => failure !== undefined));
  }
});

test('two engines share a log', async () => {
  const log = new Lines();
  const { goodwill: one } = await furnished(log);
  const other = await Goodwill.open({ keys, log });
  const portals = [one, other].map((goodwill) => goodwill.portal({ role: 'customer', party: 'ada' }));
  const numbers = Array.from({ length: 20 }, (_, number) => `${number}`);
  await Promise.all(numbers.map((text, place) => portals[place % 2].post(order, { text })));
  const seen = await Promise.all(portals.map(texts));
  assert.deepEqual(seen[0], seen[1]);
  assert.deepEqual(seen[0].sort(), numbers.sort());
  one.close();
  other.close();
});

test('an exception in the middle of a commit changes nothing', async () => {
  const log = new Lines();
  const { goodwill, ada } = await furnished(log);
  await ada.post(order, { text: 'one' });
  const before = log.lines.length;
  const append = log.append;
  const failures = [
    [new Error('the cable was pulled'), 'store.unavailable'],
    [Object.assign(new Error('no space'), { code: 'store.full' }), 'store.full'],
    // Not a code of a store's: a host cannot make up what the engine refuses.
    [Object.assign(new Error('no'), { code: 'access.denied' }), 'store.unavailable'],
    [undefined, 'store.unavailable'],
    ['text', 'store.unavailable'],
  ];
  for (const [failure, code] of failures) {
    for (const fail of [() => Promise.reject(failure), () => { throw failure; }]) {
      log.append = fail;
      const error = await thrown(ada.post(order, { text: 'two' }));
      assert.ok(error instanceof UnavailableError && error.retryable);
      assert.equal(error.code, code);
      assert.equal(error.cause, failure);
      assert.match(error.stack, /log\.test\.mjs/);
    }
  }
  log.append = append;
  assert.equal(log.lines.length, before);
  assert.deepEqual(await texts(ada), ['one']);
  await ada.post(order, { text: 'two' });
  assert.deepEqual(await texts(ada), ['one', 'two']);
  goodwill.close();
});

test('an entry that was written in spite of an exception counts once', async () => {
  const log = new Lines();
  const { goodwill, ada } = await furnished(log);
  const append = log.append;
  log.append = async (after, entry) => {
    await append.call(log, after, entry);
    throw new Error('connection reset');
  };
  await thrown(ada.idempotent('k').post(order, { text: 'once' }));
  log.append = append;
  await ada.idempotent('k').post(order, { text: 'once' });
  assert.deepEqual(await texts(ada), ['once']);
  goodwill.close();
});

test('an answer of another form is a typed error', async () => {
  const entry = (position, text) => [{ position, entry: text }];
  const answers = [
    null, undefined, 7, 'text', [null], {}, entry('one', '{}'), entry(1, 7), entry(NaN, '{}'),
    entry(1n, '{}'), entry(1, '\ud800'), () => [],
  ];
  for (const answer of answers) {
    const goodwill = await Goodwill.open({ keys, log: { read: () => answer, append: () => true } });
    const error = await thrown(goodwill.desk({ role: 'admin', party: 'root' }).tenant());
    assert.equal(error.code, 'store.unavailable', `${String(answer)}`);
    goodwill.close();
  }
  const damaged = new Lines();
  damaged.lines.push('{}');
  const goodwill = await Goodwill.open({ keys, log: damaged });
  const error = await thrown(goodwill.desk({ role: 'admin', party: 'root' }).tenant());
  assert.ok(error instanceof DataError);
  assert.equal(error.code, 'store.corrupt');
});

test('options and engines without a log are told apart', async () => {
  for (const log of [{}, 7, 'log', { read() {} }, { read: [], append: [] }]) {
    const error = await thrown(Goodwill.open({ keys, log }));
    assert.ok(error instanceof InvalidError && error.details.field === 'log');
  }
  const both = await thrown(Goodwill.open({ keys, log: new Lines(), path: 'goodwill.db' }));
  assert.equal(both.details.field, 'path');
  const goodwill = await Goodwill.open({ keys });
  assert.ok((await thrown(goodwill.snapshot())) instanceof UnsupportedError);
  goodwill.close();
});

test('a log does not keep the process alive, and closing is final', async () => {
  const { goodwill, ada } = await furnished(new Lines());
  goodwill.close();
  assert.equal((await thrown(ada.messages(order))).code, 'engine.closed');
  const program = `
    import { Goodwill } from 'goodwill';
    const log = { read: () => [], append: () => true };
    const goodwill = await Goodwill.open({ keys: [{ id: 'k', secret: new Uint8Array(32) }], log });
    await goodwill.desk({ role: 'admin', party: 'root' }).tenant();
    console.log('done');
  `;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd });
  assert.deepEqual([`${stdout}`, status], ['done\n', 0]);
});
