// What is done for customers after a service, over HTTP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { API_KEY, start } from './server.mjs';

let server, root, ada;
before(async () => {
  server = await start();
  [root, ada] = [await cookieOf('root'), await cookieOf('ada')];
});
after(() => server.stop());

const BY_KEY = { 'x-api-key': API_KEY };

/** Sends a request and returns its status and body. */
async function send(method, path, body, headers = { cookie: root }) {
  const answer = await fetch(`${server.url}/api/v1/${path}`, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

async function cookieOf(person) {
  const body = JSON.stringify({ person });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/api/session`, { method: 'POST', headers, body });
  return answer.headers.get('set-cookie').split(';')[0];
}

// F577, F578, F494, F598
test('a follow-up is logged by whoever has signed in, and listed with the name', async () => {
  const call = {
    customerId: 'ada', jobId: 'JOB-7', followUpDate: '2026-03-01T15:00:00Z', satisfactionRating: 5,
    feedback: 'Very friendly', note: 'Rang twice', loggedBy: 'ada', technicianId: 'ada',
  };
  const logged = await send('POST', 'followups', call);
  assert.equal(logged.status, 201, JSON.stringify(logged.body));
  const { id, jobId, customerId, createdAt, ...rest } = logged.body;
  assert.ok(id && jobId && customerId && Date.parse(createdAt));
  assert.deepEqual(rest, {
    kind: 'service', status: 'completed', satisfactionRating: 5, feedback: 'Very friendly',
    followUpDate: '2026-03-01T15:00:00.000Z', loggedBy: 'Robin Root', note: 'Rang twice',
  });
  const byKey = await send('POST', 'followups', { customerId: 'bob' }, BY_KEY);
  assert.deepEqual([byKey.status, byKey.body.status, byKey.body.loggedBy], [201, 'completed', null]);
  for (const name of ['followups', 'follow-ups']) {
    const listed = await send('GET', `${name}?customerId=ada&status=Completed`);
    assert.deepEqual([listed.status, listed.body], [200, [logged.body]]);
  }
  const future = await send('POST', 'followups', { ...call, followUpDate: '2999-01-01T00:00:00Z' });
  assert.deepEqual([future.status, future.body.code], [400, 'input.invalid']);
});

// F156, F188, F189, F464, F493
test('a follow-up is planned, sent by a scheduler and answered', async () => {
  const planned = await send('POST', 'jobs/JOB-7/follow-up', { followUpDate: '2026-03-09T09:00:00Z' }, BY_KEY);
  assert.deepEqual([planned.status, planned.body.status, planned.body.loggedBy], [201, 'pending', null]);
  const path = `followups/${planned.body.id}`;
  const put = (body, headers) => send('PUT', path, body, headers);
  const early = await put({ status: 'SENT' }, BY_KEY);
  assert.deepEqual([early.status, early.body.code], [409, 'followup.state']);
  assert.deepEqual(early.body.details.reachable, ['scheduled', 'completed', 'no_response', 'cancelled', 'dismissed']);
  for (const status of ['SCHEDULED', 'FAILED', 'SCHEDULED', 'SENT']) {
    assert.equal((await put({ status }, BY_KEY)).body.status, status.toLowerCase());
  }
  const due = await send('GET', 'follow-ups?status=PENDING,SCHEDULED,SENT&until=2026-03-10T00:00:00Z', undefined, BY_KEY);
  assert.deepEqual(due.body.map(({ id }) => id), [planned.body.id]);
  const answered = await put({ status: 'Completed', satisfactionRating: 4, feedback: 'Works again' });
  const { status, satisfactionRating, feedback, loggedBy } = answered.body;
  assert.deepEqual([status, satisfactionRating, feedback, loggedBy], ['completed', 4, 'Works again', 'Robin Root']);
  // The states of a list without messages: pending, completed, no response.
  const call = await send('POST', 'follow-ups', { customerId: 'bob', kind: 'Complaint', note: 'Call him' });
  const silent = await send('PUT', `follow-up/${call.body.id}`, { status: 'No Response', note: '' });
  assert.deepEqual([silent.body.kind, silent.body.status, silent.body.note], ['complaint', 'no_response', null]);
  const ofBob = await send('GET', 'followups?customerId=bob&status=pending&status=no_response&limit=9');
  assert.deepEqual(ofBob.body.map(({ id }) => id), [call.body.id]);
});

test('follow-ups are for the business', async () => {
  for (const [headers, status] of [[{}, 401], [{ 'x-api-key': 'x' }, 401], [{ cookie: ada }, 403]]) {
    assert.equal((await send('GET', 'followups?customerId=ada', undefined, headers)).status, status);
    assert.equal((await send('POST', 'followups', { customerId: 'ada' }, headers)).status, status);
  }
  const unknown = '0195a5f0-4c00-7000-8000-000000000001';
  assert.equal((await send('PUT', `followups/${unknown}`, { status: 'sent' })).status, 404);
  assert.equal((await send('POST', 'job/JOB-9/follow-up', {})).status, 404);
  assert.equal((await send('GET', 'followups?customerId=eve')).status, 404);
  for (const [path, body] of [
    ['followups', {}],
    ['followups', { customerId: 'ada', satisfactionRating: 6 }],
    ['followups', { customerId: 'bob', jobId: 'JOB-7' }],
    ['follow-ups', { customerId: 'ada', followUpDate: 'tomorrow' }],
  ]) {
    assert.equal((await send('POST', path, body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await send('GET', 'followups?status=lost')).status, 400);
  assert.equal((await send('GET', 'followups?limit=0')).status, 400);
  const once = { cookie: root, 'idempotency-key': 'f-1' };
  const [one, again] = [await send('POST', 'followups', { customerId: 'ada' }, once), await send('POST', 'followups', { customerId: 'ada' }, once)];
  assert.deepEqual(one, again);
});
