/**
 * Analytics in a browser: what the server computes, in a module of its own.
 *
 * ```ts
 * const analytics = await load();
 * analytics.nps([10, 9, 3]).score;
 * const model = await BgNbd.fit(await summarize({ customer, time, amount }, { unit: 'week' }));
 * ```
 *
 * Everything is computed on the thread that calls: put what is large into a worker. Zones are `UTC` and fixed
 * offsets as `+02:00`.
 *
 * @packageDocumentation
 */
import { analyticsFrom } from './analytics.js';
import type { Source } from './loading.js';
import type { Analytics } from './shared/generated/functions.js';

export * from './analytics.js';

/** Loads the module, from the file beside this one or from elsewhere. */
export function load(source?: Source): Promise<Analytics> {
  return analyticsFrom(() => source);
}
