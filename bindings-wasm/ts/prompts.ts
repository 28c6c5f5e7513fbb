import init, { compute } from './wasm/prompts.js';
import { DEFECT, type From, once } from './loading.js';
import { Prompts } from './shared/generated/functions.js';

export { Prompts } from './shared/generated/functions.js';
export * from './shared/generated/errors.js';
export type * from './shared/generated/types.js';
export { GoodwillError, type ErrorEnvelope } from './shared/errors.js';
export type { Source } from './loading.js';

const loadFrom = once(init);

/** A panic is a trap of the module, which is not asked again. */
let broken = false;

function guarded(name: string, input: string): string {
  if (broken) return DEFECT;
  try {
    return compute(name, input);
  } catch {
    broken = true;
    return DEFECT;
  }
}

/** @internal */
export async function promptsFrom(from: From): Promise<Prompts> {
  await loadFrom(from);
  return new Prompts(guarded);
}
