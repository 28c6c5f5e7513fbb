import { invalid } from '../runtime.js';

/** A unit of time. As a length it has its mean in the Gregorian calendar: a month has 30.436875 days. */
export type Unit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The length of each unit in days. */
export const DAYS: Readonly<Record<Unit, number>> = {
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 30.436875,
  quarter: 91.310625,
  year: 365.2425,
};

/** An instant: a `Date`, milliseconds since 1970, RFC 3339, or a date as `2026-01-31`, which is a day of the zone. */
export type Moment = Date | number | string;

/** A moment as the native module takes it. */
export function moment(name: string, value: Moment | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  const date = value instanceof Date ? value : new Date(value);
  if (Number.isNaN(date.getTime())) throw invalid(name, 'a valid date');
  return date.toISOString();
}

/**
 * How far ahead purchases count, and what waiting for them costs.
 *
 * So many periods, each a unit of the calendar or a number in the unit of the model's times, whose purchases
 * are paid at its end, in its middle or at its start. The rate is effective: of a year, or of one period.
 * `periods: null` is without end, each purchase discounted from its own moment.
 */
export interface Horizon {
  /** 12 by default. */
  periods?: number | null | undefined;
  /** A month by default. */
  period?: Unit | number | undefined;
  /** The effective discount rate of a year: 0.1 is 10 %. */
  annualRate?: number | undefined;
  /** The effective discount rate of one period, or without end of one unit; 0 by default. */
  rate?: number | undefined;
  /** When the purchases of a period are paid; at its end by default. */
  payment?: 'end' | 'middle' | 'start' | undefined;
}

/** A horizon as the native module takes it, for a model whose times are in this unit. */
export function wireHorizon(horizon: Horizon, unit: Unit | undefined): object {
  const { periods = 12, period = 'month', annualRate, rate, payment = 'end' } = horizon;
  if (annualRate !== undefined && rate !== undefined) throw invalid('rate', 'nothing beside an annual rate');
  const yearly = (days: number): number =>
    annualRate === undefined ? (rate ?? 0) : (1 + annualRate) ** (days / DAYS.year) - 1;
  const inUnit = (): number => {
    if (unit !== undefined) return DAYS[unit];
    throw invalid('horizon', 'numbers in the unit of the model, which was not fitted to a summary; or its `timeUnit`');
  };
  if (periods === null) {
    return { kind: 'endless', rate: yearly(annualRate === undefined ? 0 : inUnit()) };
  }
  const isNamed = typeof period === 'string';
  if (isNamed && !(period in DAYS)) throw invalid('period', `a number, or one of ${Object.keys(DAYS).join(', ')}`);
  const length = isNamed ? DAYS[period] / inUnit() : period;
  const days = isNamed ? DAYS[period] : annualRate === undefined ? 0 : length * inUnit();
  return { kind: 'periods', periods, period: length, rate: yearly(days), payment };
}
