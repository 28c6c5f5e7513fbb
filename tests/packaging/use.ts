import { Goodwill, GoodwillError, type Log, type Message, type MessageId, type ThreadId } from 'goodwill';
import { GoodwillModule, statusOf } from 'goodwill/nest';
import { type Check, checkLog } from 'goodwill/testing';

export async function use(): Promise<Message | undefined> {
  await using goodwill = await Goodwill.open({ keys: [{ id: 'k', secret: new Uint8Array(32) }] });
  const admin = goodwill.desk({ role: 'admin', party: 'root', stores: ['north'] });
  const { messages, more } = await admin.messages({ order: 'ORD-1' }, { limit: 10 });
  const first = messages[0];
  if (first === undefined || more) return undefined;
  const at: Date = first.createdAt;
  const corrected: Date | undefined = first.correctedAt;
  if (first.visibility !== 'public') console.log(first.visibility.internal.audience, at, corrected);
  const id: MessageId = first.id;
  // @ts-expect-error -- the id of a message is not that of a thread
  const thread: ThreadId = id;
  console.log(thread);
  const portal = goodwill.portal({ role: 'customer', party: 'ada' });
  const seen = await portal.message(id);
  // @ts-expect-error -- what customers read has no place for an internal note
  console.log(seen.visibility);
  // @ts-expect-error -- a portal closes nothing
  await portal.close({ order: 'ORD-1' });
  // @ts-expect-error -- no such topic
  await portal.post({ order: 'ORD-1' }, { text: 'hi', topic: 'nope' });
  try {
    await portal.post({ order: 'ORD-1' }, { text: 'hi', topic: 'generic' });
  } catch (error) {
    if (error instanceof GoodwillError && error.code === 'thread.closed') console.log(statusOf(error));
  }
  return first;
}

export const module = GoodwillModule.forRoot({ keys: [{ id: 'k', secret: '07'.repeat(32) }] });

export function check(open: () => Log): Promise<Check[]> {
  return checkLog(open);
}

export const onALog = (log: Log) => Goodwill.open({ keys: [{ id: 'k', secret: '07'.repeat(32) }], log });
