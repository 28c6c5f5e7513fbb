// What a host adds around the engine: files, a stream, mail, push, webhooks.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { SMTPServer } from 'smtp-server';

import { Notifications } from '../dist/notifications.js';
import { API_KEY, start } from './server.mjs';

const ORDER = '/api/orders/ORD-123';
const EICAR = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;

let server, files;
const scanner = createSocketServer(answerLikeClamd);
before(async () => {
  await new Promise((listening) => scanner.listen(0, '127.0.0.1', listening));
  files = await mkdtemp(join(tmpdir(), 'goodwill-files-'));
  server = await start({ files, scanner: new URL(`tcp://127.0.0.1:${scanner.address().port}`) });
});
after(async () => {
  await server.stop();
  await new Promise((closed) => scanner.close(closed));
  await rm(files, { recursive: true });
});

/** The INSTREAM command of clamd: gathers the chunks, then says what it found. */
function answerLikeClamd(socket) {
  let received = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (part) => {
    received = Buffer.concat([received, part]);
    const command = 'zINSTREAM\0'.length;
    const found = [];
    for (let at = command; at + 4 <= received.length; ) {
      const size = received.readUInt32BE(at);
      if (size === 0) {
        const infected = Buffer.concat(found).includes('EICAR-STANDARD-ANTIVIRUS-TEST-FILE');
        socket.end(infected ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
        return;
      }
      found.push(received.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
  });
}

const request = (path, options = {}, url = server.url) => fetch(url + path, options);

async function cookieOf(person, url = server.url) {
  const body = JSON.stringify({ person });
  const answer = await request('/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body }, url);
  return answer.headers.get('set-cookie').split(';')[0];
}

async function post(path, cookie, message, url = server.url) {
  const headers = { cookie, 'content-type': 'application/json' };
  const answer = await request(path, { method: 'POST', headers, body: JSON.stringify(message) }, url);
  return { status: answer.status, body: await answer.json().catch(() => undefined) };
}

async function upload(cookie, bytes, { name = 'photo.png', mime = 'image/png', url = server.url } = {}) {
  const headers = { cookie, 'content-type': 'application/octet-stream' };
  const query = new URLSearchParams({ name, mime });
  const answer = await request(`${ORDER}/files?${query}`, { method: 'POST', headers, body: bytes }, url);
  return { status: answer.status, body: await answer.json() };
}

// F419, F426
test('a file is sent, scanned, named by a message, and had by those who see the message', async () => {
  const [ada, bob, acme] = await Promise.all(['ada', 'bob', 'acme'].map((person) => cookieOf(person)));
  const bytes = Buffer.alloc(200_000, 'a picture ');
  const sent = await upload(ada, bytes, { name: 'Küche.png' });
  assert.equal(sent.status, 201);
  const { blobRef, ...file } = sent.body;
  assert.deepEqual([file.name, file.size, file.scanState, file.sha256.length], ['Küche.png', 200_000, 'clean', 64]);
  // What a client says of the file does not count.
  const claimed = { blobRef, name: 'other.exe', mime: 'application/x-msdownload', size: 1, scanState: 'clean' };
  const message = await post(`${ORDER}/messages`, ada, { content: 'My kitchen', attachments: [claimed] });
  assert.equal(message.status, 201);
  assert.equal(message.body.attachments[0].name, 'Küche.png');
  const path = `${ORDER}/messages/${message.body.id}/files`;
  const had = await request(`${path}/0`, { headers: { cookie: acme } });
  assert.equal(had.status, 200);
  assert.deepEqual(Buffer.from(await had.arrayBuffer()), bytes);
  assert.equal(had.headers.get('content-disposition'), "attachment; filename*=UTF-8''K%C3%BCche.png");
  for (const [cookie, index, status] of [[bob, 0, 404], [acme, 1, 404], [acme, 'x', 400], ['', 0, 401]]) {
    assert.equal((await request(`${path}/${index}`, { headers: { cookie } })).status, status);
  }
});

// F419, F426
test('a file that is infected, unknown, too large, or of nobody who may write is refused', async () => {
  const [ada, bob] = await Promise.all(['ada', 'bob'].map((person) => cookieOf(person)));
  assert.equal((await upload(ada, Buffer.from(EICAR))).status, 422);
  assert.equal((await upload(bob, Buffer.from('hello'))).status, 404);
  assert.equal((await upload(ada, Buffer.alloc(0))).status, 400);
  assert.equal((await upload(ada, Buffer.alloc(10 * 1024 * 1024 + 1))).status, 413);
  for (const wrong of [{ name: '../../etc/passwd' }, { name: '' }, { mime: 'text' }]) {
    assert.equal((await upload(ada, Buffer.from('hello'), wrong)).status, 400, JSON.stringify(wrong));
  }
  for (const blobRef of [undefined, '../people', '0'.repeat(36), 7]) {
    const { status } = await post(`${ORDER}/messages`, ada, { content: 'x', attachments: [{ blobRef }] });
    assert.equal(status, 400, String(blobRef));
  }
});

// F426
test('a scanner that does not answer makes no file clean: staff may have it, customers may not', async () => {
  const silent = createSocketServer((socket) => socket.destroy());
  await new Promise((listening) => silent.listen(0, '127.0.0.1', listening));
  const other = await start({ files, scanner: new URL(`tcp://127.0.0.1:${silent.address().port}`) });
  try {
    const { url } = other;
    const [root, ada] = await Promise.all(['root', 'ada'].map((person) => cookieOf(person, url)));
    const { body } = await upload(root, Buffer.from('the invoice'), { url });
    assert.equal(body.scanState, 'failed');
    const message = await post(`${ORDER}/messages`, root, { content: 'Here', attachments: [body] }, url);
    const path = `${ORDER}/messages/${message.body.id}/files/0`;
    assert.equal((await request(path, { headers: { cookie: root } }, url)).status, 200);
    assert.equal((await request(path, { headers: { cookie: ada } }, url)).status, 404);
  } finally {
    await other.stop();
    await new Promise((closed) => silent.close(closed));
  }
});

/** Reads the events of a stream until `count` have come. */
async function events(cookie, count, { last, then } = {}) {
  const stop = new AbortController();
  const headers = { cookie, ...(last && { 'last-event-id': last }) };
  const answer = await request(`${ORDER}/stream`, { headers, signal: stop.signal });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /text\/event-stream/);
  const found = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const part of answer.body) {
    const blocks = (rest + decoder.decode(part, { stream: true })).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks.filter((text) => text.includes('data:'))) {
      const field = (name) => block.split('\n').find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1).trim();
      found.push({ id: field('id'), data: JSON.parse(field('data')) });
      if (found.length === 1) await then?.();
    }
    if (found.length >= count) break;
  }
  stop.abort();
  return found;
}

// F420
test('a stream tells of each change as it happens, and goes on where it broke off', async () => {
  const [ada, acme, root, bob] = await Promise.all(['ada', 'acme', 'root', 'bob'].map((person) => cookieOf(person)));
  const news = 'It is on its way';
  const [all, change] = await events(ada, 2, { then: () => post(`${ORDER}/messages`, acme, { content: news }) });
  assert.ok(all.data.messages.length >= 5);
  assert.deepEqual(change.data.messages.map((message) => message.text), [news]);
  const note = 'Only for us';
  await post(`${ORDER}/messages`, root, { content: note, isInternal: true });
  await post(`${ORDER}/messages`, acme, { content: 'And there' });
  const [later] = await events(ada, 1, { last: change.id });
  assert.deepEqual(later.data.messages.map((message) => message.text), ['And there']);
  assert.ok(!JSON.stringify([all, change, later]).includes(note));
  assert.equal((await request(`${ORDER}/stream`, { headers: { cookie: bob } })).status, 404);
  assert.equal((await request(`${ORDER}/stream`)).status, 401);
});

// F421
test('those whom a message concerns get a mail, once, also when the mail server was down', async () => {
  const mails = [];
  let down = true;
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom: (_address, _session, done) => done(down ? new Error('down') : undefined),
    onData(stream, session, done) {
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map((to) => to.address), text: Buffer.concat(parts).toString() });
        done();
      });
    },
  });
  await new Promise((listening) => smtp.listen(0, '127.0.0.1', listening));
  const mail = { server: `smtp://127.0.0.1:${smtp.server.address().port}`, from: 'shop@example.com' };
  const other = await start({ mail, site: 'https://shop.example.com' });
  try {
    const notifications = other.app.get(Notifications);
    await assert.rejects(notifications.deliver());
    down = false;
    await notifications.deliver();
    mails.length = 0;
    const [ada, root] = await Promise.all(['ada', 'root'].map((person) => cookieOf(person, other.url)));
    const secret = 'The customer must not read this';
    await post(`${ORDER}/messages`, root, { content: secret, isInternal: true }, other.url);
    const told = await post(`${ORDER}/messages`, root, { content: 'Your invoice' }, other.url);
    await notifications.deliver();
    // Of the note nobody but administrators learns; of the message, its customer and the supplier do.
    assert.deepEqual(mails.map((sent) => sent.to[0]).sort(), ['acme@example.com', 'ada@example.com']);
    for (const { to, text } of mails) {
      assert.match(text, /Subject: You have a new message/);
      assert.match(text, /https:\/\/shop\.example\.com/);
      assert.ok(text.includes(`<${told.body.id}.${to[0]}>`));
      assert.ok(!text.includes(secret) && !text.includes('invoice'));
    }
    await post(`${ORDER}/messages`, ada, { content: 'Thank you' }, other.url);
    mails.length = 0;
    await notifications.deliver();
    const others = mails.flatMap((sent) => sent.to).sort();
    assert.ok(others.includes('acme@example.com') && !others.includes('ada@example.com'), others.join());
    mails.length = 0;
    await notifications.deliver();
    assert.deepEqual(mails, []);
  } finally {
    await other.stop();
    await new Promise((closed) => smtp.close(closed));
  }
});

// F422
test('a gateway of push notifications gets one request for each person and message', async () => {
  const pushed = [];
  let answer = 503;
  const gateway = createServer((incoming, outgoing) => {
    const parts = [];
    incoming.on('data', (part) => parts.push(part));
    incoming.on('end', () => {
      if (answer === 204) pushed.push({ key: incoming.headers['idempotency-key'], ...JSON.parse(Buffer.concat(parts)) });
      outgoing.writeHead(answer).end();
    });
  });
  await new Promise((listening) => gateway.listen(0, '127.0.0.1', listening));
  const other = await start({ push: new URL(`http://127.0.0.1:${gateway.address().port}/push`) });
  try {
    const notifications = other.app.get(Notifications);
    await assert.rejects(notifications.deliver(), /503/);
    answer = 204;
    await notifications.deliver();
    pushed.length = 0;
    const root = await cookieOf('root', other.url);
    const { body } = await post(`${ORDER}/messages`, root, { content: 'Are you at home?' }, other.url);
    await notifications.deliver();
    await notifications.deliver();
    const keys = Object.fromEntries(pushed.map(({ to, key }) => [to, key]));
    assert.deepEqual([pushed.length, keys], [2, { ada: `${body.id}.ada`, acme: `${body.id}.acme` }]);
    assert.ok(!JSON.stringify(pushed).includes('at home'));
  } finally {
    await other.stop();
    await new Promise((closed) => gateway.close(closed));
  }
});

// F060
test('webhooks of the business tell jobs and orders what happened', async () => {
  const headers = { 'x-api-key': API_KEY, 'content-type': 'application/json', 'idempotency-key': 'job-7-scheduled' };
  const body = JSON.stringify({ eventType: 'JOB_SCHEDULED', text: 'The crew comes on Tuesday at 9.' });
  const path = '/api/v1/cx/jobs/JOB-7/events';
  // A webhook is sent again when its answer was lost.
  for (const _ of [1, 2]) assert.equal((await request(path, { method: 'POST', headers, body })).status, 204);
  const cookie = await cookieOf('ada');
  const seen = await (await request('/api/v1/portal/jobs/JOB-7/messages', { headers: { cookie } })).json();
  const told = seen.filter((message) => message.body === 'The crew comes on Tuesday at 9.');
  assert.deepEqual(told.map((message) => message.source), ['SYSTEM']);
  assert.equal((await request(path, { method: 'POST', headers: { ...headers, 'x-api-key': 'x' }, body })).status, 401);
  const nowhere = '/api/v1/cx/jobs/JOB-8/events';
  assert.equal((await request(nowhere, { method: 'POST', headers: { ...headers, 'idempotency-key': 'b' }, body })).status, 404);
  const order = JSON.stringify({ eventType: 'ORDER_DELIVERED', text: 'Delivered.', storeId: 'main' });
  const answer = await request('/api/v1/cx/orders/ORD-123/events', {
    method: 'POST', headers: { ...headers, 'idempotency-key': 'order-delivered' }, body: order,
  });
  assert.deepEqual([answer.status, (await answer.json()).messageType], [201, 'system_event']);
});
