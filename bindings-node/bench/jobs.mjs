// The two jobs, the same for everybody, and what must be true of their results.
import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

import Database from 'better-sqlite3';

/** How many orders are written about, in turn. */
const ORDERS = 64;
const LONG = 'long';
const ada = { role: 'customer', party: 'ada' };
const acme = { role: 'supplier', party: 'acme' };
const root = { role: 'admin', party: 'root' };
const TEXT =
  'When will my order be delivered? I have been waiting for it since Monday, and nobody at the shop ' +
  'could tell me anything about it.';

/** Orders, and a thread of 1,000 messages, each tenth of them an internal note. */
export async function furnish(contender) {
  const parties = { customer: ada.party, suppliers: [acme.party, 'other'] };
  for (const id of [LONG, ...Array.from({ length: ORDERS }, (_, number) => `o-${number}`)]) {
    await contender.addOrder({ id, ...parties });
  }
  for (let number = 1; number <= 1000; number++) {
    if (number % 10 === 0) await contender.note(root, LONG, `Note ${number}`);
    else await contender.post(number % 2 ? ada : acme, LONG, `${number}: ${TEXT}`);
  }
}

/** Calls a job from callers at once; gives the seconds and how long the event loop was held, in ms. */
async function measure({ callers, each }, job) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const caller = async (number) => {
    for (let turn = 0; turn < each; turn++) {
      await job(number + turn * callers);
      // A caller of a server comes from the event loop and goes back to it.
      await setImmediate();
    }
  };
  delay.enable();
  const begun = performance.now();
  await Promise.all(Array.from({ length: callers }, (_, number) => caller(number)));
  const seconds = (performance.now() - begun) / 1000;
  // The last interval is recorded by a timer that comes after it.
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.disable();
  // What is recorded are the intervals of a timer of 1 ms.
  const held = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - 1);
  return { seconds, max: held(delay.max), p99: held(delay.percentile(99)) };
}

/** Posts, as the customer and as a supplier. */
export function posts(contender, load) {
  return measure(load, async (place) => {
    const message = await contender.post(place % 2 ? ada : acme, `o-${place % ORDERS}`, TEXT);
    if (message.text !== TEXT || !(message.createdAt instanceof Date)) {
      throw new Error('a wrong message');
    }
  });
}

/** Reads the last 500 messages that the customer may see. */
export function lists(contender, load) {
  return measure(load, async () => {
    const messages = await contender.list(ada, LONG);
    if (messages.length !== 500) throw new Error('a wrong list');
  });
}

/** Nobody cheats: what was acknowledged is there, once, with its audit entry and its event. */
export async function verify(contender, path, posted) {
  const seen = await contender.list(ada, LONG);
  assert.equal(seen.length, 500);
  const expected = [];
  for (let number = 1000; expected.length < 500; number--) {
    if (number % 10 !== 0) expected.push(`${number}: ${TEXT}`);
  }
  assert.deepEqual(seen.map((message) => message.text), expected);
  assert.ok(seen.every(({ createdAt }) => createdAt instanceof Date && createdAt > 1.6e12));
  const notes = (await contender.list(root, LONG)).filter(({ text }) => text.startsWith('Note'));
  assert.equal(notes.length, 50);
  assert.equal((await contender.list(acme, LONG)).length, 500);
  for (const who of [{ role: 'customer', party: 'eve' }, { role: 'supplier', party: 'eve' }]) {
    await assert.rejects(contender.list(who, LONG));
    await assert.rejects(contender.post(who, LONG, TEXT));
  }
  await assert.rejects(async () => contender.note(ada, LONG, TEXT));
  if (contender.synchronous) assert.equal(await contender.synchronous(), 2);
  await contender.close();

  const file = new Database(path, { readonly: true });
  const count = (sql) => file.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();
  assert.equal(file.pragma('journal_mode', { simple: true }), 'wal');
  assert.equal(count('message'), 1000 + posted);
  assert.ok(count('audit') >= 1000 + posted);
  assert.ok(count('event') >= 1000 + posted);
  const threads = 'SELECT sum(messages) FROM (SELECT max(number) messages FROM message GROUP BY thread_id)';
  if (file.pragma('table_info(message)').some(({ name }) => name === 'number')) {
    assert.equal(file.prepare(threads).pluck().get(), 1000 + posted);
    assert.equal(file.prepare('SELECT sum(message_count) FROM thread').pluck().get(), 1000 + posted);
  }
  file.close();
}
