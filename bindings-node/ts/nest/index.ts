/**
 * Goodwill in NestJS.
 *
 * ```ts
 * @Module({ imports: [GoodwillModule.forRoot({ path: 'goodwill.db', keys })] })
 * export class AppModule {}
 *
 * @Injectable()
 * export class Threads {
 *   constructor(private readonly goodwill: Goodwill) {}
 * }
 * ```
 *
 * @packageDocumentation
 */
import {
  type ArgumentsHost,
  Catch,
  type DynamicModule,
  type ExceptionFilter,
  HttpException,
  Inject,
  Injectable,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
} from '@nestjs/common';

import { Goodwill, GoodwillError, type Options } from '../index.js';

/** How the options are made, when they depend on other providers. */
export interface AsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  /** What `useFactory` takes. */
  inject?: readonly unknown[];
  /** Gives the options. */
  useFactory: (...inject: never[]) => Options | Promise<Options>;
}

const OPTIONS = Symbol.for('goodwill.options');

/** Closes the engine when the application shuts down (`app.enableShutdownHooks()`). */
class Shutdown implements OnApplicationShutdown {
  constructor(private readonly goodwill: Goodwill) {}

  onApplicationShutdown(): void {
    this.goodwill.close();
  }
}
Inject(Goodwill)(Shutdown, undefined, 0);
Injectable()(Shutdown);

/** Provides an open {@link Goodwill} to the whole application. */
export class GoodwillModule {
  /** With options that are known. */
  static forRoot(options: Options): DynamicModule {
    return this.forRootAsync({ useFactory: () => options });
  }

  /** With options that other providers make. */
  static forRootAsync(options: AsyncOptions): DynamicModule {
    return {
      module: GoodwillModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        {
          provide: OPTIONS,
          useFactory: options.useFactory as (...inject: unknown[]) => unknown,
          inject: [...(options.inject ?? [])] as never[],
        },
        {
          provide: Goodwill,
          useFactory: (known: Options) => Goodwill.open(known),
          inject: [OPTIONS],
        },
        Shutdown,
      ],
      exports: [Goodwill],
    };
  }
}
Module({})(GoodwillModule);

const STATUS: Record<string, number> = {
  invalid: 400,
  denied: 403,
  not_found: 404,
  conflict: 409,
  limit_exceeded: 413,
  unsupported: 501,
  unavailable: 503,
};

/** The HTTP status of an error: 400, 403, 404, 409, 413, 501, 503, and 500 for defects. */
export function statusOf(error: GoodwillError): number {
  return STATUS[error.kind] ?? 500;
}

/**
 * The HTTP exception of an error. Its body is what a client may know: of a defect or of damaged data,
 * the code alone.
 */
export function httpExceptionOf(error: GoodwillError): HttpException {
  const status = statusOf(error);
  const { kind, code, message, details, retryable } = error;
  const body =
    status === 500
      ? { statusCode: status, kind, code }
      : { statusCode: status, kind, code, message, details, retryable };
  return new HttpException(body, status, { cause: error });
}

interface Reply {
  status(code: number): Reply;
  json?(body: unknown): unknown;
  send?(body: unknown): unknown;
}

/** Answers with the status of an error: `app.useGlobalFilters(new GoodwillExceptionFilter())`. */
export class GoodwillExceptionFilter implements ExceptionFilter<GoodwillError> {
  catch(error: GoodwillError, host: ArgumentsHost): void {
    const exception = httpExceptionOf(error);
    if (host.getType() !== 'http') throw exception;
    const reply = host.switchToHttp().getResponse<Reply>().status(exception.getStatus());
    const body = exception.getResponse();
    if (reply.json) reply.json(body);
    else reply.send?.(body);
  }
}
Catch(GoodwillError)(GoodwillExceptionFilter);
