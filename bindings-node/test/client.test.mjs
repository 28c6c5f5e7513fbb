// The client as its users know it, from the ES module.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

import {
  ConflictError,
  DeniedError,
  Goodwill,
  GoodwillError,
  InternalError,
  InvalidError,
  NotFoundError,
  UnavailableError,
} from 'goodwill';

const keys = [{ id: '2026-01', secret: new Uint8Array(32).fill(7) }];
const order = { order: 'ORD-1' };
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goodwill-'));
});
after(() => rm(folder, { recursive: true }));

async function shop(options = {}) {
  const goodwill = await Goodwill.open({ keys, ...options });
  const admin = goodwill.desk({ role: 'admin', party: 'root' });
  await admin.putSubject({ kind: 'order', key: 'ORD-1', customer: 'ada', suppliers: ['acme'] });
  const ada = goodwill.portal({ role: 'customer', party: 'ada' });
  return { goodwill, admin, ada };
}

/** The error of a promise, checked for its class and code. */
async function fails(promise, type, code, field) {
  const error = await promise.then(
    () => assert.fail(`expected ${code}`),
    (error) => error,
  );
  assert.ok(error instanceof type, `${error?.stack}`);
  assert.ok(error instanceof GoodwillError && error instanceof Error);
  assert.equal(error.code, code);
  if (field !== undefined) assert.equal(error.details.field, field);
  return error;
}

// F071
test('a conversation, with dates as dates', async () => {
  const { goodwill, admin, ada } = await shop();
  const posted = await ada.post(order, { text: 'When will it arrive? 🚚' });
  assert.ok(posted.createdAt instanceof Date && !Number.isNaN(posted.createdAt.getTime()));
  await admin.post(order, { text: 'Third delay', internal: true });
  const seen = await ada.messages(order);
  assert.deepEqual(seen.messages.map((message) => message.text), ['When will it arrive? 🚚']);
  assert.equal('visibility' in seen.messages[0], false);
  assert.equal((await admin.messages(order)).messages.length, 2);
  const supplier = goodwill.portal({ role: 'supplier', party: 'acme' });
  assert.deepEqual(await supplier.unreadCounts({ subjects: [order] }), [1]);
  assert.equal(await supplier.markAllRead(order), 1);
  const { hits } = await admin.search({ keyword: 'arrive' });
  assert.deepEqual(hits[0].snippet.pieces.filter((piece) => piece.found).map((p) => p.text), ['arrive']);
  goodwill.close();
});

test('the vectors hold', async () => {
  const { default: native } = await import('../native.cjs');
  const text = readFileSync(new URL('../../tests/vectors/calls.json', import.meta.url), 'utf8');
  const vectors = JSON.parse(text);
  const handle = new native.Handle();
  assert.equal(await handle.open(JSON.stringify(vectors.open)), '{"ok":null}');
  for (const { what, operation, request, answer } of vectors.calls) {
    assert.equal(await handle.call(operation, request), answer, what);
  }
});

test('a repetition under a key is done once', async () => {
  const { admin, ada } = await shop();
  const once = ada.idempotent('webhook-1');
  const [first, second] = await Promise.all([
    once.post(order, { text: 'once' }),
    once.post(order, { text: 'once' }),
  ]);
  assert.equal(first.id, second.id);
  assert.equal((await admin.messages(order)).messages.length, 1);
  await fails(once.post(order, { text: 'other' }), ConflictError, 'idempotency.key_reused');
});

test('errors have classes, codes, fields and the stack of the caller', async () => {
  const { goodwill, admin, ada } = await shop();
  await fails(ada.post(order, { text: '' }), InvalidError, 'input.empty', 'text');
  await fails(ada.post(order, {}), InvalidError, 'input.empty', 'text');
  await fails(ada.post(order, { text: 'a\0b' }), InvalidError, 'input.nul', 'text');
  await fails(ada.post(order, { text: 'hi', colour: 'red' }), InvalidError, 'input.invalid');
  await fails(ada.post({ order: 'nothing' }, { text: 'hi' }), NotFoundError, 'thread.not_found');
  await fails(ada.post(order, { text: 'hi', claimedRole: 'admin' }), DeniedError, 'access.role_claim');
  await fails(admin.close({ thread: 'x' }), InvalidError, 'input.malformed_id', 'target.thread');
  async function theCaller() {
    await ada.messages({ order: 'nothing' });
  }
  const error = await fails(theCaller(), NotFoundError, 'thread.not_found');
  assert.match(error.stack, /theCaller/);
  assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(error))), [
    'kind', 'code', 'message', 'details', 'retryable',
  ]);
  await fails(goodwill.panic(), InvalidError, 'input.invalid');
});

test('no value is changed on the way', async () => {
  const { admin, ada } = await shop();
  const metadata = (value) => admin.post(order, { text: 'hi', metadata: { value } });
  for (const value of [NaN, Infinity, 2 ** 53, 10n, () => 1, Symbol('x'), new Map(), new Uint8Array(1)]) {
    await fails(metadata(value), InvalidError, 'input.invalid', 'value');
  }
  await fails(metadata('\ud800'), InvalidError, 'input.invalid', 'value');
  await fails(ada.post(order, { text: '\udc00 lone' }), InvalidError, 'input.invalid', 'text');
  await fails(admin.snooze(order, new Date(NaN)), InvalidError, 'input.invalid', 'until');
  const cycle = {};
  cycle.self = cycle;
  await fails(metadata(cycle), InvalidError, 'input.invalid');
  const kept = { big: 2 ** 53 - 1, small: 0.1, text: 'ünï', none: null, list: [1, { a: true }] };
  const message = await admin.post(order, { text: 'hi', metadata: kept });
  assert.deepEqual(message.metadata, kept);
  // Absent, undefined and null are the same.
  await ada.post(order, { text: 'hi', title: undefined, language: null });
});

test('a wrong target, principal or option is an error', async () => {
  const { goodwill, ada } = await shop();
  for (const target of [null, undefined, 'ORD-1', 7, {}, { order: 'a', job: 'b' }, { ship: 'x' }]) {
    const error = await ada.post(target, { text: 'hi' }).catch((error) => error);
    assert.ok(error instanceof InvalidError, `${JSON.stringify(target)}: ${error}`);
  }
  await fails(goodwill.portal({ role: 'customer' }).messages(order), InvalidError, 'input.invalid', 'session.party');
  await fails(goodwill.portal({ role: 'king', party: 'x' }).messages(order), InvalidError, 'input.unknown_value', 'session.role');
  await fails(goodwill.desk({ role: 'customer', party: 'ada' }).messages(order), DeniedError, 'access.denied');
  await fails(Goodwill.open({ keys: [] }), InvalidError, 'input.empty', 'keys');
  await fails(Goodwill.open({}), InvalidError, 'input.invalid', 'keys');
  await fails(Goodwill.open(null), InvalidError, 'input.invalid', 'keys');
  await fails(Goodwill.open({ keys: [{ id: 'k', secret: 7 }] }), InvalidError, 'input.invalid', 'keys[0].secret');
  await fails(Goodwill.open({ keys, path: folder }), UnavailableError, 'store.unavailable');
});

test('a panic is an error, and the engine goes on', async () => {
  const reproducible = { seed: 1, now: new Date('2026-03-01T09:00:00Z') };
  const { goodwill, ada } = await shop({ reproducible });
  const error = await fails(goodwill.panic(), InternalError, 'internal');
  assert.doesNotMatch(error.message, /asked for/);
  assert.ok((await ada.post(order, { text: 'still here' })).id);
});

test('after closing, calls are refused; closing twice is closing', async () => {
  const path = join(folder, 'closed.db');
  const { goodwill, ada } = await shop({ path });
  const onTheWay = ada.post(order, { text: 'on the way' });
  goodwill.close();
  goodwill.close();
  await onTheWay.catch((error) => assert.equal(error.code, 'engine.closed'));
  await fails(ada.post(order, { text: 'too late' }), UnavailableError, 'engine.closed');
  const again = await Goodwill.open({ keys, path });
  await again[Symbol.asyncDispose]();
  await fails(again.tick(), UnavailableError, 'engine.closed');
});

test('many at once on a file, without holding the event loop', async () => {
  const { goodwill, admin, ada } = await shop({ path: join(folder, 'many.db') });
  const posts = Array.from({ length: 200 }, (_, number) => ada.post(order, { text: `${number}` }));
  const ids = new Set((await Promise.all(posts)).map((message) => message.id));
  assert.equal(ids.size, 200);
  const seqs = (await admin.messages(order, { limit: 500 })).messages.map((message) => message.seq);
  assert.deepEqual(seqs, Array.from({ length: 200 }, (_, place) => place + 1));
  goodwill.close();
});

const POST_TEN = `
  const keys = [{ id: '2026-01', secret: new Uint8Array(32).fill(7) }];
  async function postTen(path) {
    const goodwill = await Goodwill.open({ keys, path });
    const ada = goodwill.portal({ role: 'customer', party: 'ada' });
    for (let number = 0; number < 10; number++) await ada.post({ order: 'ORD-1' }, { text: 'hi' });
    goodwill.close();
  }
`;

/** Runs a module that can import the package, and removes it. */
async function withModule(code, use) {
  const file = new URL(`./module-${process.pid}.mjs`, import.meta.url);
  await writeFile(file, `import { Goodwill } from 'goodwill';\n${POST_TEN}\n${code}`);
  try {
    await use(file);
  } finally {
    await rm(file);
  }
}

const ended = (emitter) =>
  new Promise((resolve, reject) => {
    emitter.once('error', reject);
    emitter.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))));
  });

test('worker threads share a file', async () => {
  const path = join(folder, 'workers.db');
  const { goodwill, admin } = await shop({ path });
  const code = `import { workerData } from 'node:worker_threads';\nawait postTen(workerData);`;
  await withModule(code, (file) =>
    Promise.all([1, 2, 3].map(() => ended(new Worker(file, { workerData: path })))),
  );
  assert.equal((await admin.messages(order, { limit: 100 })).messages.length, 30);
  goodwill.close();
});

test('the processes of a cluster share a file', async () => {
  const path = join(folder, 'cluster.db');
  const { goodwill, admin } = await shop({ path });
  const code = `
    import cluster from 'node:cluster';
    if (cluster.isPrimary) {
      for (let number = 0; number < 3; number++) cluster.fork();
      cluster.on('exit', (worker, code) => { if (code !== 0) process.exitCode = 1; });
    } else {
      await postTen(process.argv[2]);
      process.exit(0);
    }
  `;
  await withModule(code, (file) => ended(spawn(process.execPath, [fileURLToPath(file), path])));
  const { messages } = await admin.messages(order, { limit: 100 });
  assert.deepEqual(messages.map((message) => message.seq), Array.from({ length: 30 }, (_, n) => n + 1));
  goodwill.close();
});
