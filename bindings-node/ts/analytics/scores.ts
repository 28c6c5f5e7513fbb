import type { CalendarOptions, Distribution } from './behaviour.js';
import { call } from './call.js';
import {
  type Flags,
  type IdColumn,
  type Ids,
  type Numbers,
  type Texts,
  type Times,
  type Values,
  flags,
  floats,
  ids,
  role,
  texts,
  times,
} from './columns.js';
import { moment } from './options.js';
import type { ChurnModel, EngagementModel, HealthModel, VipRules } from '../generated/types.js';

/** Which part of the messages was read. */
export interface ReadRate {
  n: number;
  read: number;
  percent: number | null;
  low: number;
  high: number;
  /** Unread messages whose window is not over, not counted. */
  tooRecent: number;
  rowsAfterEnd: number;
  secondsToRead: Distribution | null;
}

/** Which part of the messages was read, within a window in seconds if there is one; `null` is not read. */
export async function readRate(
  messages: { sent: Times; read: Times },
  options: Pick<CalendarOptions, 'zone' | 'end' | 'timeUnit'> & { windowSeconds?: number } = {},
): Promise<ReadRate> {
  const { windowSeconds, zone, end, timeUnit } = options;
  const columns = [
    times('sent', role(messages, 'sent'), timeUnit),
    times('read', role(messages, 'read'), timeUnit),
  ];
  const used = { zone, end: moment('end', end), windowSeconds };
  return (await call<ReadRate>('messages.read_rate', columns, used)).answer;
}

/** How many promises of time were kept. */
export interface SlaCompliance {
  met: number;
  breached: number;
  running: number;
  atRisk: number;
  percent: number | null;
  low: number;
  high: number;
  overrun: Distribution | null;
  /** Of each row: `met`, `breached`, `running` or `at_risk`. */
  states: string[];
}

/** How many promises of time were kept: target and elapsed in seconds, and whether it is done. */
export async function slaCompliance(
  promises: { target: Numbers; elapsed: Numbers; done: Flags },
  rules?: object,
): Promise<SlaCompliance> {
  const columns = [
    floats('target', role(promises, 'target')),
    floats('elapsed', role(promises, 'elapsed')),
    flags('done', role(promises, 'done')),
  ];
  const { columns: made, answer } = await call<Omit<SlaCompliance, 'states'>>('sla', columns, { rules });
  return { ...answer, states: made['state'] as string[] };
}

/** What is known of customers: a column for each part that a model names; where a number is missing is `null`. */
export type Parts = Readonly<Record<string, Numbers>>;

const columnsOf = (parts: Parts) => Object.entries(parts).map(([name, column]) => floats(name, column));

/** The columns with a prefix, by the rest of their names. */
function prefixed(columns: Record<string, Values>, prefix: string): Record<string, Float64Array> {
  const own = Object.entries(columns).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, values]) => [name.slice(prefix.length), values as Float64Array]));
}

/** The health of customers, row by row. */
export interface HealthScores {
  /** From 0 to 100; `NaN` where nothing is known. */
  score: Float64Array;
  colour: (string | null)[];
  /** The share of the weights that something is known of. */
  coverage: Float64Array;
  /** The difference from the previous score, if there was one; `NaN` where not. */
  change?: Float64Array;
  direction?: (string | null)[];
  /** What each part adds or takes. */
  parts: Record<string, Float64Array>;
  /** The parameters that were used. */
  model: HealthModel;
}

/** The health of customers from 0 to 100, its colour, and what each part adds or takes. */
export async function healthScores(
  parts: Parts,
  { previous, model }: { previous?: Numbers; model?: HealthModel } = {},
): Promise<HealthScores> {
  const columns = columnsOf(previous === undefined ? parts : { ...parts, previous });
  const { columns: made, answer } = await call<HealthModel>('health', columns, { model });
  const { score, colour, coverage, change, direction } = made;
  const trend = change && { change: change as Float64Array, direction: direction as (string | null)[] };
  return {
    score: score as Float64Array,
    colour: colour as (string | null)[],
    coverage: coverage as Float64Array,
    ...trend,
    parts: prefixed(made, 'part_'),
    model: answer,
  };
}

/** The risk that customers leave, row by row. */
export interface ChurnRisks {
  probability: Float64Array;
  logOdds: Float64Array;
  band: string[];
  /** The drivers that speak most for leaving, the strongest first; `null` where there are fewer. */
  reasons: (string | null)[][];
  /** What each driver adds in log-odds. */
  drivers: Record<string, Float64Array>;
  /** The mean size of each driver's contribution, the greatest first. */
  importance: { name: string; meanContribution: number }[];
  model: ChurnModel;
}

/** The risk that customers leave, and what drives it; what is not known is taken as typical. */
export async function churnRisks(parts: Parts, model?: ChurnModel): Promise<ChurnRisks> {
  interface Answer {
    model: ChurnModel;
    importance: ChurnRisks['importance'];
  }
  const { columns: made, answer } = await call<Answer>('churn', columnsOf(parts), { model });
  const reasons = Object.keys(made).filter((name) => name.startsWith('reason_'));
  return {
    probability: made['probability'] as Float64Array,
    logOdds: made['log_odds'] as Float64Array,
    band: made['band'] as string[],
    reasons: (made['band'] as string[]).map((_, row) => reasons.map((name) => made[name]![row] as string | null)),
    drivers: prefixed(made, 'driver_'),
    importance: answer.importance,
    model: answer.model,
  };
}

/** The engagement of customers, one row for each in the order in which they are first named. */
export interface EngagementScores {
  customer: IdColumn;
  score: Float64Array;
  /** Activities of a kind that the model does not have. */
  unknown: BigInt64Array;
  model: EngagementModel;
}

/** The engagement of customers from 0 to 100: activities by kind, each less as it gets older. */
export async function engagementScores(
  activities: { customer: Ids; kind: Texts; ageDays: Numbers },
  model?: EngagementModel,
): Promise<EngagementScores> {
  const customer = ids('customer', role(activities, 'customer'));
  const columns = [
    customer.column,
    texts('kind', role(activities, 'kind')),
    floats('age_days', role(activities, 'ageDays')),
  ];
  const { columns: made, answer } = await call<EngagementModel>('engagement', columns, { model });
  return {
    customer: customer.back(made['customer']!),
    score: made['score'] as Float64Array,
    unknown: made['unknown'] as BigInt64Array,
    model: answer,
  };
}

/** Who is a VIP, row by row. */
export interface Vips {
  vip: boolean[];
  /** `rule`, `manual` or `no_rule`. */
  reason: string[];
  /** The first rule that is met; `null` where that is not the reason. */
  rule: (string | null)[];
  rules: VipRules;
}

/** Who is a VIP by rules, or by what people have decided, `granted` or `refused`, which counts more. */
export async function vips(
  facts: {
    spend?: Numbers;
    orders?: Numbers;
    tenureDays?: Numbers;
    manual?: readonly ('granted' | 'refused' | null | undefined)[];
  },
  rules?: VipRules,
): Promise<Vips> {
  const { spend, orders, tenureDays, manual } = facts;
  const numbers = Object.entries({ spend, orders, tenure_days: tenureDays });
  const columns = numbers.flatMap(([name, column]) => (column === undefined ? [] : [floats(name, column)]));
  if (manual !== undefined) columns.push(texts('manual', manual));
  const { columns: made, answer } = await call<VipRules>('vip', columns, { rules });
  return {
    vip: made['vip'] as boolean[],
    reason: made['reason'] as string[],
    rule: made['rule'] as (string | null)[],
    rules: answer,
  };
}

/**
 * What customers brought and cost, one row for each in the order in which they are first named. Amounts are texts
 * with all decimal places of the currency; `null` where they would be divided by nothing.
 */
export interface CustomerTotals {
  customer: IdColumn;
  /** How many payments there are, without refunds. */
  payments: BigInt64Array;
  /** All payments less refunds. */
  revenue: string[];
  refunds: string[];
  expenses: string[];
  netProfit: string[];
  /** Net profit in percent of revenue; `NaN` without revenue above 0. */
  marginPercent: Float64Array;
  jobs: BigInt64Array;
  revenuePerJob: (string | null)[];
  profitPerJob: (string | null)[];
  averagePayment: (string | null)[];
}

/**
 * What customers brought and cost. Entries are of the kinds `payment`, `expense` and `job`; a payment below 0 is a
 * refund, a job has no amount.
 */
export async function customerTotals(
  entries: { customer: Ids; kind: Texts; amount: Numbers },
  currency: string,
): Promise<CustomerTotals> {
  const customer = ids('customer', role(entries, 'customer'));
  const columns = [
    customer.column,
    texts('kind', role(entries, 'kind')),
    floats('amount', role(entries, 'amount')),
  ];
  const { columns: made } = await call('customers.totals', columns, { currency });
  const of = <Column>(name: string): Column => made[name] as Column;
  return {
    customer: customer.back(made['customer']!),
    payments: of('payments'),
    revenue: of('revenue'),
    refunds: of('refunds'),
    expenses: of('expenses'),
    netProfit: of('net_profit'),
    marginPercent: of('margin_percent'),
    jobs: of('jobs'),
    revenuePerJob: of('revenue_per_job'),
    profitPerJob: of('profit_per_job'),
    averagePayment: of('average_payment'),
  };
}
