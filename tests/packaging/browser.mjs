// Installs the packed npm package for browsers into clean folders, bundles it with Vite and with
// webpack, serves it as it is too, and uses it in a real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const base = mkdtempSync(join(tmpdir(), 'goodwill-browser-'));
const step = (what) => console.log(`  ${what}`);

function run(cwd, command, ...args) {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}`);
    throw error;
  }
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>Goodwill</title><script type="module" src="SCRIPT"></script>`;
const MAIN = `
import { open, InvalidError } from 'goodwill-wasm';
import { load } from 'goodwill-wasm/prompts';
async function main() {
  const goodwill = await open({ keys: [{ id: 'page', secret: new Uint8Array(32) }] });
  const admin = goodwill.desk({ role: 'admin', party: 'root' });
  await admin.putSubject({ kind: 'order', key: 'ORD-1', customer: 'ada' });
  const ada = goodwill.portal({ role: 'customer', party: 'ada' });
  const message = await ada.post({ order: 'ORD-1' }, { text: 'From a browser 🚚' });
  const error = await ada.post({ order: 'ORD-1' }, { text: '' }).catch((error) => error);
  const prompts = await load();
  globalThis.result = {
    prompt: prompts.renderTemplate('Dear {{name}},', { name: "O'Hara" }),
    text: message.text,
    recent: Math.abs(Date.now() - message.createdAt) < 60000,
    refused: error instanceof InvalidError,
  };
}
main().catch((error) => { globalThis.result = { error: String(error) }; });
`;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

function serve(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const source = join(root, 'bindings-wasm');
for (const name of readdirSync(source)) if (name.endsWith('.tgz')) rmSync(join(source, name));
const [{ filename }] = JSON.parse(run(source, 'npm', 'pack', '--json', '--silent'));
const app = join(base, 'app');
mkdirSync(join(app, 'src'), { recursive: true });
writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', type: 'module', private: true }));
writeFileSync(join(app, 'src', 'main.js'), MAIN);
step('installing bundlers and a driver of the browser');
const packages = ['vite@7.2.4', 'webpack@5.103.0', 'webpack-cli@6.0.1', 'playwright-core@1.57.0'];
run(app, 'npm', 'install', '--no-audit', '--no-fund', '--silent', join(source, filename), ...packages);

const folders = [];
step('Vite');
writeFileSync(join(app, 'index.html'), PAGE.replace('SCRIPT', '/src/main.js'));
run(app, 'npx', 'vite', 'build', '--outDir', 'vite', '--logLevel', 'warn');
folders.push(['Vite', join(app, 'vite')]);

step('webpack');
run(app, 'npx', 'webpack', '--mode', 'production', '--entry', './src/main.js', '--output-path', join(app, 'webpack'));
writeFileSync(join(app, 'webpack', 'index.html'), PAGE.replace('SCRIPT', './main.js'));
folders.push(['webpack', join(app, 'webpack')]);

const plain = join(app, 'plain');
mkdirSync(plain);
cpSync(join(app, 'node_modules', 'goodwill-wasm', 'dist'), join(plain, 'goodwill'), { recursive: true });
writeFileSync(join(plain, 'main.js'), MAIN.replace("'goodwill-wasm'", "'./goodwill/engine-web.js'").replace("'goodwill-wasm/prompts'", "'./goodwill/prompts-web.js'"));
writeFileSync(join(plain, 'index.html'), PAGE.replace('SCRIPT', './main.js'));
folders.push(['no bundler', plain]);

const { chromium: driver } = createRequire(join(app, 'package.json'))('playwright-core');
const browser = await driver.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
});
try {
  for (const [name, folder] of folders) {
    step(`in a browser: ${name}`);
    const server = await serve(folder);
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction('globalThis.result !== undefined');
    const result = await page.evaluate('globalThis.result');
    assert.deepEqual(result, { prompt: "Dear O'Hara,", text: 'From a browser 🚚', recent: true, refused: true });
    await page.close();
    server.close();
  }
} finally {
  await browser.close();
}
rmSync(base, { recursive: true });
