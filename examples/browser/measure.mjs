// Measures in a real browser: the preview of a 10 KB prompt, and a keystroke until it is seen.
import { start } from './test/page.mjs';

const site = await start();
const page = await site.open();

/** Runs in the page: the module alone, without its worker. */
async function inPage() {
  const { load } = await import('./goodwill/prompts-web.js');
  const prompts = await load();
  const samples = await (await fetch('samples.json')).json();
  const { source } = prompts.list().find(({ id }) => id === 'timeline_summary');
  const { data } = samples.timeline_summary.data[0];
  const body = source.slice(source.indexOf('\n---\n', 3) + 5);
  let long = source;
  while (long.length + body.length <= 10_240) long += `\n${body}`;
  const timed = (act, times) => {
    for (let warm = 0; warm < times / 10; warm += 1) act();
    const took = [];
    for (let time = 0; time < times; time += 1) {
      const began = performance.now();
      act();
      took.push(performance.now() - began);
    }
    took.sort((one, other) => one - other);
    const at = (part) => Number(took[Math.floor(part * (times - 1))].toFixed(2));
    return { median: at(0.5), 'of 100, the 95th': at(0.95) };
  };
  const activities = Array.from({ length: 8000 }, (_, at) => ({ createdAt: '2026-01-01', type: 'email', content: `Letter ${at}: ${'words '.repeat(16)}` }));
  const great = { ...data, activities };
  return {
    [`preview, the prompt as it is, ${source.length} bytes`]: timed(() => prompts.preview(source, data), 1000),
    [`preview, ${long.length} bytes`]: timed(() => prompts.preview(long, data), 1000),
    [`preview, ${JSON.stringify(great).length} bytes of data`]: timed(() => prompts.preview(source, great), 20),
    'reading a reply': timed(() => prompts.parseAnswer('timeline_summary', samples.timeline_summary.replies[0].text), 1000),
  };
}

/** Runs in the page: from a change of the prompt file to the frame that shows it, and the longest frame meanwhile. */
async function keystrokes(text) {
  const write = (id, value) => {
    const field = document.getElementById(id);
    field.value = value;
    field.dispatchEvent(new Event('input'));
  };
  const frame = () => new Promise(requestAnimationFrame);
  const source = document.getElementById('source').value;
  if (text) write('data', text);
  const took = [];
  let worst = 0;
  for (let time = 0; time < (text ? 10 : 100); time += 1) {
    const hash = document.getElementById('hash').textContent;
    const began = performance.now();
    write('source', `${source}\nChange ${time}`);
    let before = performance.now();
    while (document.getElementById('hash').textContent === hash) {
      await frame();
      worst = Math.max(worst, performance.now() - before);
      before = performance.now();
    }
    took.push(performance.now() - began);
  }
  took.sort((one, other) => one - other);
  return { median: Number(took[took.length >> 1].toFixed(1)), 'longest frame': Number(worst.toFixed(1)) };
}

const table = await page.evaluate(inPage);
table['a keystroke until it is seen'] = await page.evaluate(keystrokes);
await page.getByLabel('Prompt', { exact: true }).selectOption('timeline_summary');
const activities = Array.from({ length: 8000 }, (_, at) => ({ createdAt: '2026-01-01', type: 'email', content: `Letter ${at}: ${'words '.repeat(16)}` }));
const text = JSON.stringify({ customer: { name: 'Ada' }, activities, jobs: [], appliances: [] }, null, 1);
table[`a keystroke with ${text.length} bytes of data`] = await page.evaluate(keystrokes, text);
console.log(await page.evaluate(() => navigator.userAgent));
console.log('milliseconds');
console.table(table);
await site.stop();
