import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import {
  type Desk,
  Goodwill,
  type JobTimeline,
  type OrderMessages,
  type Portal,
  type Principal,
  type RequestInfo,
} from 'goodwill';

/** A request that a guard has let through: the guard says who it is, the body never does. */
export interface Authenticated extends Request {
  principal: Principal;
}

/** The engine for the principal of a request. */
@Injectable()
export class Experience {
  constructor(private readonly goodwill: Goodwill) {}

  /** The timelines of jobs. */
  jobs(request: Authenticated): JobTimeline {
    return forRequest(this.goodwill.jobs(request.principal), request);
  }

  /** The threads of orders. */
  orders(request: Authenticated): OrderMessages {
    return forRequest(this.goodwill.orders(request.principal), request);
  }

  /** Any conversation, with all that staff or, for the others, the public may see. */
  conversations(request: Authenticated): Desk | Portal {
    const { principal } = request;
    return principal.role === 'admin' ? this.desk(request) : forRequest(this.goodwill.portal(principal), request);
  }

  /** Any conversation, as the business sees it. */
  desk(request: Authenticated): Desk {
    return forRequest(this.goodwill.desk(request.principal), request);
  }
}

interface Calls<C> {
  withRequest(request: RequestInfo): C;
  idempotent(key: string): C;
}

/**
 * Adds where the request came from, for the audit trail, and the key under which a client repeats it
 * when it has lost the answer.
 */
function forRequest<C extends Calls<C>>(calls: C, request: Request): C {
  const known = calls.withRequest({ ip: request.ip, userAgent: request.get('user-agent') });
  const key = request.get('idempotency-key');
  return key === undefined ? known : known.idempotent(key);
}
