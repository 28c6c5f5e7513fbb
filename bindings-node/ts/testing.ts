/**
 * Checks for logs of your own: the suite that every store of Goodwill passes.
 *
 * ```ts
 * import { checkLog } from 'goodwill/testing';
 *
 * for (const { name, failure } of await checkLog(() => new OurLog())) {
 *   test(name, () => assert.equal(failure, undefined));
 * }
 * ```
 *
 * @packageDocumentation
 */
import { HostLog, type Log } from './log.js';
import { answerOf } from './runtime.js';
import native from '#native';

/** What came of one check. */
export interface Check {
  /** What was checked. */
  name: string;
  /** What the log did wrong; absent when it did nothing wrong. */
  failure?: string;
}

/** Puts a log to every check, one after the other; `open` gives a new, empty log for each. */
export async function checkLog(open: () => Log | Promise<Log>): Promise<Check[]> {
  const checks: Check[] = [];
  for (const name of native.logChecks()) {
    const { answer } = new HostLog(await open());
    const failure = answerOf(await native.checkLog(name, answer)) as string | null;
    checks.push(failure === null ? { name } : { name, failure });
  }
  return checks;
}
