// The client of the browser, in Node: the same module, the same answers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { InternalError, InvalidError, UnavailableError, open } from 'goodwill-wasm';
import { load } from 'goodwill-wasm/prompts';
import { Handle } from '../dist/wasm/engine.js';
import { compute } from '../dist/wasm/prompts.js';

const catalogue = new URL('../../docs/reference/operations.json', import.meta.url);
const { operations } = JSON.parse(readFileSync(catalogue, 'utf8'));
/** The operations that browsers do not have. */
const elsewhere = new Set(operations.filter(({ inBrowsers }) => !inBrowsers).map(({ name }) => name));

const keys = [{ id: 'page', secret: new Uint8Array(32).fill(7) }];
const order = { order: 'ORD-1' };

async function shop(options = {}) {
  const goodwill = await open({ keys, ...options });
  const admin = goodwill.desk({ role: 'admin', party: 'root' });
  await admin.putSubject({ kind: 'order', key: 'ORD-1', customer: 'ada' });
  return { goodwill, admin, ada: goodwill.portal({ role: 'customer', party: 'ada' }) };
}

test('a conversation in memory, by the clock and the randomness of the host', async () => {
  const { admin, ada } = await shop();
  const before = Date.now();
  const message = await ada.post(order, { text: 'When? 🚚' });
  assert.ok(message.createdAt.getTime() >= before && message.createdAt.getTime() <= Date.now());
  const another = await ada.post(order, { text: 'again' });
  assert.ok(another.id > message.id);
  await admin.post(order, { text: 'note', internal: true });
  assert.equal((await ada.messages(order)).messages.length, 2);
});

test('the vectors hold', async () => {
  await shop();
  const url = new URL('../../tests/vectors/calls.json', import.meta.url);
  const vectors = JSON.parse(readFileSync(url, 'utf8'));
  const handle = new Handle(JSON.stringify(vectors.open));
  for (const { what, operation, request, answer } of vectors.calls) {
    if (!elsewhere.has(operation)) assert.equal(handle.call(operation, request), answer, what);
  }
});

test('the module has the operations that it is said to have, and its clients have no others', async () => {
  const { goodwill, admin, ada } = await shop();
  const handle = new Handle(JSON.stringify({ keys: [{ id: 'page', secret: '07'.repeat(32) }] }));
  const session = { side: 'desk', role: 'admin', party: 'root' };
  const [jobs, orders] = [goodwill.jobs(session), goodwill.orders(session)];
  const clients = { desk: admin, both: ada, engine: goodwill, jobs, orders };
  for (const { name, method, client, inBrowsers } of operations) {
    if (client === 'prompts' || client === 'analytics' || name === 'engine.panic') continue;
    const answer = JSON.parse(handle.call(name, JSON.stringify({ session, input: { no: 1 } })));
    assert.equal(answer.error?.code !== 'operation.unknown', inBrowsers, name);
    const called = method.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
    assert.equal(typeof clients[client][called] === 'function', inBrowsers, name);
  }
  assert.ok(elsewhere.has('message.ingest_inbound') && elsewhere.has('prompt.ask'));
});

test('errors are those of every host', async () => {
  const { goodwill, ada } = await shop();
  await assert.rejects(ada.post(order, { text: '' }), (error) => {
    return error instanceof InvalidError && error.code === 'input.empty';
  });
  await assert.rejects(open({ keys: [] }), InvalidError);
  await assert.rejects(open({ keys, path: 'file.db' }), (error) => error.code === 'store.unsupported');
  goodwill.close();
  goodwill.close();
  await assert.rejects(ada.threads(), UnavailableError);
});

test('a panic is an error, and the engine says that it is lost', async () => {
  const now = new Date('2026-03-01T09:00:00Z');
  const { goodwill, ada } = await shop({ reproducible: { seed: 1, now } });
  await assert.rejects(goodwill.panic(), InternalError);
  await assert.rejects(ada.threads(), InternalError);
  goodwill.close();
  const { ada: next } = await shop();
  assert.ok((await next.post(order, { text: 'another engine goes on' })).id);
});

test('functions answer with the bytes of every language', async () => {
  const prompts = await load();
  const url = new URL('../../tests/vectors/functions.json', import.meta.url);
  for (const { what, function: name, input, answer } of JSON.parse(readFileSync(url, 'utf8')).calls) {
    assert.equal(compute(name, input), answer, what);
  }
  assert.equal(prompts.renderTemplate('Dear {{name}},', { name: "O'Hara" }), "Dear O'Hara,");
  // The database of time zones is as large as the module: in browsers a zone is an offset.
  const [source, input] = ['{{formatDate at "datetime"}}', { at: '2026-07-01T22:30:00Z' }];
  const shown = prompts.preview(source, input, { zone: '+02:00' });
  assert.equal(shown.messages[0].content[0].text, 'Jul 2, 2026 12:30 AM');
  assert.throws(() => prompts.preview(source, input, { zone: 'Europe/Berlin' }), InvalidError);
});

test('templates print what Handlebars.js prints', async () => {
  await load();
  const url = new URL('../../tests/vectors/templates.json', import.meta.url);
  for (const { template, data, partials, expected } of JSON.parse(readFileSync(url, 'utf8')).cases) {
    const answer = compute('template.render', JSON.stringify({ template, input: data, partials }));
    const { ok, error } = JSON.parse(answer);
    if (expected === null) assert.match(error.code, /^prompt\./, template);
    else assert.equal(ok, expected, template);
  }
});

test('the official specification of Handlebars holds, or it is said why not', async () => {
  await load();
  const vectors = (name) => JSON.parse(readFileSync(new URL(`../../tests/vectors/${name}`, import.meta.url)));
  const { differences } = vectors('handlebars_spec_differences.json');
  const argued = new Map(differences.flatMap(({ cases }) => cases.map((one) => [one.name, one.goodwill])));
  // What needs strict mode, functions or the parser alone is asked in Rust.
  const cases = vectors('handlebars_spec.json').cases.filter(({ read, strict, helpers }) => read === undefined && !strict && !helpers);
  assert.ok(cases.length > 200);
  for (const { name, template, data, partials, expected } of cases) {
    const { ok } = JSON.parse(compute('template.render', JSON.stringify({ template, input: data, partials })));
    assert.equal(ok ?? null, argued.has(name) ? argued.get(name) : expected, name);
  }
});

test('half a character of UTF-16, and loops that would not end, are errors', async () => {
  const prompts = await load();
  for (const call of [
    () => prompts.renderTemplate('Hi \ud800', {}),
    () => prompts.renderTemplate('Hi {{name}}', { name: '\ud800' }),
    () => prompts.parseAnswer('message_reply', '\ud800'),
  ]) {
    assert.throws(call, InvalidError);
  }
  const list = Array.from({ length: 101 }, (_, at) => at);
  const rounds = '{{#each @root.list}}'.repeat(3) + '{{/each}}'.repeat(3);
  assert.throws(() => prompts.renderTemplate(rounds, { list }), (error) => error.details.limit === 'loop_rounds');
});

for (const [name, budget] of [['engine', 350], ['prompts', 420], ['analytics', 370]]) {
  test(`the module of ${name} keeps to its budget`, () => {
    const module = readFileSync(new URL(`../dist/wasm/${name}_bg.wasm`, import.meta.url));
    const size = gzipSync(module, { level: 9 }).length;
    assert.ok(size <= budget * 1024, `${size} bytes compressed`);
  });
}
