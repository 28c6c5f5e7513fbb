import { call } from './call.js';
import {
  type ArrowTable,
  type Flags,
  type Ids,
  type Numbers,
  type Texts,
  type TimeUnit,
  type Times,
  flags,
  floats,
  ids,
  role,
  texts,
  times,
} from './columns.js';
import { type Moment, type Unit, moment } from './options.js';

/** A measure of a survey: a known one, a share of good ratings, or a mean. */
export type SurveyMeasure =
  | 'nps'
  | 'csat'
  | 'ces'
  | 'sentiment'
  | { kind: 'top_box'; lowest: number; highest: number; from: number }
  | { kind: 'mean'; lowest?: number; highest?: number };

/** A score with its interval of 95 %, not rounded. */
export interface SurveyScore {
  /** How many ratings there are. */
  n: number;
  value: number;
  low: number | null;
  high: number | null;
  /** Counts and shares, as the measure has them. */
  score: Record<string, unknown>;
}

const MEASURES: Readonly<Record<string, object>> = {
  nps: { kind: 'net_promoter_score' },
  csat: { kind: 'customer_satisfaction' },
  ces: { kind: 'customer_effort' },
  sentiment: { kind: 'mean', lowest: -1, highest: 1 },
};

function measureOf(measure: SurveyMeasure): object | string {
  return typeof measure === 'string' ? (MEASURES[measure] ?? measure) : measure;
}

/** A measure of ratings; see `Analytics` for small lists of one measure. */
export async function surveyScore(ratings: Numbers, measure: SurveyMeasure = 'nps'): Promise<SurveyScore> {
  const columns = [floats('rating', ratings)];
  return (await call<SurveyScore>('survey.score', columns, { measure: measureOf(measure) })).answer;
}

/** A measure of the ratings of each group, in the order of their names. */
export async function surveyScores(
  ratings: Numbers,
  groups: Texts,
  measure: SurveyMeasure = 'nps',
): Promise<{ group: string; score: SurveyScore }[]> {
  const columns = [floats('rating', ratings), texts('group', groups)];
  const { answer } = await call<{ group: string; score: SurveyScore }[]>('survey.score', columns, {
    measure: measureOf(measure),
  });
  return answer;
}

/** Which periods, and until when. */
export interface CalendarOptions {
  /** How long a period is; a month by default. */
  unit?: Unit | undefined;
  /** Whose calendar counts: `UTC`, `+02:00`, `Europe/Berlin`. Times without an offset are read in it. */
  zone?: string | undefined;
  /** An instant of the first period; that of the first time by default. A date means its begin. */
  start?: Moment | undefined;
  /** The end; right after the last time by default. A date means that it is the last day. */
  end?: Moment | undefined;
  /** The unit of times in a `BigInt64Array`; milliseconds by default. */
  timeUnit?: TimeUnit | undefined;
}

function calendar({ unit = 'month', zone, start, end }: CalendarOptions): object {
  return { unit, zone, from: moment('start', start), end: moment('end', end) };
}

/** A change since the period before. */
export interface Change {
  change: number;
  low: number;
  high: number;
  /** How likely such a change is by chance. */
  pValue: number | null;
  significant: boolean;
  smallSample: boolean;
}

/** A period of a trend. */
export interface TrendPoint {
  start: Date;
  end: Date;
  /** `null` without ratings. */
  score: SurveyScore | null;
  /** `null` without ratings in the period or the one before. */
  change: Change | null;
}

/** A measure period by period, and whether it changed since the period before. */
export async function surveyTrend(
  data: { rating: Numbers; time: Times } | ArrowTable,
  { measure = 'nps', ...options }: CalendarOptions & { measure?: SurveyMeasure } = {},
): Promise<TrendPoint[]> {
  const columns = [floats('rating', role(data, 'rating')), times('time', role(data, 'time'), options.timeUnit)];
  const used = { ...calendar(options), measure: measureOf(measure) };
  const { answer } = await call<{ points: TrendPoint[] }>('survey.trend', columns, used);
  return answer.points.map(dated);
}

function dated<Period extends { start: Date | string; end: Date | string }>(period: Period): Period {
  return { ...period, start: new Date(period.start), end: new Date(period.end) };
}

/** How retention is counted. */
export interface RetentionOptions extends CalendarOptions {
  /**
   * `n_day` counts who came in that period exactly, `unbounded` who came then or later, `bracket` who came
   * between `edges`.
   */
  kind?: 'n_day' | 'unbounded' | 'bracket' | undefined;
  /** The last age; 12 by default. */
  last?: number | undefined;
  /** The edges of brackets. */
  edges?: number[] | undefined;
  /** The calendar, or so many hours from everybody's first event. */
  clock?: 'calendar' | number | undefined;
}

/** Who of a cohort came back at an age. */
export interface RetentionCell {
  fromAge: number;
  toAge: number;
  /** Customers who have reached the age. */
  eligible: number;
  retained: number;
  percent: number | null;
  low: number;
  high: number;
  /** Whether the age is not over for all. */
  incomplete: boolean;
}

/** What a cohort paid at an age. */
export interface RevenueCell {
  age: number;
  eligible: number;
  /** The revenue of the first period. */
  starting: number;
  revenue: number;
  /** At most 100 % of each customer. */
  grossPercent: number | null;
  netPercent: number | null;
  incomplete: boolean;
}

/** Customers whose first event is in one period. */
export interface Cohort<Cell> {
  start: Date;
  end: Date;
  size: number;
  cells: Cell[];
}

/** Cohorts, and all of them together. */
export interface CohortTable<Cell> {
  cohorts: Cohort<Cell>[];
  /** Each age over those who have reached it. */
  overall: Cell[];
  /** Customers whose first event is in no period. */
  customersOutside: number;
  /** Rows at the end or later, left out. */
  rowsAfterEnd: number;
  /** Whose calendar counted. */
  zone: string;
}

function clockOf(clock: RetentionOptions['clock'] = 'calendar'): object {
  return clock === 'calendar' ? { kind: 'calendar' } : { kind: 'rolling', hours: clock };
}

interface CohortAnswer<Cell> {
  table: Omit<CohortTable<Cell>, 'zone'>;
  zone: string;
}

function cohortTable<Cell>({ table, zone }: CohortAnswer<Cell>): CohortTable<Cell> {
  const { overall, customersOutside, rowsAfterEnd } = table;
  return { cohorts: table.cohorts.map(dated), overall, customersOutside, rowsAfterEnd, zone };
}

/** Which part of each cohort came back at each age. A cohort is the period of the first event. */
export async function retention(
  events: { customer: Ids; time: Times } | ArrowTable,
  { kind = 'n_day', last = 12, edges = [], clock, ...options }: RetentionOptions = {},
): Promise<CohortTable<RetentionCell>> {
  const columns = [
    ids('customer', role(events, 'customer')).column,
    times('time', role(events, 'time'), options.timeUnit),
  ];
  const how = kind === 'bracket' ? { kind, edges } : { kind, last };
  const used = { ...calendar(options), clock: clockOf(clock), retention: how };
  return cohortTable((await call<CohortAnswer<RetentionCell>>('cohorts.retention', columns, used)).answer);
}

/** Which part of the revenue of its first period each cohort keeps: gross and net. */
export async function revenueCohorts(
  payments: { customer: Ids; time: Times; amount: Numbers } | ArrowTable,
  { last = 12, clock, ...options }: Omit<RetentionOptions, 'kind' | 'edges'> = {},
): Promise<CohortTable<RevenueCell>> {
  const columns = [
    ids('customer', role(payments, 'customer')).column,
    times('time', role(payments, 'time'), options.timeUnit),
    floats('amount', role(payments, 'amount')),
  ];
  const used = { ...calendar(options), clock: clockOf(clock), last };
  return cohortTable((await call<CohortAnswer<RevenueCell>>('cohorts.revenue', columns, used)).answer);
}

/** Gross and net retention of revenue. */
export interface RevenueRetention {
  customers: number;
  starting: number;
  expansion: number;
  contraction: number;
  churned: number;
  new: number;
  grossPercent: number | null;
  netPercent: number | null;
}

/** Gross and net retention of what each customer paid at the start and pays at the end. */
export async function revenueRetention(starting: Numbers, ending: Numbers): Promise<RevenueRetention> {
  const columns = [floats('starting', starting), floats('ending', ending)];
  return (await call<RevenueRetention>('revenue.retention', columns)).answer;
}

/** Seconds: how many, the mean, and percentiles. */
export interface Distribution {
  n: number;
  mean: number;
  lowest: number;
  highest: number;
  percentiles: { percent: number; value: number }[];
}

/** A step of a funnel. */
export interface FunnelStep {
  name: string;
  customers: number;
  percentOfPrevious: number | null;
  percentOfFirst: number | null;
  low: number;
  high: number;
  secondsFromPrevious: Distribution | null;
  secondsFromFirst: Distribution | null;
}

/** What a funnel says. */
export interface FunnelResult {
  steps: FunnelStep[];
  conversionPercent: number | null;
  /** Customers whose window is not over, and who are not counted unless that was asked for. */
  unfinished: number;
  rowsAfterEnd: number;
  /** Events that are no step. */
  otherRows: number;
}

/** A funnel. */
export interface FunnelOptions extends Pick<CalendarOptions, 'zone' | 'end' | 'timeUnit'> {
  /** The steps in their order. */
  steps: string[];
  /** The window from the first step, in days; 30 by default. */
  windowDays?: number | undefined;
  /** Whether customers count whose window is not over. */
  includeUnfinished?: boolean | undefined;
  /** Of these parameters; results repeat it. */
  version?: string | undefined;
}

/** How many customers went through the steps in their order, within a window from the first one. */
export async function funnel(
  events: { customer: Ids; step: Texts; time: Times } | ArrowTable,
  { steps, windowDays = 30, includeUnfinished = false, version = '1', zone, end, timeUnit }: FunnelOptions,
): Promise<FunnelResult> {
  const columns = [
    ids('customer', role(events, 'customer')).column,
    texts('step', role(events, 'step')),
    times('time', role(events, 'time'), timeUnit),
  ];
  const parameters = { version, steps, windowSeconds: Math.round(windowDays * 86_400), includeUnfinished, percentiles: {} };
  const used = { funnel: parameters, zone, end: moment('end', end) };
  interface Answer {
    result: Omit<FunnelResult, 'otherRows'>;
    otherRows: number;
  }
  const { answer } = await call<Answer>('funnel', columns, used);
  const { conversionPercent, unfinished, rowsAfterEnd } = answer.result;
  return { steps: answer.result.steps, conversionPercent, unfinished, rowsAfterEnd, otherRows: answer.otherRows };
}

/** How long customers wait for answers, in seconds. */
export interface ResponseTimes {
  firstResponse: Distribution | null;
  allResponses: Distribution | null;
  /** Conversations without an answer to the last message. */
  waiting: number;
  longestWait: number | null;
  rowsAfterEnd: number;
}

/** How long customers waited for answers. */
export async function responseTimes(
  messages: { conversation: Ids; time: Times; byCustomer: Flags },
  options: Pick<CalendarOptions, 'zone' | 'end' | 'timeUnit'> & { percents?: number[] } = {},
): Promise<ResponseTimes> {
  const { percents = [50, 90, 95], zone, end, timeUnit } = options;
  const columns = [
    ids('conversation', role(messages, 'conversation')).column,
    times('time', role(messages, 'time'), timeUnit),
    flags('by_customer', role(messages, 'byCustomer')),
  ];
  const used = { zone, end: moment('end', end), percentiles: { percents } };
  return (await call<ResponseTimes>('messages.response_times', columns, used)).answer;
}
