// What both tests need: the application on a free port with an empty database.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createApp } from '../dist/app.js';

export const API_KEY = 'k'.repeat(32);

/** Starts the application; `stop` ends it and removes its database. */
export async function start(options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'goodwill-nestjs-'));
  const app = await createApp({
    database: join(folder, 'goodwill.db'),
    auditKey: '07'.repeat(32),
    sessionSecret: 's'.repeat(32),
    internalApiKey: API_KEY,
    secureCookies: false,
    models: [],
    files: join(folder, 'files'),
    site: 'http://127.0.0.1',
    ...options,
  });
  await app.listen(0, '127.0.0.1');
  const stop = async () => {
    await app.close();
    await rm(folder, { recursive: true });
  };
  return { app, url: await app.getUrl(), stop };
}
