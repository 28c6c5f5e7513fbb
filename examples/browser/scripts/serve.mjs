// Serves the page. Any other static file server does as well.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FOLDER = fileURLToPath(new URL('../public', import.meta.url));
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Listens on this machine only; port 0 is any free one. */
export async function serve(port) {
  const server = createServer(async (request, response) => {
    const name = new URL(request.url, 'http://localhost').pathname;
    const file = join(FOLDER, normalize(name === '/' ? '/index.html' : name));
    const found = await stat(file).catch(() => undefined);
    const type = TYPES[extname(file)];
    if (!found?.isFile() || type === undefined) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type, 'content-length': found.size, 'cache-control': 'no-cache' });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log((await serve(Number(process.env.PORT ?? 8080))).url);
}
