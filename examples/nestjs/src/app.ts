import 'reflect-metadata';

import { fileURLToPath } from 'node:url';

import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { GoodwillExceptionFilter } from 'goodwill/nest';

import { AppModule } from './app.module.js';
import type { Config } from './config.js';

const PAGE = fileURLToPath(new URL('../public', import.meta.url));
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The application, ready to listen. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), { logger: ['warn', 'error'] });
  app.disable('x-powered-by');
  app.use(headers);
  app.useStaticAssets(PAGE);
  app.useGlobalFilters(new GoodwillExceptionFilter());
  app.enableShutdownHooks();
  const described = new DocumentBuilder()
    .setTitle('Order threads and job timelines')
    .setDescription('A small application on the customer-experience engine Goodwill.')
    .setVersion('1')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-api-key' }, 'api-key')
    .addCookieAuth('session')
    .build();
  const document = SwaggerModule.createDocument(app, described);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json' });
  return app;
}

function headers(request: Request, response: Response, next: NextFunction): void {
  response.set({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
  // The pages of the OpenAPI document have inline scripts; everything else has none.
  if (!request.path.startsWith('/docs')) response.set('content-security-policy', POLICY);
  if (request.path.startsWith('/api/')) response.set('cache-control', 'no-store');
  next();
}
