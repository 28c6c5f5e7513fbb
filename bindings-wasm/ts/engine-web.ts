/**
 * Goodwill in a browser, or in any bundle.
 *
 * ```ts
 * const goodwill = await open({ keys: [{ id: 'page', secret }] });
 * const ada = goodwill.portal({ role: 'customer', party: 'ada' });
 * ```
 *
 * @packageDocumentation
 */
import { MemoryGoodwill, loadFrom } from './engine.js';
import type { Source } from './loading.js';
import type { Options } from './shared/client.js';

export * from './engine.js';

/**
 * Loads the module. Calling it is not needed: {@link open} does, from the file beside this one. Call it
 * first to load the bytes from elsewhere.
 */
export async function load(source?: Source): Promise<void> {
  await loadFrom(() => source);
}

/**
 * Opens an engine in memory.
 *
 * @throws input.*
 */
export function open(options: Options): Promise<MemoryGoodwill> {
  return MemoryGoodwill.openFrom(options, () => undefined);
}
