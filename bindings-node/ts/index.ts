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
import { Client, type Options as EngineOptions, encodeOptions } from './client.js';
import { Prompts } from './generated/functions.js';
import type { AnswerPart, AskSettings } from './generated/types.js';
import { HostLog, type Log } from './log.js';
import { type Model, hostModel } from './model.js';
import { type Transport, answerOf } from './runtime.js';
import { Turns } from './turns.js';
import native from '#native';

export { Desk, JobTimeline, OrderMessages, Portal } from './generated/clients.js';
export { Prompts } from './generated/functions.js';
export * from './generated/errors.js';
export type * from './generated/types.js';
export { GoodwillError, type ErrorEnvelope } from './errors.js';
export type { Key } from './client.js';
export type { Log } from './log.js';
export type { Model } from './model.js';
export type { Principal } from './runtime.js';

/** Templates, prompts and answers of language models. They need no engine and answer at once. */
export const prompts = new Prompts(native.compute);

const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose');

/** How an engine is opened. */
export type Options = EngineOptions & {
  /** A log of your own in place of a SQLite file; then there is no `path`. */
  log?: Log | undefined;
  /** A language model of your own, asked before those of `models`. */
  model?: Model | undefined;
};

/** An open engine. Its calls never run on the event loop. */
export class Goodwill extends Client {
  readonly #handle: native.Handle;

  private constructor(handle: native.Handle, log?: HostLog) {
    const turns = new Turns();
    const packed: Transport = {
      call: (operation, request) =>
        handle.call(operation, request, true).then((answer) => turns.take(answer)),
    };
    super(log?.over(packed) ?? packed);
    this.#handle = handle;
  }

  /**
   * Opens an engine on a SQLite file, on a log of yours, or in memory without a `path` and a `log`.
   *
   * Prompts are asked of `models` and of a `model` of yours; without any, rules answer.
   *
   * @throws input.*, store.*
   */
  static async open(options: Options): Promise<Goodwill> {
    const { log: given, model, ...engine } = options ?? {};
    const handle = new native.Handle();
    const log = given && new HostLog(given);
    const asked = model && hostModel(model);
    answerOf(await handle.open(encodeOptions(engine), log?.answer, asked));
    return new Goodwill(handle, log);
  }

  /**
   * Asks a prompt as `ask` does and gives the answer as it comes: its text, the fields that are complete,
   * and at last the checked answer. `again` says that what came so far does not count.
   *
   * ```ts
   * for await (const part of goodwill.stream('message_reply', input)) {
   *   if (part.kind === 'text') show(part.text);
   *   if (part.kind === 'again') clear();
   *   if (part.kind === 'answer') save(part.answer);
   * }
   * ```
   *
   * Leaving the loop gives the call up, and so does an abort of the signal, whose reason is thrown.
   *
   * @throws those of `ask`
   */
  async *stream(
    prompt: string,
    input: unknown,
    settings?: AskSettings | undefined,
    options: { signal?: AbortSignal | undefined } = {},
  ): AsyncGenerator<AnswerPart, void, undefined> {
    const { signal } = options;
    signal?.throwIfAborted();
    const stream = await this.openStream(prompt, input, settings);
    // An engine that was closed has closed its streams.
    const close = () => this.closeStream(stream).catch(() => undefined);
    signal?.addEventListener('abort', close, { once: true });
    try {
      for (;;) {
        signal?.throwIfAborted();
        const part = await this.nextPart(stream).catch((error: unknown) => {
          // The stream may be closed before it is asked.
          signal?.throwIfAborted();
          throw error;
        });
        signal?.throwIfAborted();
        if (part === null) return;
        yield part;
        if (part.kind === 'answer') return;
      }
    } finally {
      signal?.removeEventListener('abort', close);
      await close();
    }
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
