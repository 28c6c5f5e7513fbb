// Prompts from Node: Goodwill, Handlebars.js and dotprompt, by turns in one run.
//
//     node prompts.mjs [--rounds 60] [--renderer PATH]
//
// The renderer by itself, without JSON and without the border, takes its turns in a process of the Rust
// benchmark: the program at that path, or one that cargo builds first.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { Dotprompt } from 'dotprompt';
import Handlebars from 'handlebars';
import Runtime from 'handlebars/runtime.js';

import { prompts } from '../dist/esm/index.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '60' }, renderer: { type: 'string' } },
});
const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
// Handlebars.js reads no calls with parentheses behind the name.
const template = read('core/src/prompts/library/profitability_analysis.hbs').replace(
  /\{\{formatDate\((.*?)\)\}\}/g,
  '{{formatDate $1}}',
);
// It only cuts the text, where that of Goodwill reads the date.
const helpers = { formatDate: (text) => text.slice(0, 10) };

/** The input of the first prompt, with lists of so many items. */
function customer(items) {
  const two = (number) => String(number).padStart(2, '0');
  const day = (at) => `2026-${two((at % 12) + 1)}-${two((at % 28) + 1)}T09:30:00Z`;
  const list = (row) => Array.from({ length: items }, (_, at) => row(at));
  return {
    customer: {
      name: 'Ada Löve',
      createdAt: '2024-02-29T08:30:00Z',
      jobs: list(() => ({})),
      payments: list(() => ({})),
      expenses: list(() => ({})),
    },
    totalRevenue: 916.67,
    totalExpenses: 120,
    netProfit: 796.67,
    averageRevenuePerJob: 416.25,
    recentPayments: list((at) => ({ amount: at * 7 + 20, date: day(at), paymentMethod: 'card' })),
    recentExpenses: list((at) => ({ amount: at * 3 + 0.25, date: day(at + 3), category: 'parts' })),
    recentJobs: list((at) => ({
      description: `Drum bearing replaced, visit ${at}`,
      date: day(at + 5),
      profit: at * 2 - 9.5,
    })),
  };
}

/** The renderer of the core in a process of its own, which measures itself. */
class Renderer {
  constructor(input) {
    // In the profile of the native module.
    const bench = 'cargo bench -q -p goodwill --bench prompts --features handlebars --profile release --';
    const [program, ...given] = values.renderer ? [values.renderer, '--bench'] : bench.split(' ');
    const stdio = ['pipe', 'pipe', 'inherit'];
    this.process = spawn(program, [...given, '--turns'], { cwd: root, stdio });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    this.text = this.ask(JSON.stringify({ template, input }));
  }

  async ask(line) {
    this.process.stdin.write(`${line}\n`);
    return JSON.parse((await this.lines.next()).value);
  }
}

const words = ({ messages }) =>
  messages
    .flatMap(({ content }) => content)
    .map(({ text }) => text)
    .join('');
// On a machine with other work to do a median tells of that work.
const fastest = (numbers) => Math.min(...numbers);

/** Microseconds of one call of each contender, all taking turns; the first round warms up. */
async function byTurns(times, contenders) {
  const measured = contenders.map(() => []);
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const [index, { call, ask }] of contenders.entries()) {
      let nanoseconds;
      if (ask) {
        nanoseconds = await ask(times);
      } else {
        const begun = process.hrtime.bigint();
        for (let time = 0; time < times; time++) {
          const made = call();
          if (made instanceof Promise) await made;
        }
        nanoseconds = Number(process.hrtime.bigint() - begun);
      }
      if (round > 0) measured[index].push(nanoseconds / 1e3 / times);
    }
  }
  return measured.map(fastest);
}

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const short = (number) => number.toFixed(1);

async function templates(items, times) {
  const input = customer(items);
  const renderer = new Renderer(input);
  const dotprompt = new Dotprompt({ helpers });
  const options = { noEscape: true, strict: false };
  const spec = Handlebars.precompile(template, options);
  const precompiled = Runtime.template(new Function(`return ${spec}`)());
  for (const hbs of [Handlebars, Runtime]) hbs.registerHelper(helpers);
  const compiled = await dotprompt.compile(template);
  const contenders = [
    { name: 'Goodwill, renderer alone', ask: (count) => renderer.ask(`render ${count}`) },
    { name: 'Handlebars.js, precompiled', call: () => precompiled(input) },
    { name: 'dotprompt, compiled', call: () => compiled({ input }) },
    { name: 'Goodwill, read and rendered', ask: (count) => renderer.ask(`read ${count}`) },
    { name: 'Goodwill through the add-on', call: () => prompts.renderTemplate(template, input) },
    {
      name: 'Handlebars.js, compiled and rendered',
      call: () => Handlebars.compile(template, options)(input),
    },
    { name: 'dotprompt, `render`', call: () => dotprompt.render(template, { input }) },
  ];
  const expected = precompiled(input);
  assert.equal(await renderer.text, expected);
  assert.equal(prompts.renderTemplate(template, input), expected);
  assert.equal(Handlebars.compile(template, options)(input), expected);
  assert.equal(words(await compiled({ input })), expected);
  assert.equal(words(await dotprompt.render(template, { input })), expected);
  const all = await byTurns(times, contenders);
  renderer.process.stdin.end();
  const [alone, precompiledTime, , whole, addOn, compiledTime] = all;
  for (const [index, { name }] of contenders.entries()) {
    const toPrecompiled = short(precompiledTime / all[index]);
    row(items, name, `${short(all[index])} µs`, toPrecompiled, short(compiledTime / all[index]));
  }
  return { alone, precompiledTime, whole, addOn, compiledTime };
}

/** Every answer of the tests, through the add-on. */
async function answers() {
  const folder = 'tests/vectors/answers/';
  const all = readdirSync(new URL(folder, root)).flatMap((name) => {
    const { prompt, given, cases } = JSON.parse(read(folder + name));
    return cases.map(({ text }) => () => prompts.parseAnswer(prompt, text, { given }));
  });
  const [time] = await byTurns(1, [{ call: () => all.forEach((parse) => parse()) }]);
  console.log(`\n${all.length} answers of the tests: ${short(time / all.length)} µs each, through the add-on`);
}

const said = (what, met) => console.log(`- ${what}: ${met ? 'met' : 'missed'}`);

row('items a list', 'what', 'time', 'times as fast as precompiled', 'as compiled and rendered');
row('---', '---', '---', '---', '---');
const measured = [];
for (const [items, times] of [
  [5, 200],
  [100, 20],
  [10_000, 1],
]) {
  measured.push(await templates(items, times));
}
console.log();
const [five, hundred] = measured;
said('100 items, renderer at or below precompiled', hundred.alone <= hundred.precompiledTime);
said('100 items, add-on at or below precompiled', hundred.addOn <= hundred.precompiledTime);
for (const [items, one] of [
  [5, five],
  [100, hundred],
]) {
  const ratio = one.compiledTime / one.whole;
  said(`${items} items, read and rendered ≥ 20 times as fast (${short(ratio)})`, ratio >= 20);
  const through = one.compiledTime / one.addOn;
  said(`${items} items, through the add-on ≥ 20 times as fast (${short(through)})`, through >= 20);
}
await answers();
