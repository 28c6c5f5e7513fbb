// Goodwill, Prisma, TypeORM and better-sqlite3 at the same two jobs, by turns in one run.
//
//     node bench.mjs [--rounds 9]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { table } from './table.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
const here = fileURLToPath(new URL('.', import.meta.url));
const NAMES = ['goodwill', 'prisma', 'typeorm', 'better-sqlite3'];
/** What is measured: a phase of a contender's process, and how many calls it makes. */
const TURNS = {
  post: { phase: 'posts', load: { callers: 1, each: 500 } },
  posts: { phase: 'posts', load: { callers: 32, each: 100 } },
  list: { phase: 'lists', load: { callers: 1, each: 100 } },
  lists: { phase: 'lists', load: { callers: 32, each: 5 } },
};

/** A contender in a process of its own. */
class Contender {
  posted = 0;
  measured = { post: [], posts: [], list: [], lists: [] };

  constructor(name, folder) {
    const path = join(folder, `${name}.db`);
    this.process = fork(join(here, 'contender.mjs'), [name, path], { cwd: folder });
    this.process.once('exit', (code) => code && process.exit(code));
    this.ready = once(this.process, 'message');
  }

  async ask(phase, options) {
    const answer = once(this.process, 'message');
    this.process.send({ phase, options });
    return (await answer)[0].result;
  }

  async turn(what) {
    const { phase, load } = TURNS[what];
    const calls = load.callers * load.each;
    if (phase === 'posts') this.posted += calls;
    const { seconds, ...held } = await this.ask(phase, load);
    return { rate: calls / seconds, ...held };
  }
}

const folder = await mkdtemp(join(process.cwd(), 'run-'));
try {
  const contenders = NAMES.map((name) => new Contender(name, folder));
  await Promise.all(contenders.map(({ ready }) => ready));
  for (const contender of contenders) {
    await contender.ask('furnish');
    for (const what of Object.keys(TURNS)) await contender.turn(what);
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const what of Object.keys(TURNS)) {
      for (const contender of contenders) {
        contender.measured[what].push(await contender.turn(what));
      }
    }
  }
  for (const contender of contenders) {
    await contender.ask('verify', { posted: contender.posted });
    contender.process.disconnect();
  }
  console.log(table(contenders.map(({ measured }) => measured)));
} finally {
  await rm(folder, { recursive: true });
}
