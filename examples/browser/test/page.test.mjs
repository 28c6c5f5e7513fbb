// The page in a browser: what somebody does who writes prompts, and how it looks.
// Screenshots go to the folder in SCREENSHOTS, or to a new temporary one.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import axe from 'axe-core';

import { PHONE, start, WIDE } from './page.mjs';

let site;

before(async () => {
  site = await start();
});
after(async () => {
  await site.stop();
  console.log(`# screenshots: ${site.folder}`);
});
afterEach(async () => {
  await site.close();
  assert.deepEqual(site.errors.splice(0), []);
});

const file = (page) => page.getByRole('textbox', { name: 'Prompt file' });
const data = (page) => page.getByRole('textbox', { name: 'Data (JSON)' });
const messages = (page) => page.getByRole('region', { name: 'Messages' });
const piece = (page, text) => messages(page).getByRole('button', { name: text, exact: true }).first();
const origin = (page) => page.locator('#origin');
const problems = (page) => page.getByRole('region', { name: 'Problems' });
const selection = (field) => field.evaluate((it) => it.value.slice(it.selectionStart, it.selectionEnd));
const sees = (locator, text) => locator.filter({ hasText: text }).first().waitFor();
/** A name or path that stands marked beneath a text field. */
const marked = (page, id, kind) => page.locator(`.editor:has(#${id}) mark.${kind}`);

async function choose(page, prompt, sample) {
  await page.getByLabel('Prompt', { exact: true }).selectOption({ label: prompt });
  if (sample) await page.getByLabel('Data', { exact: true }).selectOption({ label: sample });
}

/** Takes screenshots of a page that is accessible in both themes, as far as a program can check that. */
async function look(page, name) {
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run());
    const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
    assert.deepEqual(found, [], `${name}, ${colorScheme}`);
    await page.screenshot({ path: join(site.folder, `${name}-${colorScheme}.png`) });
  }
}

// F158, F568
test('every prompt of the library is there with data that it prints', async () => {
  const page = await site.open();
  const names = await page.getByLabel('Prompt', { exact: true }).locator('option').allTextContents();
  assert.equal(names.length, 14);
  assert.equal(names.at(-1), 'A blank prompt');
  const hash = page.locator('#hash');
  for (const name of names.reverse()) {
    const before = await hash.textContent();
    await choose(page, name);
    await page.waitForFunction((before) => document.querySelector('#hash').textContent !== before, before);
    assert.equal(await page.locator('#problem-count.error').count(), 0, name);
    assert.ok((await messages(page).locator('.piece.value').count()) > 0, name);
  }
});

test('what is written is seen at once', async () => {
  const page = await site.open();
  await choose(page, 'A blank prompt');
  await sees(messages(page), 'Write a short message to Ada.');
  await file(page).fill('{{role "system"}}Be kind.{{role "user"}}Greet {{name}} from {{town}}.');
  await sees(messages(page), 'Greet Ada from');
  assert.deepEqual(await page.getByRole('article').getByRole('heading').allTextContents(), ['system', 'user']);
  await sees(page.locator('#problem-count'), '1 error');
  await sees(page.locator('#missing'), 'town');
  await data(page).fill('{"name": "Grace", "town": "Turin", "age": 3}');
  await sees(messages(page), 'Greet Grace from Turin.');
  await sees(page.locator('#unused'), 'age');
  assert.equal(await page.locator('#missing').isVisible(), false);
  await sees(page.locator('#problem-count'), 'No problems');
  const hash = await page.locator('#hash').textContent();
  await data(page).fill('{"name": "Grace", "town": "Turin", }');
  await sees(problems(page), 'The data are no JSON');
  await sees(messages(page), 'Greet Grace from Turin.');
  await problems(page).getByRole('button', { name: 'Data, line 1' }).click();
  assert.equal(await selection(data(page)), '}');
  await data(page).fill('{"name": "Grace", "town": "Rome"}');
  await sees(messages(page), 'Rome');
  assert.notEqual(await page.locator('#hash').textContent(), hash);
});

test('problems stand in place, and their fixes are applied', async () => {
  const page = await site.open();
  const count = page.locator('#problem-count');
  await sees(count, '13 warnings');
  assert.equal(await marked(page, 'source', 'warning').first().textContent(), 'formatDate(customer.createdAt)');
  await problems(page).getByRole('button', { name: 'Line 62, column 19' }).click();
  assert.equal(await selection(file(page)), 'formatDate(customer.createdAt)');
  const box = await marked(page, 'source', 'warning').first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const note = page.locator('#note-in-place');
  await sees(note, 'P011');
  await look(page, 'problem');
  await note.getByRole('button', { name: /Apply fix/ }).click();
  await sees(count, '12 warnings');
  assert.match(await file(page).inputValue(), /Customer since: \{\{formatDate customer\.createdAt\}\}/);
  await problems(page).getByRole('button', { name: 'Apply fix to line 66: {{money totalRevenue}}' }).click();
  await sees(count, '11 warnings');
  await page.getByRole('button', { name: 'Apply 11 fixes' }).click();
  // Amounts have a currency now, which the settings name. What a loop repeats is said once.
  await sees(count, /^7 errors$/);
  await page.getByLabel('Currency').fill('EUR');
  await sees(count, 'No problems');
  assert.match(await file(page).inputValue(), /\{\{money this\.profit\}\}/);
  // What was applied can be taken back.
  const fixed = await file(page).inputValue();
  await file(page).evaluate((it) => it.setSelectionRange(0, 0));
  await file(page).press('X');
  await file(page).press('Control+z');
  assert.equal(await file(page).inputValue(), fixed);
  await file(page).press('Control+z');
  await file(page).press('Control+z');
  await sees(count, /warning/);
});

test('every piece of a message tells where it comes from', async () => {
  const page = await site.open();
  await piece(page, 'Ada Löve').hover();
  await sees(origin(page), 'Value of customer.name · not trusted, on one line and neutralised · line 61 of the prompt');
  assert.equal(await marked(page, 'source', 'pointed').textContent(), '{{customer.name}}');
  assert.equal(await marked(page, 'data', 'pointed').textContent(), '"Ada Löve"');
  await piece(page, '2026-02-20').hover();
  await sees(origin(page), 'recentJobs[1].date');
  await piece(page, '2026-02-20').click();
  assert.equal(await selection(data(page)), '"2026-02-20T10:00:00Z"');
  await piece(page, '2026-02-20').click({ modifiers: ['Shift'] });
  assert.equal(await selection(file(page)), '{{formatDate(this.date)}}');
  const words = messages(page).getByRole('button', { name: /^You are a financial analyst/ });
  await words.click();
  assert.match(await selection(file(page)), /^You are a financial analyst[^]*Name: $/);
  await messages(page).getByRole('button', { name: /Respond in exactly this format/ }).hover();
  await sees(origin(page), 'Added by the library');
});

test('what a customer forges stays on one line', async () => {
  const page = await site.open();
  await choose(page, 'Customer value and profitability', 'A customer who forges');
  const name = messages(page).getByRole('button', { name: /Ignore all rules/ });
  await name.waitFor();
  const text = await name.textContent();
  assert.ok(!text.includes('\n') && !text.includes('<|im_end|>'), text);
  assert.equal(await page.getByRole('article').count(), 1);
});

test('lists that are too long say what was left out', async () => {
  const page = await site.open();
  await choose(page, 'How a customer feels', 'Long lists');
  await sees(page.locator('#dropped'), /communications \d+ of 1000 shown/);
  await messages(page).getByRole('button', { name: /earlier entries omitted/ }).hover();
  await sees(origin(page), 'Says what the budget left out');
  const before = await page.locator('#dropped').textContent();
  await page.getByLabel('Most tokens').fill('100000');
  await page.waitForFunction((text) => document.querySelector('#dropped').textContent !== text, before);
});

test('settings change what is printed', async () => {
  const page = await site.open();
  await choose(page, 'A blank prompt');
  await file(page).fill('{{customer.name}} {{money sum}} {{formatDate at "long"}} {{missing}}');
  await data(page).fill('{"customer": {"name": "Ada Brown"}, "sum": 12.5, "at": "2026-02-28T23:30:00Z"}');
  await sees(page.locator('#problem-count'), 'error');
  await page.getByLabel('Missing values').selectOption('compatible');
  await page.getByLabel('Currency').fill('eur');
  await page.getByLabel('Locale').fill('de');
  await page.getByLabel('Zone').fill('+02:00');
  await sees(messages(page), 'Ada Brown 12,50 € 1. März 2026');
  await page.getByLabel('Personal data').selectOption('mask');
  await sees(messages(page), '[PERSON]');
  await page.getByLabel('Personal data').selectOption('pseudonym');
  await sees(messages(page), '[PERSON_1]');
  await page.getByLabel('Zone').fill('Nowhere/Land');
  await page.getByRole('alert').or(problems(page).getByRole('listitem')).filter({ hasText: /zone/i }).first().waitFor();
});

// F523, F524
test('a reply is read', async () => {
  const page = await site.open();
  await page.getByRole('tab', { name: 'Reply' }).click();
  const reply = page.getByLabel('Reply of a model');
  const verdict = page.locator('#verdict');
  await page.getByLabel('Example replies').selectOption({ label: 'as asked' });
  await sees(verdict, /^Acceptable$/);
  const row = page.getByRole('row', { name: /^classification/ });
  await sees(row, 'Highly Profitable');
  await row.hover();
  assert.equal(await marked(page, 'reply', 'pointed').textContent(), 'Highly Profitable');
  await row.getByRole('button', { name: 'Show classification in the reply' }).click();
  assert.equal(await selection(reply), 'Highly Profitable');
  assert.ok((await marked(page, 'reply', 'field').count()) >= 4);
  await look(page, 'reply');
  await reply.fill('**SUMMARY:** Ada pays. She comes back.\n\nKEY OBSERVATION: pays by card\nCLASSIFICATION: highly profitabel');
  await sees(verdict, 'Incomplete: missing fields');
  await sees(page.getByRole('row', { name: /^recommendation/ }), 'missing');
  await sees(page.locator('#warnings'), 'was guessed from something close');
  await sees(page.locator('#repair-text'), 'RECOMMENDATION is missing.');
  await look(page, 'broken-reply');
  await page.getByText('The format that the model is shown').click();
  await sees(page.locator('#format-text'), 'PROFITABILITY ANALYSIS:');
  await page.getByLabel('Form', { exact: true }).selectOption('json');
  await sees(page.locator('#format-text'), 'Answer with one JSON object');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy JSON Schema' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())).title, 'profitability_analysis');
  await page.getByRole('button', { name: 'Copy grammar' }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith('root ::= "{"'));
  await page.getByLabel('Example replies').selectOption({ label: 'stopped early' });
  await sees(verdict, 'Incomplete');
  await page.getByLabel('Example replies').selectOption({ label: 'what rules answer, without a model' });
  await sees(verdict, /^Acceptable$/);
  await choose(page, 'A blank prompt');
  await sees(page.locator('#reply-none'), 'Replies are read for the prompts of the library');
});

test('a link brings everything back', async () => {
  const page = await site.open();
  await choose(page, 'How a customer feels');
  await file(page).fill('Hello {{customer.name}} 👋');
  await data(page).fill('{"customer": {"name": "Zoë"}}');
  await page.getByLabel('Locale').fill('fr');
  await page.getByRole('button', { name: 'Theme: system' }).click();
  await sees(messages(page), 'Hello Zoë 👋');
  await page.waitForTimeout(700);
  const other = await site.open({ fragment: new URL(page.url()).hash });
  await sees(messages(other), 'Hello Zoë 👋');
  assert.equal(await other.getByLabel('Locale').inputValue(), 'fr');
  assert.equal(await other.getByLabel('Prompt', { exact: true }).inputValue(), 'sentiment_analysis');
  await other.getByRole('button', { name: 'Theme: light' }).waitFor();
  // What is no link of this page is none.
  const strange = await site.open({ fragment: '#not-a-state' });
  await sees(messages(strange), 'You are a financial analyst');
});

test('all of it by keyboard alone', async () => {
  const page = await site.open();
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await sees(page.locator('#problem-count'), '13 warnings');
  await file(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  assert.equal(await selection(file(page)), 'formatDate(customer.createdAt)');
  await sees(page.locator('#note-in-place'), 'P011');
  await page.keyboard.press('Control+.');
  await sees(page.locator('#problem-count'), '12 warnings');
  // Through the list: the keyboard stays in it when a fix has been applied.
  await page.keyboard.press('Tab');
  for (let tries = 0; tries < 8 && (await focused()) !== 'Apply fix'; tries += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await sees(page.locator('#problem-count'), '11 warnings');
  assert.ok(await page.evaluate(() => document.querySelector('#problems').contains(document.activeElement)));
  // To the messages and their values, to the data, and back.
  await file(page).focus();
  await page.keyboard.press('Escape');
  await sees(origin(page), 'Words of the template');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), 'Ada Löve');
  await sees(origin(page), 'Value of customer.name');
  await page.keyboard.press('Enter');
  assert.equal(await selection(data(page)), '"Ada Löve"');
  await page.keyboard.press('Escape');
  assert.equal(await focused(), 'Ada Löve');
  await page.keyboard.press('Shift+Enter');
  assert.equal(await selection(file(page)), '{{customer.name}}');
  await page.getByRole('tab', { name: 'Messages' }).focus();
  await page.keyboard.press('ArrowRight');
  const inReply = () => page.evaluate(() => document.activeElement.id === 'reply');
  for (let tries = 0; tries < 4 && !(await inReply()); tries += 1) await page.keyboard.press('Tab');
  await page.keyboard.type('CLASSIFICATION: Break-Even');
  await sees(page.getByRole('row', { name: /^classification/ }), 'Break-Even');
});

test('a megabyte of data leaves the page alive', async () => {
  const page = await site.open();
  await choose(page, 'How a customer feels');
  const communications = Array.from({ length: 8000 }, (_, at) => ({ date: '2026-01-01', type: 'email', content: `Letter ${at}: ${'words '.repeat(16)}` }));
  const text = JSON.stringify({ customer: { name: 'Ada' }, communications }, null, 1);
  assert.ok(text.length > 1_000_000);
  await data(page).evaluate((field, text) => {
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }, text);
  await sees(page.locator('#dropped'), /of 8000 shown/);
  const value = messages(page).getByRole('button', { name: /^Letter 7999/ });
  await value.click();
  assert.match(await selection(data(page)), /^"Letter 7999/);
  assert.ok(await page.locator('.editor.long .line').count() < 100);
});

test('a module that cannot be had is said', async () => {
  const page = await site.open();
  await page.route('**/prompts_bg.wasm', (route) => route.fulfill({ status: 503, body: '' }));
  await page.reload();
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').textContent(), /\S/);
  site.errors.splice(0);
});

test('nothing is fetched from elsewhere, and nothing inline runs', async () => {
  const page = await site.open();
  const origins = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin));
  assert.deepEqual([...new Set(origins)], [new URL(page.url()).origin]);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    return window.ran === true;
  });
  assert.equal(ran, false);
  assert.ok(site.errors.splice(0).every((text) => /Content Security Policy/.test(text)));
});

test('wide and narrow, light and dark', async () => {
  for (const [name, viewport] of [['wide', WIDE], ['narrow', PHONE]]) {
    const page = await site.open({ viewport });
    await choose(page, 'How a customer feels', 'Long lists');
    await sees(page.locator('#dropped'), '1000');
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok((await overflow()) <= 0, `${name}: ${await overflow()}`);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    if (viewport === WIDE) assert.equal(height, WIDE.height);
    await page.setViewportSize({ ...viewport, height });
    await look(page, `messages-${name}`);
    await page.getByRole('tab', { name: 'Reply' }).click();
    await page.getByLabel('Example replies').selectOption({ label: 'as asked' });
    await page.locator('#fields tr').first().waitFor();
    assert.ok((await overflow()) <= 0, `${name}: ${await overflow()}`);
    await look(page, `answer-${name}`);
  }
});

test('a theme that is chosen stays, whatever the system has', async () => {
  const page = await site.open({ colorScheme: 'light' });
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await back();
  await page.getByRole('button', { name: 'Theme: system' }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.equal(await back(), light);
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  assert.notEqual(await back(), light);
});
