import type * as t from '../generated/types.js';
import { call } from './call.js';
import {
  type ArrowTable,
  type GivenColumn,
  type IdColumn,
  type Ids,
  type Numbers,
  type TakenIds,
  type TimeUnit,
  type Times,
  type Values,
  floats,
  ids,
  role,
  times,
} from './columns.js';
import { type Moment, type Unit, moment } from './options.js';
import { invalid } from '../runtime.js';

/** A transaction log in columns of the same length; or an Arrow table with columns of these names. */
export interface Log {
  /** Who. */
  customer: Ids;
  /** When. */
  time: Times;
  /** How much; below zero are refunds. */
  amount?: Numbers | undefined;
  /** Which order, where an order has several rows. */
  order?: Ids | undefined;
  /** The currency of each row; they have to be all the same. */
  currency?: Ids | undefined;
}

/** How a log is read. Every row that a policy touches is counted in the report. */
export interface Policies {
  /** Amounts below zero: taken from the purchases before, left out, or an error. */
  refunds?: 'net' | 'drop' | 'reject' | undefined;
  /** The part of a refund that is more than was bought. */
  excessRefunds?: 'drop' | 'reject' | undefined;
  /** Amounts of zero, and purchases refunded in full. */
  zeroAmounts?: 'purchase' | 'drop' | 'reject' | undefined;
  /** Rows that equal another one. */
  duplicates?: 'keep' | 'drop' | 'reject' | undefined;
  /** Rows that stand after a later one of the same customer. */
  unsorted?: 'sort' | 'reject' | undefined;
  /** Rows with a null. */
  nulls?: 'drop' | 'reject' | undefined;
  /** Rows after the reference. */
  afterReference?: 'drop' | 'reject' | undefined;
  /** Local times that the clocks showed twice or never. */
  localTimes?: 'earlier' | 'later' | 'reject' | undefined;
}

/** How many rows of a log met which policy. */
export interface Report {
  rows: number;
  nulls: number;
  afterReference: number;
  ambiguousTimes: number;
  skippedTimes: number;
  refunds: number;
  excessRefunds: number;
  zeroAmounts: number;
  refundedInFull: number;
  duplicates: number;
  unsorted: number;
  merged: number;
  customersWithoutPurchase: number;
  customersAfterCalibration: number;
}

/** What summaries and scores have in common. */
export interface LogOptions {
  /** Whose calendar counts: `UTC`, `+02:00`, `Europe/Berlin`. Times without an offset are read in it. */
  zone?: string | undefined;
  /** The last instant of observation; the last time of the log by default. A date means its end. */
  reference?: Moment | undefined;
  /** The unit of times in a `BigInt64Array`; milliseconds by default. */
  timeUnit?: TimeUnit | undefined;
  /** What is done with rows that are no plain purchases. */
  policies?: Policies | undefined;
}

/** How a log is summarised. */
export interface SummaryOptions extends LogOptions {
  /** The unit of recency and age; a day by default. */
  unit?: Unit | undefined;
  /**
   * Whole periods of the calendar, where rows of one period are one purchase; or the time that has passed,
   * where rows of one instant, or of one `merge` unit, are one.
   */
  measure?: 'calendar' | 'exact' | { merge: Unit } | undefined;
  /** The last instant of calibration; what comes later is the holdout. A date means its end. */
  calibrationEnd?: Moment | undefined;
  /** Which purchases the mean spend is about. */
  spend?: 'repeats' | 'all' | undefined;
  /** Whether purchases are counted by period as well. */
  tracking?: boolean | undefined;
}

/** Purchases by period of the calendar, from the first purchase of all up to the reference. */
export interface Tracking {
  unit: Unit;
  /** When each period begins: milliseconds since 1970-01-01T00:00 on the wall clock of the zone. */
  start: number[];
  /** First purchases. */
  first: number[];
  /** Repeat purchases. */
  repeats: number[];
  /** All repeat purchases up to the end of the period. */
  cumulative: number[];
  /** How many of the periods are in the calibration. */
  calibration: number;
}

/** What customers did after the end of calibration. */
export interface Holdout {
  /** The length of the holdout, in units. */
  duration: number;
  /** Purchases in the holdout. */
  frequency: Uint32Array;
  /** The mean amount of those; absent if the log has no amounts. */
  spend?: Float64Array | undefined;
}

/** One row per customer with a purchase, in the order in which the log first names them. */
export interface Summary {
  /** How many customers there are. */
  length: number;
  /** The ids. */
  customer: IdColumn;
  /** Repeat purchases, x. */
  frequency: Uint32Array;
  /** The age at the last purchase, t_x; 0 without repeat purchases. */
  recency: Float64Array;
  /** The age at the end of observation, or of calibration, T. */
  age: Float64Array;
  /** The mean amount of purchases; absent if the log has none. */
  spend?: Float64Array | undefined;
  /** What came after the end of calibration. */
  holdout?: Holdout | undefined;
  /** Purchases by period, if they were asked for. */
  tracking?: Tracking | undefined;
  /** The unit of recency and age. */
  unit: Unit;
  /** Whose calendar counted. */
  zone: string;
  /** The last instant of observation. */
  reference: Date;
  /** The last instant of calibration. */
  calibrationEnd?: Date | undefined;
  /** What the policies met. */
  report: Report;
}

interface TakenLog {
  columns: GivenColumn[];
  customer: TakenIds;
}

/** The columns of a log. */
function take(log: Log | ArrowTable, unit: TimeUnit | undefined): TakenLog {
  const customer = ids('customer', role(log, 'customer'));
  const columns = [customer.column, times('time', role(log, 'time'), unit)];
  const amount = role(log, 'amount');
  if (amount !== undefined) columns.push(floats('amount', amount));
  for (const name of ['order', 'currency']) {
    const column = role(log, name);
    if (column !== undefined) columns.push(ids(name, column).column);
  }
  return { columns, customer };
}

function measureOf(measure: SummaryOptions['measure']): unknown {
  if (measure === 'exact') return { exact: { merge: null } };
  return typeof measure === 'object' ? { exact: measure } : measure;
}

interface SummaryAnswer {
  options: { unit: Unit; zone: string; reference: string; calibrationEnd?: string | null };
  report: Report;
  duration: number | null;
  tracking: Tracking | null;
}

/**
 * Summarises a transaction log to frequency, recency, age and mean spend per customer.
 *
 * ```ts
 * const summary = await summarize(
 *   { customer: ['ada', 'bob', 'ada'], time: ['2026-01-05', '2026-01-06', '2026-01-20'], amount: [20, 5, 30] },
 *   { unit: 'week', reference: '2026-01-31' },
 * );
 * ```
 *
 * @throws input.*, money.currency_mismatch: what is wrong, with its `field` and `row`
 */
export async function summarize(log: Log | ArrowTable, options: SummaryOptions = {}): Promise<Summary> {
  const { timeUnit, unit = 'day', measure, reference, calibrationEnd, ...rest } = options;
  const { columns, customer } = take(log, timeUnit);
  const made = await call<SummaryAnswer>('log.summarize', columns, {
    ...rest,
    unit,
    measure: measureOf(measure),
    reference: moment('reference', reference),
    calibrationEnd: moment('calibrationEnd', calibrationEnd),
  });
  const { options: used, report, duration, tracking } = made.answer;
  const { columns: all } = made;
  const frequency = all['frequency'] as Uint32Array;
  const later = all['holdout_spend'] as Float64Array | undefined;
  return {
    length: frequency.length,
    customer: customer.back(all['customer']!),
    frequency,
    recency: all['recency'] as Float64Array,
    age: all['age'] as Float64Array,
    ...(all['spend'] && { spend: all['spend'] as Float64Array }),
    ...(duration !== null && {
      holdout: {
        duration,
        frequency: all['holdout_frequency'] as Uint32Array,
        ...(later && { spend: later }),
      },
    }),
    ...(tracking && { tracking }),
    unit: used.unit,
    zone: used.zone,
    reference: new Date(used.reference),
    ...(used.calibrationEnd && { calibrationEnd: new Date(used.calibrationEnd) }),
    report,
  };
}

/**
 * The sum of the logarithms of the waits between purchases, which `CnbdK` needs to find the regularity. Options
 * are those of the summary; rows with an amount below zero are left out.
 */
export async function lnWaits(
  log: Log | ArrowTable,
  options: Pick<SummaryOptions, 'unit' | 'zone' | 'reference' | 'timeUnit'> & { measure?: 'calendar' | 'exact' } = {},
): Promise<number> {
  const { timeUnit, unit = 'day', measure, reference, zone } = options;
  const { columns } = take(log, timeUnit);
  const used = { unit, zone, exact: measure === 'exact', reference: moment('reference', reference) };
  return (await call<number>('log.ln_waits', columns, used)).answer;
}

/** A map of segments of one's own: every code is in exactly one. */
export interface SegmentMap {
  name: string;
  /** The best score; 5 by default. */
  scores?: number | undefined;
  /**
   * From the names of segments to patterns of three places, for recency, frequency and monetary value: a
   * score, several in brackets, or a point for any.
   */
  segments: Readonly<Record<string, readonly string[]>>;
}

/** How customers are scored. */
export interface RfmOptions extends LogOptions {
  /** What frequency counts; days with a purchase by default. */
  frequency?: 'days' | 'orders' | 'rows' | undefined;
  /** What monetary value is; the sum by default. */
  monetary?: 'sum' | 'mean' | undefined;
  /** The best score, from 2 to 9; 5 by default. */
  scores?: number | undefined;
  /** How values become scores: equal values have equal scores, but for `ntile`. */
  scoring?: 'values' | 'qcut' | 'ntile' | { recency: number[]; frequency: number[]; monetary: number[] } | undefined;
  /** The map of segments; `eleven` by default, and `null` for none. */
  segments?: 'eleven' | 'ten' | SegmentMap | null | undefined;
}

/** Recency, frequency and monetary value: one row per customer with a purchase. */
export interface Rfm {
  /** How many customers there are. */
  length: number;
  /** The ids. */
  customer: IdColumn;
  /** Whole days from the last purchase to the reference. */
  recency: Uint32Array;
  frequency: Uint32Array;
  monetary: Float64Array;
  /** Scores, of which the highest is best. */
  recencyScore: Uint8Array;
  frequencyScore: Uint8Array;
  monetaryScore: Uint8Array;
  /** The scores together, such as 534. */
  code: Uint16Array;
  /** The segments; absent without a map. */
  segment?: string[] | undefined;
  /** The bins of each column, by ascending score: edges, and how many customers. */
  bins: { recency: t.Bin[]; frequency: t.Bin[]; monetary: t.Bin[] };
  /** Each segment of the map, how many customers it has, and what they are worth. */
  segments?: { segment: string; customers: number; monetary: number }[] | undefined;
  /** The name of the map. */
  map?: string | undefined;
  zone: string;
  reference: Date;
  report: Report;
}

interface RfmAnswer {
  options: { zone: string; reference: string };
  report: Report;
  recencyBins: t.Bin[];
  frequencyBins: t.Bin[];
  monetaryBins: t.Bin[];
  map: string | null;
  segments: [string[], number[]] | null;
}

/**
 * Scores the customers of a log by recency, frequency and monetary value, and puts them into segments.
 *
 * @throws input.*, money.currency_mismatch: what is wrong, with its `field` and `row`
 */
export async function rfm(log: Log | ArrowTable, options: RfmOptions = {}): Promise<Rfm> {
  const { timeUnit, reference, segments = 'eleven', scoring, ...rest } = options;
  const { columns, customer } = take(log, timeUnit);
  const made = await call<RfmAnswer>('log.rfm', columns, {
    ...rest,
    reference: moment('reference', reference),
    scoring: typeof scoring === 'object' ? { cuts: scoring } : scoring,
    map: typeof segments === 'object' && segments !== null ? ownMap(segments) : segments,
  });
  const { columns: all, answer } = made;
  const monetary = all['monetary'] as Float64Array;
  const segment = all['segment'] as string[] | undefined;
  return {
    length: monetary.length,
    customer: customer.back(all['customer'] as Values),
    recency: all['recency'] as Uint32Array,
    frequency: all['frequency'] as Uint32Array,
    monetary,
    recencyScore: all['recency_score'] as Uint8Array,
    frequencyScore: all['frequency_score'] as Uint8Array,
    monetaryScore: all['monetary_score'] as Uint8Array,
    code: all['code'] as Uint16Array,
    ...(segment && { segment }),
    bins: { recency: answer.recencyBins, frequency: answer.frequencyBins, monetary: answer.monetaryBins },
    ...(answer.segments && segment && { segments: worth(answer.segments, segment, monetary) }),
    ...(answer.map !== null && { map: answer.map }),
    zone: answer.options.zone,
    reference: new Date(answer.options.reference),
    report: answer.report,
  };
}

function ownMap({ name, scores = 5, segments }: SegmentMap): object {
  if (typeof segments !== 'object' || segments === null) throw invalid('segments', 'names and their codes');
  return { name, scores, segments: Object.entries(segments).map(([name, codes]) => ({ name, codes })) };
}

function worth([names, customers]: [string[], number[]], segment: string[], monetary: Float64Array): Rfm['segments'] {
  const sums = totals(segment, monetary);
  return names.map((name, place) => ({
    segment: name,
    customers: customers[place]!,
    monetary: sums.get(name)?.total ?? 0,
  }));
}

/** How many rows each group has, and the sum of their values, in the order of first appearance. */
export function totals<Group>(
  groups: readonly Group[],
  values: ArrayLike<number>,
): Map<Group, { customers: number; total: number }> {
  if (groups.length !== values.length) throw invalid('values', 'as many rows as groups');
  const sums = new Map<Group, { customers: number; total: number }>();
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row]!;
    let sum = sums.get(group);
    if (sum === undefined) sums.set(group, (sum = { customers: 0, total: 0 }));
    sum.customers += 1;
    sum.total += values[row]!;
  }
  return sums;
}
