import { call } from './call.js';
import type { ArrowTable, Numbers } from './columns.js';
import { type Estimates, type FitOptions, type Fitted, Model, type SavedModel, known, loaded, rows, unitOf } from './model.js';

/** Customers as the model of spend sees them: a summary, columns of these names, or an Arrow table. */
export interface Spenders {
  /** Repeat purchases, x. */
  frequency: Numbers;
  /** The mean amount of the repeat purchases. */
  spend?: Numbers | undefined;
}

const COLUMNS = ['frequency', 'spend'] as const;

/**
 * Gamma-Gamma (Fader and Hardie, note 025, 2013): how much customers spend per purchase.
 *
 * Spend must not depend on how often somebody buys. Rows without repeat purchases say nothing, and get the mean
 * of all.
 */
export class GammaGamma extends Model<'p' | 'q' | 'v'> {
  /** @internal */
  static readonly kind = 'gamma_gamma';
  /** @internal */
  static readonly names = ['p', 'q', 'v'] as const;

  /** Fits the parameters by maximum likelihood, without randomness and without settings. */
  static async fit(spenders: Spenders | ArrowTable, options: FitOptions<GammaGamma> = {}): Promise<GammaGamma> {
    const { weight, start } = options;
    const columns = rows(spenders, COLUMNS, weight);
    const { answer } = await call<Fitted>('spend.fit', columns, { start: start?.wire() });
    return new GammaGamma(answer, unitOf(spenders));
  }

  /** A model of known parameters. Nothing is known of their errors. */
  static of(parameters: { p: number; q: number; v: number }): GammaGamma {
    return known(GammaGamma, parameters);
  }

  /** The model that `JSON.stringify` has saved, with the same bits. */
  static fromJSON(saved: SavedModel | string): GammaGamma {
    return loaded(GammaGamma, saved);
  }

  /** The expected spend per purchase of each customer. */
  expectedSpend(spenders: Spenders | ArrowTable): Promise<Float64Array>;
  expectedSpend(spenders: Spenders | ArrowTable, options: { confidence: number }): Promise<Estimates>;
  async expectedSpend(
    spenders: Spenders | ArrowTable,
    { confidence }: { confidence?: number } = {},
  ): Promise<Float64Array | Estimates> {
    return this.predicted('spend.expected', rows(spenders, COLUMNS), { confidence });
  }

  /** The mean log-likelihood per spender; higher is better. */
  async score(spenders: Spenders | ArrowTable, weight?: Numbers): Promise<number> {
    interface Likelihood {
      logLikelihood: number;
      customers: number;
    }
    const columns = rows(spenders, COLUMNS, weight);
    const { answer } = await call<Likelihood>('spend.log_likelihood', columns, { model: this.wire() });
    return answer.logLikelihood / answer.customers;
  }
}
