// The first program of docs/hosts.md with a language model: it compiles as it is printed, and does what it says.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(new URL('../../docs/hosts.md', import.meta.url), 'utf8');
const [, section] = page.split('### A feature in ten lines\n');
const [, program] = /```ts\n(.*?)```/s.exec(section);

/** What the program prints, asked of a service or of none. */
async function run(script, url) {
  const { GOODWILL_LLM_URL: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env: url ? { ...env, GOODWILL_LLM_URL: url } : env });
  return stdout;
}

test('a feature takes ten lines, with a model and without', async (t) => {
  assert.equal(program.split('\n').filter((line) => line !== '').length, 9);
  // In the folder of the package, so that it finds the package by its name.
  const folder = mkdtempSync(join(here, 'dist', 'first-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'first.ts'), program);
  const compiler = join(here, 'node_modules', 'typescript', 'bin', 'tsc');
  const compilerOptions = { strict: true, target: 'es2022', module: 'nodenext', types: ['node'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  execFileSync(process.execPath, [compiler, '-p', folder], { stdio: 'inherit' });
  const script = join(folder, 'first.js');
  assert.match(await run(script), /^-[12](\.\d+)? \[.*\] by rules\n$/s);

  const said = 'COMMUNICATION ANALYSIS:\n- 2026-02-19 | SENTIMENT: -2 | THEMES: leak\n  ISSUES: it leaks\n  OPPORTUNITIES: none\n\n'
    + 'OVERALL SENTIMENT: -2 (angry)\n\nDOMINANT THEMES:\n- leak\n\nKEY ISSUES TO ADDRESS:\n- the leak\n\nOPPORTUNITIES:\n- None\n';
  const server = createServer((request, response) => {
    const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: said } }];
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: '1', model: 'tiny', choices, usage: { prompt_tokens: 5, completion_tokens: 3 } }));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => { server.close(); server.closeAllConnections(); });
  assert.equal(await run(script, `http://127.0.0.1:${server.address().port}`), "-2 [ 'the leak' ] by a model\n");
});
