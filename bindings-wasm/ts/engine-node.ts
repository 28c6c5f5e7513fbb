import { readFile } from 'node:fs/promises';

import { MemoryGoodwill, loadFrom } from './engine.js';
import type { Source } from './loading.js';
import type { Options } from './shared/client.js';

export * from './engine.js';

const bytes = (): Promise<Uint8Array<ArrayBuffer>> =>
  readFile(new URL('./wasm/engine_bg.wasm', import.meta.url));

/** Loads the module; see the browser's `load`. */
export async function load(source?: Source): Promise<void> {
  await loadFrom(() => source ?? bytes());
}

/** Opens an engine in memory; see the browser's `open`. */
export function open(options: Options): Promise<MemoryGoodwill> {
  return MemoryGoodwill.openFrom(options, bytes);
}
