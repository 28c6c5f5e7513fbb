import type { ModelAnswer, ModelRequest } from './generated/types.js';
import { encode, invalid } from './runtime.js';

/**
 * A language model of your own: takes messages and gives the text of the answer, or more about it.
 *
 * What it throws fails the attempt. An exception may have one of the codes `llm.rate_limited`,
 * `llm.refused`, `llm.invalid_request`, `llm.authentication`, `llm.context_too_long` and
 * `llm.budget_exhausted` as its `code`, and `retryAfterMs`; any other is taken for a broken connection. The
 * attempt is repeated where that helps; in the end rules answer, and say why.
 */
export type Model = (
  request: ModelRequest,
) => Promise<string | ModelAnswer> | string | ModelAnswer;

/** A model as the engine calls it; never rejects. */
export function hostModel(model: Model): (request: string) => Promise<string> {
  if (typeof model !== 'function') throw invalid('model', 'a function');
  return async (request) => {
    try {
      return encode({ ok: await model(JSON.parse(request) as ModelRequest) });
    } catch (error) {
      const { code, retryAfterMs } = Object(error) as { code?: unknown; retryAfterMs?: unknown };
      return JSON.stringify({
        error: {
          ...(typeof code === 'string' && { code }),
          ...(Number.isSafeInteger(retryAfterMs) && Number(retryAfterMs) >= 0 && { retryAfterMs }),
        },
      });
    }
  };
}
