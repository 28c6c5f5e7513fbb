import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Goodwill } from 'goodwill';

import { Notifications } from './notifications.js';

const DUE = 60_000;
const NEWS = 5_000;

/**
 * The engine has no clockwork of its own: this wakes what is due, seals the audit trail, and has people
 * told of new messages. What fails is logged, and tried again the next time.
 */
@Injectable()
export class Ticker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(Ticker.name);
  #timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly goodwill: Goodwill,
    private readonly notifications: Notifications,
  ) {}

  onApplicationBootstrap(): void {
    const every = (period: number, work: () => Promise<unknown>) =>
      setInterval(() => void work().catch((error: unknown) => this.#logger.error(error)), period);
    this.#timers = [every(DUE, () => this.goodwill.tick()), every(NEWS, () => this.notifications.deliver())];
  }

  onModuleDestroy(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }
}
