// Measures in a real browser: previews by the module alone, and keystrokes until they are seen.
import { start } from './test/page.mjs';

const PROMPT = 'timeline_summary';
const LONG = 10_240;
const letters = Array.from({ length: 8000 }, (_, at) => ({
  createdAt: '2026-01-01',
  type: 'email',
  content: `Letter ${at}: ${'words '.repeat(16)}`,
}));

/** Runs in the page: the module alone, without its worker. */
async function module({ id, least, letters }) {
  const { load } = await import('./goodwill/prompts-web.js');
  const prompts = await load();
  const samples = await (await fetch('samples.json')).json();
  const { source } = prompts.list().find((one) => one.id === id);
  const [{ data }] = samples[id].data;
  const [{ text: reply }] = samples[id].replies;
  const body = source.slice(source.indexOf('\n---\n', 3) + 5);
  let long = source;
  while (long.length < least) long += `\n${body}`;
  const great = { ...data, activities: letters };

  const timed = (times, act) => {
    for (let warm = 0; warm < times / 5; warm += 1) act();
    const took = [];
    for (let time = 0; time < times; time += 1) {
      const began = performance.now();
      act();
      took.push(performance.now() - began);
    }
    took.sort((one, other) => one - other);
    const at = (part) => Number(took[Math.floor(part * (times - 1))].toFixed(2));
    return { fastest: at(0), median: at(0.5), '95 % within': at(0.95) };
  };
  const size = (text) => `${(text.length / 1024).toFixed(1)} KiB`;
  return {
    [`preview of a prompt of ${size(source)}`]: timed(1000, () => prompts.preview(source, data)),
    [`preview of a prompt of ${size(long)}`]: timed(1000, () => prompts.preview(long, data)),
    [`preview over data of ${size(JSON.stringify(great))}`]: timed(20, () => prompts.preview(source, great)),
    'reading a reply': timed(1000, () => prompts.parseAnswer(id, reply, { input: data })),
  };
}

/** Runs in the page: from a change of the prompt file to the frame that shows it, and the longest frame meanwhile. */
async function keystrokes(times) {
  const field = document.getElementById('source');
  const hash = document.getElementById('hash');
  const frame = () => new Promise(requestAnimationFrame);
  const source = field.value;
  const took = [];
  let longest = 0;
  for (let time = 0; time < times; time += 1) {
    const before = hash.textContent;
    const began = performance.now();
    field.value = `${source}\nChange ${time}`;
    field.dispatchEvent(new Event('input'));
    let last = performance.now();
    while (hash.textContent === before) {
      await frame();
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    took.push(performance.now() - began);
  }
  took.sort((one, other) => one - other);
  const at = (part) => Number(took[Math.floor(part * (times - 1))].toFixed(1));
  return { fastest: at(0), median: at(0.5), '95 % within': at(0.95), 'longest frame': Number(longest.toFixed(1)) };
}

const site = await start();
const page = await site.open();
await page.getByLabel('Prompt', { exact: true }).selectOption(PROMPT);
const table = await page.evaluate(module, { id: PROMPT, least: LONG, letters });
table['a keystroke until it is seen'] = await page.evaluate(keystrokes, 100);
const text = JSON.stringify({ customer: { name: 'Ada' }, activities: letters, jobs: [], payments: [] }, null, 1);
await page.evaluate((text) => {
  const field = document.getElementById('data');
  field.value = text;
  field.dispatchEvent(new Event('input'));
}, text);
await page.locator('#dropped').filter({ hasText: '8000' }).waitFor();
table[`a keystroke beside data of ${(text.length / 1024).toFixed(1)} KiB`] = await page.evaluate(keystrokes, 20);
console.log(await page.evaluate(() => navigator.userAgent));
console.log('milliseconds');
console.table(table);
await site.stop();
