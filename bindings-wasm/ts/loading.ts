import type { InitInput } from './wasm/engine.js';

/** Where the module's bytes come from: a URL, a response, the bytes, or a compiled module. */
export type Source = InitInput;

/** Finds the bytes; nothing when they stand beside the code. */
export type From = () => Source | undefined | Promise<Source | undefined>;

type Init = (options?: { module_or_path: Source }) => Promise<unknown>;

/** A function that initialises a module once; a failed attempt may be repeated. */
export function once(init: Init): (from: From) => Promise<unknown> {
  let loading: Promise<unknown> | undefined;
  return (from) => {
    loading ??= Promise.resolve()
      .then(from)
      .then((source) => (source === undefined ? init() : init({ module_or_path: source })))
      .catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
    return loading;
  };
}

/** The envelope of a panic. */
export const DEFECT = JSON.stringify({
  error: {
    kind: 'internal',
    code: 'internal',
    message: 'a defect of the library stopped the module; what was open is lost',
    details: {},
    retryable: false,
  },
});
