// Lists come as tables and are made records of: the same records as those of the plain form.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Client, encodeOptions } from '../dist/esm/client.js';
import { answerOf } from '../dist/esm/runtime.js';
import native from '../native.cjs';

const keys = [{ id: '2026-01', secret: new Uint8Array(32).fill(7) }];
const order = { order: 'ORD-1' };

class Carried extends Client {}

/** Two clients of one engine: one asks for tables, the other for the plain form. */
async function open() {
  const handle = new native.Handle();
  const options = { keys, reproducible: { seed: 7, now: new Date('2026-03-01T08:00:00Z') } };
  answerOf(await handle.open(encodeOptions(options)));
  const tables = [];
  const packed = new Carried({
    call: async (operation, request) => {
      const envelope = await handle.call(operation, request, true);
      if (envelope.includes('"rows":')) tables.push(operation);
      return envelope;
    },
  });
  const plain = new Carried({ call: (operation, request) => handle.call(operation, request) });
  return { packed, plain, tables };
}

/** An order's thread with everything that a message may have, and lists of more than a few of it. */
async function furnish(goodwill) {
  const root = goodwill.desk({ role: 'admin', party: 'root' });
  await root.putSubject({ kind: 'order', key: 'ORD-1', customer: 'ada', suppliers: ['acme'] });
  await root.putSubject({ kind: 'job', key: 'J-1', customer: 'ada' });
  const ada = goodwill.portal({ role: 'customer', party: 'ada' });
  const acme = goodwill.portal({ role: 'supplier', party: 'acme' });
  const messages = [];
  for (let number = 0; number < 48; number++) {
    await goodwill.setClock(new Date(Date.UTC(2026, 2, 1, 9, 0, number)));
    const author = [ada, acme, root][number % 3];
    const message = { text: `${number}: "Wo\\ist\nes?" 🚚 ${'é'.repeat(number % 5)}` };
    if (number % 4 === 0) message.language = 'de';
    if (number % 5 === 0) message.title = `Title ${number % 10}`;
    if (number % 6 === 5) Object.assign(message, { internal: true, metadata: { a: null, b: [{ c: '' }] } });
    if (number % 7 === 0) {
      const file = { blobRef: `b/${number}`, name: 'a.png', mime: 'image/png', size: 9 };
      message.attachments = [{ ...file, disposition: 'attachment', scanState: 'clean' }];
    }
    if (number > 9 && number % 8 === 0) message.replyTo = messages[0].id;
    messages.push(await author.post(order, message));
    await goodwill.jobs({ role: 'admin', party: 'root' }).createMessageForJob('J-1', {
      type: 'generic',
      channel: 'in_app',
      title: `Title ${number}`,
      body: 'Body',
      metadataJson: number % 2 ? { number } : null,
    });
    await root.putSubject({ kind: 'order', key: `O-${number}`, customer: 'ada' });
    await ada.post({ order: `O-${number}` }, { text: 'Hello' });
    if (number % 3 === 0) await root.close({ order: `O-${number}` });
  }
  await ada.correct(messages[3].id, 'Corrected');
  await ada.retract(messages[6].id);
  await root.redact(messages[9].id, 'all', 'a number');
  for (let number = 0; number < 24; number++) {
    await root.react(messages[0].id, ['👍', '🎉', '❤️'][number % 3]);
    await ada.correct(messages[45].id, `Version ${number}`);
    await root.putParty({ kind: 'staff', key: `agent-${number}`, name: 'Agent' });
    await root.addParticipant(order, `agent-${number}`, 'agent');
  }
  await acme.markAllRead(order);
  await root.markRead(messages[1].id);
  return messages;
}

test('packed and plain lists are the same', async () => {
  const { packed, plain, tables } = await open();
  const messages = await furnish(plain);
  const sides = {
    desk: (goodwill) => goodwill.desk({ role: 'admin', party: 'root' }),
    portal: (goodwill) => goodwill.portal({ role: 'customer', party: 'ada' }),
    jobs: (goodwill) => goodwill.jobs({ role: 'customer', party: 'ada' }),
    orders: (goodwill) => goodwill.orders({ role: 'customer', party: 'ada' }),
    routes: (goodwill) => goodwill.orders({ role: 'admin', party: 'root' }),
  };
  const both = [
    (session) => session.messages(order, { limit: 500, order: 'newest_first' }),
    (session) => session.messages(order, { limit: 16 }),
    (session) => session.messages(order, { limit: 15 }),
    (session) => session.changesSince(order),
    (session) => session.search({ keyword: 'ist', limit: 100 }),
    (session) => session.threads({ limit: 200 }),
    (session) => session.explain('thread.close', order),
    (session) => session.message(messages[0].id),
  ];
  const calls = {
    desk: [
      ...both,
      (desk) => desk.history(messages[45].id),
      (desk) => desk.participants(order),
      (desk) => desk.recipients(messages[0].id),
      (desk) => desk.events('billing', 100),
      (desk) => desk.publicEvents('billing', 100),
      (desk) => desk.audit({ limit: 100 }),
      (desk) => desk.tenant(),
    ],
    portal: both,
    jobs: [(jobs) => jobs.getMessagesForJob('J-1')],
    orders: [(orders) => orders.getMessages('ORD-1')],
    routes: [
      (orders) => orders.getMessages('ORD-1'),
      (orders) => orders.searchMessages({ keyword: 'ist', limit: 100 }),
    ],
  };
  for (const [side, lists] of Object.entries(calls)) {
    for (const list of lists) {
      const came = await list(sides[side](packed));
      assert.deepEqual(came, await list(sides[side](plain)), `${side} ${list}`);
    }
  }
  assert.deepEqual([...new Set(tables)].sort(), [
    'audit.list',
    'event.list_public',
    'jobs.get_messages_for_job',
    'message.changes_since',
    'message.history',
    'message.list',
    'message.recipients',
    'message.search',
    'orders.get_messages',
    'orders.search_messages',
    'thread.list',
    'thread.participants',
  ]);
});

test('records of a table are plain data of their own', async () => {
  const { packed, plain } = await open();
  await furnish(plain);
  const ada = packed.portal({ role: 'customer', party: 'ada' });
  const { messages } = await ada.messages(order, { limit: 500 });
  const [first, second] = messages;
  assert.equal(Object.getPrototypeOf(first), Object.prototype);
  for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(first))) {
    assert.ok('value' in descriptor && descriptor.enumerable && descriptor.writable);
  }
  assert.ok(first.createdAt instanceof Date);
  assert.equal('title' in second, false);
  // What many rows have in common is still each one's own.
  second.attachments.push('mine');
  messages[5].createdAt.setTime(0);
  assert.ok(messages.every((message) => message === second || !message.attachments.includes('mine')));
  assert.equal(messages.filter(({ createdAt }) => createdAt.getTime() === 0).length, 1);
});
