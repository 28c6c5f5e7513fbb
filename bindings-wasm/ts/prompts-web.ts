/**
 * Prompts in a browser: what the server renders, byte for byte, in a module of its own.
 *
 * ```ts
 * const prompts = await load();
 * const { messages } = prompts.render('sentiment_analysis', input);
 * ```
 *
 * @packageDocumentation
 */
import { promptsFrom } from './prompts.js';
import type { Prompts } from './shared/generated/functions.js';
import type { Source } from './loading.js';

export * from './prompts.js';

/** Loads the module, from the file beside this one or from elsewhere. */
export function load(source?: Source): Promise<Prompts> {
  return promptsFrom(() => source);
}
