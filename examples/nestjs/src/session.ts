import { createHmac, timingSafeEqual } from 'node:crypto';

import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';

import { CONFIG, type Config } from './config.js';
import type { Authenticated } from './experience.js';
import { type Person, personOf, principalOf } from './people.js';

const COOKIE = 'session';
const LIFETIME = 8 * 60 * 60 * 1000;

/** Sessions in a signed cookie: who it is and until when. The role is looked up, not carried. */
@Injectable()
export class Sessions {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Begins a session. */
  begin(person: Person, response: Response): void {
    const content = JSON.stringify({ person: person.id, until: Date.now() + LIFETIME });
    const payload = Buffer.from(content).toString('base64url');
    const value = `${payload}.${this.#signature(payload).toString('base64url')}`;
    response.cookie(COOKIE, value, { ...this.#options(), maxAge: LIFETIME });
  }

  /** Ends it. */
  end(response: Response): void {
    response.clearCookie(COOKIE, this.#options());
  }

  /** Who has signed in, if anybody has. */
  personOf(request: Request): Person | undefined {
    const [payload, signature] = cookieOf(request).split('.');
    if (payload === undefined || signature === undefined) return undefined;
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#signature(payload);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const content = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { person: string; until: number };
    return content.until > Date.now() ? personOf(content.person) : undefined;
  }

  #signature(payload: string): Buffer {
    return createHmac('sha256', this.config.sessionSecret).update(payload).digest();
  }

  #options(): CookieOptions {
    return { httpOnly: true, sameSite: 'strict', secure: this.config.secureCookies, path: '/' };
  }
}

function cookieOf(request: Request): string {
  const cookies = request.headers.cookie?.split(';').map((cookie) => cookie.trim()) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}

/** Lets people through who have signed in, as who they are. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly sessions: Sessions) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Authenticated>();
    const person = this.sessions.personOf(request);
    if (person === undefined) throw new UnauthorizedException('please sign in');
    request.principal = principalOf(person);
    return true;
  }
}

/** Lets customers through who have signed in: the customer portal is for nobody else. */
@Injectable()
export class CustomerGuard extends SessionGuard {
  override canActivate(context: ExecutionContext): boolean {
    super.canActivate(context);
    const { principal } = context.switchToHttp().getRequest<Authenticated>();
    if (principal.role !== 'customer') throw new ForbiddenException('the portal is for customers');
    return true;
  }
}
