import { call } from './call.js';
import { type ArrowTable, type GivenColumn, type Numbers, floats, role } from './columns.js';
import { type Unit } from './options.js';
import { invalid } from '../runtime.js';

/** Predictions with their standard errors and intervals. */
export interface Estimates {
  /** The predictions, the same bits as without intervals. */
  value: Float64Array;
  /** Their standard errors, in the same unit. */
  standardError: Float64Array;
  /** The lower ends of the intervals. */
  low: Float64Array;
  /** The upper ends. */
  high: Float64Array;
}

/** A model's fit as it is saved: JSON below 2 KB without the data, the same in every language. */
export interface SavedModel {
  format: string;
  class: string;
  params: Record<string, unknown>;
  unit: Unit | null;
  fitted: Fitted;
}

/** A parameter with its interval of 95 %, which never contains 0. */
export interface Parameter {
  estimate: number;
  /** That of the logarithm times the parameter. */
  standardError: number;
  low: number;
  high: number;
}

/** How a model is fitted. */
export interface FitOptions<Model> {
  /** How many customers each row stands for; 1 by default. */
  weight?: Numbers | undefined;
  /** A similar fit, such as last month's: one search instead of several. */
  start?: Model | undefined;
}

/** @internal */
export interface Fitted {
  fit: {
    model: Record<string, unknown>;
    logCovariance?: number[][] | null;
    logLikelihood?: number;
    customers?: number;
    identification?: unknown;
  };
  identified: boolean;
  aic?: number | undefined;
  bic?: number | undefined;
  logStandardErrors?: number[] | null | undefined;
  intervalFactors?: number[] | null | undefined;
  covariates?: { names: string[]; purchases: number[]; dropout: number[][] } | undefined;
  coefficients?: Coefficient[] | undefined;
}

/** What a covariate does to the parameters of a model, with its interval of 95 %. */
export interface Coefficient {
  /** What it acts on: `purchases`, `dropout`, `dropout_a` or `dropout_b`. More purchases have a positive one. */
  part: string;
  covariate: string;
  estimate: number;
  /** `null` where the data do not determine the parameters. */
  standardError: number | null;
  low: number | null;
  high: number | null;
}

/** A likelihood-ratio test of nested models (Wilks 1938). */
export interface LikelihoodRatio {
  /** Twice the difference of the log-likelihoods. */
  statistic: number;
  /** The further parameters. */
  degrees: number;
  /** The probability of such a statistic, or a larger one, if they said nothing. */
  pValue: number;
}

const FORMAT = 'goodwill.analytics model, version 1';

/** What a class of models is. */
interface ModelClass<Model> {
  readonly name: string;
  readonly kind: string;
  readonly names: readonly string[];
  new (fitted: Fitted, unit?: Unit | null, params?: Record<string, unknown>): Model;
}

/** What all models have: parameters with their errors, and a text that they are saved as. */
export abstract class Model<Name extends string = string> {
  /** @internal */
  readonly #fitted: Fitted;
  readonly #params: Record<string, unknown>;
  /** The unit of the model's times, if it was fitted to a summary. */
  readonly timeUnit: Unit | undefined;

  /** @internal */
  constructor(fitted: Fitted, unit: Unit | null = null, params: Record<string, unknown> = {}) {
    this.#fitted = fitted;
    this.#params = params;
    this.timeUnit = unit ?? undefined;
  }

  /** The parameters by name. */
  get parameters(): Record<Name, number> {
    const { names } = this.constructor as unknown as ModelClass<this>;
    return Object.fromEntries(names.map((name) => [name, this.#fitted.fit.model[name] as number])) as Record<Name, number>;
  }

  /** Whether the data determine the parameters. */
  get identified(): boolean {
    return this.#fitted.identified;
  }

  /** Why they do not; absent if they do, and if the parameters were given. */
  get notIdentified(): string | undefined {
    const reason = this.#fitted.fit.identification;
    if (typeof reason !== 'object' || reason === null) return undefined;
    const why = (reason as { not_identified: unknown }).not_identified;
    return typeof why === 'string' ? why : Object.keys(why as object)[0];
  }

  /** The logarithm of the likelihood of all customers; `NaN` if the parameters were given. */
  get logLikelihood(): number {
    return this.#fitted.fit.logLikelihood ?? NaN;
  }

  /** How many customers the model was fitted to, weights counted; 0 if the parameters were given. */
  get customers(): number {
    return this.#fitted.fit.customers ?? 0;
  }

  /** Akaike's information criterion; smaller is better. */
  get aic(): number {
    return this.#fitted.aic ?? NaN;
  }

  /** The Bayesian information criterion; smaller is better. */
  get bic(): number {
    return this.#fitted.bic ?? NaN;
  }

  /** The parameters with standard errors and intervals; none if the data do not determine them. */
  get intervals(): Record<Name, Parameter> | undefined {
    const { logStandardErrors: errors, intervalFactors: factors } = this.#fitted;
    if (!errors || !factors) return undefined;
    const interval = ([name, estimate]: [string, number], place: number) => {
      const [error, factor] = [errors[place]!, factors[place]!];
      const of = { estimate, standardError: estimate * error, low: estimate / factor, high: estimate * factor };
      return [name, of] as const;
    };
    const entries = Object.entries(this.parameters) as [string, number][];
    return Object.fromEntries(entries.map(interval)) as Record<Name, Parameter>;
  }

  /**
   * Tests this fit against one with fewer parameters, such as one without covariates, of the same customers. Whether
   * the other model is this one with some parameters fixed only you know.
   */
  async likelihoodRatio(restricted: Model): Promise<LikelihoodRatio> {
    const fits = { fit: this.#fitted.fit, restricted: restricted.#fitted.fit };
    for (const [name, fit] of Object.entries(fits)) {
      if (fit.logLikelihood === undefined) throw invalid(name, 'a model that was fitted');
    }
    return (await call<LikelihoodRatio>('model.likelihood_ratio', [], fits)).answer;
  }

  /** What `JSON.stringify` writes: below 2 KB, without the data. Python reads it, too. */
  toJSON(): SavedModel {
    const of = (this.constructor as unknown as ModelClass<this>).name;
    return { format: FORMAT, class: of, params: this.#params, unit: this.timeUnit ?? null, fitted: this.#fitted };
  }

  /** @internal As native functions take it. */
  wire(): object {
    const { kind } = this.constructor as unknown as ModelClass<this>;
    const { model, logCovariance } = this.#fitted.fit;
    const { covariates } = this.#fitted;
    return { kind, model, ...(logCovariance && { logCovariance }), ...(covariates && { covariates }) };
  }

  /** The names of the covariates, in the order of the fit. */
  get covariates(): string[] {
    return [...(this.#fitted.covariates?.names ?? [])];
  }

  /** The coefficients of the covariates; none without any. */
  get coefficients(): Coefficient[] {
    return (this.#fitted.coefficients ?? []).map((each) => ({ ...each }));
  }

  /** @internal A prediction: values, or with a confidence estimates. */
  protected async predicted(name: string, columns: GivenColumn[], options: object): Promise<Float64Array | Estimates> {
    const { columns: all } = await call(name, columns, { model: this.wire(), ...options });
    const of = (name: string): Float64Array => all[name] as Float64Array;
    if (all['low'] === undefined) return of('value');
    return { value: of('value'), standardError: of('standard_error'), low: of('low'), high: of('high') };
  }
}

/** @internal A model of a saved one, as an object or a text. */
export function loaded<M>(Class: ModelClass<M>, saved: SavedModel | string): M {
  const refused = invalid('model', `what a ${Class.name} was saved as`);
  let read: SavedModel;
  try {
    read = typeof saved === 'string' ? (JSON.parse(saved) as SavedModel) : saved;
  } catch {
    throw refused;
  }
  const parameters: unknown = read?.fitted?.fit?.model;
  const right = read?.format === FORMAT && read.class === Class.name && isRecord(parameters);
  if (!right || !Class.names.every((name) => isPositive(parameters[name]))) throw refused;
  return new Class(read.fitted, read.unit, read.params);
}

/** @internal A model of known parameters. */
export function known<M>(Class: ModelClass<M>, parameters: object): M {
  const given = parameters as Record<string, unknown>;
  for (const name of Class.names) if (!isPositive(given?.[name])) throw invalid(name, 'a finite number above 0');
  return new Class({ fit: { model: { ...given } }, identified: false });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

/** @internal The columns of customers. */
export function rows(data: object | ArrowTable, names: readonly string[], weight?: Numbers): GivenColumn[] {
  const columns = names.map((name) => floats(name, role(data, name)));
  return weight === undefined ? columns : [...columns, floats('weight', weight)];
}

/** @internal The unit of a summary. */
export function unitOf(data: object): Unit | null {
  const unit: unknown = (data as { unit?: unknown }).unit;
  return typeof unit === 'string' ? (unit as Unit) : null;
}
