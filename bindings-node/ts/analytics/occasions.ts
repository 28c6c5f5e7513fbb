import { call } from './call.js';
import { type ArrowTable, type Numbers, floats } from './columns.js';
import { type Estimates, type FitOptions, type Fitted, Model, type SavedModel, known, loaded, rows } from './model.js';

/** Customers who may buy at occasions: columns of these names, or an Arrow table. */
export interface Opportunities {
  /** Purchases, x. */
  frequency: Numbers;
  /** The occasion of the last purchase, from 1; 0 without any. */
  recency: Numbers;
  /** How many occasions there were, n. */
  occasions: Numbers;
}

const COLUMNS = ['frequency', 'recency', 'occasions'] as const;

/** BG/BB (Fader, Hardie and Shang 2010): customers may buy at occasions, such as years or events. */
export class BgBb extends Model<'alpha' | 'beta' | 'gamma' | 'delta'> {
  /** @internal */
  static readonly kind = 'bg_bb';
  /** @internal */
  static readonly names = ['alpha', 'beta', 'gamma', 'delta'] as const;

  /** Fits the parameters by maximum likelihood, without randomness and without settings. */
  static async fit(customers: Opportunities | ArrowTable, options: FitOptions<BgBb> = {}): Promise<BgBb> {
    const { weight, start } = options;
    const columns = rows(customers, COLUMNS, weight);
    const { answer } = await call<Fitted>('occasions.fit', columns, { start: start?.wire() });
    return new BgBb(answer);
  }

  /** A model of known parameters. Nothing is known of their errors. */
  static of(parameters: { alpha: number; beta: number; gamma: number; delta: number }): BgBb {
    return known(BgBb, parameters);
  }

  /** The model that `JSON.stringify` has saved, with the same bits. */
  static fromJSON(saved: SavedModel | string): BgBb {
    return loaded(BgBb, saved);
  }

  /** The expected purchases at the next `t` occasions. */
  expectedPurchases(customers: Opportunities | ArrowTable, t: number): Promise<Float64Array>;
  expectedPurchases(
    customers: Opportunities | ArrowTable,
    t: number,
    options: { confidence: number },
  ): Promise<Estimates>;
  async expectedPurchases(
    customers: Opportunities | ArrowTable,
    t: number,
    { confidence }: { confidence?: number } = {},
  ): Promise<Float64Array | Estimates> {
    return this.predicted('occasions.purchases', rows(customers, COLUMNS), { t, confidence });
  }

  /** The probability of each customer to be there: at the last occasion, or `after` so many more. */
  probabilityAlive(customers: Opportunities | ArrowTable, options?: { after?: number }): Promise<Float64Array>;
  probabilityAlive(
    customers: Opportunities | ArrowTable,
    options: { after?: number; confidence: number },
  ): Promise<Estimates>;
  async probabilityAlive(
    customers: Opportunities | ArrowTable,
    { after, confidence }: { after?: number; confidence?: number } = {},
  ): Promise<Float64Array | Estimates> {
    return this.predicted('occasions.alive', rows(customers, COLUMNS), { t: after, confidence });
  }

  /** The probability of exactly so many purchases at the next `t` occasions. */
  probabilityOfPurchases(customers: Opportunities | ArrowTable, purchases: number, t: number): Promise<Float64Array>;
  probabilityOfPurchases(
    customers: Opportunities | ArrowTable,
    purchases: number,
    t: number,
    options: { confidence: number },
  ): Promise<Estimates>;
  async probabilityOfPurchases(
    customers: Opportunities | ArrowTable,
    purchases: number,
    t: number,
    { confidence }: { confidence?: number } = {},
  ): Promise<Float64Array | Estimates> {
    return this.predicted('occasions.probability', rows(customers, COLUMNS), { purchases, t, confidence });
  }

  /** All purchases to come, each discounted at this rate per occasion. */
  async discountedPurchases(customers: Opportunities | ArrowTable, rate: number): Promise<Float64Array> {
    return (await this.predicted('occasions.discounted', rows(customers, COLUMNS), { rate })) as Float64Array;
  }

  /** The expected purchases of a new customer at each of these numbers of occasions. */
  async expected(t: Numbers): Promise<Float64Array> {
    return (await this.predicted('occasions.expected', [floats('t', t)], {})) as Float64Array;
  }

  /** The probability of each of these numbers of purchases of a new customer at `t` occasions. */
  async pmf(purchases: Numbers, t: number): Promise<Float64Array> {
    return (await this.predicted('occasions.pmf', [floats('purchases', purchases)], { t })) as Float64Array;
  }
}
