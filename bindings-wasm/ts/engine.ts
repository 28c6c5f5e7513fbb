import init, { Handle, type InitInput } from './wasm/goodwill_wasm.js';
import { Client, type Options, encodeOptions } from './shared/client.js';
import { type Transport, answerOf } from './shared/runtime.js';

export { Desk, JobTimeline, OrderMessages, Portal } from './shared/generated/clients.js';
export * from './shared/generated/errors.js';
export type * from './shared/generated/types.js';
export { GoodwillError, type ErrorEnvelope } from './shared/errors.js';
export type { Key, Options } from './shared/client.js';
export type { Principal } from './shared/runtime.js';

/** Where the module's bytes come from: a URL, a response, the bytes, or a compiled module. */
export type Source = InitInput;

const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose');

let loading: Promise<unknown> | undefined;

/** Loads the module, once; a failed attempt may be repeated. */
export function loadFrom(source: () => Source | undefined | Promise<Source | undefined>): Promise<unknown> {
  loading ??= Promise.resolve()
    .then(source)
    .then((from) => (from === undefined ? init() : init({ module_or_path: from })))
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

const DEFECT = JSON.stringify({
  error: {
    kind: 'internal',
    code: 'internal',
    message: 'a defect of the library stopped the engine; open it anew',
    details: {},
    retryable: false,
  },
});

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
    source: () => Source | undefined | Promise<Source | undefined>,
  ): Promise<MemoryGoodwill> {
    const encoded = encodeOptions(options);
    await loadFrom(source);
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
