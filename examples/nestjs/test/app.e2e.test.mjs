// The routes of the application over HTTP.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Goodwill } from 'goodwill';

import { configOf } from '../dist/config.js';
import { API_KEY, start } from './server.mjs';

const ORDER = '/api/orders/ORD-123';
const WRITTEN = [
  'analyze-sentiment', 'followup-suggestions', 'generate-greeting', 'match-technician', 'predict-maintenance',
  'profitability-analysis', 'timeline-summary',
];
const SECRET_NOTE = 'Third question this week. Please answer within the hour.';

let server;
before(async () => (server = await start()));
after(() => server.stop());

/** Sends a request and returns its status and body. */
async function send(method, path, { cookie, key, body, headers = {}, url = server.url } = {}) {
  const answer = await fetch(url + path, {
    method,
    headers: {
      ...(cookie && { cookie }),
      ...(key && { 'x-api-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
}

/** The cookie of a person. */
async function cookieOf(person, url = server.url) {
  const { status, headers } = await send('POST', '/api/session', { body: { person }, url });
  assert.equal(status, 200);
  return headers.get('set-cookie').split(';')[0];
}

test('a session names its person, and ends', async () => {
  assert.equal((await send('GET', '/api/session')).body.person, null);
  const begun = await send('POST', '/api/session', { body: { person: 'ada' } });
  const attributes = begun.headers.get('set-cookie');
  assert.match(attributes, /HttpOnly/);
  assert.match(attributes, /SameSite=Strict/);
  const cookie = attributes.split(';')[0];
  assert.equal((await send('GET', '/api/session', { cookie })).body.person.role, 'customer');
  const ended = await send('DELETE', '/api/session', { cookie });
  assert.equal(ended.status, 204);
  assert.match(ended.headers.get('set-cookie'), /^session=;.*Expires=Thu, 01 Jan 1970/);
  for (const body of [{ person: 'nobody' }, { person: { id: 'ada' } }, {}, undefined]) {
    assert.equal((await send('POST', '/api/session', { body })).status, 400);
  }
});

// F032, F035
test('without a session or key, and with forged ones: 401', async () => {
  const cookie = await cookieOf('ada');
  const [payload, signature] = cookie.slice('session='.length).split('.');
  const admin = Buffer.from(JSON.stringify({ person: 'root', until: Date.now() + 1e6 })).toString('base64url');
  for (const forged of [undefined, 'session=', 'session=x', 'session=.', `session=${payload}`,
    `session=${admin}.${signature}`, `session=${payload}.${signature.slice(2)}`]) {
    assert.equal((await send('GET', `${ORDER}/messages`, { cookie: forged })).status, 401, forged);
    assert.equal((await send('GET', '/api/v1/portal/jobs/JOB-7/messages', { cookie: forged })).status, 401);
  }
  for (const key of [undefined, 'x', `${API_KEY}x`, API_KEY.slice(1), ` ${'k'.repeat(31)}`]) {
    assert.equal((await send('GET', '/api/v1/cx/jobs/JOB-7/messages', { key })).status, 401, key);
    assert.equal((await send('POST', '/api/v1/cx/orders/ORD-123/events', { key, body: {} })).status, 401);
  }
  // A session is no key, and a key no session.
  assert.equal((await send('GET', '/api/v1/cx/jobs/JOB-7/messages', { cookie })).status, 401);
  assert.equal((await send('GET', `${ORDER}/messages`, { key: API_KEY })).status, 401);
});

test('a session that is over is none', async () => {
  const cookie = await cookieOf('ada');
  const now = Date.now;
  Date.now = () => now() + 9 * 60 * 60 * 1000;
  try {
    assert.equal((await send('GET', `${ORDER}/messages`, { cookie })).status, 401);
  } finally {
    Date.now = now;
  }
});

// F028, F029, F031, F032, F033, F034, F035, F070, F073, F074
test('the timeline of a job: written inside, read in the portal', async () => {
  const internal = '/api/v1/cx/jobs/JOB-7';
  const portal = '/api/v1/portal/jobs/JOB-7/messages';
  const key = API_KEY;
  const cookie = await cookieOf('ada');
  const before = (await send('GET', portal, { cookie })).body;
  assert.deepEqual(before.map((message) => message.source), ['SYSTEM', 'HUMAN', 'AI_SUGGESTED']);
  const message = { type: 'STATUS_UPDATE', body: 'The crew is on its way', metadataJson: { crew: 4 } };
  const created = await send('POST', `${internal}/messages`, { key, body: message });
  assert.equal(created.status, 201);
  const { title, channel, source, readAt, metadataJson } = created.body;
  assert.deepEqual([title, channel, source, readAt], ['Project Status Update', 'PORTAL', 'HUMAN', null]);
  assert.deepEqual(metadataJson, { crew: 4 });
  const seen = (await send('GET', portal, { cookie })).body;
  assert.deepEqual([seen.length, seen.at(-1).body, seen.at(-1).metadataJson], [4, message.body, null]);
  const times = seen.map((message) => message.createdAt);
  assert.deepEqual(times, [...times].sort());
  assert.deepEqual((await send('POST', `${portal}/read`, { cookie })).body, { updated: 4 });
  assert.deepEqual((await send('POST', `${portal}/read`, { cookie })).body, { updated: 0 });
  const read = (await send('GET', `${internal}/messages`, { key })).body.map((message) => message.readAt);
  assert.ok(read.every((at) => at !== null));
  await send('POST', `${internal}/messages`, { key, body: { type: 'GENERIC', body: 'Well done' } });
  const marked = await send('POST', `${internal}/read`, { key });
  assert.deepEqual([marked.status, marked.body], [200, { updated: 1 }]);
});

test('a request that is repeated under its key is done once', async () => {
  const post = (path, options) => send('POST', path, { ...options, headers: { 'idempotency-key': 'lost-1' } });
  const wrong = { status: 409, code: 'idempotency.key_reused' };
  for (const [path, options, other] of [
    ['/api/orders/ORD-123/messages', { cookie: await cookieOf('ada'), body: { content: 'once' } }, { content: 'twice' }],
    ['/api/v1/cx/jobs/JOB-7/messages', { key: API_KEY, body: { type: 'GENERIC', body: 'once' } }, { type: 'GENERIC', body: 'twice' }],
  ]) {
    const first = await post(path, options);
    const second = await post(path, options);
    assert.deepEqual([first.status, second.body.id], [201, first.body.id]);
    const { status, body } = await post(path, { ...options, body: other });
    assert.deepEqual({ status, code: body.code }, wrong);
  }
});

test('the timeline of a job: what is wrong has its status', async () => {
  const internal = '/api/v1/cx/jobs/JOB-7/messages';
  const key = API_KEY;
  const bad = [
    {}, [], undefined, '{"type":', { type: 'GENERIC' }, { type: 'GENERIC', body: ' ' }, { type: 'NEWS', body: 'x' },
    { type: 'GENERIC', body: 7 }, { type: 'GENERIC', body: 'x', colour: 'red' }, { type: 'GENERIC', body: 'a\0b' },
    { type: 'GENERIC', body: 'x', channel: 'PIGEON' }, { type: 'GENERIC', body: 'x', source: 'MAGIC' },
  ];
  for (const body of bad) {
    const { status } = await send('POST', internal, { key, body });
    assert.equal(status, 400, JSON.stringify(body));
  }
  const unknown = await send('POST', internal, { key, body: { type: 'NEWS', body: 'x' } });
  assert.equal(unknown.body.code, 'input.unknown_value');
  assert.equal((await send('GET', '/api/v1/cx/jobs/JOB-8/messages', { key })).status, 404);
  const portal = '/api/v1/portal/jobs/JOB-7/messages';
  assert.equal((await send('GET', portal, { cookie: await cookieOf('bob') })).status, 404);
  assert.equal((await send('POST', `${portal}/read`, { cookie: await cookieOf('bob') })).status, 404);
  for (const person of ['acme', 'rita', 'root']) {
    assert.equal((await send('GET', portal, { cookie: await cookieOf(person) })).status, 403, person);
  }
});

// F022, F023, F030, F045, F047
test('a language model writes, and rules do where there is none', async () => {
  const path = '/api/v1/cx/jobs/JOB-7/messages/ai';
  const wish = { messageType: 'ETA_UPDATE', tone: 'friendly', customPrompt: 'Tuesday at 9' };
  const { status: byRules, body: ruled } = await send('POST', path, { key: API_KEY, body: wish });
  assert.deepEqual([byRules, ruled.source, ruled.metadataJson.deterministic], [201, 'AI_SUGGESTED', true]);

  const asked = [];
  let status = 200;
  const model = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push({ path: request.url, key: request.headers.authorization, ...JSON.parse(text) });
    const content = 'TITLE: On Tuesday\n\nMESSAGE:\n"Hi [PERSON_1], we come on Tuesday at 9. See you then!"';
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices: [{ finish_reason: 'stop', message: { content } }] }));
  });
  await new Promise((resolve) => model.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${model.address().port}`;
  const writing = await start({ models: [{ protocol: 'openai', url, key: 'secret', model: 'small' }] });
  try {
    const options = { key: API_KEY, url: writing.url };
    const { status: created, body } = await send('POST', path, { ...options, body: wish });
    assert.equal(created, 201);
    assert.deepEqual([body.source, body.type], ['AI_SUGGESTED', 'ETA_UPDATE']);
    assert.match(body.body, /we come on Tuesday at 9/);
    assert.deepEqual([body.metadataJson.tone, body.metadataJson.customPrompt], ['friendly', 'Tuesday at 9']);
    assert.deepEqual([asked[0].path, asked[0].key, asked[0].model], ['/v1/chat/completions', 'Bearer secret', 'small']);
    assert.match(JSON.stringify(asked[0].messages), /Your panels have been ordered/);
    assert.equal((await send('POST', path, { ...options, body: {} })).status, 400);
    assert.equal((await send('POST', path.replace('JOB-7', 'JOB-8'), { ...options, body: wish })).status, 404);
    status = 500;
    const { body: fallen } = await send('POST', path, { ...options, body: wish });
    assert.equal(fallen.metadataJson.deterministic, true);
  } finally {
    model.close();
    await writing.stop();
  }
});

// F417, F435
test('the thread of an order: everybody writes, each sees what is theirs', async () => {
  const people = {};
  for (const person of ['ada', 'acme', 'rita', 'root']) people[person] = await cookieOf(person);
  for (const [person, cookie] of Object.entries(people)) {
    const { status, body } = await send('POST', `${ORDER}/messages`, { cookie, body: { content: `From ${person}` } });
    assert.deepEqual([status, body.senderId, body.channel], [201, person, 'in_app']);
  }
  const seenBy = async (person) => (await send('GET', `${ORDER}/messages`, { cookie: people[person] })).body;
  for (const person of ['ada', 'acme', 'rita']) {
    const { thread, messages } = await seenBy(person);
    assert.deepEqual([thread.status, thread.orderId, thread.customerId], ['open', 'ORD-123', 'ada']);
    assert.ok(messages.every((message) => !message.isInternal && message.content !== SECRET_NOTE));
    assert.deepEqual(messages.slice(-4).map((message) => message.senderRole), ['customer', 'supplier', 'reseller', 'admin']);
    assert.deepEqual(messages.map((message) => message.senderId).filter((id) => ![null, person].includes(id)), []);
  }
  assert.equal((await seenBy('root')).messages.filter((message) => message.isInternal).length, 1);
});

// F431, F435
test('a note stays inside, on every route', async () => {
  const root = await cookieOf('root');
  const text = 'Reported fraud, gone to the security team';
  const ada = await cookieOf('ada');
  const { cursor } = (await send('GET', `${ORDER}/changes?cursor=0`, { cookie: ada })).body;
  const note = await send('POST', `${ORDER}/messages`, { cookie: root, body: { content: text, isInternal: true } });
  assert.deepEqual([note.status, note.body.isInternal], [201, true]);
  for (const person of ['ada', 'acme', 'rita']) {
    const cookie = await cookieOf(person);
    for (const path of ['/messages', '/changes?cursor=0']) {
      const { status, body } = await send('GET', ORDER + path, { cookie });
      assert.equal(status, 200);
      assert.doesNotMatch(JSON.stringify(body), /fraud|Third question/);
    }
    const read = await send('PATCH', `${ORDER}/messages/${note.body.id}/read`, { cookie });
    assert.deepEqual([read.status, read.body.code], [404, 'message.not_found']);
    const written = await send('POST', `${ORDER}/messages`, { cookie, body: { content: 'x', isInternal: true } });
    assert.deepEqual([written.status, written.body.code], [403, 'access.denied']);
  }
  const after = await send('GET', `${ORDER}/changes?cursor=${cursor}`, { cookie: ada });
  assert.deepEqual([after.body.messages, after.body.cursor], [[], cursor]);
  assert.match(JSON.stringify((await send('GET', `${ORDER}/changes?cursor=0`, { cookie: root })).body), /fraud/);
});

// F433
test('the role is the session\'s: another one in the body is refused', async () => {
  const cookie = await cookieOf('ada');
  const claim = await send('POST', `${ORDER}/messages`, { cookie, body: { content: 'x', role: 'admin' } });
  assert.deepEqual([claim.status, claim.body.code], [403, 'access.role_claim']);
  const own = await send('POST', `${ORDER}/messages`, { cookie, body: { content: 'x', role: 'customer' } });
  assert.equal(own.status, 201);
  for (const extra of [{ senderRole: 'admin' }, { senderId: 'root' }, { principal: { role: 'admin' } }]) {
    const { status } = await send('POST', `${ORDER}/messages`, { cookie, body: { content: 'x', ...extra } });
    assert.equal(status, 400);
  }
  const admin = await cookieOf('root');
  const read = (body) => send('PATCH', `${ORDER}/messages/${own.body.id}/read`, { cookie: admin, body });
  assert.equal((await read({ role: 'customer' })).status, 403);
  const done = await read({ role: 'admin' });
  assert.equal(done.status, 200);
  assert.deepEqual(done.body.readBy.map(({ role, userId }) => [role, userId]), [['admin', 'root']]);
  const again = await read();
  assert.deepEqual(again.body.readBy, done.body.readBy);
  assert.equal((await read({ role: 'king' })).status, 400);
});

// F408
test('changes since a cursor are only what is new', async () => {
  const [ada, acme] = [await cookieOf('ada'), await cookieOf('acme')];
  const changes = async (cursor) => (await send('GET', `${ORDER}/changes?cursor=${cursor}`, { cookie: ada })).body;
  const { cursor } = await changes(0);
  assert.deepEqual((await changes(cursor)).messages, []);
  await send('POST', `${ORDER}/messages`, { cookie: acme, body: { content: 'Anything else?' } });
  const delta = await changes(cursor);
  assert.deepEqual(delta.messages.map((message) => [message.text, message.unread]), [['Anything else?', true]]);
  assert.ok(delta.cursor > cursor);
  for (const wrong of ['', 'x', '-1', '1.5']) {
    assert.equal((await send('GET', `${ORDER}/changes?cursor=${wrong}`, { cookie: ada })).status, 400, wrong);
  }
});

test('the wrong order, message or body', async () => {
  const ada = await cookieOf('ada');
  const bob = await cookieOf('bob');
  assert.equal((await send('GET', `${ORDER}/messages`, { cookie: bob })).status, 404);
  assert.equal((await send('GET', `${ORDER}/changes?cursor=0`, { cookie: bob })).status, 404);
  assert.equal((await send('POST', `${ORDER}/messages`, { cookie: bob, body: { content: 'x' } })).status, 404);
  assert.equal((await send('GET', '/api/orders/ORD-999/messages', { cookie: ada })).status, 404);
  assert.equal((await send('PATCH', `${ORDER}/messages/MSG-1/read`, { cookie: ada })).status, 400);
  const unknown = '01a1fd40-047b-77bb-a13a-580198740438';
  assert.equal((await send('PATCH', `${ORDER}/messages/${unknown}/read`, { cookie: ada })).status, 404);
  for (const body of [undefined, {}, [], { content: '' }, { content: 'x', channel: 'pigeon' }, { content: ['x'] }, 'null']) {
    const { status } = await send('POST', `${ORDER}/messages`, { cookie: ada, body });
    assert.equal(status, 400, JSON.stringify(body));
  }
  assert.equal((await send('GET', '/api/nothing', { cookie: ada })).status, 404);
});

test('administrators search; nobody else does', async () => {
  const root = await cookieOf('root');
  const search = (query, cookie = root) => send('GET', `/api/admin/messages/search?${query}`, { cookie });
  const found = await search('keyword=tracking&status=open&page=1&limit=50');
  assert.deepEqual(found.body.messages.map((message) => message.senderRole), ['system', 'supplier']);
  assert.deepEqual([found.body.total, found.body.totalIsExact, found.body.page, found.body.limit], [2, true, 1, 50]);
  assert.equal((await search('keyword=tracking&senderRole=supplier')).body.total, 1);
  assert.equal((await search('keyword=tracking&channel=email')).body.total, 0);
  assert.equal((await search('keyword=tracking&status=closed')).body.total, 0);
  assert.equal((await search('keyword=tracking&orderStatus=SHIPPED')).body.total, 2);
  assert.equal((await search('keyword=tracking&unread=true')).body.total, 2);
  assert.equal((await search('keyword=within+the+hour')).body.messages[0].isInternal, true);
  const second = await search('keyword=tracking&page=2&limit=1');
  assert.deepEqual([second.body.messages.length, second.body.total], [1, 2]);
  for (const query of ['page=x', 'page=0', 'limit=1000', 'unread=perhaps', 'status=ajar', 'colour=red', 'keyword=a&keyword=b']) {
    assert.equal((await search(query)).status, 400, query);
  }
  for (const person of ['ada', 'acme', 'rita']) {
    assert.equal((await search('keyword=tracking', await cookieOf(person))).status, 403, person);
  }
  assert.equal((await search('keyword=tracking', null)).status, 401);
});

// F373, F382, F437, F438, F439
test('a webhook puts a message into its order, in the name of its sender', async () => {
  const path = '/webhooks/messages';
  const key = API_KEY;
  const phone = '+1234567890';
  const message = { orderNumber: 'ORD-123', customerPhone: phone, content: 'From WhatsApp', channel: 'whatsapp', senderPhone: phone };
  assert.equal((await send('POST', path, { body: message })).status, 401);
  const taken = await send('POST', path, { key, body: { ...message, providerRef: 'wamid.1' } });
  assert.deepEqual([taken.status, taken.body.outcome, taken.body.reason], [200, 'posted', null]);
  assert.deepEqual([taken.body.message.senderId, taken.body.message.channel], ['ada', 'whatsapp']);
  const again = await send('POST', path, { key, body: { ...message, providerRef: 'wamid.1' } });
  assert.deepEqual([again.body.outcome, again.body.message.id], ['duplicate', taken.body.message.id]);
  const mail = { orderNumber: 'ORD-123', customerEmail: 'Ada@Example.com', content: 'By mail', channel: 'email' };
  assert.equal((await send('POST', path, { key, body: mail })).body.message.senderRole, 'customer');
  const stranger = await send('POST', path, { key, body: { ...message, channel: 'sms', senderPhone: '+15550100200' } });
  assert.deepEqual(stranger.body, { outcome: 'triaged', message: null, reason: 'unknown_sender' });
  const { messages } = (await send('GET', `${ORDER}/messages`, { cookie: await cookieOf('ada') })).body;
  assert.deepEqual(messages.slice(-2).map(({ content }) => content), ['From WhatsApp', 'By mail']);
  for (const body of [undefined, {}, { ...message, channel: 'pigeon' }]) {
    assert.equal((await send('POST', path, { key, body })).status, 400, JSON.stringify(body));
  }
});

// F441
test('services tell what happened to an order', async () => {
  const path = '/api/v1/cx/orders/ORD-123/events';
  const key = API_KEY;
  const event = { eventType: 'ORDER_DELAYED', text: 'The courier is late', storeId: 'main', metadata: { hours: 2 } };
  const told = await send('POST', path, { key, body: event });
  assert.deepEqual([told.status, told.body.senderRole, told.body.messageType], [201, 'system', 'system_event']);
  const { messages } = (await send('GET', `${ORDER}/messages`, { cookie: await cookieOf('ada') })).body;
  assert.deepEqual([messages.at(-1).content, 'metadata' in messages.at(-1)], ['The courier is late', false]);
  assert.equal((await send('POST', path, { key, body: { ...event, storeId: 'other' } })).status, 404);
  assert.equal((await send('POST', path.replace('123', '999'), { key, body: event })).status, 404);
  for (const body of [undefined, {}, { eventType: 'X' }, { ...event, text: '' }]) {
    assert.equal((await send('POST', path, { key, body })).status, 400, JSON.stringify(body));
  }
});

// F416, F417
test('administrators close threads; a customer who writes opens them again', async () => {
  for (const person of ['ada', 'acme', 'rita']) {
    assert.equal((await send('PATCH', `${ORDER}/thread/close`, { cookie: await cookieOf(person) })).status, 403);
  }
  const root = await cookieOf('root');
  const closed = await send('PATCH', `${ORDER}/thread/close`, { cookie: root });
  assert.deepEqual([closed.status, closed.body.status], [200, 'closed']);
  assert.equal((await send('PATCH', `${ORDER}/thread/close`, { cookie: root })).status, 409);
  assert.equal((await send('PATCH', '/api/orders/ORD-999/thread/close', { cookie: root })).status, 404);
  const late = { body: { content: 'One more thing' } };
  assert.equal((await send('POST', `${ORDER}/messages`, { cookie: await cookieOf('acme'), ...late })).status, 409);
  assert.equal((await send('POST', `${ORDER}/messages`, { cookie: await cookieOf('ada'), ...late })).status, 201);
  const { thread } = (await send('GET', `${ORDER}/messages`, { cookie: root })).body;
  assert.equal(thread.status, 'open');
});

// F418
test('the OpenAPI document names every route, and the page has strict headers', async () => {
  const { status, body } = await send('GET', '/openapi.json');
  assert.equal(status, 200);
  const routes = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(routes.sort(), [
    'DELETE /api/session',
    'GET /api/admin/messages/search',
    'GET /api/orders/{id}/changes',
    'GET /api/orders/{id}/messages',
    'GET /api/orders/{id}/messages/{messageId}/files/{index}',
    'GET /api/orders/{id}/stream',
    'GET /api/session',
    'GET /api/v1/cx/jobs/{jobId}/messages',
    'GET /api/v1/follow-ups',
    'GET /api/v1/followups',
    'GET /api/v1/portal/jobs/{jobId}/messages',
    'PATCH /api/orders/{id}/messages/{messageId}/read',
    'PATCH /api/orders/{id}/thread/close',
    'POST /api/orders/{id}/files',
    'POST /api/orders/{id}/messages',
    'POST /api/session',
    ...['appliance', 'appliances'].map((name) => `POST /api/v1/${name}/{id}/predict-maintenance`),
    ...['customer', 'customers'].flatMap((name) => WRITTEN.map((what) => `POST /api/v1/${name}/{id}/${what}`)),
    'POST /api/v1/cx/jobs/{jobId}/events',
    'POST /api/v1/cx/jobs/{jobId}/messages',
    'POST /api/v1/cx/jobs/{jobId}/messages/ai',
    'POST /api/v1/cx/jobs/{jobId}/read',
    'POST /api/v1/cx/orders/{orderNumber}/events',
    'POST /api/v1/follow-ups',
    'POST /api/v1/followups',
    'POST /api/v1/job/{jobId}/follow-up',
    'POST /api/v1/jobs/match-technician',
    'POST /api/v1/jobs/{jobId}/follow-up',
    'POST /api/v1/portal/jobs/{jobId}/messages/read',
    'POST /webhooks/messages',
    'PUT /api/v1/follow-up/{id}',
    'PUT /api/v1/follow-ups/{id}',
    'PUT /api/v1/followups/{id}',
  ]);
  assert.deepEqual(Object.keys(body.components.securitySchemes).sort(), ['api-key', 'cookie']);
  assert.equal((await send('GET', '/docs')).status, 200);
  const page = await send('GET', '/');
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy'), /script-src 'self';/);
  assert.equal(page.headers.get('x-powered-by'), null);
});

test('a second start finds its data, with the request in the audit trail', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'goodwill-nestjs-'));
  const database = join(folder, 'goodwill.db');
  try {
    const first = await start({ database });
    const cookie = await cookieOf('ada', first.url);
    const headers = { 'user-agent': 'a test' };
    await send('POST', `${ORDER}/messages`, { cookie, url: first.url, body: { content: 'Still here?' }, headers });
    await first.stop();
    const second = await start({ database });
    const { body } = await send('GET', `${ORDER}/messages`, { cookie, url: second.url });
    assert.deepEqual([body.messages.length, body.messages.at(-1).content], [6, 'Still here?']);
    await second.stop();
    const goodwill = await Goodwill.open({ path: database, keys: [{ id: 'audit-1', secret: '07'.repeat(32) }] });
    const { entries } = await goodwill.desk({ role: 'auditor', party: 'eve' }).audit({ limit: 200 });
    assert.ok(entries.some((entry) => entry.private?.userAgent === 'a test' && entry.private.ip === '127.0.0.1'));
    assert.equal((await goodwill.desk({ role: 'auditor', party: 'eve' }).verifyAudit()).problems, 0);
    goodwill.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});

// F075
test('the application does not start with a missing or short secret', () => {
  const whole = { AUDIT_KEY: 'a'.repeat(64), SESSION_SECRET: 'b'.repeat(32), INTERNAL_API_KEY: 'c'.repeat(32) };
  assert.equal(configOf(whole).database, './goodwill.db');
  assert.deepEqual(configOf(whole).models, []);
  for (const name of Object.keys(whole)) {
    assert.throws(() => configOf({ ...whole, [name]: undefined }), new RegExp(name));
    assert.throws(() => configOf({ ...whole, [name]: 'short' }), new RegExp(name));
  }
});
