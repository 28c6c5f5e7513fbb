import type { LogEntry } from './generated/types.js';
import { type Transport, answerOf, encode, invalid } from './runtime.js';

/**
 * An append-only log that takes the place of the SQLite file: a table of your own database, a stream, an
 * object store. The engine keeps what it reads there in memory, brings itself up to date before every call,
 * and appends what a call wrote as one entry. Any number of processes may share a log.
 *
 * Both functions may be asynchronous. An exception fails the call with `store.unavailable`, or with the
 * `store.*` code that the exception has as its `code`; it is the `cause` of the error.
 */
export interface Log {
  /**
   * The entries after a position, oldest first: as many as suits, at least one if there is any, none at
   * the end. What `append` has confirmed to anybody must be among them.
   */
  read(after: number): Promise<readonly LogEntry[]> | readonly LogEntry[];

  /**
   * Writes an entry at the position `after + 1`, durably and whole, and gives `true`; does nothing and
   * gives `false` when an entry is there already.
   */
  append(after: number, entry: string): Promise<boolean> | boolean;
}

type Request = { read: { after: number } } | { append: { after: number; entry: string } };

/** The exceptions that are kept for callers, at most: of a retried call nobody asks for them. */
const KEPT = 100;

/** A log as the engine calls it, and what it has thrown. */
export class HostLog {
  readonly #log: Log;
  readonly #thrown = new Map<number, unknown>();
  #count = 0;

  constructor(log: Log) {
    if (typeof log?.read !== 'function' || typeof log.append !== 'function') {
      throw invalid('log', 'an object with the functions `read` and `append`');
    }
    this.#log = log;
  }

  /** Answers a request of the engine's; never rejects. */
  readonly answer = async (request: string): Promise<string> => {
    try {
      return encode({ ok: await this.#ask(JSON.parse(request) as Request) });
    } catch (error) {
      const thrown = this.#keep(error);
      const code: unknown = (error as { code?: unknown } | null | undefined)?.code;
      return JSON.stringify({ error: { thrown, ...(typeof code === 'string' && { code }) } });
    }
  };

  #ask(request: Request): unknown {
    return 'read' in request
      ? this.#log.read(request.read.after)
      : this.#log.append(request.append.after, request.append.entry);
  }

  #keep(error: unknown): number {
    this.#thrown.set(++this.#count, error);
    this.#thrown.delete(this.#count - KEPT);
    return this.#count;
  }

  /** Carries calls to an engine; errors get the exception that caused them. */
  over(transport: Transport): Transport {
    return {
      call: async (operation, request) => {
        const envelope = await transport.call(operation, request);
        if (envelope.startsWith('{"error"')) this.#explain(envelope);
        return envelope;
      },
    };
  }

  #explain(envelope: string): void {
    try {
      answerOf(envelope);
    } catch (error) {
      const thrown = (error as { details?: Record<string, unknown> }).details?.['thrown'];
      if (typeof thrown !== 'number' || !this.#thrown.has(thrown)) return;
      Object.defineProperty(error, 'cause', {
        value: this.#thrown.get(thrown),
        configurable: true,
        writable: true,
      });
      this.#thrown.delete(thrown);
      throw error;
    }
  }
}
