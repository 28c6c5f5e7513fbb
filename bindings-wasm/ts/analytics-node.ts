import { readFile } from 'node:fs/promises';

import { analyticsFrom } from './analytics.js';
import type { Source } from './loading.js';
import type { Analytics } from './shared/generated/functions.js';

export * from './analytics.js';

const bytes = (): Promise<Uint8Array<ArrayBuffer>> =>
  readFile(new URL('./wasm/analytics_bg.wasm', import.meta.url));

/** Loads the module; see the browser's `load`. */
export function load(source?: Source): Promise<Analytics> {
  return analyticsFrom(() => source ?? bytes());
}
