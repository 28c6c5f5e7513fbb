import { readFile } from 'node:fs/promises';

import { promptsFrom } from './prompts.js';
import type { Prompts } from './shared/generated/functions.js';
import type { Source } from './loading.js';

export * from './prompts.js';

const bytes = (): Promise<Uint8Array<ArrayBuffer>> =>
  readFile(new URL('./wasm/prompts_bg.wasm', import.meta.url));

/** Loads the module; see the browser's `load`. */
export function load(source?: Source): Promise<Prompts> {
  return promptsFrom(() => source ?? bytes());
}
