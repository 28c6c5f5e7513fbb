import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';

import { ApiKeyGuard } from './api-key.guard.js';
import { CONFIG, type Config } from './config.js';
import type { Authenticated } from './experience.js';
import { principalOf } from './people.js';
import { Sessions } from './session.js';

/**
 * Lets people through who have signed in, as who they are, and the holders of the internal API key. What
 * they may do is for the engine to say: its desk is for the business.
 */
@Injectable()
export class BusinessGuard extends ApiKeyGuard {
  constructor(
    @Inject(CONFIG) config: Config,
    private readonly sessions: Sessions,
  ) {
    super(config);
  }

  override canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Authenticated>();
    const person = request.get('x-api-key') === undefined ? this.sessions.personOf(request) : undefined;
    if (person === undefined) return super.canActivate(context);
    request.principal = principalOf(person);
    return true;
  }
}
