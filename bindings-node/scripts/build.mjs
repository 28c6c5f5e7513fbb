// Builds the native module and the JavaScript. With --debug the native module is not optimised.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const debug = process.argv.includes('--debug');
const run = (command, ...args) => execFileSync(command, args, { cwd: here, stdio: 'inherit' });

run('cargo', 'build', '--locked', '-p', 'goodwill-node', ...(debug ? [] : ['--release']));
const library = { darwin: 'libgoodwill_node.dylib', win32: 'goodwill_node.dll' };
const built = join(here, '..', 'target', debug ? 'debug' : 'release');
copyFileSync(
  join(built, library[process.platform] ?? 'libgoodwill_node.so'),
  join(here, `goodwill.${process.platform}-${process.arch}.node`),
);

const tsc = join(here, 'node_modules', 'typescript', 'bin', 'tsc');
rmSync(join(here, 'dist'), { recursive: true, force: true });
run(process.execPath, tsc, '-p', 'tsconfig.json');
run(process.execPath, tsc, '-p', 'tsconfig.cjs.json');
// The CommonJS half is a scope of its own, and finds the native module by its path.
const cjs = join(here, 'dist', 'cjs');
writeFileSync(join(cjs, 'package.json'), '{ "type": "commonjs" }\n');
for (const name of readdirSync(cjs, { recursive: true })) {
  if (!/\.(js|d\.ts)$/.test(name)) continue;
  const text = readFileSync(join(cjs, name), 'utf8');
  const up = '../'.repeat(name.split(sep).length + 1);
  if (text.includes('#native')) writeFileSync(join(cjs, name), text.replaceAll('#native', `${up}native.cjs`));
}
