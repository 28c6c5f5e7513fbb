// What is written about customers, over HTTP and without a model.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { API_KEY, start } from './server.mjs';

let server;
before(async () => (server = await start({ now: () => new Date('2026-03-01T14:00:00Z') })));
after(() => server.stop());

async function post(path, body, key = API_KEY) {
  const answer = await fetch(`${server.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { ...(key && { 'x-api-key': key }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** The answer under both spellings of a route, which are one. */
async function both(plural, rest, body) {
  const [one, other] = [await post(`${plural}/${rest}`, body), await post(`${plural.slice(0, -1)}/${rest}`, body)];
  assert.equal(one.status, 200, JSON.stringify(one.body));
  assert.deepEqual(one, other);
  const made = Array.isArray(one.body) ? one.body : [one.body];
  for (const { provenance } of made) {
    assert.ok(provenance.deterministic && provenance.acceptable && !provenance.cached, plural + rest);
  }
  return one.body;
}

// F167, F570
test('the history of a customer in short', async () => {
  const { answer } = await both('customers', 'ada/timeline-summary');
  assert.match(answer.relationshipSummary, /^Ada Brown has been a customer since 2023-03-20\./);
  assert.match(answer.relationshipSummary, /7 interactions, 6 jobs and 6 payments/);
  assert.match(answer.communicationPreferences, /WhatsApp \(3 times\)/);
  assert.ok(answer.recurringThemes && answer.opportunities);
});

// F168, F571
test('what to write next: suggestions with drafts and days', async () => {
  const { answer, due } = await both('customers', 'ada/followup-suggestions');
  assert.ok(answer.suggestions.length >= 2 && answer.suggestions.length <= 3);
  assert.equal(answer.suggestions[0].title, 'Service the Miele Tumble dryer');
  for (const { draftMessage } of answer.suggestions) assert.match(draftMessage, /^Hi Ada Brown,/);
  assert.deepEqual(due[0], { earliest: '2026-03-01', latest: '2026-03-15' });
});

// F169, F572
test('a greeting for the occasion that is near, or for one by its name', async () => {
  const { answer, occasion, upcoming } = await both('customers', 'ada/generate-greeting');
  const anniversary = { kind: 'service_anniversary', name: '3 years with us', day: '2026-03-20', daysAway: 19 };
  assert.deepEqual(occasion, anniversary);
  assert.equal(answer.occasion, '3 years with us');
  assert.match(answer.message, /^Hi Ada Brown,[^]*3 years with us[^]*The Fixit Team$/);
  assert.deepEqual(upcoming.map(({ name }) => name), ['3 years with us', 'Easter', 'Thanksgiving', 'Christmas']);
  const easter = await post('customers/bob/generate-greeting', { occasion: 'Easter' });
  assert.match(easter.body.answer.message, /For Easter we wish you all the best/);
  const unknown = await post('customers/bob/generate-greeting', { occasion: 'Diwali' });
  assert.deepEqual([unknown.status, unknown.body.code], [400, 'input.invalid']);
});

// F170, F573
test('how a customer feels: a score for each message, and all together', async () => {
  const { answer, activities } = await both('customers', 'ada/analyze-sentiment');
  assert.deepEqual(activities, [0, 1, 3, 4, 6]);
  const scores = answer.communications.map(({ score }) => score);
  assert.ok(scores[1] < 0 && scores[2] > 0);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  assert.ok(Math.abs(answer.overall.average - mean) < 0.01);
});

// F171, F574
test('what a customer is worth, with a recommendation', async () => {
  const { answer, financials } = await both('customers', 'ada/profitability-analysis');
  assert.equal(answer.classification, 'Highly Profitable');
  assert.ok(answer.recommendation);
  const [{ revenue, costs, profit, averageRevenuePerJob }] = financials;
  const amounts = [revenue, costs, profit, averageRevenuePerJob].map(({ amount }) => amount);
  assert.deepEqual(amounts, ['659.50', '107.70', '551.80', '131.90']);
  const euros = await post('customers/bob/profitability-analysis');
  assert.match(euros.body.answer.summary, /89\.00 EUR of revenue/);
});

// F172, F173, F575
test('what an appliance will need, and all of a customer', async () => {
  const washer = await both('appliances', 'washer-1/predict-maintenance');
  assert.deepEqual([washer.appliance, washer.answer.risk, washer.ruleRisk], ['washer-1', 'Medium', 'Medium']);
  assert.match(washer.answer.predictedNeeds[0].component, /worn door seal/);
  const all = await both('customers', 'ada/predict-maintenance');
  assert.deepEqual(all.map(({ appliance }) => appliance), ['washer-1', 'dryer-1', 'boiler-1']);
  assert.deepEqual(all[0], washer);
});

// F174, F576
test('who should go, and why', async () => {
  const request = { issue: 'It does not spin', applianceId: 'washer-1' };
  const found = await both('customers', 'ada/match-technician', request);
  const { primary, alternatives } = found.answer;
  assert.deepEqual(primary.technician, { id: 'tom', name: 'Tom Weber' });
  assert.match(primary.reason, /preferred by the customer.*specialised in washing machines/);
  assert.ok(alternatives.every(({ reason }) => reason));
  assert.deepEqual(found.refused.map(({ id, reason }) => [id, reason]), [['ines', 'excluded'], ['otto', 'inactive']]);
  const factors = found.candidates[0].reasons.map(({ factor }) => factor);
  assert.deepEqual(factors, ['preferred', 'rating', 'specialty', 'experience']);
  assert.deepEqual((await post('jobs/match-technician', { ...request, customerId: 'ada' })).body, found);
  const window = { from: '2026-03-09T09:00:00Z', until: '2026-03-09T11:00:00Z' };
  const later = await post('customers/ada/match-technician', { ...request, window, skills: ['electrics'] });
  assert.deepEqual(later.body.candidates.map(({ id }) => id), ['ulla', 'finn']);
});

test('without the key nothing, and what is wrong has its status', async () => {
  for (const key of ['', 'x'.repeat(32)]) {
    for (const path of ['customers/ada/timeline-summary', 'appliance/washer-1/predict-maintenance', 'jobs/match-technician']) {
      assert.equal((await post(path, undefined, key)).status, 401, path);
    }
  }
  assert.equal((await post('customers/eve/timeline-summary')).status, 404);
  assert.equal((await post('appliances/oven-9/predict-maintenance')).status, 404);
  assert.equal((await post('jobs/match-technician', { issue: 'x', applianceId: 'washer-1' })).status, 404);
  assert.equal((await post('customers/ada/timeline-summary', { forceRefresh: true })).status, 200);
  for (const [path, body] of [
    ['customers/ada/timeline-summary', { forceRefresh: 'yes' }],
    ['customers/ada/match-technician', undefined],
    ['customers/ada/match-technician', { issue: 'x' }],
    ['customers/ada/match-technician', { issue: 'x', applianceId: 'oven-1' }],
    ['customers/ada/match-technician', { issue: 'x', applianceId: 'washer-1', window: { from: 'now' } }],
  ]) {
    assert.equal((await post(path, body)).status, 400, JSON.stringify(body));
  }
});
