import init, { Handle } from './wasm/engine.js';
import { DEFECT, type From, once } from './loading.js';
import { Client, type Options, encodeOptions } from './shared/client.js';
import { type Transport, answerOf } from './shared/runtime.js';

export { Desk, JobTimeline, OrderMessages, Portal } from './shared/generated/clients.js';
export * from './shared/generated/errors.js';
export type * from './shared/generated/types.js';
export { GoodwillError, type ErrorEnvelope } from './shared/errors.js';
export type { Key, Options } from './shared/client.js';
export type { Principal } from './shared/runtime.js';

export type { Source } from './loading.js';

const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose');

/** Loads the module, once; a failed attempt may be repeated. */
export const loadFrom: (from: From) => Promise<unknown> = once(init);

/** A panic is a trap of the module: whoever was in the middle of something is lost with it. */
class Engine implements Transport {
  readonly #handle: Handle;
  #broken = false;

  constructor(options: string) {
    try {
      this.#handle = new Handle(options);
    } catch (error) {
      answerOf(typeof error === 'string' ? error : DEFECT);
      throw error;
    }
  }

  call(operation: string, request: string): string {
    if (this.#broken) return DEFECT;
    try {
      return this.#handle.call(operation, request);
    } catch {
      this.#broken = true;
      return DEFECT;
    }
  }

  close(): void {
    if (!this.#broken) this.#handle.close();
  }
}

/** An engine that is open in memory. */
export class MemoryGoodwill extends Client {
  readonly #engine: Engine;

  protected constructor(engine: Engine) {
    super(engine);
    this.#engine = engine;
  }

  /** @internal */
  static async openFrom(
    options: Options,
    from: From,
  ): Promise<MemoryGoodwill> {
    const encoded = encodeOptions(options);
    await loadFrom(from);
    return new MemoryGoodwill(new Engine(encoded));
  }

  /** Closes the engine: later calls throw `engine.closed`. */
  close(): void {
    this.#engine.close();
  }

  /** `await using goodwill = await open(…)` closes it at the end of the block. */
  [asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
