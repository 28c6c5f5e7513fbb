// Analytics of the browser, in Node: the calls of the vectors, and the client.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';

import { BgNbd, GammaGamma, InvalidError, load, rfm, summarize } from 'goodwill-wasm/analytics';

const vectors = JSON.parse(readFileSync(new URL('../../tests/vectors/analytics.json', import.meta.url), 'utf8'));
const { cdnow, log } = vectors.data;

let analytics;
before(async () => {
  analytics = await load();
});

/** Whether two numbers are the same but for what exponentials and logarithms of another library may differ. */
function close(actual, expected, what) {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.abs(expected), `${what}: ${actual}, ${expected}`);
}

test('a fit and its predictions are those of the server', async () => {
  const model = await BgNbd.fit(cdnow);
  const fit = vectors.calls.find(({ what }) => what === 'a fit of bg_nbd');
  const expected = JSON.parse(fit.answer.envelope).ok.fit.model;
  for (const [name, value] of Object.entries(model.parameters)) close(value, expected[name], name);
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
