// Builds the module and the JavaScript around it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { named } from './order.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const root = join(here, '..');
const TARGET = 'wasm32-unknown-unknown';
const BINDGEN = '0.2.130';

const run = (command, args, env = {}) =>
  execFileSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
const said = (command, args, env = {}) => {
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } };
  const { status, stdout } = spawnSync(command, args, options);
  return status === 0 ? stdout.trim() : undefined;
};

/** A file of the compiler's, which `rustup` can get. */
function has(file, ...get) {
  if (!file || existsSync(file)) return Boolean(file);
  console.log(`rustup ${get.join(' ')}`);
  spawnSync('rustup', get, { cwd: root, stdio: 'ignore', timeout: 120_000 });
  return existsSync(file);
}

/** Whether there is a standard library for the target. */
const hasTarget = () =>
  has(said('rustc', ['--print', 'target-libdir', '--target', TARGET]), 'target', 'add', TARGET);

/** Whether there are the sources of the standard library, and a compiler that leaves panics out of it. */
function hasSources() {
  const able = ['-Zunstable-options', '-Cpanic=immediate-abort', '--print', 'cfg', '--target', TARGET];
  if (said('rustc', able, UNSTABLE) === undefined) return false;
  const sysroot = said('rustc', ['--print', 'sysroot']);
  const library = join(sysroot, 'lib', 'rustlib', 'src', 'rust', 'library', 'std', 'Cargo.toml');
  return has(library, 'component', 'add', 'rust-src');
}

/** A standard library of our own: small, and without the texts of panics, which are traps here. */
const STD = ['-Z', 'build-std=std,panic_abort', '-Z', 'build-std-features=optimize_for_size'];
const UNSTABLE = { RUSTC_BOOTSTRAP: '1' };

/** SHA-256 as a loop, which is slower, and an eighth of the code. */
const COMPACT = '--cfg=sha2_backend_soft="compact"';

/** The modules of the package: each has a feature of the crate. */
const MODULES = ['engine', 'prompts', 'analytics'];

function compile(feature) {
  const build = ['build', '--locked', '--profile', 'wasm', '-p', 'goodwill-wasm', '--target', TARGET];
  build.push('--no-default-features', '--features', feature);
  if (hasSources()) {
    const folder = join(root, 'target', 'browser');
    run('cargo', [...build, ...STD], {
      ...UNSTABLE,
      RUSTFLAGS: `-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none ${COMPACT}`,
      CARGO_TARGET_DIR: folder,
    });
    return join(folder, TARGET, 'wasm', 'goodwill_wasm.wasm');
  }
  if (hasTarget()) {
    console.log('without the sources of the standard library: the module is larger than it has to be');
    run('cargo', build, { RUSTFLAGS: COMPACT });
    return join(root, 'target', TARGET, 'wasm', 'goodwill_wasm.wasm');
  }
  // Debian has the sources of a standard library, and the compiler that goes with it.
  console.log('building the standard library from the sources of the distribution');
  if (!existsSync('/usr/src/rustc-1.85.0') || !existsSync('/usr/bin/cargo')) {
    const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
    for (const step of ['update', 'install']) {
      const rest = step === 'install' ? ['-y', 'rustc-web', 'cargo-web', 'rust-web-src'] : [];
      const [command, ...args] = [...sudo, 'apt-get', step, '-qq', ...rest];
      run(command, args);
    }
  }
  const lld = join(
    said('rustc', ['--print', 'sysroot']),
    'lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld',
  );
  const folder = join(root, 'target', 'debian');
  run('/usr/bin/cargo', [...build, '--ignore-rust-version', ...STD.slice(0, -1), `${STD.at(-1)},panic_immediate_abort`], {
    PATH: `/usr/bin:${process.env.PATH}`,
    RUSTC: '/usr/bin/rustc',
    RUSTFLAGS: COMPACT,
    ...UNSTABLE,
    RUSTC_WRAPPER: join(here, 'scripts', 'rustc-of-debian'),
    CARGO_TARGET_DIR: folder,
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: lld,
  });
  return join(folder, TARGET, 'wasm', 'goodwill_wasm.wasm');
}

function bindgen() {
  const tools = join(root, 'target', 'tools');
  const tool = join(tools, 'bin', 'wasm-bindgen');
  if (said(tool, ['--version']) !== `wasm-bindgen ${BINDGEN}`) {
    run('cargo', ['install', '--quiet', '--root', tools, '--version', BINDGEN, 'wasm-bindgen-cli']);
  }
  return tool;
}

/** Runs passes of `wasm-opt` on a module, and drops the names in it. */
async function optimize(module, passes) {
  const optimizer = spawn(process.execPath, [
    join(here, 'node_modules', 'binaryen', 'bin', 'wasm-opt'),
    ...[...passes, '--strip-debug', '--strip-producers'],
    ...['--enable-bulk-memory', '--enable-nontrapping-float-to-int', '--enable-sign-ext'],
    ...['--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue'],
    ...[module, '-o', module],
  ], { stdio: 'inherit' });
  const [code] = await once(optimizer, 'close');
  if (code !== 0) throw new Error(`wasm-opt ended with ${code}`);
}

/** Makes a module small. */
async function shrink(module) {
  // What counts is the size of the compressed module: code that stays in functions of its own and
  // functions that are alike side by side compress better, though they are more bytes.
  const small = ['--flatten', '--rereloop', '-Oz', '-Oz', '--one-caller-inline-max-function-size', '0'];
  await optimize(module, [...small, '--reorder-functions-by-name']);
  writeFileSync(module, named(readFileSync(module)));
  await optimize(module, ['--reorder-functions-by-name']);
}

const glue = join(here, 'ts', 'wasm');
rmSync(glue, { recursive: true, force: true });
// One module shrinks while the next one is compiled.
const shrinking = MODULES.map((name) => {
  const wasm = compile(name);
  run(bindgen(), ['--target', 'web', '--out-name', name, '--out-dir', glue, wasm]);
  return shrink(join(glue, `${name}_bg.wasm`));
});
await Promise.all(shrinking);

// The client is the one of Node.
const shared = join(here, 'ts', 'shared');
rmSync(shared, { recursive: true, force: true });
mkdirSync(shared, { recursive: true });
for (const name of ['client.ts', 'errors.ts', 'runtime.ts', 'generated']) {
  cpSync(join(root, 'bindings-node', 'ts', name), join(shared, name), { recursive: true });
}
// Without the operations that the module does not have.
cpSync(join(here, 'generated', 'clients.ts'), join(shared, 'generated', 'clients.ts'));
// So is analytics, but for the module that it calls.
const analytics = join(here, 'ts', 'shared', 'analytics');
cpSync(join(root, 'bindings-node', 'ts', 'analytics'), analytics, { recursive: true });
rmSync(join(analytics, 'index.ts'));
const native = readFileSync(join(analytics, 'native.ts'), 'utf8');
writeFileSync(join(analytics, 'native.ts'), native.replace('#native', '../../analytics-module.js'));
rmSync(join(here, 'dist'), { recursive: true, force: true });
run(process.execPath, [join(here, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', here]);
for (const name of MODULES.flatMap((name) => [`${name}.js`, `${name}.d.ts`, `${name}_bg.wasm`])) {
  cpSync(join(glue, name), join(here, 'dist', 'wasm', name));
}
