import { createHash, timingSafeEqual } from 'node:crypto';

import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';

import { CONFIG, type Config } from './config.js';
import type { Authenticated } from './experience.js';
import { INTERNAL_API } from './people.js';

/** Lets the holders of the internal API key through, as the service that they are. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  readonly #expected: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.#expected = digest(config.internalApiKey);
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Authenticated>();
    // Digests have one length, so that the time of the comparison says nothing about the key.
    if (!timingSafeEqual(digest(request.get('x-api-key') ?? ''), this.#expected)) {
      throw new UnauthorizedException('the x-api-key header is missing or wrong');
    }
    request.principal = INTERNAL_API;
    return true;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
