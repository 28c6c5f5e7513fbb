import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';

import generated from '../generated/prisma/index.js';
import { PAGE, PRAGMAS, checkAccess, checkNote, create, facts } from './service.mjs';

const PATIENCE = { maxWait: 60_000, timeout: 60_000 };

export async function open(path) {
  create(path);
  const adapter = new PrismaBetterSqlite3({ url: `file:${path}` });
  const prisma = new generated.PrismaClient({ adapter, transactionOptions: PATIENCE });
  for (const pragma of PRAGMAS) await prisma.$queryRawUnsafe(`PRAGMA ${pragma}`);

  async function check(client, who, id) {
    checkAccess(who, await client.order.findUnique({ where: { id }, include: { suppliers: true } }));
  }

  function write(who, orderId, text, isInternal) {
    return prisma.$transaction(async (tx) => {
      await check(tx, who, orderId);
      checkNote(who, isInternal);
      const now = new Date();
      const publicCount = isInternal ? 0 : 1;
      const thread = await tx.thread.upsert({
        where: { orderId },
        create: { orderId, messageCount: 1, publicCount, lastMessageAt: now },
        update: {
          messageCount: { increment: 1 },
          publicCount: { increment: publicCount },
          lastMessageAt: now,
        },
      });
      const threadId = thread.id;
      const sender = { senderRole: who.role, senderId: who.party };
      const message = await tx.message.create({
        data: { threadId, number: thread.messageCount, ...sender, text, isInternal, createdAt: now },
      });
      const { metadata, body } = facts(who, message);
      const actor = { actorRole: who.role, actorId: who.party };
      const kind = 'MESSAGE_CREATED';
      await tx.audit.create({
        data: { action: kind, orderId, threadId, messageId: message.id, ...actor, metadata, at: now },
      });
      await tx.event.create({ data: { kind, threadId, body, at: now } });
      return message;
    });
  }

  return {
    async addOrder({ id, customer, suppliers }) {
      const create = suppliers.map((supplier) => ({ supplier }));
      await prisma.order.create({ data: { id, customer, suppliers: { create } } });
    },
    post: (who, order, text) => write(who, order, text, false),
    note: (who, order, text) => write(who, order, text, true),
    async list(who, orderId) {
      await check(prisma, who, orderId);
      return prisma.message.findMany({
        where: { thread: { orderId }, ...(who.role !== 'admin' && { isInternal: false }) },
        orderBy: { number: 'desc' },
        take: PAGE,
      });
    },
    async synchronous() {
      return Number((await prisma.$queryRawUnsafe('PRAGMA synchronous'))[0].synchronous);
    },
    close: () => prisma.$disconnect(),
  };
}
