// Writes .env with fresh secrets, once. The audit key has to stay the same for as long as the
// database is kept: it seals the audit trail.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const secret = () => randomBytes(32).toString('hex');
const lines = ['AUDIT_KEY', 'SESSION_SECRET', 'INTERNAL_API_KEY'].map((name) => `${name}=${secret()}\n`);
try {
  writeFileSync(new URL('../.env', import.meta.url), lines.join(''), { flag: 'wx', mode: 0o600 });
  console.log('Wrote fresh secrets to .env');
} catch (error) {
  if (error.code !== 'EEXIST') throw error;
}
