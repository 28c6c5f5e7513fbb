import { analyticsLoaded, compute } from './analytics-module.js';
import type { From } from './loading.js';
import { Analytics } from './shared/generated/functions.js';

export * from './shared/analytics/exports.js';
export * from './shared/generated/errors.js';
export type { Source } from './loading.js';

/** @internal */
export async function analyticsFrom(from: From): Promise<Analytics> {
  await analyticsLoaded(from);
  return new Analytics(compute);
}
