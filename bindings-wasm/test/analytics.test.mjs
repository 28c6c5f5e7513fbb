// Analytics of the browser, in Node: the calls of the vectors, and the client.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';

import { BgNbd, GammaGamma, InvalidError, load, rfm, summarize } from 'goodwill-wasm/analytics';
import module from '../dist/analytics-module.js';

const vectors = JSON.parse(readFileSync(new URL('../../tests/vectors/analytics.json', import.meta.url), 'utf8'));
const { cdnow, log } = vectors.data;

let analytics;
before(async () => {
  analytics = await load();
});

function given([name, { kind, of, rows, values }]) {
  const cells = of === undefined ? values : of.split('.').reduce((at, key) => at[key], vectors.data).slice(0, rows);
  const some = cells.includes(null) && { valid: Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)) };
  const types = { floats: Float64Array, counts: Uint32Array, integers: BigInt64Array, instants: BigInt64Array };
  if (kind !== 'texts') {
    const cell = types[kind] === BigInt64Array ? (value) => BigInt(value ?? 0) : (value) => value ?? 0;
    return { name, kind, values: types[kind].from(cells, cell), ...some };
  }
  const texts = [...new Set(cells.filter((cell) => cell !== null))];
  const places = new Map(texts.map((text, place) => [text, place]));
  return { name, kind, values: Uint32Array.from(cells, (cell) => places.get(cell) ?? 0), texts, ...some };
}

function written({ values, valid, texts }) {
  return Array.from(values, (value, row) => {
    if (valid?.[row] === 0 || Number.isNaN(value)) return null;
    return texts === undefined ? (typeof value === 'bigint' ? Number(value) : value) : texts[value];
  });
}

test('the vectors hold, bit by bit, but for zones by name', async () => {
  for (const { what, function: name, columns, options, answer } of vectors.calls) {
    const made = await module.analyze(name, Object.entries(columns).map(given), JSON.stringify(options));
    if (options.zone?.includes('/')) {
      assert.equal(JSON.parse(made.envelope).error.code, 'input.unknown_value', what);
      continue;
    }
    assert.equal(made.envelope, answer.envelope, what);
    const all = made.columns.map((column) => [column.name, written(column)]);
    assert.deepEqual(Object.fromEntries(all), answer.columns, what);
  }
  for (const { what, function: name, input, answer } of vectors.functions) {
    assert.equal(module.compute(name, input), answer, what);
  }
});

test('a fit and its predictions are those of the server', async () => {
  const model = await BgNbd.fit(cdnow);
  const fit = vectors.calls.find(({ what }) => what === 'a fit of bg_nbd');
  const expected = JSON.parse(fit.answer.envelope).ok.fit.model;
  assert.deepEqual(model.parameters, expected);
  const spend = await GammaGamma.fit(cdnow);
  const value = await model.lifetimeValue(cdnow, spend, { period: 4.348125, rate: 0.01 }, { confidence: 0.95 });
  assert.equal(value.low.length, 2357);
  assert.ok(value.low[0] < value.value[0] && value.value[0] < value.high[0]);
});

test('summaries and scores are those of the server, bit by bit', async () => {
  const summary = await summarize(log, { unit: 'week', zone: 'UTC', reference: '1998-06-30' });
  const [{ answer }] = vectors.calls;
  for (const name of ['frequency', 'recency', 'age', 'spend', 'customer']) {
    assert.deepEqual(Array.from(summary[name]), answer.columns[name], name);
  }
  const scored = await rfm(log, { reference: '1998-06-30' });
  const scores = vectors.calls.find(({ function: name }) => name === 'log.rfm').answer.columns;
  assert.deepEqual([Array.from(scored.code), scored.segment], [scores.code, scores.segment]);
});

test('functions of single customers are those of the server', () => {
  const { answer } = vectors.functions.find(({ what }) => what === 'nps');
  assert.deepEqual(analytics.nps([10, 9, 9, 8, 7, 3]), JSON.parse(answer).ok);
  assert.equal(analytics.health({ engagement: 60, satisfaction: 4, days_since_purchase: 73, open_complaints: 1 }).score, 68.61);
  assert.throws(() => analytics.nps([11]), InvalidError);
});

test('what is wrong is an error, and named zones are not there', async () => {
  await assert.rejects(BgNbd.fit({ frequency: [1], recency: [4], age: [3] }), (error) => error.details.row === 0);
  await assert.rejects(summarize({ customer: [1], time: [NaN] }), InvalidError);
  await assert.rejects(summarize(log, { zone: 'Europe/Berlin' }), InvalidError);
  assert.equal((await summarize(log, { zone: '+02:00' })).zone, '+02:00');
});
