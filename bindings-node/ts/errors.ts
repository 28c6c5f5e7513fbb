/** The error of a call as it crosses the border. */
export interface ErrorEnvelope {
  kind: string;
  code: string;
  message: string;
  details: Record<string, unknown>;
  retryable: boolean;
}

const BRAND: unique symbol = Symbol.for('goodwill.error');

/**
 * What every failed call throws. `kind` says what to do, `code` which rule spoke, `details` name the
 * field and what it accepts. The message is for people and may change.
 */
export abstract class GoodwillError extends Error {
  abstract readonly kind: string;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Whether the same call may succeed later without any change. */
  readonly retryable: boolean;

  constructor(envelope: ErrorEnvelope) {
    super(envelope.message);
    this.name = new.target.name;
    this.code = envelope.code;
    this.details = envelope.details;
    this.retryable = envelope.retryable;
  }

  /**
   * The class by its name, so that an error of the CommonJS build is one of the ESM build too when a
   * program has loaded both.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (typeof value !== 'object' || value === null || !(BRAND in value)) return false;
    return this.name === 'GoodwillError' || (value as GoodwillError).name === this.name;
  }

  /** @internal */
  get [BRAND](): true {
    return true;
  }

  /** What is logged and sent: no stack. */
  toJSON(): Record<string, unknown> {
    const { kind, code, message, details, retryable } = this;
    return { kind, code, message, details, retryable };
  }
}
