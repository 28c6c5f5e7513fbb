import { randomUUID } from 'node:crypto';

import Database from 'better-sqlite3';

import { PAGE, PRAGMAS, checkAccess, checkNote, create, facts } from './service.mjs';

export async function open(path) {
  create(path);
  const database = new Database(path);
  for (const pragma of PRAGMAS) database.pragma(pragma);
  const sql = {
    order: database.prepare('SELECT customer FROM "order" WHERE id = ?'),
    suppliers: database.prepare('SELECT supplier FROM order_supplier WHERE order_id = ?'),
    thread: database.prepare(
      `INSERT INTO thread (id, order_id, message_count, public_count, last_message_at, created_at)
       VALUES (@id, @order, 1, @public, @now, @now)
       ON CONFLICT (order_id) DO UPDATE SET message_count = message_count + 1,
         public_count = public_count + @public, last_message_at = @now
       RETURNING id, message_count AS number`,
    ),
    message: database.prepare(
      `INSERT INTO message (id, thread_id, number, sender_role, sender_id, channel, message_type,
         text, attachments, read_by, is_internal, created_at)
       VALUES (@id, @threadId, @number, @senderRole, @senderId, @channel, @messageType,
         @text, '[]', '[]', @internal, @at)`,
    ),
    audit: database.prepare(
      `INSERT INTO audit (action, order_id, thread_id, message_id, actor_role, actor_id, metadata, at)
       VALUES ('MESSAGE_CREATED', ?, ?, ?, ?, ?, ?, ?)`,
    ),
    event: database.prepare(
      `INSERT INTO event (kind, thread_id, body, at) VALUES ('MESSAGE_CREATED', ?, ?, ?)`,
    ),
    list: database.prepare(
      `SELECT m.* FROM message m JOIN thread t ON t.id = m.thread_id
       WHERE t.order_id = ? AND m.is_internal <= ? ORDER BY m.number DESC LIMIT ${PAGE}`,
    ),
  };

  function check(who, id) {
    const order = sql.order.get(id);
    checkAccess(who, order && { ...order, suppliers: sql.suppliers.all(id) });
  }

  const write = database.transaction((who, order, text, isInternal) => {
    check(who, order);
    checkNote(who, isInternal);
    const createdAt = new Date();
    const now = createdAt.getTime();
    const thread = sql.thread.get({ id: randomUUID(), order, public: isInternal ? 0 : 1, now });
    const message = {
      id: randomUUID(),
      threadId: thread.id,
      number: thread.number,
      senderRole: who.role,
      senderId: who.party,
      channel: 'in_app',
      messageType: 'text',
      text,
      attachments: [],
      readBy: [],
      isInternal,
      createdAt,
    };
    sql.message.run({ ...message, internal: isInternal ? 1 : 0, at: now });
    const { metadata, body } = facts(who, message);
    const { id, threadId } = message;
    sql.audit.run(order, threadId, id, who.role, who.party, JSON.stringify(metadata), now);
    sql.event.run(threadId, JSON.stringify(body), now);
    return message;
  });

  return {
    async addOrder({ id, customer, suppliers }) {
      database.prepare('INSERT INTO "order" (id, customer) VALUES (?, ?)').run(id, customer);
      const insert = database.prepare('INSERT INTO order_supplier VALUES (?, ?)');
      for (const supplier of suppliers) insert.run(id, supplier);
    },
    post: async (who, order, text) => write.immediate(who, order, text, false),
    note: async (who, order, text) => write.immediate(who, order, text, true),
    async list(who, order) {
      check(who, order);
      return sql.list.all(order, who.role === 'admin' ? 1 : 0).map(asMessage);
    },
    synchronous: async () => database.pragma('synchronous', { simple: true }),
    close: async () => void database.close(),
  };
}

function asMessage(row) {
  return {
    id: row.id,
    threadId: row.thread_id,
    number: row.number,
    senderRole: row.sender_role,
    senderId: row.sender_id,
    channel: row.channel,
    messageType: row.message_type,
    text: row.text,
    attachments: JSON.parse(row.attachments),
    readBy: JSON.parse(row.read_by),
    isInternal: row.is_internal === 1,
    createdAt: new Date(row.created_at),
  };
}
