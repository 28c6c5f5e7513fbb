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
export type { Coefficient, Estimates, FitOptions, LikelihoodRatio, Model, Parameter, SavedModel } from './model.js';
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
  type OfCustomer,
  ParetoNbd,
  PurchaseModel,
  type RegularFitOptions,
  type Typical,
} from './purchases.js';
export * from './scores.js';
export { GammaGamma, type Spenders } from './spend.js';
