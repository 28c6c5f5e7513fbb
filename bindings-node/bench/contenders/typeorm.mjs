import { DataSource, EntitySchema } from 'typeorm';

import { PAGE, PRAGMAS, checkAccess, checkNote, create, facts } from './service.mjs';

const text = { type: 'text' };
const integer = { type: 'integer' };
const datetime = { type: 'datetime' };
const json = { type: 'simple-json' };

const Order = new EntitySchema({
  name: 'Order',
  tableName: 'order',
  columns: { id: { ...text, primary: true }, customer: text },
  relations: {
    suppliers: { type: 'one-to-many', target: 'Supplier', inverseSide: 'order' },
  },
});
const Supplier = new EntitySchema({
  name: 'Supplier',
  tableName: 'order_supplier',
  columns: {
    orderId: { ...text, primary: true, name: 'order_id' },
    supplier: { ...text, primary: true },
  },
  relations: {
    order: {
      type: 'many-to-one',
      target: 'Order',
      inverseSide: 'suppliers',
      joinColumn: { name: 'order_id' },
    },
  },
});
const Thread = new EntitySchema({
  name: 'Thread',
  tableName: 'thread',
  columns: {
    id: { ...text, primary: true, generated: 'uuid' },
    orderId: { ...text, name: 'order_id' },
    status: text,
    messageCount: { ...integer, name: 'message_count' },
    publicCount: { ...integer, name: 'public_count' },
    lastMessageAt: { ...datetime, name: 'last_message_at' },
    createdAt: { ...datetime, name: 'created_at' },
  },
});
const Message = new EntitySchema({
  name: 'Message',
  tableName: 'message',
  columns: {
    id: { ...text, primary: true, generated: 'uuid' },
    threadId: { ...text, name: 'thread_id' },
    number: integer,
    senderRole: { ...text, name: 'sender_role' },
    senderId: { ...text, name: 'sender_id' },
    channel: text,
    messageType: { ...text, name: 'message_type' },
    text,
    attachments: json,
    readBy: { ...json, name: 'read_by' },
    isInternal: { type: 'boolean', name: 'is_internal' },
    createdAt: { ...datetime, name: 'created_at' },
  },
  relations: {
    thread: { type: 'many-to-one', target: 'Thread', joinColumn: { name: 'thread_id' } },
  },
});
const Audit = new EntitySchema({
  name: 'Audit',
  tableName: 'audit',
  columns: {
    id: { ...integer, primary: true, generated: 'increment' },
    action: text,
    orderId: { ...text, name: 'order_id' },
    threadId: { ...text, name: 'thread_id' },
    messageId: { ...text, name: 'message_id' },
    actorRole: { ...text, name: 'actor_role' },
    actorId: { ...text, name: 'actor_id' },
    metadata: json,
    at: datetime,
  },
});
const Event = new EntitySchema({
  name: 'Event',
  tableName: 'event',
  columns: {
    id: { ...integer, primary: true, generated: 'increment' },
    kind: text,
    threadId: { ...text, name: 'thread_id' },
    body: json,
    at: datetime,
  },
});

/**
 * One after the other. With this driver all callers share one connection: transactions that overlap
 * would become savepoints of each other, and a caller would be answered before its rows are durable.
 */
function queue() {
  let last = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => {});
    return result;
  };
}

export async function open(path) {
  create(path);
  const source = new DataSource({
    type: 'better-sqlite3',
    database: path,
    entities: [Order, Supplier, Thread, Message, Audit, Event],
    prepareDatabase: (database) => PRAGMAS.forEach((pragma) => database.pragma(pragma)),
  });
  await source.initialize();
  const inTurn = queue();

  async function check(manager, who, id) {
    const options = { where: { id }, relations: { suppliers: true } };
    checkAccess(who, await manager.getRepository(Order).findOne(options));
  }

  async function write(manager, who, orderId, text, isInternal) {
    await check(manager, who, orderId);
    checkNote(who, isInternal);
    const now = new Date();
    const threads = manager.getRepository(Thread);
    let thread = await threads.findOneBy({ orderId });
    if (thread === null) {
      const counts = { messageCount: 0, publicCount: 0 };
      thread = threads.create({ orderId, status: 'open', ...counts, createdAt: now });
      await threads.insert(thread);
    }
    const messageCount = thread.messageCount + 1;
    const publicCount = thread.publicCount + (isInternal ? 0 : 1);
    await threads.update(thread.id, { messageCount, publicCount, lastMessageAt: now });
    const messages = manager.getRepository(Message);
    const message = messages.create({
      threadId: thread.id,
      number: messageCount,
      senderRole: who.role,
      senderId: who.party,
      channel: 'in_app',
      messageType: 'text',
      text,
      attachments: [],
      readBy: [],
      isInternal,
      createdAt: now,
    });
    await messages.insert(message);
    const { metadata, body } = facts(who, message);
    const kind = 'MESSAGE_CREATED';
    await manager.getRepository(Audit).insert({
      action: kind,
      orderId,
      threadId: thread.id,
      messageId: message.id,
      actorRole: who.role,
      actorId: who.party,
      metadata,
      at: now,
    });
    await manager.getRepository(Event).insert({ kind, threadId: thread.id, body, at: now });
    return message;
  }

  const post = (...call) =>
    inTurn(() => source.transaction((manager) => write(manager, ...call)));
  return {
    async addOrder({ id, customer, suppliers }) {
      await source.getRepository(Order).insert({ id, customer });
      const rows = suppliers.map((supplier) => ({ orderId: id, supplier }));
      await source.getRepository(Supplier).insert(rows);
    },
    post: (who, order, text) => post(who, order, text, false),
    note: (who, order, text) => post(who, order, text, true),
    async list(who, orderId) {
      await check(source.manager, who, orderId);
      return source.getRepository(Message).find({
        where: { thread: { orderId }, ...(who.role !== 'admin' && { isInternal: false }) },
        order: { number: 'DESC' },
        take: PAGE,
      });
    },
    async synchronous() {
      return (await source.query('PRAGMA synchronous'))[0].synchronous;
    },
    close: () => source.destroy(),
  };
}
