import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Goodwill } from 'goodwill';

const PERIOD = 60_000;

/** The engine has no clockwork of its own: this wakes what is due and seals the audit trail. */
@Injectable()
export class Ticker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(Ticker.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly goodwill: Goodwill) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.goodwill.tick().catch((error: unknown) => this.#logger.error(error));
    }, PERIOD);
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }
}
