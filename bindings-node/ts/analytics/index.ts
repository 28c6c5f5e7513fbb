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
import native from '#native';

/** Scores of single customers and of small data, with what they are made of. They answer at once. */
export const analytics = new Analytics(native.compute);

export { Analytics } from '../generated/functions.js';
export { GoodwillError, type ErrorEnvelope } from '../errors.js';
export { InternalError, InvalidError } from '../generated/errors.js';

export type * from './behaviour.js';
export { funnel, responseTimes, retention, revenueCohorts, revenueRetention, surveyScore, surveyScores, surveyTrend } from './behaviour.js';
export type { ArrowTable, ArrowVector, Flags, IdColumn, Ids, Numbers, Texts, TimeUnit, Times } from './columns.js';
export * from './holdout.js';
export {
  type Holdout,
  type Log,
  type LogOptions,
  type Policies,
  type Report,
  type Rfm,
  type RfmOptions,
  type SegmentMap,
  type Summary,
  type SummaryOptions,
  type Tracking,
  lnWaits,
  rfm,
  summarize,
  totals,
} from './log.js';
export type { Estimates, FitOptions, Model, Parameter, SavedModel } from './model.js';
export { BgBb, type Opportunities } from './occasions.js';
export type { Horizon, Moment, Unit } from './options.js';
export {
  type BetaGeometricParameters,
  BgNbd,
  CnbdK,
  type Confidence,
  type Customers,
  type Drivers,
  MbgNbd,
  ParetoNbd,
  PurchaseModel,
  type RegularFitOptions,
  type Typical,
} from './purchases.js';
export { GammaGamma, type Spenders } from './spend.js';
