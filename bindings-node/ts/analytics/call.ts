import { answerOf, encode } from '../runtime.js';
import { type GivenColumn, type MadeColumn, type Values, valuesOf } from './columns.js';
import { analyze } from './native.js';

/** What a function of the native table gives. */
export interface Made<Answer> {
  /** Its columns, by their names. */
  columns: Record<string, Values>;
  answer: Answer;
}

/** Calls a function of the native table; the work is done on another thread. */
export async function call<Answer>(
  name: string,
  columns: readonly GivenColumn[],
  options: object = {},
): Promise<Made<Answer>> {
  const made = await analyze(name, columns as GivenColumn[], encode(given(options)));
  const answer = answerOf(made.envelope) as Answer;
  const entries = made.columns.map((column: MadeColumn) => [column.name, valuesOf(column)] as const);
  return { columns: Object.fromEntries(entries), answer };
}

/** Options without those that are not given. */
function given(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value != null));
}
