import { invalid } from '../runtime.js';

/** Numbers: a typed array, an array where `null` is missing, or a vector of Apache Arrow. */
export type Numbers =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | readonly (number | bigint | null | undefined)[]
  | ArrowVector;

/** Ids of customers, orders, …: whole numbers or texts, in one column of one kind. */
export type Ids = Exclude<Numbers, Float32Array> | readonly (string | null | undefined)[];

/**
 * Times: `Date`s, milliseconds since 1970, ticks of 64 bits in the `timeUnit`, texts as ISO 8601 writes them,
 * or a vector of Apache Arrow. Texts without an offset are what the clocks of the `zone` showed.
 */
export type Times =
  | readonly (Date | null | undefined)[]
  | readonly (string | null | undefined)[]
  | readonly (number | null | undefined)[]
  | Float64Array
  | BigInt64Array
  | ArrowVector;

/** Texts. */
export type Texts = readonly string[] | ArrowVector;

/** Yes or no. */
export type Flags = readonly (boolean | 0 | 1)[] | Uint8Array | ArrowVector;

/** A vector of Apache Arrow, as far as it is looked at. */
export interface ArrowVector {
  readonly length: number;
  readonly nullCount: number;
  readonly type: { readonly typeId: number; readonly unit?: number; readonly timezone?: string | null };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- of any type
  get(row: number): any;
  isValid(row: number): boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- of any type
  toArray(): any;
}

/** A table of Apache Arrow, as far as it is looked at. */
export interface ArrowTable {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the types of its own are deeper
  getChild(name: string): any;
}

/** The unit of ticks of 64 bits. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

/** A column as it goes to the native module. */
export interface GivenColumn {
  name: string;
  kind: 'floats' | 'integers' | 'counts' | 'codes' | 'texts' | 'flags' | 'instants' | 'local';
  values: Float64Array | BigInt64Array | Int32Array | Uint32Array | Uint8Array;
  valid?: Uint8Array;
  texts?: string[];
  unit?: string;
}

/** A column as it comes from there. */
export interface MadeColumn {
  name: string;
  values: Float64Array | BigInt64Array | Uint32Array | Uint16Array | Uint8Array | boolean[];
  valid?: Uint8Array;
  texts?: string[];
}

/** A column of a result. */
export type Values = MadeColumn['values'] | (string | null)[];

/** What is known of a column in the place of its values. */
type Taken = Omit<GivenColumn, 'name'>;

const TYPED = Object.getPrototypeOf(Uint8Array) as abstract new () => ArrayBufferView;

/** The column of a role: a property of an object, or a child of an Arrow table. */
export function role(data: unknown, name: string): unknown {
  if (data === null || typeof data !== 'object') throw invalid('data', 'an object of columns, or an Arrow table');
  const { getChild } = data as Partial<ArrowTable>;
  if (typeof getChild === 'function') return getChild.call(data, name) ?? undefined;
  return (data as Record<string, unknown>)[name] ?? undefined;
}

function isArrow(column: unknown): column is ArrowVector {
  const { toArray, get, isValid } = column as Partial<ArrowVector>;
  return typeof toArray === 'function' && typeof get === 'function' && typeof isValid === 'function';
}

/** A typed array whose memory is there, and nobody else's if it was shared between threads. */
function own<Array extends ArrayBufferView>(name: string, column: Array): Array {
  const { buffer } = column as { buffer: ArrayBufferLike };
  try {
    new Uint8Array(buffer);
  } catch {
    throw invalid(name, 'a typed array whose buffer was not transferred to somebody else');
  }
  if (typeof SharedArrayBuffer === 'undefined' || !(buffer instanceof SharedArrayBuffer)) return column;
  // Others may write to it meanwhile.
  return (column as unknown as { slice(): Array }).slice();
}

/** Numbers as floats. */
export function floats(name: string, column: unknown): GivenColumn {
  return { name, ...numbers(name, column) };
}

function numbers(name: string, column: unknown): Taken {
  if (column instanceof TYPED) return typedNumbers(name, own(name, column));
  if (isArrayLike(column) && isArrow(column)) {
    const values: unknown = column.toArray();
    if (values instanceof TYPED && (values as unknown as Float64Array).length === column.length) {
      return { ...typedNumbers(name, values), ...validity(column) };
    }
    return numberArray(name, column.length, (row) => column.get(row) as unknown);
  }
  if (Array.isArray(column)) return numberArray(name, column.length, (row) => column[row] as unknown);
  throw invalid(name, 'numbers in a typed array or an array');
}

function typedNumbers(name: string, column: ArrayBufferView): Taken {
  if (column instanceof Float64Array) return { kind: 'floats', values: column };
  if (column instanceof Uint32Array) return { kind: 'counts', values: column };
  if (column instanceof BigInt64Array) return { kind: 'integers', values: column };
  if (column instanceof Int32Array) return { kind: 'integers', values: column };
  if (column instanceof BigUint64Array) return { kind: 'integers', values: signed(name, column) };
  if (column instanceof DataView) throw invalid(name, 'numbers in a typed array or an array');
  return { kind: 'floats', values: Float64Array.from(column as Float32Array) };
}

/** Up to 2^63 - 1. */
function signed(name: string, column: BigUint64Array): BigInt64Array {
  const row = column.findIndex((value) => value >= 2n ** 63n);
  if (row >= 0) throw invalidCell(name, row, 'an integer up to 2^63 - 1');
  return new BigInt64Array(column.buffer, column.byteOffset, column.length);
}

function numberArray(name: string, length: number, at: (row: number) => unknown): Taken {
  const values = new Float64Array(length);
  let valid: Uint8Array | undefined;
  for (let row = 0; row < length; row++) {
    const value = at(row);
    if (typeof value === 'number') {
      values[row] = value;
    } else if (typeof value === 'bigint') {
      values[row] = Number(value);
      if (BigInt(values[row]!) !== value) throw invalidCell(name, row, 'a number that is exact as a float');
    } else if (value == null) {
      (valid ??= new Uint8Array(length).fill(1))[row] = 0;
    } else {
      throw invalidCell(name, row, 'a number');
    }
  }
  return { kind: 'floats', values, ...(valid && { valid }) };
}

function validity(column: ArrowVector): { valid?: Uint8Array } {
  if (column.nullCount === 0) return {};
  const valid = new Uint8Array(column.length);
  for (let row = 0; row < valid.length; row++) valid[row] = column.isValid(row) ? 1 : 0;
  return { valid };
}

/** A dictionary of what stands in a column, in the order of first appearance. */
function dictionary<Key>(
  length: number,
  at: (row: number) => unknown,
  key: (value: unknown, row: number) => Key,
): { places: Uint32Array; entries: Key[]; valid?: Uint8Array } {
  const places = new Uint32Array(length);
  const known = new Map<Key, number>();
  let valid: Uint8Array | undefined;
  for (let row = 0; row < length; row++) {
    const value = at(row);
    if (value == null) {
      (valid ??= new Uint8Array(length).fill(1))[row] = 0;
      continue;
    }
    const entry = key(value, row);
    let place = known.get(entry);
    if (place === undefined) known.set(entry, (place = known.size));
    places[row] = place;
  }
  return { places, entries: [...known.keys()], ...(valid && { valid }) };
}

/** Ids on their way to codes, and the way back from what a result has of them. */
export interface TakenIds {
  column: GivenColumn;
  /** The ids of a result's column. */
  back(values: Values): IdColumn;
}

/** Ids in a result: of the kind that the log has them in. */
export type IdColumn = Int32Array | Uint32Array | BigInt64Array | (string | number | bigint)[];

/** Ids: whole numbers, texts, or what else can be told apart. */
export function ids(name: string, column: unknown): TakenIds {
  if (column instanceof TYPED) return wholeIds(name, own(name, column));
  if (!isArrayLike(column)) throw invalid(name, 'ids in a typed array or an array');
  const at = isArrow(column) ? (row: number) => column.get(row) as unknown : (row: number) => column[row];
  if (isArrow(column) && column.nullCount === 0) {
    // Arrow's texts and dictionaries are read row by row.
    const values: unknown = [2, 3].includes(column.type.typeId) ? column.toArray() : undefined;
    if (values instanceof TYPED) return wholeIds(name, values);
  }
  let kind: string | undefined;
  const { places, entries, valid } = dictionary(column.length, at, (value, row) => {
    kind ??= typeof value;
    const right = typeof value === kind && (kind === 'string' || kind === 'bigint' || Number.isSafeInteger(value));
    if (!right) throw invalidCell(name, row, 'a text, a safe integer or a bigint, the same in every row');
    return value as string | number | bigint;
  });
  return {
    column: { name, kind: 'codes', values: places, ...(valid && { valid }) },
    back: (values) => Array.from(values as Uint32Array, (place) => entries[place]!),
  };
}

function wholeIds(name: string, column: ArrayBufferView): TakenIds {
  if (column instanceof Uint32Array) {
    return { column: { name, kind: 'counts', values: column }, back: (values) => values as Uint32Array };
  }
  if (column instanceof BigInt64Array || column instanceof BigUint64Array) {
    const values = column instanceof BigInt64Array ? column : signed(name, column);
    return { column: { name, kind: 'integers', values }, back: (values) => values as BigInt64Array };
  }
  if (column instanceof Float64Array || column instanceof Float32Array || column instanceof DataView) {
    throw invalid(name, 'ids in an array of integers or of texts');
  }
  const values = column instanceof Int32Array ? column : Int32Array.from(column as Int16Array);
  return {
    column: { name, kind: 'integers', values },
    back: (values) => Int32Array.from(values as BigInt64Array, Number),
  };
}

const ARROW_TIMESTAMP = 10;
const ARROW_UNITS: readonly TimeUnit[] = ['s', 'ms', 'us', 'ns'];

/** Times. */
export function times(name: string, column: unknown, unit?: TimeUnit): GivenColumn {
  if (column instanceof TYPED) {
    const values = own(name, column);
    if (values instanceof BigInt64Array) return { name, kind: 'instants', values, unit: unit ?? 'ms' };
    if (values instanceof Float64Array) return { name, kind: 'instants', values };
    throw invalid(name, 'times in a BigInt64Array, a Float64Array or an array');
  }
  if (!isArrayLike(column)) throw invalid(name, 'times in a typed array or an array');
  if (isArrow(column) && column.type.typeId === ARROW_TIMESTAMP) {
    const values: unknown = column.toArray();
    const ticks = ARROW_UNITS[column.type.unit ?? -1];
    if (values instanceof BigInt64Array && values.length === column.length && ticks !== undefined) {
      const kind = column.type.timezone ? 'instants' : 'local';
      return { name, kind, values, unit: ticks, ...validity(column) };
    }
  }
  const at = isArrow(column) ? (row: number) => column.get(row) as unknown : (row: number) => column[row];
  let first: unknown;
  for (let row = 0; row < column.length && first == null; row++) first = at(row);
  if (typeof first === 'string') return texts(name, column);
  const values = new Float64Array(column.length);
  let valid: Uint8Array | undefined;
  for (let row = 0; row < column.length; row++) {
    const value = at(row);
    if (value == null) (valid ??= new Uint8Array(column.length).fill(1))[row] = 0;
    else if (typeof value === 'number') values[row] = value;
    else if (value instanceof Date) values[row] = value.getTime();
    else throw invalidCell(name, row, 'a date, a text or milliseconds, the same in every row');
  }
  return { name, kind: 'instants', values, ...(valid && { valid }) };
}

/** Texts, with a dictionary of them. */
export function texts(name: string, column: unknown): GivenColumn {
  if (!isArrayLike(column)) throw invalid(name, 'texts in an array');
  const at = isArrow(column) ? (row: number) => column.get(row) as unknown : (row: number) => column[row];
  const { places, entries, valid } = dictionary(column.length, at, (value, row) => {
    if (typeof value !== 'string') throw invalidCell(name, row, 'a text');
    if (LONE_SURROGATE.test(value)) throw invalidCell(name, row, 'text without lone surrogates');
    return value;
  });
  return { name, kind: 'texts', values: places, texts: entries, ...(valid && { valid }) };
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Yes or no. */
export function flags(name: string, column: unknown): GivenColumn {
  if (column instanceof Uint8Array) return { name, kind: 'flags', values: own(name, column) };
  if (!isArrayLike(column)) throw invalid(name, 'booleans in an array');
  const values = new Uint8Array(column.length);
  for (let row = 0; row < values.length; row++) {
    const value: unknown = isArrow(column) ? column.get(row) : column[row];
    if (value !== true && value !== false && value !== 0 && value !== 1) {
      throw invalidCell(name, row, 'true or false');
    }
    values[row] = value ? 1 : 0;
  }
  return { name, kind: 'flags', values };
}

function isArrayLike(column: unknown): column is readonly unknown[] | ArrowVector {
  return Array.isArray(column) || (typeof column === 'object' && column !== null && isArrow(column));
}

/** The values of a column of a result: texts are texts again, and `null` where there is none. */
export function valuesOf({ values, valid, texts }: MadeColumn): Values {
  if (texts === undefined) return values;
  const of = (place: number, row: number): string | null => (valid?.[row] === 0 ? null : texts[place]!);
  return Array.from(values as Uint32Array, of);
}

/** An error about one cell. */
function invalidCell(name: string, row: number, accepted: string): Error {
  const error = invalid(name, accepted);
  Object.assign(error.details, { row });
  return error;
}
