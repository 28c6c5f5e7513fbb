// The example runs, and its log passes what every store passes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { checkLog } from 'goodwill/testing';

import { SqliteLog } from '../sqlite-log.mjs';

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goodwill-'));
});
after(() => rm(folder, { recursive: true }));

test('the log passes the suite of all stores', async () => {
  let count = 0;
  const checks = await checkLog(() => new SqliteLog(join(folder, `${count++}.db`)));
  assert.ok(checks.length >= 22);
  assert.deepEqual(checks.filter(({ failure }) => failure !== undefined), []);
});

test('two engines share a file, and what was erased is gone', async () => {
  const [example, path] = [fileURLToPath(new URL('../own-database.mjs', import.meta.url)), join(folder, 'shop.db')];
  const printed = execFileSync(process.execPath, [example, path], { encoding: 'utf8' }).trim().split('\n');
  assert.deepEqual(printed.slice(0, 2), ['customer: When will it arrive?', 'admin: On Monday.']);
  assert.deepEqual(printed.slice(3), ['1 entry, without it', 'customer: (erased)', 'admin: On Monday.']);
  assert.equal((await readFile(path)).includes('When will it arrive'), false);
});
