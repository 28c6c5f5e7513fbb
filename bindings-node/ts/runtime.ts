import type { ErrorEnvelope } from './errors.js';
import { errorOf, InvalidError } from './generated/errors.js';
import type { RequestInfo, SessionInput } from './generated/types.js';

/** What carries a call to the engine and its answer back. */
export interface Transport {
  call(operation: string, request: string): Promise<string> | string;
}

/** Who acts, as the host has authenticated it: from its session or key, never from a request's body. */
export type Principal = Omit<SessionInput, 'side' | 'request' | 'idempotencyKey'>;

/** What the clients have in common. */
export abstract class Caller {
  readonly #transport: Transport;
  readonly #session: SessionInput;

  /** @internal */
  constructor(transport: Transport, session: SessionInput) {
    this.#transport = transport;
    this.#session = session;
  }

  /**
   * The same client, whose next call returns its first result when it is repeated under this key. The
   * key belongs to one call: take a new one for the next.
   */
  idempotent(key: string): this {
    return this.#with({ idempotencyKey: key });
  }

  /** The same client for a request: its id, address and user agent stand in the audit trail. */
  withRequest(request: RequestInfo): this {
    return this.#with({ request });
  }

  #with(more: Partial<SessionInput>): this {
    const Same = this.constructor as new (transport: Transport, session: SessionInput) => this;
    return new Same(this.#transport, { ...this.#session, ...more });
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the generated methods know the type
  protected async call(operation: string, input: object): Promise<any> {
    const request = encode({ session: this.#session, input });
    return answerOf(await this.#transport.call(operation, request));
  }
}

/** Answers a call of a function with an envelope. */
export type Compute = (name: string, input: string) => string;

/** What needs no engine, and answers at once. */
export abstract class Functions {
  readonly #compute: Compute;

  /** @internal */
  constructor(compute: Compute) {
    this.#compute = compute;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the generated methods know the type
  protected call(name: string, input: object): any {
    return answerOf(this.#compute(name, encode(input)));
  }
}

/** The result of an envelope; throws its error. */
export function answerOf(envelope: string): unknown {
  const answer = JSON.parse(envelope) as { ok?: unknown; error?: ErrorEnvelope };
  if (answer.error !== undefined) throw errorOf(answer.error);
  return answer.ok;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- what comes is JSON */

/** A list of records whose names stand there once: see core/src/ops/packed. */
interface Table {
  rows: number;
  columns: Record<string, Column>;
}

type Column = unknown[] | { of: unknown[]; at?: string; from?: number; absent?: number[] };

/** What a letter of `at` stands for, less the place of the value. */
const FIRST = '#'.charCodeAt(0);

/** The values of a field, row by row; `undefined` where it is absent: none at all where it always is. */
export function column({ rows, columns }: Table, name: string): any[] {
  const found = columns[name];
  if (found === undefined) return [];
  if (Array.isArray(found)) return found;
  const { of, at, from, absent } = found;
  if (at !== undefined) {
    const values = new Array(rows);
    for (let row = 0; row < rows; row++) values[row] = own(of[at.charCodeAt(row) - FIRST]);
    return values;
  }
  if (of.length === 1) return isShareable(of[0]) ? new Array(rows).fill(of[0]) : copies(of[0], rows);
  if (from !== undefined) {
    for (let row = 0; row < rows; row++) if (of[row] !== null) (of as number[])[row]! += from;
  }
  for (const row of absent ?? []) of[row] = undefined;
  return of;
}

function isShareable(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** A value for each of many rows. */
function copies(value: unknown, rows: number): unknown[] {
  const values = new Array(rows);
  for (let row = 0; row < rows; row++) values[row] = own(value);
  return values;
}

/** A value for one row: what rows have in common is nobody's to change for the others. */
function own(value: unknown): unknown {
  if (isShareable(value)) return value;
  return Array.isArray(value) && value.length === 0 ? [] : structuredClone(value);
}

/** The instant of a cell. */
export function instant(millis: number | null): Date | null {
  return millis === null ? null : new Date(millis);
}

/** The records of a list that has no form of its own. */
export function records(list: any): any[] {
  if (Array.isArray(list)) return list;
  const columns = Object.keys(list.columns).map((name) => [name, column(list, name)] as const);
  return Array.from({ length: list.rows }, (_, row) => {
    const present = columns.filter(([, values]) => values[row] !== undefined);
    return Object.fromEntries(present.map(([name, values]) => [name, values[row]]));
  });
}

/* eslint-enable @typescript-eslint/no-explicit-any */

/**
 * JSON without silent changes: what JSON cannot carry (NaN, invalid dates, integers beyond 2^53 - 1,
 * lone surrogates, functions, maps) is refused and not turned into `null` or left out.
 */
export function encode(value: unknown): string {
  try {
    return JSON.stringify(value, refuse);
  } catch (error) {
    if (error instanceof TypeError) throw invalid('request', 'data without cycles and bigints');
    throw error;
  }
}

function refuse(this: unknown, key: string, value: unknown): unknown {
  switch (typeof value) {
    case 'string': {
      // Dates are text by now; what they were stands in their parent.
      const before = (this as Record<string, unknown>)[key];
      if (before instanceof Date) return value;
      if (!isWellFormed(value)) throw invalid(key, 'text without lone surrogates');
      return value;
    }
    case 'number':
      if (!Number.isFinite(value)) throw invalid(key, 'a finite number');
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        throw invalid(key, 'an integer up to 2^53 - 1');
      }
      return value;
    case 'bigint':
    case 'function':
    case 'symbol':
      throw invalid(key, `data, not a ${typeof value}`);
    case 'object':
      if (value === null && (this as Record<string, unknown>)[key] instanceof Date) {
        throw invalid(key, 'a valid date');
      }
      if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value)) {
        throw invalid(key, 'plain objects and arrays');
      }
      return value;
    default:
      return value;
  }
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

/** An error about one field of the input. */
export function invalid(field: string, accepted: string): InvalidError {
  return new InvalidError({
    kind: 'invalid',
    code: 'input.invalid',
    message: `${field}: expected ${accepted}`,
    details: { field, accepted },
    retryable: false,
  });
}
