// Prompts that are asked: of rules, of a model of the host's, of a service.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Goodwill, GoodwillError, InvalidError, prompts } from 'goodwill';

const keys = [{ id: '2026-01', secret: new Uint8Array(32).fill(7) }];
const input = {
  customer: { name: 'Ada Löve' },
  job: { description: 'Boiler', status: 'scheduled' },
  messages: [{ createdAt: '2026-03-01T07:00:00Z', author: 'customer', text: 'When? Call +49 30 1234567' }],
};
const reply = 'REPLY:\n"Hi [PERSON_1], we come at nine."\n\nNEEDS A PERSON: no';
const known = [{ kind: 'person', text: 'Ada Löve' }];

async function furnished(options = {}) {
  const goodwill = await Goodwill.open({ keys, ...options });
  const admin = goodwill.desk({ role: 'admin', party: 'root' });
  await admin.putParty({ key: 'ada', kind: 'customer', name: 'Ada' });
  const job = { kind: 'job', key: 'job-7', customer: 'ada', status: 'ordered' };
  await admin.putSubject(job);
  await goodwill.portal({ role: 'customer', party: 'ada' }).post({ job: 'job-7' }, { text: 'When will you come?' });
  await admin.post({ job: 'job-7' }, { text: 'a difficult customer', internal: true });
  return { goodwill, admin, jobs: goodwill.jobs({ role: 'service', kind: 'service', party: 'internal-api' }) };
}

// F044: without a model everything works.
test('rules answer where there is no model, and say so', async () => {
  const { goodwill } = await furnished();
  const [one, two] = [await goodwill.ask('message_reply', input), await goodwill.ask('message_reply', input)];
  assert.ok(one.deterministic && one.acceptable);
  assert.match(one.value.reply, /Ada Löve/);
  assert.deepEqual(one, two);
  await assert.rejects(goodwill.ask('message_reply', {}), InvalidError);
  await assert.rejects(goodwill.ask('nope', {}), (error) => error.code === 'prompt.unknown');
  goodwill.close();
});

test('a model of the host is asked with pseudonyms, and they are put back', async () => {
  const seen = [];
  const model = async (request) => {
    seen.push(JSON.stringify(request));
    return { text: reply, model: 'ours', inputTokens: 90, outputTokens: 12 };
  };
  const { goodwill } = await furnished({ model, models: { cachedAnswers: 10 } });
  const answer = await goodwill.ask('message_reply', input, { render: { known } });
  assert.equal(answer.value.reply, 'Hi Ada Löve, we come at nine.');
  assert.deepEqual([answer.deterministic, answer.model, answer.usage.input], [false, 'ours', 90]);
  assert.ok(!seen[0].includes('Ada') && !seen[0].includes('1234567'));
  const again = await goodwill.ask('message_reply', input, { render: { known } });
  assert.ok(again.cached && seen.length === 1);
  await goodwill.ask('message_reply', input, { render: { known }, forceRefresh: true });
  assert.equal(seen.length, 2);
  goodwill.close();
});

test('whatever a model does, the answer is typed', async () => {
  const refusal = Object.assign(new Error('secret of the host'), { code: 'llm.refused' });
  const models = [
    [() => { throw new Error('down'); }, 'llm.transport'],
    [() => Promise.reject(refusal), 'llm.refused'],
    [() => 7, 'llm.malformed'],
    [() => null, 'llm.malformed'],
    [() => ({ words: 'x' }), 'llm.malformed'],
    [() => '\ud800', 'llm.transport'],
    [() => 'I cannot help with that.', 'llm.semantic'],
    [() => '', 'llm.semantic'],
    [() => new Promise(() => {}), 'llm.deadline_exceeded'],
  ];
  for (const [model, failure] of models) {
    const { goodwill } = await furnished({ model, models: { patienceSeconds: 1 } });
    const answer = await goodwill.ask('message_reply', input, { attempts: 2 });
    assert.ok(answer.deterministic && answer.acceptable, failure);
    assert.ok([failure, 'llm.budget_exhausted'].includes(answer.failure), answer.failure);
    const error = await goodwill.ask('message_reply', input, { attempts: 1, noRules: true }).then(
      () => assert.fail(failure),
      (error) => error,
    );
    assert.ok(error instanceof GoodwillError && error.code === failure, `${error.code}, not ${failure}`);
    assert.ok(!JSON.stringify(error).includes('secret') && !error.message.includes('secret'));
    goodwill.close();
  }
  await assert.rejects(Goodwill.open({ keys, model: 'gpt' }), InvalidError);
});

test('an answer that cannot be used is asked for again', async () => {
  const said = ['Sure!', reply];
  const requests = [];
  const model = (request) => {
    requests.push(request);
    return said[requests.length - 1];
  };
  const { goodwill } = await furnished({ model });
  const answer = await goodwill.ask('message_reply', input, { render: { known } });
  assert.equal(answer.value.reply, 'Hi Ada Löve, we come at nine.');
  assert.equal(answer.attempts, 2);
  assert.ok(JSON.stringify(requests[1]).includes('Sure!'), 'the model sees what was wrong');
  goodwill.close();
});

// F022, F023, F030, F045, F046, F047, F048, F049, F050
test('a message to the customer of a job is suggested, changed and posted', async () => {
  const seen = [];
  const model = (request) => {
    seen.push(JSON.stringify(request));
    return 'TITLE: News\n\nMESSAGE:\n"Hi [PERSON_1], your panels are ordered. We call you soon."';
  };
  const { goodwill, admin, jobs } = await furnished({ model });
  const options = { messageType: 'STATUS_UPDATE', tone: 'friendly', customPrompt: 'Are the panels there?' };
  const suggestion = await jobs.suggestMessage('job-7', options);
  assert.match(suggestion.body, /Hi Ada, your panels are ordered/);
  assert.equal(suggestion.title, 'Project Status Update');
  assert.deepEqual([suggestion.metadata.tone, suggestion.metadata.customPrompt], ['friendly', 'Are the panels there?']);
  assert.ok(seen[0].includes('When will you come?') && seen[0].includes('friendly'));
  assert.ok(!seen[0].includes('difficult'), 'a note among colleagues reaches no model');
  assert.equal((await jobs.getMessagesForJob('job-7')).length, 1);

  const changed = { type: 'STATUS_UPDATE', source: 'AI_SUGGESTED', body: `${suggestion.body} Ulla`, metadataJson: suggestion.metadata };
  const posted = await jobs.createMessageForJob('job-7', changed);
  assert.deepEqual([posted.source, posted.metadataJson.tone], ['AI_SUGGESTED', 'friendly']);

  const auto = await jobs.idempotent('k').createAutoMessageFromAi('job-7', { messageType: 'ETA_UPDATE' });
  assert.deepEqual([auto.source, auto.title], ['AI_SUGGESTED', 'Installation Timeline Update']);
  const same = await jobs.idempotent('k').createAutoMessageFromAi('job-7', { messageType: 'ETA_UPDATE' });
  assert.equal(same.id, auto.id);
  assert.equal(seen.length, 2);

  const draft = await admin.draftReply({ job: 'job-7' });
  assert.equal(draft.metadata.prompt, 'message_reply');
  await assert.rejects(
    goodwill.jobs({ role: 'customer', party: 'ada' }).suggestMessage('job-7', options),
    (error) => error.kind === 'denied',
  );
  goodwill.close();
});

test('a service is asked over HTTP, and its key is in no error', async () => {
  const bodies = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push([request.headers.authorization, JSON.parse(body)]);
    if (bodies.length === 1) {
      response.writeHead(429, { 'retry-after': '0' }).end('{"error":{"message":"slow down"}}');
      return;
    }
    const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: reply } }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: '1', model: 'tiny', choices, usage: { prompt_tokens: 5, completion_tokens: 3 } }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const provider = { protocol: 'openai', url, key: 'sk-secret', model: 'tiny' };
  const { goodwill } = await furnished({ models: { providers: [provider] } });
  const answer = await goodwill.ask('message_reply', input, { render: { known } });
  assert.equal(answer.value.reply, 'Hi Ada Löve, we come at nine.');
  assert.deepEqual([answer.model, answer.attempts, bodies.length], ['tiny', 2, 2]);
  assert.equal(bodies[0][0], 'Bearer sk-secret');
  assert.equal(bodies[0][1].model, 'tiny');
  server.close();
  server.closeAllConnections();
  const error = await goodwill.ask('message_reply', input, { noRules: true, attempts: 1 }).catch((error) => error);
  assert.equal(error.code, 'llm.transport');
  assert.ok(!JSON.stringify(error).includes('sk-secret'));
  await assert.rejects(
    Goodwill.open({ keys, models: { providers: [{ ...provider, url: 'ftp://x' }] } }),
    (error) => error.details.field === 'models.providers[0].url',
  );
  goodwill.close();
});

// F163, F164
test('facts about a customer become a typed answer', async () => {
  const { goodwill } = await furnished();
  const facts = {
    customer: { id: 'ada', name: 'Ada Löve', createdAt: new Date('2023-03-20T08:00:00Z') },
    payments: [{ amount: { amount: '95.00', currency: 'EUR' }, paidAt: new Date('2026-01-05T09:00:00Z') }],
    appliances: [{ id: 'washer-1', type: 'Washing machine', installedAt: '2018-02-12' }],
  };
  const context = { now: new Date('2026-03-01T09:00:00Z'), zone: 'Europe/Berlin' };
  const { answer, financials, provenance } = await goodwill.profitabilityAnalysis(facts, context);
  assert.equal(answer.classification, 'Highly Profitable');
  assert.deepEqual(financials[0].profit, { amount: '95.00', currency: 'EUR' });
  assert.ok(provenance.deterministic);
  const [washer] = await goodwill.predictAllMaintenance(facts, context);
  assert.deepEqual([washer.appliance, washer.profile], ['washer-1', 'Washing machine']);
  const greeting = await goodwill.generateGreeting(facts, context);
  assert.deepEqual([greeting.occasion.day, greeting.upcoming.length], ['2026-03-20', 1]);
  const wrong = { ...facts, payments: [{ ...facts.payments[0], job: 'J-9' }] };
  await assert.rejects(goodwill.timelineSummary(wrong, context), (error) => {
    assert.ok(error instanceof InvalidError);
    assert.equal(error.details.field, 'facts.payments[0].job');
    return true;
  });
  const input = prompts.context('followup_suggestions', facts, context);
  assert.deepEqual([input.upcomingSeason, input.currentDate], ['summer', '2026-03-01']);
  goodwill.close();
});

test('what is written about customers is the same in every language', async () => {
  const { default: native } = await import('../native.cjs');
  const vectors = (name) => JSON.parse(readFileSync(new URL(`../../tests/vectors/${name}`, import.meta.url), 'utf8'));
  const handle = new native.Handle();
  await handle.open(JSON.stringify(vectors('calls.json').open));
  for (const { operation, request, answer } of vectors('features.json').calls) {
    assert.equal(await handle.call(operation, request), answer, operation);
  }
});

/** A service that answers in pieces, and then ends, hangs or breaks. */
async function streaming(t, pieces, { hangs = false, breaks = false } = {}) {
  const seen = { aborted: 0, asked: 0 };
  const server = createServer(async (request, response) => {
    for await (const chunk of request) void chunk;
    seen.asked += 1;
    response.on('close', () => { if (!response.writableFinished) seen.aborted += 1; });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    for (const content of pieces) {
      send({ model: 'tiny', choices: [{ delta: { content } }] });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (hangs) return;
    if (breaks) return response.destroy();
    send({ choices: [{ delta: {}, finish_reason: 'stop' }] });
    send({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 3 } });
    response.end('data: [DONE]\n\n');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const { goodwill } = await furnished({ models: { providers: [{ protocol: 'openai', url, model: 'tiny' }] } });
  t.after(() => {
    goodwill.close();
    server.close();
    server.closeAllConnections();
  });
  return { goodwill, seen };
}

const inPieces = (text) => text.match(/[^]{1,7}/g);

test('an answer comes part by part', async (t) => {
  const { goodwill } = await streaming(t, inPieces(reply));
  let text = '';
  const kinds = new Set();
  let fields, answer;
  for await (const part of goodwill.stream('message_reply', input, { render: { known } })) {
    kinds.add(part.kind);
    if (part.kind === 'text') text += part.text;
    if (part.kind === 'fields') fields = part.value;
    if (part.kind === 'answer') answer = part.answer;
  }
  assert.deepEqual([...kinds], ['text', 'fields', 'answer']);
  assert.equal(text, reply.replace('[PERSON_1]', 'Ada Löve'));
  assert.equal(answer.text, text);
  assert.equal(fields.reply, 'Hi Ada Löve, we come at nine.');
  assert.deepEqual([answer.acceptable, answer.usage.output, answer.attempts], [true, 3, 1]);
});

test('a stream that breaks is an error, or rules answer', async (t) => {
  const { goodwill } = await streaming(t, inPieces(reply).slice(0, 4), { breaks: true });
  const seen = [];
  await assert.rejects(
    async () => {
      for await (const part of goodwill.stream('message_reply', input, { noRules: true, attempts: 1 })) seen.push(part.kind);
    },
    (error) => error instanceof GoodwillError && error.code === 'llm.transport',
  );
  assert.ok(!seen.includes('answer'));
  const parts = [];
  for await (const part of goodwill.stream('message_reply', input)) parts.push(part);
  const last = parts.at(-1);
  assert.ok(last.kind === 'answer' && last.answer.deterministic && last.answer.failure === 'llm.transport');
  assert.ok(parts.some((part) => part.kind === 'again'), 'what was shown does not count');
  await assert.rejects(goodwill.stream('nope', {}).next(), (error) => error.code === 'prompt.unknown');
});

test('a signal, and leaving the loop, give a stream up', async (t) => {
  const { goodwill, seen } = await streaming(t, inPieces(reply).slice(0, 2), { hangs: true });
  const given = new AbortController();
  const reason = new Error('enough');
  await assert.rejects(
    async () => {
      const options = { signal: given.signal };
      for await (const part of goodwill.stream('message_reply', input, undefined, options)) {
        if (part.kind === 'text') given.abort(reason);
      }
    },
    (error) => error === reason,
  );
  const pending = new AbortController();
  const waiting = goodwill.stream('message_reply', input, { forceRefresh: true }, { signal: pending.signal });
  await waiting.next();
  await waiting.next();
  const stuck = waiting.next();
  pending.abort(reason);
  await assert.rejects(stuck, (error) => error === reason, 'also while it waits for the next part');
  for await (const part of goodwill.stream('message_reply', input, { forceRefresh: true })) {
    if (part.kind === 'text') break;
  }
  assert.equal(seen.asked, 3);
  while (seen.aborted < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  const early = AbortSignal.abort(reason);
  await assert.rejects(goodwill.stream('message_reply', input, undefined, { signal: early }).next(), (error) => error === reason);
  assert.equal(seen.asked, 3);
});

test("a prompt of the host's declares its answer, and gets it", async () => {
  const text = '---\noutput:\n  schema:\n    gist: string, what happened\n    mood(enum): [good, bad]\n' +
    'goodwill.answer:\n  fields: {gist: {sentences: [1, 2]}}\ngoodwill.showOutput: true\n' +
    'goodwill.trust: {default: line}\n---\nSum up: {{text}}';
  const seen = [];
  const model = (request) => {
    seen.push(request.messages.at(-1).content);
    return 'Gist: It leaks.\nMood: Bad';
  };
  const { goodwill } = await furnished({ model, models: { prompts: [{ path: 'gist.prompt', text }] } });
  const answer = await goodwill.ask('gist', { text: 'It leaks.' });
  assert.deepEqual(answer.value, { gist: 'It leaks.', mood: 'bad' });
  assert.match(seen[0], /MOOD: \[one of: good, bad\]/);
  goodwill.close();
});

// F166: answers are kept in a file of their own, and forgotten with the party.
test('kept answers outlive the process and go with the party', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'goodwill-'));
  let asked = 0;
  const model = () => {
    asked += 1;
    return reply;
  };
  const models = { answersPath: join(folder, 'answers.db') };
  const settings = { render: { known }, tags: ['ada'] };
  const first = await furnished({ model, models });
  await first.goodwill.ask('message_reply', input, settings);
  first.goodwill.close();
  const { goodwill } = await furnished({ model, models });
  assert.ok((await goodwill.ask('message_reply', input, settings)).cached);
  await goodwill.desk({ role: 'privacy_officer', party: 'olga' }).eraseParty('ada', 'asked to');
  assert.ok(!(await goodwill.ask('message_reply', input, settings)).cached);
  assert.equal(asked, 2);
  goodwill.close();
  rmSync(folder, { recursive: true });
});
