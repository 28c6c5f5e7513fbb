// A browser on the page.
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { serve } from '../scripts/serve.mjs';

export const WIDE = { width: 1360, height: 860 };
export const PHONE = { width: 390, height: 780 };

/** The page, served and in a browser; what goes wrong in it is in `errors`. */
export async function start() {
  const folder = process.env.SCREENSHOTS ?? (await mkdtemp(join(tmpdir(), 'goodwill-prompts-')));
  await mkdir(folder, { recursive: true });
  const server = await serve(0);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'],
  });
  const errors = [];
  const contexts = [];
  return {
    folder,
    errors,
    async open({ fragment = '', viewport = WIDE, ...more } = {}) {
      const context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce', ...more });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(error));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.goto(server.url + fragment);
      await page.getByRole('article').first().waitFor();
      return page;
    },
    async close() {
      for (const context of contexts.splice(0)) await context.close();
    },
    async stop() {
      await browser.close();
      server.stop();
    },
  };
}
