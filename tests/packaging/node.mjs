// Installs the packed npm package into clean folders and uses it as its users do: ES modules,
// CommonJS, strict TypeScript of two majors, NestJS of three majors; and lets the linters of
// packages look at it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');
const base = mkdtempSync(join(tmpdir(), 'goodwill-packaging-'));
const step = (what) => console.log(`  ${what}`);

function run(cwd, command, ...args) {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}`);
    throw new Error(`${command} ${args.join(' ')} failed in ${cwd}`);
  }
}

function pack(folder) {
  for (const name of readdirSync(folder)) if (name.endsWith('.tgz')) rmSync(join(folder, name));
  const [{ filename }] = JSON.parse(run(folder, 'npm', 'pack', '--json', '--silent'));
  return join(folder, filename);
}

/** A clean folder with packages in it. */
function clean(name, type, ...packages) {
  const folder = join(base, name);
  execFileSync('mkdir', ['-p', folder]);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, type, private: true }));
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--silent', ...packages);
  return folder;
}

const tarball = pack(join(root, 'bindings-node'));

step('an ES module');
let folder = clean('esm', 'module', tarball);
copyFileSync(join(here, 'use.mjs'), join(folder, 'use.mjs'));
run(folder, process.execPath, 'use.mjs');

step('a CommonJS module');
folder = clean('cjs', 'commonjs', tarball);
copyFileSync(join(here, 'use.cjs'), join(folder, 'use.cjs'));
run(folder, process.execPath, 'use.cjs');

for (const major of ['6.0.3', '7.0.2']) {
  step(`strict TypeScript ${major}`);
  const packages = [`typescript@${major}`, '@types/node@20', '@nestjs/common@11', 'reflect-metadata', 'rxjs'];
  folder = clean(`ts-${major}`, 'module', tarball, ...packages);
  copyFileSync(join(here, 'use.ts'), join(folder, 'use.ts'));
  for (const [module, resolution] of [['nodenext', 'nodenext'], ['esnext', 'bundler']]) {
    const options = ['--module', module, '--moduleResolution', resolution, '--target', 'es2022'];
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--noEmit', '--types', 'node'];
    const tsc = join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
    run(folder, process.execPath, tsc, ...options, ...strict, 'use.ts');
  }
}

for (const major of [10, 11, 12]) {
  step(`NestJS ${major}`);
  const nest = ['common', 'core', 'platform-express'].map((part) => `@nestjs/${part}@${major}`);
  for (const [type, file] of [['commonjs', 'nest.cjs'], ['module', 'nest.mjs']]) {
    // NestJS 12 is of ES modules alone.
    if (type === 'commonjs' && major === 12) continue;
    folder = clean(`nest-${major}-${type}`, type, tarball, ...nest, 'reflect-metadata', 'rxjs');
    for (const name of [file, 'application.cjs']) copyFileSync(join(here, name), join(folder, name));
    run(folder, process.execPath, file);
  }
}

step('publint and attw');
folder = clean('linters', 'module', 'publint@0.3.25', '@arethetypeswrong/cli@0.18.5');
run(folder, 'npx', 'publint', 'run', '--strict', tarball);
run(folder, 'npx', 'attw', tarball, '--profile', 'node16');

rmSync(base, { recursive: true });
