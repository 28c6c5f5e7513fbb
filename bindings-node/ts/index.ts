/**
 * Goodwill for Node.
 *
 * ```ts
 * const goodwill = await Goodwill.open({ path: 'goodwill.db', keys: [{ id: '2026-01', secret }] });
 * const ada = goodwill.portal({ role: 'customer', party: 'ada' });
 * await ada.post({ order: 'ORD-123' }, { text: 'When will it arrive?' });
 * ```
 *
 * @packageDocumentation
 */
import { Client, type Options, encodeOptions } from './client.js';
import { answerOf } from './runtime.js';
import native from '#native';

export { Desk, JobTimeline, OrderMessages, Portal } from './generated/clients.js';
export * from './generated/errors.js';
export type * from './generated/types.js';
export { GoodwillError, type ErrorEnvelope } from './errors.js';
export type { Key, Options } from './client.js';
export type { Principal } from './runtime.js';

const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose');

/** An open engine. Its calls never run on the event loop. */
export class Goodwill extends Client {
  readonly #handle: native.Handle;

  private constructor(handle: native.Handle) {
    super(handle);
    this.#handle = handle;
  }

  /**
   * Opens an engine on a SQLite file, or in memory without a `path`.
   *
   * @throws input.*, store.*
   */
  static async open(options: Options): Promise<Goodwill> {
    const handle = new native.Handle();
    answerOf(await handle.open(encodeOptions(options)));
    return new Goodwill(handle);
  }

  /** Closes the engine: calls on their way are finished, later ones throw `engine.closed`. */
  close(): void {
    this.#handle.close();
  }

  /** `await using goodwill = await Goodwill.open(…)` closes it at the end of the block. */
  [asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
