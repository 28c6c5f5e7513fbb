// The next morning, from Node: opens the database of the tour and goes on with it.
import { Goodwill, GoodwillError } from 'goodwill';

const path = process.argv[2];
if (!path) {
  console.error('usage: node tour.mjs goodwill.db');
  process.exit(2);
}
const keys = [{ id: 'tour', secret: new TextEncoder().encode('the key of a tour is no secret at all') }];
const heading = (text) => console.log(`\n\x1b[1m${text}\x1b[0m`);
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

// With GOODWILL_LLM_URL (and _KEY, _MODEL) a model with the chat-completions protocol writes drafts.
const { GOODWILL_LLM_URL: url, GOODWILL_LLM_KEY: key, GOODWILL_LLM_MODEL: model = 'default' } = process.env;
const providers = url ? [{ protocol: 'openai', url, key, model }] : [];
const goodwill = await Goodwill.open({ path, keys, models: { providers } });
const admin = goodwill.desk({ role: 'admin', party: 'Root' });

heading('The next morning, in Node: what is open');
const { threads } = await admin.threads({ status: ['open', 'pending'] });
for (const thread of threads) {
  const { status, priority, counters, tags } = thread;
  console.log(`  ${thread.subjectKind.padEnd(6)} ${status.padEnd(8)} ${priority.padEnd(7)} ${counters.messages} messages  ${tags.join(' ')}`);
}

heading('A customer writes, thirty-two times at once');
const ada = goodwill.portal({ role: 'customer', party: 'Ada' });
const order = { order: 'ORD-101' };
const begun = performance.now();
const posts = Array.from({ length: 32 }, (_, number) => ada.post(order, { text: `Knock ${number + 1}` }));
await Promise.all(posts);
console.log(`  32 durable messages in ${(performance.now() - begun).toFixed(1)} ms; the event loop was free`);
const { messages } = await ada.messages(order, { order: 'newest_first', limit: 3 });
for (const message of messages) {
  console.log(`  ${time.format(message.createdAt)}  ${message.authorRole}: ${message.text}`);
}

heading(`A draft for the customer of an order, by ${url ? model : 'rules, without any model'}`);
const draft = await admin.draftReply(order);
for (const line of draft.text.split('\n')) console.log(`  ${line}`);
console.log(`  a colleague must look at it: ${draft.needsPerson}; open: ${draft.openQuestion ?? 'nothing'}`);

heading('What goes wrong has a class, a code and a field');
for (const attempt of [
  () => ada.post(order, { text: '' }),
  () => ada.post({ order: 'ORD-999' }, { text: 'Whose is this?' }),
  () => ada.post(order, { text: 'Let me in', claimedRole: 'admin' }),
]) {
  const error = await attempt().catch((error) => error);
  if (!(error instanceof GoodwillError)) throw error;
  console.log(`  ${error.name.padEnd(14)} ${error.code.padEnd(18)} ${error.details.field ?? ''}`);
}
goodwill.close();
