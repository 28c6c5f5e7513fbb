import { type ArrowTable, type GivenColumn, type Numbers, floats, role } from './columns.js';
import { call } from './call.js';
import type { Tracking } from './log.js';
import {
  type Estimates,
  type FitOptions,
  type Fitted,
  Model,
  type SavedModel,
  known,
  loaded,
  rows,
  unitOf,
} from './model.js';
import { type Horizon, type Unit, wireHorizon } from './options.js';
import { invalid } from '../runtime.js';
import { GammaGamma } from './spend.js';

/** Customers as the models of purchases see them: a summary, columns of these names, or an Arrow table. */
export interface Customers {
  /** Repeat purchases, x. */
  frequency: Numbers;
  /** The age at the last purchase, t_x; 0 without any. */
  recency: Numbers;
  /** The age, T. */
  age: Numbers;
  /** Who they are, by the names of covariates; needed by a model that was fitted with some. */
  covariates?: Readonly<Record<string, Numbers>> | undefined;
}

/** The covariates of a new customer. */
export type OfCustomer = Readonly<Record<string, number>>;

/** With a confidence, such as 0.95, a prediction has intervals. */
export interface Confidence {
  confidence: number;
}

/** The customer that others are compared with. */
export interface Typical {
  frequency: number;
  recency: number;
  age: number;
}

/**
 * What speaks for and against each customer being alive, in log-odds. The parts sum to the difference from the
 * typical customer; `NaN` where somebody is alive for certain.
 */
export interface Drivers {
  /** ln(P / (1 − P)) of each customer. */
  logOdds: Float64Array;
  frequency: Float64Array;
  recency: Float64Array;
  age: Float64Array;
  /** The typical customer. */
  typical: Typical;
}

const COLUMNS = ['frequency', 'recency', 'age'] as const;

/** The columns of customers with covariates of these names. */
function withCovariates(data: Customers | ArrowTable, names: readonly string[], weight?: Numbers): GivenColumn[] {
  const columns = rows(data, COLUMNS, weight);
  if (names.length === 0) return columns;
  const given = role(data, 'covariates');
  if (typeof given !== 'object' || given === null) {
    throw invalid('covariates', `an object with a column for each of ${names.join(', ')}`);
  }
  const covariate = (name: string): GivenColumn => {
    const column = (given as Record<string, unknown>)[name];
    if (column == null) throw invalid('covariates', `a column ${name}`);
    return floats(`covariate:${name}`, column);
  };
  return [...columns, ...names.map(covariate)];
}

/** What the models of purchases in continuous time have in common. */
export abstract class PurchaseModel<Name extends string = string> extends Model<Name> {
  /** @internal */
  protected static async fitted(
    kind: string,
    customers: Customers | ArrowTable,
    { weight, start }: FitOptions<Model>,
  ): Promise<[Fitted, Unit | null, Record<string, unknown>]> {
    const names = Object.keys((role(customers, 'covariates') as object | undefined) ?? {});
    const options = { kind, start: start?.wire(), covariates: names };
    const { answer } = await call<Fitted>('model.fit', withCovariates(customers, names, weight), options);
    return [answer, unitOf(customers), names.length > 0 ? { covariates: names } : {}];
  }

  #rows(customers: Customers | ArrowTable, weight?: Numbers): GivenColumn[] {
    return withCovariates(customers, this.covariates, weight);
  }

  #ofNew(covariates: OfCustomer = {}): { covariates: number[] } {
    const names = this.covariates;
    const right = Object.keys(covariates).length === names.length && names.every((name) => name in covariates);
    if (!right) throw invalid('covariates', names.length > 0 ? `a number for each of ${names.join(', ')}` : 'none');
    return { covariates: names.map((name) => covariates[name]!) };
  }

  /** The expected purchases of each customer in the next `t` units. */
  expectedPurchases(customers: Customers | ArrowTable, t: number): Promise<Float64Array>;
  expectedPurchases(customers: Customers | ArrowTable, t: number, options: Confidence): Promise<Estimates>;
  async expectedPurchases(
    customers: Customers | ArrowTable,
    t: number,
    { confidence }: Partial<Confidence> = {},
  ): Promise<Float64Array | Estimates> {
    return this.predicted('model.purchases', this.#rows(customers), { t, confidence });
  }

  /** The probability of each customer not to have left: now, or `after` so many units. */
  probabilityAlive(customers: Customers | ArrowTable, options?: { after?: number }): Promise<Float64Array>;
  probabilityAlive(customers: Customers | ArrowTable, options: { after?: number } & Confidence): Promise<Estimates>;
  async probabilityAlive(
    customers: Customers | ArrowTable,
    { after, confidence }: { after?: number } & Partial<Confidence> = {},
  ): Promise<Float64Array | Estimates> {
    return this.predicted('model.alive', this.#rows(customers), { t: after, confidence });
  }

  /** The probability of exactly so many purchases in the next `t` units; 0 is "none by then". */
  probabilityOfPurchases(customers: Customers | ArrowTable, purchases: number, t: number): Promise<Float64Array>;
  probabilityOfPurchases(
    customers: Customers | ArrowTable,
    purchases: number,
    t: number,
    options: Confidence,
  ): Promise<Estimates>;
  async probabilityOfPurchases(
    customers: Customers | ArrowTable,
    purchases: number,
    t: number,
    { confidence }: Partial<Confidence> = {},
  ): Promise<Float64Array | Estimates> {
    return this.predicted('model.probability', this.#rows(customers), { purchases, t, confidence });
  }

  /** The expected purchases within a horizon, each discounted to now. */
  discountedPurchases(customers: Customers | ArrowTable, horizon?: Horizon): Promise<Float64Array>;
  discountedPurchases(customers: Customers | ArrowTable, horizon: Horizon, options: Confidence): Promise<Estimates>;
  async discountedPurchases(
    customers: Customers | ArrowTable,
    horizon: Horizon = {},
    { confidence }: Partial<Confidence> = {},
  ): Promise<Float64Array | Estimates> {
    const options = { horizon: this.#wire(horizon, customers), confidence };
    return this.predicted('model.discounted', this.#rows(customers), options);
  }

  /**
   * The lifetime value of each customer: discounted purchases times the spend per purchase, a fitted
   * `GammaGamma` or a column. Costs and margins are yours. Intervals count the errors of both models.
   */
  lifetimeValue(customers: Customers | ArrowTable, spend: GammaGamma | Numbers, horizon?: Horizon): Promise<Float64Array>;
  lifetimeValue(
    customers: Customers | ArrowTable,
    spend: GammaGamma | Numbers,
    horizon: Horizon,
    options: Confidence,
  ): Promise<Estimates>;
  async lifetimeValue(
    customers: Customers | ArrowTable,
    spend: GammaGamma | Numbers,
    horizon: Horizon = {},
    { confidence }: Partial<Confidence> = {},
  ): Promise<Float64Array | Estimates> {
    const options = { horizon: this.#wire(horizon, customers), confidence };
    const columns = this.#rows(customers);
    if (!(spend instanceof GammaGamma)) {
      columns.push(floats('spend', spend));
    } else if (confidence === undefined) {
      columns.push(floats('spend', await spend.expectedSpend(customers as never)));
    } else {
      const { value, standardError } = await spend.expectedSpend(customers as never, { confidence });
      columns.push(floats('spend', value), floats('spend_error', standardError));
    }
    return this.predicted('model.value', columns, options);
  }

  #wire(horizon: Horizon, customers: Customers | ArrowTable): object {
    return wireHorizon(horizon, unitOf(customers) ?? this.timeUnit);
  }

  /** Why customers are alive or not, against a typical one: by default the mean of those who came back. */
  async drivers(customers: Customers | ArrowTable, typical?: Typical): Promise<Drivers> {
    const options = { model: this.wire(), typical };
    const { columns, answer } = await call<Typical>('model.drivers', this.#rows(customers), options);
    const of = (name: string): Float64Array => columns[name] as Float64Array;
    return {
      logOdds: of('log_odds'),
      frequency: of('frequency'),
      recency: of('recency'),
      age: of('age'),
      typical: answer,
    };
  }

  /**
   * The expected repeat purchases of a new customer up to each of these ages. A model with covariates has to know
   * those of the customer, here and for the other methods of new customers.
   */
  async expected(t: Numbers, covariates?: OfCustomer): Promise<Float64Array> {
    const options = this.#ofNew(covariates);
    return (await this.predicted('model.expected', [floats('t', t)], options)) as Float64Array;
  }

  /** The probability of each of these numbers of repeat purchases of a new customer up to the age `t`. */
  async pmf(purchases: Numbers, t: number, covariates?: OfCustomer): Promise<Float64Array> {
    const options = { t, ...this.#ofNew(covariates) };
    return (await this.predicted('model.pmf', [floats('purchases', purchases)], options)) as Float64Array;
  }

  /** The repeat purchases that the model expects in the periods of a summary's tracking. */
  async expectedTracking(
    tracking: Tracking,
    covariates?: OfCustomer,
  ): Promise<{ repeats: Float64Array; cumulative: Float64Array }> {
    const options = { model: this.wire(), tracking, ...this.#ofNew(covariates) };
    const { columns } = await call('model.tracking', [], options);
    return { repeats: columns['repeats'] as Float64Array, cumulative: columns['cumulative'] as Float64Array };
  }

  /** The mean log-likelihood per customer; higher is better. */
  async score(customers: Customers | ArrowTable, weight?: Numbers): Promise<number> {
    interface Likelihood {
      logLikelihood: number;
      customers: number;
    }
    const columns = this.#rows(customers, weight);
    const { answer } = await call<Likelihood>('model.log_likelihood', columns, { model: this.wire() });
    return answer.logLikelihood / answer.customers;
  }
}

/** The parameters of BG/NBD, MBG/NBD and (M)BG/CNBD-k. */
export interface BetaGeometricParameters {
  /** The shape of the gamma distribution of purchase rates. */
  r: number;
  /** Its rate, a time. */
  alpha: number;
  /** The first parameter of the beta distribution of the probability to leave. */
  a: number;
  /** Its second parameter. */
  b: number;
}

/**
 * BG/NBD (Fader, Hardie and Lee, *Counting Your Customers the Easy Way*, 2005): customers buy at a rate of their
 * own, and may leave right after a purchase.
 */
export class BgNbd extends PurchaseModel<keyof BetaGeometricParameters> {
  /** @internal */
  static readonly kind = 'bg_nbd';
  /** @internal */
  static readonly names = ['r', 'alpha', 'a', 'b'] as const;

  /** Fits the parameters by maximum likelihood, without randomness and without settings. */
  static async fit(customers: Customers | ArrowTable, options: FitOptions<BgNbd> = {}): Promise<BgNbd> {
    return new BgNbd(...(await this.fitted(this.kind, customers, options)));
  }

  /** A model of known parameters. Nothing is known of their errors. */
  static of(parameters: BetaGeometricParameters): BgNbd {
    return known(BgNbd, parameters);
  }

  /** The model that `JSON.stringify` has saved, with the same bits. */
  static fromJSON(saved: SavedModel | string): BgNbd {
    return loaded(BgNbd, saved);
  }
}

/**
 * MBG/NBD (Batislam, Denizel and Filiztekin 2007): customers may leave after the first purchase, too, so that
 * P(alive) of somebody who never came back is not 1.
 */
export class MbgNbd extends PurchaseModel<keyof BetaGeometricParameters> {
  /** @internal */
  static readonly kind = 'mbg_nbd';
  /** @internal */
  static readonly names = ['r', 'alpha', 'a', 'b'] as const;

  /** Fits the parameters by maximum likelihood, without randomness and without settings. */
  static async fit(customers: Customers | ArrowTable, options: FitOptions<MbgNbd> = {}): Promise<MbgNbd> {
    return new MbgNbd(...(await this.fitted(this.kind, customers, options)));
  }

  /** A model of known parameters. Nothing is known of their errors. */
  static of(parameters: BetaGeometricParameters): MbgNbd {
    return known(MbgNbd, parameters);
  }

  /** The model that `JSON.stringify` has saved, with the same bits. */
  static fromJSON(saved: SavedModel | string): MbgNbd {
    return loaded(MbgNbd, saved);
  }
}

/** Pareto/NBD (Schmittlein, Morrison and Colombo 1987): customers may leave at any moment. */
export class ParetoNbd extends PurchaseModel<'r' | 'alpha' | 's' | 'beta'> {
  /** @internal */
  static readonly kind = 'pareto_nbd';
  /** @internal */
  static readonly names = ['r', 'alpha', 's', 'beta'] as const;

  /** Fits the parameters by maximum likelihood, without randomness and without settings. */
  static async fit(customers: Customers | ArrowTable, options: FitOptions<ParetoNbd> = {}): Promise<ParetoNbd> {
    return new ParetoNbd(...(await this.fitted(this.kind, customers, options)));
  }

  /** A model of known parameters. Nothing is known of their errors. */
  static of(parameters: { r: number; alpha: number; s: number; beta: number }): ParetoNbd {
    return known(ParetoNbd, parameters);
  }

  /** The model that `JSON.stringify` has saved, with the same bits. */
  static fromJSON(saved: SavedModel | string): ParetoNbd {
    return loaded(ParetoNbd, saved);
  }
}

/** How regular customers are fitted. */
export interface RegularFitOptions {
  /** How many customers each row stands for; 1 by default. */
  weight?: Numbers | undefined;
  /** k; without it the likeliest of 1 to `most`, which needs `lnWaits`. */
  regularity?: number | undefined;
  /** The largest k that is tried; 6 by default. */
  most?: number | undefined;
  /** Whether customers may leave after the first purchase, too; so by default. */
  leavesAtOnce?: boolean | undefined;
  /** `lnWaits` of the log. */
  lnWaits?: number | undefined;
}

/**
 * MBG/CNBD-k and BG/CNBD-k (Platzer and Reutterer 2016; Reutterer, Platzer and Schröder 2021): customers buy more
 * regularly than at random, a purchase is every k-th event.
 */
export class CnbdK extends PurchaseModel<keyof BetaGeometricParameters> {
  /** @internal */
  static readonly kind = 'cnbd';
  /** @internal */
  static readonly names = ['r', 'alpha', 'a', 'b'] as const;

  /** Fits the parameters by maximum likelihood, and the regularity unless it is given. */
  static async fit(customers: Customers | ArrowTable, options: RegularFitOptions): Promise<CnbdK> {
    const { weight, regularity, most = 6, leavesAtOnce = true, lnWaits = 0 } = options ?? {};
    if (regularity === undefined && options?.lnWaits === undefined) {
      throw invalid('lnWaits', 'a number, from `lnWaits` of the log, or a `regularity`');
    }
    const used = { regularity, most, leavesAtOnce, lnWaits };
    const { answer } = await call<Fitted>('model.fit_regular', rows(customers, COLUMNS, weight), used);
    const params = { regularity: regularity ?? null, most, leaves_at_once: leavesAtOnce };
    return new CnbdK(answer, unitOf(customers), params);
  }

  /** The model that `JSON.stringify` has saved, with the same bits. */
  static fromJSON(saved: SavedModel | string): CnbdK {
    return loaded(CnbdK, saved);
  }

  /** The fitted k. */
  get regularity(): number {
    return (this.wire() as { model: { regularity: number } }).model.regularity;
  }
}
