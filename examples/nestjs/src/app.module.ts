import { type DynamicModule, Module } from '@nestjs/common';
import { GoodwillModule } from 'goodwill/nest';

import { CONFIG, type Config } from './config.js';
import { Experience } from './experience.js';
import { InternalJobsController, PortalJobsController } from './jobs.controller.js';
import { AdminController, OrderEventsController, OrdersController } from './orders.controller.js';
import { Samples } from './samples.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './session.js';
import { Ticker } from './ticker.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  controllers: [
    SessionController,
    InternalJobsController,
    PortalJobsController,
    OrdersController,
    AdminController,
    OrderEventsController,
    WebhooksController,
  ],
  providers: [Experience, Sessions, Samples, Ticker],
})
export class AppModule {
  /** The application with a configuration. */
  static with(config: Config): DynamicModule {
    const keys = [{ id: 'audit-1', secret: config.auditKey }];
    return {
      module: AppModule,
      imports: [GoodwillModule.forRoot({ path: config.database, keys, models: { providers: config.models } })],
      providers: [{ provide: CONFIG, useValue: config }],
    };
  }
}
