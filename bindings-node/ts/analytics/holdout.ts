import { call } from './call.js';
import { type Flags, type Numbers, flags, floats } from './columns.js';

/** The errors of predicted numbers. */
export interface PredictionQuality {
  customers: number;
  /** What was predicted for all of them together. */
  predicted: number;
  /** What they did together. */
  actual: number;
  /** The mean of predicted − actual. */
  bias: number;
  rootMeanSquareError: number;
  meanAbsoluteError: number;
}

/** Customers of similar predictions. */
export interface CalibrationBin {
  /** The lowest prediction. */
  lowest: number;
  /** The highest. */
  highest: number;
  customers: number;
  /** The mean of the predictions. */
  predicted: number;
  /** The mean of what came. */
  actual: number;
  /** That of the mean of what came; `null` for one customer. */
  standardError: number | null;
}

/** The score of probabilities, and its parts; 0 is best. */
export interface BrierScore {
  customers: number;
  baseRate: number;
  score: number;
  reliability: number;
  resolution: number;
  uncertainty: number;
  withinVariance: number;
  withinCovariance: number;
  /** A reliability diagram. */
  bins: CalibrationBin[];
}

/** Customers of one number of purchases in the calibration. */
export interface FrequencyRow {
  frequency: number;
  customers: number;
  /** The mean of the predictions; `null` without customers. */
  predicted: number | null;
  /** The mean of what came. */
  actual: number | null;
}

/** Compares predicted numbers with actual ones. */
export async function predictionQuality(predicted: Numbers, actual: Numbers): Promise<PredictionQuality> {
  const columns = [floats('predicted', predicted), floats('actual', actual)];
  return (await call<PredictionQuality>('holdout.quality', columns)).answer;
}

/** Compares predicted with actual means in bins of about the same size, 10 by default. */
export async function calibrationTable(
  predicted: Numbers,
  actual: Numbers,
  { bins = 10 }: { bins?: number } = {},
): Promise<CalibrationBin[]> {
  const columns = [floats('predicted', predicted), floats('actual', actual)];
  return (await call<CalibrationBin[]>('holdout.calibration', columns, { bins })).answer;
}

/** Scores probabilities, such as P(alive) against having bought in the holdout. */
export async function brierScore(
  probability: Numbers,
  outcome: Flags,
  { bins = 10 }: { bins?: number } = {},
): Promise<BrierScore> {
  const columns = [floats('probability', probability), flags('outcome', outcome)];
  return (await call<BrierScore>('holdout.brier', columns, { bins })).answer;
}

/** Compares predicted with actual means by the number of purchases in the calibration; the last row is `last` and more. */
export async function frequencyTable(
  frequency: Numbers,
  predicted: Numbers,
  actual: Numbers,
  { last = 7 }: { last?: number } = {},
): Promise<FrequencyRow[]> {
  const columns = [floats('frequency', frequency), floats('predicted', predicted), floats('actual', actual)];
  return (await call<FrequencyRow[]>('holdout.frequencies', columns, { last })).answer;
}
