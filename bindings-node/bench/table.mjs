// The table of a run, in Markdown.

const HEAD = ['what', 'Goodwill', 'Prisma', 'TypeORM', 'better-sqlite3', 'Goodwill to Prisma', 'target'];

const median = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1];
const whole = (number) => Math.round(number).toLocaleString('en');
const short = (number) => `${number.toFixed(1)} ms`;
const said = (target, met) => `${target}, ${met ? 'met' : 'missed'}`;

/** `everybody` has what was measured of Goodwill, Prisma, TypeORM and better-sqlite3. */
export function table(everybody) {
  const cells = (show) => everybody.map(show);
  const rates = (what, label, factor) => {
    const measured = cells((one) => median(one[what].map(({ rate }) => rate)));
    const ratio = measured[0] / measured[1];
    const target = factor ? said(`≥ ${factor}`, ratio >= factor) : '–';
    return [label, ...measured.map(whole), ratio.toFixed(1), target];
  };
  const held = (label, measure, most) => {
    const measured = cells((one) => measure(one.posts));
    return [label, ...measured.map(short), '–', most ? said(`≤ ${most} ms`, measured[0] <= most) : '–'];
  };
  const rows = [
    HEAD,
    HEAD.map(() => '---'),
    rates('post', 'creates a second, 1 caller', 3),
    rates('posts', 'creates a second, 32 callers', 10),
    held('event loop held by them, longest', (turns) => Math.max(...turns.map(({ max }) => max)), 5),
    held('event loop held by them, 99th percentile', (turns) => median(turns.map(({ p99 }) => p99))),
    rates('list', 'lists of 500 a second, 1 caller', 3),
    rates('lists', 'lists of 500 a second, 32 callers'),
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
