// The example prints the value of every segment, the best first.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const example = fileURLToPath(new URL('../clv.mjs', import.meta.url));

test('from a file of purchases to the value of each segment', () => {
  const lines = execFileSync(process.execPath, [example], { encoding: 'utf8' }).trim().split('\n');
  const read = lines.map((line) => /^(.+?) +(\d+) customers +([\d.]+) each$/.exec(line));
  assert.equal(read.reduce((sum, [, , customers]) => sum + Number(customers), 0), 500);
  assert.ok(read.some(([, name]) => name === 'Champions'));
  const totals = read.map(([, , customers, each]) => customers * each);
  assert.ok(totals.every((total, place) => total > 0 && (place === 0 || total <= totals[place - 1] * 1.001)));
});
