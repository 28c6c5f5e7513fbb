import { createApp } from './app.js';
import { configOf } from './config.js';

const app = await createApp(configOf(process.env));
await app.listen(Number(process.env['PORT'] ?? 3000), process.env['HOST'] ?? '127.0.0.1');
console.log(`The page is at ${await app.getUrl()}, the OpenAPI document at ${await app.getUrl()}/docs`);
