import { Goodwill, GoodwillError, type Log, type Message, type MessageId, type ThreadId } from 'goodwill';
import { BgNbd, type Estimates, GammaGamma, analytics, summarize } from 'goodwill/analytics';
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

export async function value(customer: string[], time: Date[], amount: Float64Array): Promise<Estimates> {
  const summary = await summarize({ customer, time, amount }, { unit: 'week', zone: 'Europe/Berlin' });
  const [purchases, spend] = await Promise.all([BgNbd.fit(summary), GammaGamma.fit(summary)]);
  const alone: Float64Array = await purchases.lifetimeValue(summary, spend, { annualRate: 0.1 });
  const shape: number = purchases.parameters.r;
  // @ts-expect-error -- BG/NBD has no such parameter
  console.log(purchases.parameters.beta, alone, shape);
  // @ts-expect-error -- no such unit
  await summarize({ customer, time }, { unit: 'fortnight' });
  const colour: string | null = analytics.health({ engagement: 60 }).colour;
  console.log(colour, JSON.stringify(purchases));
  return purchases.lifetimeValue(summary, spend, { periods: 12 }, { confidence: 0.95 });
}
