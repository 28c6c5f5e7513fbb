// Messages from outside, as the webhooks of providers have them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ConflictError, Goodwill } from 'goodwill';

const keys = [{ id: '2026-01', secret: new Uint8Array(32).fill(7) }];
const order = { order: 'ORD-123' };
let folder;
let goodwill;
let admin;
let webhook;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goodwill-'));
  goodwill = await Goodwill.open({ path: join(folder, 'goodwill.db'), keys });
  admin = goodwill.desk({ role: 'admin', party: 'root' });
  webhook = goodwill.desk({ role: 'service', party: 'webhook' });
  const contacts = [
    { kind: 'email', address: 'Ada@Example.com' },
    { kind: 'phone', address: '(0151) 234-5678', callingCode: '49' },
  ];
  await admin.putParty({ key: 'ada', kind: 'customer', name: 'Ada', contacts });
  await admin.putSubject({ kind: 'order', key: 'ORD-123', customer: 'ada' });
});
after(async () => {
  goodwill.close();
  await rm(folder, { recursive: true });
});

/** A mail, as providers that parse mails post it. */
const mail = {
  MessageID: '<1@example.com>',
  From: 'Ada <ada@example.com>',
  To: 'support@shop.example',
  Subject: 'Re: [ORD-123] Your order',
  TextBody: 'Blue, please.\r\n\r\nOn Mon, 2 Mar 2026 at 09:00, Shop <hi@shop.example> wrote:\r\n> Which colour?\r\n',
  HtmlBody: '<div>Blue, please.</div>',
  Headers: [{ Name: 'In-Reply-To', Value: '<out-1@shop.example>' }],
};

/** A message of WhatsApp, as its cloud posts it. */
const whatsapp = {
  entry: [
    {
      changes: [
        {
          value: {
            metadata: { phone_number_id: '1059' },
            messages: [{ from: '491512345678', id: 'wamid.1', timestamp: '1772440000', text: { body: 'And the bill?' } }],
          },
        },
      ],
    },
  ],
};

/** A text message, as a form that a gateway posts. */
const sms = new URLSearchParams({
  MessageSid: 'SM1',
  From: '+491512345678',
  To: '+4930123456',
  Body: 'About ORD-123: thanks!',
});

// F379, F382, F439
test('a mail webhook', async () => {
  const sent = await admin.post(order, { text: 'Which colour?', providerRef: '<out-1@shop.example>' });
  const take = () =>
    webhook.ingestInbound({
      channel: 'email',
      account: mail.To,
      providerRef: mail.MessageID,
      from: mail.From,
      to: [mail.To],
      subject: mail.Subject,
      text: mail.TextBody,
      html: mail.HtmlBody,
      headers: Object.fromEntries(mail.Headers.map(({ Name, Value }) => [Name, Value])),
    });
  const { outcome, message, triage } = await take();
  assert.deepEqual([outcome, triage], ['posted', undefined]);
  assert.equal(message.text, 'Blue, please.');
  assert.equal(message.original, mail.TextBody);
  assert.equal(message.title, mail.Subject);
  assert.deepEqual([message.via, message.author.role, message.replyTo], ['email', 'customer', sent.id]);
  assert.ok(message.createdAt instanceof Date);
  const again = await take();
  assert.deepEqual([again.outcome, again.message.id], ['duplicate', message.id]);
});

// F380, F382, F437
test('a webhook of WhatsApp', async () => {
  const [{ value }] = whatsapp.entry[0].changes;
  const [{ from, id, timestamp, text }] = value.messages;
  const { outcome, message } = await webhook.ingestInbound({
    channel: 'whatsapp',
    account: value.metadata.phone_number_id,
    providerRef: id,
    from,
    text: text.body,
    occurredAt: new Date(timestamp * 1000),
  });
  // No number: it is the customer's only open order.
  assert.deepEqual([outcome, message.via, message.text], ['posted', 'whatsapp', 'And the bill?']);
  assert.equal(message.occurredAt.getTime(), timestamp * 1000);
});

// F381, F382, F438
test('a webhook of SMS', async () => {
  const { outcome, message } = await webhook.ingestInbound({
    channel: 'sms',
    account: sms.get('To'),
    providerRef: sms.get('MessageSid'),
    from: sms.get('From'),
    text: sms.get('Body'),
  });
  assert.deepEqual([outcome, message.via], ['posted', 'sms']);
  const seen = await goodwill.portal({ role: 'customer', party: 'ada' }).messages(order);
  assert.deepEqual(
    seen.messages.map(({ via, text, mine }) => [via, text, mine]),
    [
      ['in_app', 'Which colour?', false],
      ['email', 'Blue, please.', true],
      ['whatsapp', 'And the bill?', true],
      ['sms', 'About ORD-123: thanks!', true],
    ],
  );
});

// F373
test('the function that older services have, and what waits for staff', async () => {
  const orders = goodwill.orders({ role: 'service', party: 'webhook' });
  const given = { orderNumber: 'ORD-123', content: 'Customer WhatsApp message', channel: 'whatsapp' };
  const known = { customerPhone: '+491512345678', senderPhone: '+491512345678' };
  const { outcome, message } = await orders.createMessageFromChannel({ ...given, ...known });
  assert.deepEqual([outcome, message.orderId, message.senderId], ['posted', 'ORD-123', 'ada']);
  assert.ok(message.createdAt instanceof Date);
  const stranger = await orders.createMessageFromChannel({ ...given, senderPhone: '+15550100200' });
  assert.deepEqual(stranger, { outcome: 'triaged', message: null, reason: 'unknown_sender' });

  const { items } = await admin.triage();
  assert.deepEqual([items.length, items[0].arrived.from, items[0].state], [1, '+15550100200', 'open']);
  assert.ok(items[0].receivedAt instanceof Date);
  const assigned = await admin.assignTriage(items[0].id, order, 'ada');
  assert.equal(assigned.text, 'Customer WhatsApp message');
  await assert.rejects(
    admin.dismissTriage(items[0].id),
    (error) => error instanceof ConflictError && error.code === 'triage.settled',
  );
  assert.deepEqual((await admin.triage()).items, []);
});
