// Analytics on typed arrays: published values, the same bits as everywhere, and whatever can be wrong.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';

import {
  Dictionary,
  Float64,
  Int32,
  Table,
  TimestampMillisecond,
  Utf8,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import {
  BgBb,
  BgNbd,
  CnbdK,
  GammaGamma,
  InvalidError,
  MbgNbd,
  ParetoNbd,
  analytics,
  brierScore,
  calibrationTable,
  churnRisks,
  customerTotals,
  engagementScores,
  frequencyTable,
  funnel,
  healthScores,
  lnWaits,
  predictionQuality,
  readRate,
  responseTimes,
  retention,
  revenueCohorts,
  revenueRetention,
  rfm,
  slaCompliance,
  summarize,
  surveyScore,
  surveyScores,
  surveyTrend,
  totals,
  vips,
} from 'goodwill/analytics';

const native = createRequire(import.meta.url)('../native.cjs');
const vectors = JSON.parse(readFileSync(new URL('../../tests/vectors/analytics.json', import.meta.url), 'utf8'));
const { cdnow, log, donations } = vectors.data;

const customers = {
  frequency: Uint32Array.from(cdnow.frequency),
  recency: Float64Array.from(cdnow.recency),
  age: Float64Array.from(cdnow.age),
  spend: Float64Array.from(cdnow.spend),
};

/** Published values and how far the rounded customers of the data may take a fit from them, as in `core`'s tests. */
function near(numbers, published) {
  for (const [name, [value, tolerance]] of Object.entries(published)) {
    assert.ok(Math.abs(numbers[name] - value) <= tolerance, `${name}: ${numbers[name]}`);
  }
}

function wrong(field, row) {
  return (error) => {
    assert.ok(error instanceof InvalidError, String(error));
    assert.equal(error.details.field, field);
    assert.equal(error.details.row, row);
    return true;
  };
}

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

for (const { what, function: name, columns, options, answer } of vectors.calls) {
  test(`the vectors hold: ${what}`, async () => {
    const made = await native.analyze(name, Object.entries(columns).map(given), JSON.stringify(options));
    assert.equal(made.envelope, answer.envelope);
    const all = made.columns.map((column) => [column.name, written(column)]);
    assert.deepEqual(Object.fromEntries(all), answer.columns);
  });
}

test('the vectors of functions hold', () => {
  for (const { what, function: name, input, answer } of vectors.functions) {
    assert.equal(native.compute(name, input), answer, what);
  }
});

test('BG/NBD on CDNOW is as Fader, Hardie and Lee published it', async () => {
  const model = await BgNbd.fit(customers);
  near(model.parameters, { r: [0.2426, 5e-5], alpha: [4.4135, 6e-5], a: [0.7929, 5e-5], b: [2.4258, 1e-4] });
  near(model, { logLikelihood: [-9582.4256, 5e-3] });
  assert.ok(model.identified && model.customers === 2357);
  const [{ low, estimate, high }] = Object.values(model.intervals);
  assert.ok(0 < low && low < estimate && estimate < high);
  // Their customer with two purchases, the last in week 30.43 of 38.86.
  const one = { frequency: [2], recency: [30.43], age: [38.86] };
  assert.equal((await model.expectedPurchases(one, 39))[0].toFixed(3), '1.226');
  const later = await BgNbd.fit(customers, { start: model });
  assert.equal(later.parameters.r.toFixed(6), model.parameters.r.toFixed(6));
  assert.equal((await model.score(customers)).toFixed(6), (model.logLikelihood / 2357).toFixed(6));
});

test('Pareto/NBD, Gamma-Gamma and BG/BB are as published', async () => {
  const pareto = await ParetoNbd.fit(customers);
  near(pareto.parameters, { r: [0.5533, 1e-4], alpha: [10.578, 1e-3], s: [0.606, 3e-4], beta: [11.66, 1.5e-2] });
  near(pareto, { logLikelihood: [-9594.976, 5e-3] });
  const spend = await GammaGamma.fit(customers);
  near(spend.parameters, { p: [6.2494, 2e-3], q: [3.7443, 1e-3], v: [15.444, 1e-2] });
  near(spend, { logLikelihood: [-4055.918, 2e-2] });
  const { weight, ...opportunities } = donations;
  const donors = await BgBb.fit(opportunities, { weight });
  near(donors.parameters, { alpha: [1.2035, 1e-3], beta: [0.7497, 1e-3], gamma: [0.6567, 1e-3], delta: [2.7834, 2e-3] });
  near(donors, { logLikelihood: [-33225.58, 1e-2] });
});

test('a log becomes a summary, a holdout, a model, and its quality', async () => {
  const options = { unit: 'week', reference: '1998-06-30', calibrationEnd: '1997-09-30', tracking: true };
  const summary = await summarize(log, options);
  assert.equal(summary.length, 300);
  assert.deepEqual([summary.unit, summary.zone], ['week', 'UTC']);
  assert.equal(summary.calibrationEnd.toISOString(), '1997-09-30T23:59:59.999Z');
  assert.equal(summary.holdout.duration, 39);
  const model = await MbgNbd.fit(summary);
  assert.equal(model.timeUnit, 'week');
  const predicted = await model.expectedPurchases(summary, summary.holdout.duration);
  const quality = await predictionQuality(predicted, summary.holdout.frequency);
  assert.ok(Math.abs(quality.bias) < 0.3 && quality.customers === 300);
  assert.equal((await calibrationTable(predicted, summary.holdout.frequency, { bins: 5 })).length, 5);
  assert.equal((await frequencyTable(summary.frequency, predicted, summary.holdout.frequency)).length, 8);
  const alive = await model.probabilityAlive(summary);
  const bought = Uint8Array.from(summary.holdout.frequency, (count) => (count > 0 ? 1 : 0));
  assert.ok((await brierScore(alive, bought)).score < 0.25);
  const tracked = await model.expectedTracking(summary.tracking);
  assert.equal(tracked.repeats.length, summary.tracking.repeats.length);
  const drivers = await model.drivers(summary);
  const sum = drivers.frequency[0] + drivers.recency[0] + drivers.age[0];
  const typical = drivers.logOdds[0] - sum;
  assert.ok(Math.abs(drivers.logOdds[1] - typical - drivers.frequency[1] - drivers.recency[1] - drivers.age[1]) < 1e-9);
});

test('lifetime value has intervals, which count the errors of both models', async () => {
  const [purchases, spend] = await Promise.all([BgNbd.fit(customers), GammaGamma.fit(customers)]);
  const horizon = { periods: 12, period: 365.2425 / 12 / 7, rate: 0.01 };
  const alone = await purchases.lifetimeValue(customers, spend, horizon);
  const both = await purchases.lifetimeValue(customers, spend, horizon, { confidence: 0.95 });
  const certain = await spend.expectedSpend(customers);
  const narrow = await purchases.lifetimeValue(customers, certain, horizon, { confidence: 0.95 });
  assert.deepEqual(both.value, alone);
  assert.ok(both.low[0] < narrow.low[0] && narrow.low[0] < alone[0] && alone[0] < narrow.high[0]);
  await assert.rejects(purchases.lifetimeValue(customers, spend, { annualRate: 0.1 }), wrong('horizon'));
  const later = await purchases.probabilityAlive(customers, { after: 13, confidence: 0.9 });
  assert.deepEqual(later.value, await purchases.probabilityAlive(customers, { after: 13 }));
  const none = await purchases.probabilityOfPurchases(customers, 0, 13, { confidence: 0.9 });
  assert.deepEqual(none.value, await purchases.probabilityOfPurchases(customers, 0, 13));
  for (const { value, low, high } of [later, none]) assert.ok(low[1] < value[1] && value[1] < high[1]);
});

test('a model is a small text, and comes back with the same bits', async () => {
  for (const model of [
    await BgNbd.fit(customers),
    await CnbdK.fit(customers, { regularity: 2 }),
    await GammaGamma.fit(customers),
  ]) {
    const saved = JSON.stringify(model);
    assert.ok(saved.length < 2048, `${saved.length} bytes`);
    const loaded = model.constructor.fromJSON(saved);
    assert.equal(JSON.stringify(loaded), saved);
    assert.deepEqual(loaded.intervals, model.intervals);
  }
  const saved = JSON.stringify(BgNbd.of({ r: 0.25, alpha: 4.5, a: 0.8, b: 2.5 }));
  const model = BgNbd.fromJSON(JSON.parse(saved));
  assert.equal((await model.expected([39]))[0] > 0, true);
  for (const bad of ['', '{}', saved.replace('BgNbd', 'MbgNbd'), saved.replace('0.25', '-1')]) {
    assert.throws(() => BgNbd.fromJSON(bad), wrong('model'));
  }
  assert.throws(() => BgNbd.of({ r: NaN, alpha: 1, a: 1, b: 1 }), wrong('r'));
});

test('data that say nothing are no error, and say why', async () => {
  const nobody = await BgNbd.fit({ frequency: [0], recency: [0], age: [12] });
  assert.deepEqual([nobody.identified, nobody.notIdentified, nobody.intervals], [false, 'no_repeat_purchases', undefined]);
  await assert.rejects(nobody.expectedPurchases({ frequency: [0], recency: [0], age: [12] }, 1, { confidence: 0.9 }), wrong('fit'));
  await assert.rejects(BgNbd.fit({ frequency: [], recency: [], age: [] }), wrong('frequency', 0));
});

test('RFM: equal customers have equal scores, and each code is explained', async () => {
  const scored = await rfm(log, { reference: '1998-06-30' });
  const bySegment = totals(scored.segment, scored.monetary);
  for (const { segment, customers, monetary } of scored.segments) {
    assert.deepEqual(bySegment.get(segment) ?? { customers: 0, total: 0 }, { customers, total: monetary });
  }
  for (const row of [0, 7, 299]) {
    const { code, segment } = analytics.explainRfm(
      scored.recency[row], scored.frequency[row], scored.monetary[row], scored.bins,
    );
    assert.deepEqual([code, segment], [scored.code[row], scored.segment[row]]);
  }
  const own = { name: 'mine', segments: { good: ['[45]..'], other: ['[123]..'] } };
  assert.deepEqual(new Set((await rfm(log, { segments: own })).segment), new Set(['good', 'other']));
  const gap = { name: 'gap', segments: { good: ['5..'] } };
  await assert.rejects(rfm(log, { segments: gap }), (error) => error.details.missing === '111');
  assert.equal((await rfm(log, { segments: null })).segment, undefined);
});

/** What stands in a summary, however its log came. */
async function same(log, options) {
  const { customer, ...rest } = await summarize(log, { reference: '1998-06-30', ...options });
  return { ...rest, customer: Array.from(customer, Number) };
}

test('columns of any kind give the same bits', async () => {
  const expected = await same(log);
  const millis = log.time.map((day) => Date.parse(day));
  const shared = new Uint32Array(new SharedArrayBuffer(log.customer.length * 4));
  shared.set(log.customer);
  for (const customer of [Int32Array, Uint16Array, Uint32Array].map((of) => of.from(log.customer)).concat([
    log.customer.map(String), log.customer.map(BigInt), BigInt64Array.from(log.customer, BigInt), shared,
  ])) {
    assert.deepEqual(await same({ ...log, customer }), expected);
  }
  const micros = BigInt64Array.from(millis, (at) => BigInt(at) * 1000n);
  for (const [time, timeUnit] of [
    [millis], [Float64Array.from(millis)], [millis.map((at) => new Date(at))], [micros, 'us'],
    [millis.map((at) => new Date(at).toISOString())],
  ]) {
    assert.deepEqual(await same({ ...log, time }, { timeUnit }), expected);
  }
  const bigint = await summarize({ ...log, customer: BigInt64Array.from(log.customer, BigInt) });
  assert.ok(bigint.customer instanceof BigInt64Array && bigint.recency instanceof Float64Array);
});

/** What a vector of Apache Arrow looks like. */
function arrow(values, typeId, raw, more = {}) {
  return {
    length: values.length,
    nullCount: values.filter((value) => value === null).length,
    type: { typeId, ...more },
    get: (row) => values[row],
    isValid: (row) => values[row] !== null,
    toArray: () => raw ?? values,
  };
}

test('tables of Apache Arrow are read as they are', async () => {
  const expected = await same({ ...log, amount: log.amount.map((amount, row) => (row === 3 ? null : amount)) }, { policies: { nulls: 'drop' } });
  const ticks = BigInt64Array.from(log.time, (day) => BigInt(Date.parse(day)) * 1000n);
  const holed = log.amount.map((amount, row) => (row === 3 ? null : amount));
  const children = {
    customer: arrow(log.customer, 2, Int32Array.from(log.customer)),
    time: arrow(log.time.map((day) => Date.parse(day)), 10, ticks, { unit: 2, timezone: 'UTC' }),
    amount: arrow(holed, 3, Float64Array.from(log.amount)),
  };
  const table = { getChild: (name) => children[name] ?? null };
  assert.deepEqual(await same(table, { policies: { nulls: 'drop' } }), expected);
  const time = arrow(log.time.map((day) => Date.parse(day)), 10, ticks, { unit: 2, timezone: null });
  const local = { ...children, time };
  await assert.rejects(summarize({ getChild: (name) => local[name] }), wrong('zone'));
});

test('bytes of Arrow IPC give the same bits, once their package has read them', async () => {
  const holed = log.amount.map((amount, row) => (row % 50 === 3 ? null : amount));
  const options = { policies: { nulls: 'drop' } };
  const table = new Table({
    customer: vectorFromArray(log.customer, new Int32()),
    time: vectorFromArray(log.time.map((day) => Date.parse(day)), new TimestampMillisecond('UTC')),
    amount: vectorFromArray(holed, new Float64()),
  });
  // In several batches, whose columns are in several pieces.
  const batches = tableFromIPC(tableToIPC(new Table([...table.slice(0, 100).batches, ...table.slice(100).batches])));
  const expected = await same({ ...log, amount: holed }, options);
  for (const read of [tableFromIPC(tableToIPC(table)), tableFromIPC(tableToIPC(table, 'file')), batches]) {
    assert.deepEqual(await same(read, options), expected);
  }
  const texts = new Table({
    customer: vectorFromArray(log.customer.map(String), new Dictionary(new Utf8(), new Int32())),
    time: vectorFromArray(log.time, new Utf8()),
    amount: table.getChild('amount'),
  });
  const named = await summarize(tableFromIPC(tableToIPC(texts)), { zone: 'UTC', reference: '1998-06-30', ...options });
  assert.ok(named.customer.every((id) => typeof id === 'string'));
  assert.deepEqual(Array.from(named.frequency), Array.from((await summarize(table, { reference: '1998-06-30', ...options })).frequency));
  const few = tableFromArrays({ frequency: Uint32Array.of(2, 0), recency: Float64Array.of(30.43, 0), age: Float64Array.of(38.86, 38.86) });
  const model = BgNbd.of({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
  const alike = { frequency: [2, 0], recency: [30.43, 0], age: [38.86, 38.86] };
  assert.deepEqual(await model.expectedPurchases(tableFromIPC(tableToIPC(few)), 39), await model.expectedPurchases(alike, 39));
});

test('what is wrong is said by column and row', async () => {
  const two = { customer: [1, 2], time: ['2026-01-05', '2026-01-06'] };
  const detached = Float64Array.of(1, 2);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  for (const [log, field, row] of [
    [{ ...two, amount: detached }, 'amount'],
    [{ ...two, amount: [1, NaN] }, 'amount', 1],
    [{ ...two, amount: [1, '2'] }, 'amount', 1],
    [{ ...two, amount: [1] }, 'amount', 1],
    [{ ...two, amount: [1, null] }, 'amount', 1],
    [{ ...two, customer: [1, 'b'] }, 'customer', 1],
    [{ ...two, customer: [1, 0.5] }, 'customer', 1],
    [{ ...two, customer: Float64Array.of(1, 2) }, 'customer'],
    [{ ...two, customer: 'ab' }, 'customer'],
    [{ ...two, time: ['2026-01-05', '2026-02-30'] }, 'time', 1],
    [{ ...two, time: [new Date(), new Date(NaN)] }, 'time', 1],
    [{ ...two, time: [1, true] }, 'time', 1],
    [{ ...two, time: ['2026-01-05T10:00', '2026-01-05T10:00'] }, 'zone'],
    [{ customer: [1] }, 'time'],
    [{ customer: [], time: [] }, 'reference'],
  ]) {
    await assert.rejects(summarize(log), wrong(field, row), JSON.stringify(log));
  }
  await assert.rejects(summarize(null), wrong('data'));
  await assert.rejects(summarize(two, { unit: 'fortnight' }), wrong('unit'));
  await assert.rejects(summarize(two, { zone: 'Mars/Olympus' }), (error) => error instanceof InvalidError);
  await assert.rejects(summarize(two, { reference: new Date(NaN) }), wrong('reference'));
  await assert.rejects(summarize({ ...two, customer: new Uint32Array(3) }), wrong('time', 2));
  await assert.rejects(BgNbd.fit({ frequency: [1, 2], recency: [1, NaN], age: [3, 3] }), wrong('recency', 1));
  await assert.rejects(BgNbd.fit({ frequency: [1], recency: [4], age: [3] }), wrong('recency', 0));
  await assert.rejects(CnbdK.fit(customers, {}), wrong('lnWaits'));
});

test('buffers may be changed and transferred while a call is on its way', async () => {
  const frequency = customers.frequency.slice();
  const expected = (await BgNbd.fit(customers)).parameters;
  const fitted = BgNbd.fit({ ...customers, frequency });
  frequency.fill(7);
  structuredClone(frequency.buffer, { transfer: [frequency.buffer] });
  assert.deepEqual((await fitted).parameters, expected);
});

test('the event loop goes on while a model is fitted', async () => {
  let turns = 0;
  let fitting = true;
  const turn = () => {
    turns += 1;
    if (fitting) setImmediate(turn);
  };
  setImmediate(turn);
  await ParetoNbd.fit(customers);
  fitting = false;
  assert.ok(turns > 1, `${turns} turns`);
});

test('worker threads have analytics of their own', async () => {
  const program = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { BgNbd } = require('goodwill/analytics');
    BgNbd.fit(workerData).then((model) => parentPort.postMessage(JSON.stringify(model)));`;
  const workers = [1, 2].map(() => new Worker(program, { eval: true, workerData: customers }));
  const said = workers.map((worker) => new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject)));
  const [one, two] = await Promise.all(said);
  assert.equal(one, two);
  assert.equal(one, JSON.stringify(await BgNbd.fit(customers)));
  // One that ends with a call on its way ends alone.
  const gone = new Worker(`require('goodwill/analytics').ParetoNbd.fit(require('node:worker_threads').workerData); process.exit(0);`, { eval: true, workerData: customers });
  assert.equal(await new Promise((resolve) => gone.on('exit', resolve)), 0);
});

test('surveys, cohorts, funnels and answers', async () => {
  const ratings = Uint8Array.of(10, 9, 9, 8, 7, 3);
  const nps = await surveyScore(ratings);
  assert.equal(nps.value, analytics.nps([...ratings]).score);
  const groups = await surveyScores([10, 3, 9], ['email', 'sms', 'email']);
  assert.deepEqual(groups.map(({ group, score }) => [group, score.value]), [['email', 100], ['sms', -100]]);
  const trend = await surveyTrend(
    { rating: [2, 4, 5], time: ['2026-05-02', '2026-05-20', '2026-06-02'] },
    { measure: 'csat', end: '2026-06-30' },
  );
  assert.deepEqual(trend.map(({ score, change }) => [score.value, change?.change]), [[50, undefined], [100, 50]]);
  assert.ok(trend[0].start instanceof Date && trend[1].end.getTime() === Date.parse('2026-07-01'));

  const events = { customer: [1, 1, 2], time: ['2026-01-05', '2026-02-20', '2026-02-06'] };
  const kept = await retention(events, { last: 1, end: '2026-03-31' });
  assert.deepEqual(kept.overall.map(({ percent }) => percent), [100, 50]);
  const paid = await revenueCohorts({ ...events, amount: [10, 15, 5] }, { last: 1, end: '2026-02-28' });
  assert.equal(paid.cohorts[0].cells[1].netPercent, 150);
  assert.equal((await revenueRetention([10, 40], [5, 60])).grossPercent, 90);

  const steps = {
    customer: [1, 1, 2, 1, 2],
    step: ['visit', 'quote', 'visit', 'order', 'order'],
    time: ['2026-03-01', '2026-03-02', '2026-03-02', '2026-03-05', '2026-03-06'],
  };
  const through = await funnel(steps, { steps: ['visit', 'quote', 'order'], end: '2026-05-01' });
  assert.deepEqual(through.steps.map(({ customers }) => customers), [2, 1, 1]);
  const waited = await responseTimes({
    conversation: ['a', 'a'],
    time: ['2026-03-01T10:00:00Z', '2026-03-01T10:05:00Z'],
    byCustomer: [true, false],
  });
  assert.equal(waited.firstResponse.mean, 300);
  const waits = await lnWaits({ customer: [1, 1, 1], time: ['2026-01-05', '2026-01-15', '2026-01-25'] });
  assert.equal(waits.toFixed(6), (2 * Math.log(10)).toFixed(6));
});

test('single customers: scores with what they are made of', () => {
  const { score, parts, baseline } = analytics.health({ engagement: 60, satisfaction: 4, days_since_purchase: 73 });
  assert.ok(Math.abs(parts.reduce((sum, part) => sum + part.contribution, baseline) - score) < 1e-9);
  const model = analytics.defaultModels().churn;
  assert.equal(analytics.churnRisk({ gaps_since_purchase: 4 }, { ...model, version: 'mine' }).version, 'mine');
  assert.equal(analytics.vip({ spend: 9_000 }).reason.name, 'high_spend');
  assert.equal(analytics.rfmSegment(555), 'Champions');
  assert.throws(() => analytics.rfmSegment(555, { map: 'nine' }), (error) => error.code === 'input.unknown_value');
  assert.throws(() => analytics.health({ mood: 1 }), wrong('values'));
  assert.throws(() => analytics.nps([11]), wrong('rating', 0));
  assert.throws(() => analytics.nps([NaN]), InvalidError);
});

test('covariates move the parameters, and a test says whether they matter', async () => {
  const early = Uint8Array.from(cdnow.early);
  const data = { ...customers, covariates: { early } };
  const [model, plain] = await Promise.all([BgNbd.fit(data), BgNbd.fit(customers)]);
  assert.deepEqual(model.covariates, ['early']);
  assert.deepEqual(model.coefficients.map(({ part }) => part), ['purchases', 'dropout_a', 'dropout_b']);
  const { degrees, statistic, pValue } = await model.likelihoodRatio(plain);
  assert.equal(degrees, 3);
  assert.equal(statistic, 2 * (model.logLikelihood - plain.logLikelihood));
  assert.ok(pValue > 0 && pValue <= 1);
  await assert.rejects(plain.likelihoodRatio(model), wrong('restricted'));
  // Each row is predicted as by the model of its covariates alone.
  const all = await model.expectedPurchases(data, 39);
  for (const row of [0, 1, 2000]) {
    const of = (column) => column.slice(row, row + 1);
    const { frequency, recency, age } = customers;
    const one = { frequency: of(frequency), recency: of(recency), age: of(age), covariates: { early: of(early) } };
    assert.equal((await model.expectedPurchases(one, 39))[0], all[row]);
  }
  const again = BgNbd.fromJSON(JSON.stringify(model));
  assert.deepEqual(await again.expected([39], { early: 1 }), await model.expected([39], { early: 1 }));
  await assert.rejects(model.expected([39]), wrong('covariates'));
  await assert.rejects(model.expectedPurchases(customers, 39), wrong('covariates'));
});

/** F061: read rates. F424, F425: promises of time. */
test('messages are read, and promises of time kept', async () => {
  const sent = ['2026-03-01', '2026-03-01', '2026-03-01'];
  const rate = await readRate({ sent, read: ['2026-03-02', null, '2026-03-04'] }, { windowSeconds: 172_800 });
  assert.deepEqual([rate.n, rate.read], [3, 1]);
  const kept = await slaCompliance({ target: [60, 60, 60], elapsed: [30, 90, 10], done: [true, true, false] });
  assert.deepEqual(kept.states, ['met', 'breached', 'running']);
  assert.equal(kept.percent, 50);
});

/** F256, F202, F246: health, risk and engagement, with their parts. */
test('scores of many customers are those of each', async () => {
  const health = await healthScores({ engagement: [60, null], satisfaction: [4, 2], days_since_purchase: [73, 300] });
  assert.deepEqual(health.colour, ['green', 'red']);
  const one = analytics.health({ engagement: 60, satisfaction: 4, days_since_purchase: 73 });
  assert.equal(health.score[0], one.score);
  const risks = await churnRisks({ gaps_since_purchase: [0.5, 4], open_complaints: [0, 2] });
  assert.deepEqual([risks.band, risks.reasons[1][0]], [['low', 'high'], 'gaps_since_purchase']);
  assert.equal(risks.probability[1], analytics.churnRisk({ gaps_since_purchase: 4, open_complaints: 2 }).probability);
  const done = { customer: ['ada', 'ada', 'bob'], kind: ['purchase', 'visit', 'visit'], ageDays: [2, 5, 200] };
  const { customer, score } = await engagementScores(done);
  assert.deepEqual(customer, ['ada', 'bob']);
  assert.ok(score[0] > score[1]);
  await assert.rejects(healthScores({ mood: [1] }), wrong('mood'));
});

/** F201, F284: a VIP by a rule, or by a person's word. */
test('what a person decided counts more than rules', async () => {
  const judged = await vips({ spend: [9000, 9000, 10, 10], manual: [null, 'refused', 'granted', null] });
  assert.deepEqual(judged.vip, [true, false, true, false]);
  assert.deepEqual(judged.reason, ['rule', 'manual', 'manual', 'no_rule']);
  assert.deepEqual(judged.rule, ['high_spend', null, null, null]);
  await assert.rejects(vips({ spend: [1], manual: ['perhaps'] }), wrong('manual', 0));
});

/** F519, F520, F521: totals of customers, per job as well. */
test('totals are exact, and no job divides nothing', async () => {
  const kind = ['payment', 'payment', 'payment', 'expense', 'job', 'payment'];
  const entries = { customer: [7, 7, 7, 7, 7, 9], kind, amount: [0.1, 0.2, -0.05, 0.15, null, 5] };
  const made = await customerTotals(entries, 'EUR');
  assert.deepEqual([made.customer, made.revenue, made.refunds], [[7, 9], ['0.25', '5.00'], ['0.05', '0.00']]);
  assert.deepEqual([made.netProfit, made.profitPerJob], [['0.10', '5.00'], ['0.10', null]]);
  await assert.rejects(customerTotals({ customer: [1], kind: ['payment'], amount: [0.001] }, 'EUR'), wrong('amount', 0));
});
