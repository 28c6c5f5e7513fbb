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
  /** The folder of the files that people send. */
  files: string;
  /** ClamAV's daemon, `tcp://127.0.0.1:3310`; without it, files are marked as not scanned. */
  scanner?: URL | undefined;
  /** The mail server, `smtp://user:password@host:587`; without it, nobody is written to. */
  mail?: { server: string; from: string } | undefined;
  /** A gateway of push notifications, which gets one POST for each. */
  push?: URL | undefined;
  /** Where the page is, for the links in mails. */
  site: string;
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
  const { AI_URL, AI_KEY, AI_MODEL, CLAMD_URL, SMTP_URL, MAIL_FROM, PUSH_URL } = environment;
  return {
    database: environment['GOODWILL_DB'] ?? './goodwill.db',
    auditKey: secret('AUDIT_KEY'),
    sessionSecret: secret('SESSION_SECRET'),
    internalApiKey: secret('INTERNAL_API_KEY'),
    secureCookies: environment['NODE_ENV'] === 'production',
    files: environment['FILES'] ?? './files',
    scanner: CLAMD_URL ? new URL(CLAMD_URL) : undefined,
    mail: SMTP_URL && MAIL_FROM ? { server: SMTP_URL, from: MAIL_FROM } : undefined,
    push: PUSH_URL ? new URL(PUSH_URL) : undefined,
    site: environment['SITE'] ?? 'http://127.0.0.1:3000',
    models: AI_URL && AI_MODEL ? [{ protocol: 'openai', url: AI_URL, key: AI_KEY, model: AI_MODEL }] : [],
  };
}
