// Writes Prisma's client into generated/. That needs no engine: naming any file as the schema engine
// keeps the command line from downloading one.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', ...process.env };
execFileSync(process.execPath, [cli, 'generate', '--schema', 'schema.prisma'], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  env,
  stdio: 'inherit',
});
