// Puts the files of the package beside the page, where any static file server finds them.
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const target = path('../public/goodwill');

rmSync(target, { recursive: true, force: true });
cpSync(path('../node_modules/goodwill-wasm/dist'), target, { recursive: true, dereference: true });
