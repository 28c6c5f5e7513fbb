// The module of analytics, as the native module of Node is called.
import init, { type Answer, Call, compute as computed } from './wasm/analytics.js';
import { DEFECT, type From, once } from './loading.js';
import type { GivenColumn, MadeColumn } from './shared/analytics/columns.js';

const loadFrom = once(init);
let loaded = false;

/** Loads the module, once. */
export async function analyticsLoaded(from: From): Promise<void> {
  await loadFrom(from);
  loaded = true;
}

/** A panic is a trap of the module, which is not asked again. */
let broken = false;

function guarded<Made>(make: () => Made, failed: Made): Made {
  if (!loaded) throw new Error('goodwill-wasm/analytics: `load` has not been awaited');
  if (broken) return failed;
  try {
    return make();
  } catch {
    broken = true;
    return failed;
  }
}

/** Answers a call of a function with an envelope. */
export function compute(name: string, input: string): string {
  return guarded(() => computed(name, input), DEFECT);
}

/** An envelope, and columns. */
export interface Made {
  envelope: string;
  columns: MadeColumn[];
}

/** Calls a function of the table of analytics, on this thread. */
async function analyze(name: string, columns: GivenColumn[], options: string): Promise<Made> {
  return guarded(
    () => {
      const call = new Call(options);
      for (const column of columns) add(call, column);
      const answer = call.make(name);
      const names = answer.names();
      const made = { envelope: answer.envelope(), columns: names.map((of, place) => column(answer, of, place)) };
      answer.free();
      return made;
    },
    { envelope: DEFECT, columns: [] },
  );
}

const MILLIS_OF_YEARS = 8.64e15;

function add(call: Call, { name, kind, values, valid, texts = [], unit = 'ms' }: GivenColumn): void {
  if (kind === 'floats') call.floats(name, values as Float64Array, valid);
  else if (kind === 'counts') call.counts(name, values as Uint32Array, valid);
  else if (kind === 'codes') call.codes(name, values as Uint32Array, valid);
  else if (kind === 'texts') call.texts(name, values as Uint32Array, texts, valid);
  else if (kind === 'flags') call.flags(name, values as Uint8Array);
  else if (kind === 'integers') call.integers(name, longs(values), valid);
  else call.times(name, longs(values), unit, kind === 'local', valid);
}

/** Whole numbers of 64 bits; what is no time becomes one that the module refuses. */
function longs(values: GivenColumn['values']): BigInt64Array {
  if (values instanceof BigInt64Array) return values;
  const whole = (value: number): bigint =>
    BigInt(Math.abs(value) <= MILLIS_OF_YEARS ? Math.floor(value) : Number.MAX_SAFE_INTEGER);
  return BigInt64Array.from(values as Float64Array, whole as never);
}

function column(answer: Answer, name: string, place: number): MadeColumn {
  const [kind, valid] = [answer.kind(place), answer.valid(place)];
  const nulls = valid && { valid };
  if (kind === 'floats') return { name, values: answer.floats(place), ...nulls };
  if (kind === 'integers') return { name, values: answer.integers(place), ...nulls };
  const values = answer.counts(place);
  if (kind === 'texts') return { name, values, texts: answer.texts(place), ...nulls };
  if (kind === 'shorts') return { name, values: Uint16Array.from(values), ...nulls };
  if (kind === 'bytes') return { name, values: Uint8Array.from(values), ...nulls };
  if (kind === 'flags') return { name, values: Array.from(values, Boolean), ...nulls };
  return { name, values, ...nulls };
}

export default { analyze, compute };
