/**
 * Customer analytics on columns: summaries, lifetime value, RFM, retention, and how good predictions were.
 *
 * ```ts
 * const summary = await summarize({ customer, time, amount }, { unit: 'week', zone: 'Europe/Berlin' });
 * const [purchases, spend] = await Promise.all([BgNbd.fit(summary), GammaGamma.fit(summary)]);
 * const value = await purchases.lifetimeValue(summary, spend, { periods: 12, annualRate: 0.1 });
 * ```
 *
 * Columns are typed arrays, arrays, or vectors of Apache Arrow; results are typed arrays. Everything is computed
 * on other threads. Columns are read before a call returns its promise, and may be changed then.
 *
 * @packageDocumentation
 */
import { Analytics } from '../generated/functions.js';
import { compute } from './native.js';

export * from './exports.js';

/** Scores of single customers and of small data, with what they are made of. They answer at once. */
export const analytics = new Analytics(compute);
