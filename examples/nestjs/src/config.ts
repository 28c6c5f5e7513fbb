import type { ModelProvider } from 'goodwill';

/** What the application is told from outside. */
export interface Config {
  /** The SQLite file. */
  database: string;
  /** Seals the audit trail: hexadecimal digits of 32 bytes or more. */
  auditKey: string;
  /** Signs session cookies. */
  sessionSecret: string;
  /** What internal callers send as `x-api-key`. */
  internalApiKey: string;
  /** Whether cookies travel over HTTPS only. */
  secureCookies: boolean;
  /** Language models that write messages on request; without one, rules do. */
  models: ModelProvider[];
  /** The present, as prompts are told; that of the machine by default. */
  now?: () => Date;
}

/** The injection token of the configuration. */
export const CONFIG = Symbol('config');

/** Reads the configuration; throws when a secret is missing or short. */
export function configOf(environment: NodeJS.ProcessEnv): Config {
  const secret = (name: string): string => {
    const value = environment[name] ?? '';
    if (value.length < 32) throw new Error(`${name} must be set to 32 characters or more`);
    return value;
  };
  const { AI_URL, AI_KEY, AI_MODEL } = environment;
  return {
    database: environment['GOODWILL_DB'] ?? './goodwill.db',
    auditKey: secret('AUDIT_KEY'),
    sessionSecret: secret('SESSION_SECRET'),
    internalApiKey: secret('INTERNAL_API_KEY'),
    secureCookies: environment['NODE_ENV'] === 'production',
    models: AI_URL && AI_MODEL ? [{ protocol: 'openai', url: AI_URL, key: AI_KEY, model: AI_MODEL }] : [],
  };
}
