import { type DynamicModule, Module } from '@nestjs/common';
import { GoodwillModule } from 'goodwill/nest';

import { CONFIG, type Config } from './config.js';
import { AppliancesController, CustomersController, MatchingController } from './customers.controller.js';
import { Customers } from './customers.js';
import { Experience } from './experience.js';
import { Files } from './files.js';
import { FilesController } from './files.controller.js';
import { FollowupsController } from './followups.controller.js';
import { InternalJobsController, PortalJobsController } from './jobs.controller.js';
import { Notifications } from './notifications.js';
import { AdminController, OrderEventsController, OrdersController } from './orders.controller.js';
import { Samples } from './samples.js';
import { Scanner } from './scanner.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './session.js';
import { StreamController } from './stream.controller.js';
import { Ticker } from './ticker.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  controllers: [
    SessionController,
    InternalJobsController,
    PortalJobsController,
    OrdersController,
    FilesController,
    StreamController,
    AdminController,
    OrderEventsController,
    CustomersController,
    AppliancesController,
    MatchingController,
    FollowupsController,
    WebhooksController,
  ],
  providers: [Customers, Experience, Files, Notifications, Samples, Scanner, Sessions, Ticker],
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
