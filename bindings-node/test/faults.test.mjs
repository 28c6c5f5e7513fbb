// What comes in badly, to prompts and to models: each is a typed error, and none has a word of a customer in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Goodwill, GoodwillError, InvalidError, prompts } from 'goodwill';

const keys = [{ id: '2026-01', secret: new Uint8Array(32).fill(7) }];
const input = {
  customer: { name: 'Ada Löve' },
  job: { description: 'Boiler', status: 'scheduled' },
  messages: [{ createdAt: '2026-03-01T07:00:00Z', author: 'customer', text: 'When?' }],
};
const reply = 'REPLY:\n"Hi Ada, we come at nine."\n\nNEEDS A PERSON: no';
const half = '\ud800';

/** The error of a call, which says nothing of what the customer is. */
async function refused(call) {
  const error = await Promise.resolve().then(call).then(
    () => assert.fail('it was taken'),
    (error) => error,
  );
  assert.ok(error instanceof GoodwillError, error.stack);
  const told = `${error.message} ${JSON.stringify(error)}`;
  for (const words of ['Löve', 'Boiler', half]) assert.ok(!told.includes(words), told);
  return error;
}

test('half a character of UTF-16 is refused wherever it stands', async () => {
  const goodwill = await Goodwill.open({ keys });
  for (const call of [
    () => prompts.renderTemplate(`Hi ${half}`, {}),
    () => prompts.renderTemplate('Hi {{name}}', { name: half }),
    () => prompts.renderTemplate('Hi {{> a}}', {}, { a: half }),
    () => prompts.preview(`{{name}}${half}`, { name: 'Ada' }),
    () => prompts.preview('{{name}}', { [half]: 'Ada' }),
    () => prompts.parseAnswer('message_reply', `${reply}${half}`),
    () => prompts.lint([{ path: 'a.prompt', text: half }]),
    () => goodwill.ask('message_reply', { ...input, customer: { name: half } }),
    () => goodwill.ask(half, input),
  ]) {
    assert.ok((await refused(call)) instanceof InvalidError, String(call));
  }
  // A whole one is no fault.
  assert.equal(prompts.renderTemplate('{{name}}', { name: '\ud83d\ude9a' }), '🚚');
  goodwill.close();
});

test('data that has no end, and loops that would not end, are errors', async () => {
  const cycle = { name: 'Ada Löve' };
  cycle.self = cycle;
  assert.ok((await refused(() => prompts.renderTemplate('{{name}}', cycle))) instanceof InvalidError);
  const list = Array.from({ length: 101 }, (_, at) => at);
  const rounds = '{{#each @root.list}}'.repeat(3) + '{{/each}}'.repeat(3);
  const error = await refused(() => prompts.renderTemplate(rounds, { list }));
  assert.deepEqual([error.code, error.details.limit], ['prompt.limit', 'loop_rounds']);
  const long = await refused(() => prompts.renderTemplate('{{#each list}}{{@root.text}}{{/each}}', { list, text: 'a'.repeat(1 << 18) }));
  assert.deepEqual([long.code, long.details.limit], ['prompt.limit', 'output_bytes']);
});

test('ten megabytes are read or refused', async () => {
  const much = 'Ada Löve is angry. '.repeat(550_000);
  assert.equal((await refused(() => prompts.render('message_reply', { ...input, job: { description: much } }))).code, 'prompt.limit');
  assert.ok(prompts.parseAnswer('message_reply', `${reply}\n\n${much}`).complete);
  assert.equal(prompts.parseAnswer('message_reply', much).complete, false);
  assert.ok((await refused(() => prompts.renderTemplate(`${much}{{`, {}))).code.startsWith('prompt.'));
  const goodwill = await Goodwill.open({ keys, model: () => much });
  assert.equal((await goodwill.ask('message_reply', input, { attempts: 1 })).deterministic, true);
  goodwill.close();
});

test('a model that answers twice is heard once', async () => {
  let asked = 0;
  const model = () => {
    asked += 1;
    return {
      then(resolve, reject) {
        resolve(reply);
        resolve('REPLY:\n"Something else."\n\nNEEDS A PERSON: yes');
        reject(new Error('and fails'));
        resolve(7);
      },
    };
  };
  const goodwill = await Goodwill.open({ keys, model });
  const answer = await goodwill.ask('message_reply', input, { noRules: true });
  assert.deepEqual([answer.value.reply, answer.attempts, asked], ['Hi Ada, we come at nine.', 1, 1]);
  goodwill.close();
});

test('nothing is asked after the deadline', async () => {
  let asked = 0;
  const goodwill = await Goodwill.open({ keys, model: () => ((asked += 1), reply) });
  const past = { deadline: new Date('2020-01-01') };
  assert.equal((await refused(() => goodwill.ask('message_reply', input, { ...past, noRules: true }))).code, 'llm.deadline_exceeded');
  const answer = await goodwill.ask('message_reply', input, past);
  assert.deepEqual([answer.deterministic, answer.failure, asked], [true, 'llm.deadline_exceeded', 0]);
  goodwill.close();
});
