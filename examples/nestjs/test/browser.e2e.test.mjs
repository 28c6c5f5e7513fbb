// The page in a browser: what a customer, a supplier and an administrator do, and how it looks.
// Screenshots go to the folder in SCREENSHOTS, or to a new temporary one.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import axe from 'axe-core';
import { chromium } from 'playwright-core';

import { API_KEY, start } from './server.mjs';

const WIDE = { width: 1100, height: 800 };
const PHONE = { width: 390, height: 780 };
const NOTE = 'Third question this week. Please answer within the hour.';

let browser;
let folder;
let server;
const contexts = [];
const errors = [];

before(async () => {
  folder = process.env.SCREENSHOTS ?? (await mkdtemp(join(tmpdir(), 'goodwill-page-')));
  await mkdir(folder, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'],
  });
});
after(async () => {
  await browser.close();
  console.log(`# screenshots: ${folder}`);
});
beforeEach(async (t) => {
  server = await start();
  t.after(async () => {
    for (const context of contexts.splice(0)) await context.close();
    await server.stop();
    assert.deepEqual(errors.splice(0), []);
  });
});

/** A page of its own for a person. Whatever goes wrong in it is an error of the test. */
async function pageOf(name, { colorScheme = 'light', viewport = WIDE, clock = false, ...more } = {}) {
  const context = await browser.newContext({ colorScheme, viewport, locale: 'en-GB', reducedMotion: 'reduce', ...more });
  contexts.push(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error));
  page.on('console', (message) => {
    const expected = /status of 40[14]|ERR_INTERNET_DISCONNECTED/;
    if (message.type() === 'error' && !expected.test(message.text())) errors.push(message.text());
  });
  if (clock) await page.clock.install();
  await page.goto(server.url);
  await page.getByRole('button', { name }).click();
  return page;
}

const log = (page) => page.getByRole('log', { name: 'Messages of the order' });
const message = (page, text) => log(page).getByRole('listitem').filter({ hasText: text });
const status = (page, text) => page.getByRole('status').filter({ hasText: text });
const shot = (page, name) => page.screenshot({ path: join(folder, `${name}.png`) });

const atEnd = (page) => log(page).evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight < 2);

async function write(page, text) {
  await page.getByLabel('Your message').fill(text);
  await page.keyboard.press('Enter');
  await message(page, text).waitFor();
}

/** Checks the page against the rules of accessibility that a program can check. */
async function accessible(page, name) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  assert.deepEqual(found, [], name);
}

/** Checks that all one can press or fill in is within the width of the window, at its whole width. */
async function fits(page, name) {
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('button, input, select, textarea, label, a')]
      .filter((it) => it.checkVisibility() && !it.matches('.hidden'))
      .filter((it) => {
        const { left, right } = it.getBoundingClientRect();
        return left < 0 || right > document.documentElement.clientWidth;
      })
      .map((it) => it.outerHTML),
  );
  assert.deepEqual(outside, [], name);
}

/** Takes a screenshot of a page that is accessible and not wider than the window. */
async function look(page, name) {
  await accessible(page, name);
  await fits(page, name);
  await shot(page, name);
}

/** Waits until a condition holds. */
async function until(condition, what) {
  for (let tries = 0; tries < 300; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`never: ${what}`);
}

// F036, F037, F038, F039, F040, F042, F043, F055, F074, F407, F409, F410, F412
test('a customer reads, writes and follows the job', async () => {
  const page = await pageOf('Ada Brown');
  await message(page, 'invoice-456.txt').waitFor();
  assert.equal(await log(page).getByRole('listitem').count(), 5);
  assert.equal(await page.getByText(NOTE).count(), 0);
  assert.equal(await page.getByLabel('Internal note').isVisible(), false);
  assert.equal(await page.getByRole('button', { name: 'Close thread' }).isVisible(), false);
  assert.equal(await page.getByRole('tab', { name: 'Search' }).count(), 0);
  // Badges, channels, marks of what is new, one's own on the right.
  assert.match(await message(page, 'warehouse').innerText(), /Supplier[\s\S]*New[\s\S]*WhatsApp/);
  assert.match(await message(page, 'invoice as well').innerText(), /Customer[\s\S]*Email/);
  assert.match(await message(page, 'Here it is').innerText(), /Admin[\s\S]*invoice-456\.txt, 64 bytes/);
  assert.match(await message(page, 'TRACK-456').innerText(), /System/);
  const own = await message(page, 'invoice as well').boundingBox();
  const other = await message(page, 'warehouse').boundingBox();
  assert.ok(own.x > other.x && own.x + own.width > WIDE.width / 2);
  // Opening has marked everything read, on the server too.
  await until(async () => (await page.title()) === '(3) Order ORD-123', 'the three unread are the job\'s');
  await shot(page, 'customer-light');
  await write(page, 'Thanks, got it <b>& all</b>');
  assert.equal(await log(page).locator('b').count(), 0);
  assert.equal(await page.getByRole('tab', { name: /Order ORD-123\s+6 messages/ }).count(), 1);
  assert.ok(await atEnd(page));

  const tab = page.getByRole('tab', { name: /Job JOB-7/ });
  assert.match(await tab.textContent(), /3 messages, 3 unread/);
  await page.getByRole('tab', { name: /Order/ }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await tab.getAttribute('aria-selected'), 'true');
  const job = page.getByRole('log', { name: 'Messages about the job' });
  assert.match(await job.innerText(), /Automatic[\s\S]*Your project is booked[\s\S]*From our team[\s\S]*Project Status Update[\s\S]*AI-assisted[\s\S]*Installation Timeline Update/);
  await until(async () => !/unread/.test(await tab.textContent()), 'the job is read');
  await look(page, 'job-light');
  const answer = await fetch(`${server.url}/api/v1/cx/jobs/JOB-7/messages`, { headers: { 'x-api-key': API_KEY } });
  assert.ok((await answer.json()).every((entry) => entry.readAt !== null));
});

// F408, F430
test('a customer and a supplier talk, each in a window', async () => {
  const ada = await pageOf('Ada Brown');
  const acme = await pageOf('Acme Tools');
  await message(acme, 'Hello! When will my order').waitFor();
  assert.equal(await acme.getByText(NOTE).count(), 0);
  assert.equal(await acme.getByRole('tab', { name: /Job/ }).count(), 0);
  await write(acme, 'The courier comes at noon');
  const sent = message(acme, 'The courier comes at noon');
  await sent.evaluate((row) => (row.kept = true));
  const arrived = message(ada, 'The courier comes at noon');
  await arrived.waitFor();
  assert.match(await arrived.innerText(), /Supplier[\s\S]*New/);
  await sent.filter({ hasText: 'Read' }).waitFor();
  // The row is still the same one: a screen reader does not tell it again.
  assert.equal(await sent.evaluate((row) => row.kept), true);
  await shot(acme, 'supplier-light');
});

// F414, F416
test('an administrator writes a note, searches and closes the thread', async () => {
  const root = await pageOf('Robin Root');
  const ada = await pageOf('Ada Brown');
  await message(root, NOTE).waitFor();
  assert.match(await message(root, NOTE).innerText(), /Internal note, for administrators only/);
  await root.getByLabel('Internal note').check();
  assert.equal(await root.getByLabel('Your message').getAttribute('placeholder'), 'Write a note that only administrators see');
  await write(root, 'Refund agreed with the manager');
  assert.match(await message(root, 'Refund agreed').innerText(), /Internal note/);
  await look(root, 'admin-light');
  await root.getByLabel('Internal note').uncheck();
  await write(root, 'You will hear from us today');
  await message(ada, 'You will hear from us today').waitFor();
  assert.equal(await ada.getByText('Refund agreed').count(), 0);

  await root.getByRole('tab', { name: 'Search' }).click();
  await root.getByLabel('Words').fill('tracking');
  await root.keyboard.press('Enter');
  await root.getByText('2 messages', { exact: true }).waitFor();
  await root.getByLabel('From').selectOption('supplier');
  await root.getByRole('button', { name: 'Search' }).click();
  await root.getByText('1 message', { exact: true }).waitFor();
  await root.getByLabel('Words').fill('');
  await root.getByLabel('From').selectOption('');
  await root.getByRole('button', { name: 'Search' }).click();
  await root.getByText('8 messages', { exact: true }).waitFor();
  await shot(root, 'search-light');

  await root.getByRole('tab', { name: /Order/ }).click();
  await root.getByRole('button', { name: 'Close thread' }).click();
  await status(root, 'Closed').waitFor();
  assert.ok(await root.getByLabel('Your message').isDisabled());
  await status(ada, 'Closed').waitFor();
  await look(root, 'closed-light');
  await write(ada, 'One more question');
  await status(ada, 'Open').waitFor();
});

// F419
test('a file goes with a message and comes back as it was', async () => {
  const root = await pageOf('Robin Root');
  await message(root, 'Here it is').waitFor();
  const plan = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('first the old one out') };
  const picker = root.getByLabel('Attach a file');
  await picker.setInputFiles({ ...plan, name: `${'a long name '.repeat(12)}.txt` });
  await root.setViewportSize(PHONE);
  await until(() => atEnd(root), 'the last message stays in sight');
  await look(root, 'file-phone');
  await root.setViewportSize(WIDE);
  await root.getByRole('button', { name: 'Remove the file' }).click();
  assert.equal(await root.getByRole('button', { name: 'Remove the file' }).isVisible(), false);
  await picker.setInputFiles(plan);
  await root.getByLabel('plan.txt').waitFor();
  await write(root, 'The plan for Tuesday');
  await picker.waitFor();
  assert.equal(await picker.inputValue(), '');
  await look(root, 'file-light');
  for (const [text, name, content] of [['The plan', 'plan.txt', plan.buffer.toString()], ['Here it is', 'invoice-456.txt', /Ada/]]) {
    const begun = root.waitForEvent('download');
    await message(root, text).getByRole('link', { name }).click();
    const download = await begun;
    assert.equal(download.suggestedFilename(), name);
    assert.match(await readFile(await download.path(), 'utf8'), new RegExp(content));
  }
});

// F413
test('news in a window that is out of sight stands in its title', async () => {
  const ada = await pageOf('Ada Brown');
  const acme = await pageOf('Acme Tools');
  await ada.getByRole('tab', { name: /Job/ }).click();
  await until(async () => !(await ada.title()).startsWith('('), 'all is read');
  await write(acme, 'Out of stock until Monday');
  await until(async () => (await ada.title()) === '(1) Job JOB-7', 'one unread');
  assert.match(await ada.getByRole('tab', { name: /Order/ }).textContent(), /6 messages, 1 unread/);
  await ada.getByRole('tab', { name: /Order/ }).click();
  await until(async () => (await ada.title()) === 'Order ORD-123', 'read again');
});

// F415
test('who reads older messages is told of new ones and not moved', async () => {
  const ada = await pageOf('Ada Brown', { viewport: { width: 500, height: 480 } });
  const acme = await pageOf('Acme Tools');
  await message(ada, 'Here it is').waitFor();
  await log(ada).evaluate((it) => (it.scrollTop = 0));
  await write(acme, 'Anything else?');
  const jump = ada.getByRole('button', { name: /New messages/ });
  await jump.waitFor();
  assert.equal(await log(ada).evaluate((it) => it.scrollTop), 0);
  await jump.click();
  assert.equal(await jump.isVisible(), false);
  assert.ok(await message(ada, 'Anything else?').isVisible());
});

// F041, F411
test('times are told in words, in the language of the reader', async () => {
  const page = await pageOf('Ada Brown', { locale: 'de-DE', clock: true });
  await message(page, 'Here it is').waitFor();
  await page.clock.fastForward('02:01:00');
  await until(async () => /vor 2 Stunden/.test(await message(page, 'Here it is').innerText()), 'two hours later');
});

test('signing out, a person without an order, and a session that is over', async () => {
  const page = await pageOf('Bob Green');
  await page.getByRole('alert').filter({ hasText: 'nothing to do with order' }).waitFor();
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
  await shot(page, 'nothing-light');
  await page.getByRole('button', { name: 'Ada Brown' }).click();
  await message(page, 'Here it is').waitFor();
  await page.context().clearCookies();
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
  assert.equal(await page.getByText('Here it is').isVisible(), false);
  await page.getByRole('button', { name: 'Robin Root' }).click();
  await message(page, NOTE).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Ada Brown' }).click();
  await message(page, 'Here it is').waitFor();
  assert.equal(await page.getByText(NOTE).count(), 0);
});

test('a server that is away for a moment', async () => {
  const page = await pageOf('Ada Brown');
  await message(page, 'Here it is').waitFor();
  await page.context().setOffline(true);
  await page.getByLabel('Your message').fill('Are you there?');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
  assert.equal(await page.getByLabel('Your message').inputValue(), 'Are you there?');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Send' }).click();
  await message(page, 'Are you there?').waitFor();
});

test('dark, and on a telephone', async () => {
  for (const [colorScheme, viewport, size] of [['dark', WIDE, ''], ['light', PHONE, '-phone'], ['dark', PHONE, '-phone']]) {
    const options = { colorScheme, viewport };
    const admin = await pageOf('Robin Root', options);
    await message(admin, NOTE).waitFor();
    await look(admin, `admin-${colorScheme}${size}`);
    await admin.getByRole('tab', { name: 'Search' }).click();
    await admin.getByLabel('Words').fill('order');
    await admin.keyboard.press('Enter');
    await admin.getByText(/^\d messages$/).waitFor();
    await look(admin, `search-${colorScheme}${size}`);
    const ada = await pageOf('Ada Brown', options);
    await message(ada, 'Here it is').waitFor();
    await look(ada, `customer-${colorScheme}${size}`);
    await ada.getByRole('tab', { name: /Job/ }).click();
    await ada.getByText('AI-assisted').waitFor();
    await look(ada, `job-${colorScheme}${size}`);
    const overflow = await ada.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0);
    await ada.getByRole('button', { name: 'Sign out' }).click();
    await ada.getByRole('heading', { name: 'Who are you?' }).waitFor();
    await look(ada, `sign-in-${colorScheme}${size}`);
  }
});
