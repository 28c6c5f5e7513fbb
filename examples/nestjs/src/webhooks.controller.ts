import { Body, Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';

import { ApiKeyGuard } from './api-key.guard.js';
import { type Authenticated, Experience } from './experience.js';
import { MessageFromOutside, TakenMessage } from './shapes.js';

/** What receives mail, WhatsApp and SMS passes them on here; a real one checks the provider's signature. */
@ApiTags('webhooks')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('webhooks/messages')
export class WebhooksController {
  constructor(private readonly experience: Experience) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: TakenMessage })
  take(
    @Req() request: Authenticated,
    @Body() message: MessageFromOutside = new MessageFromOutside(),
  ): Promise<TakenMessage> {
    return this.experience.orders(request).createMessageFromChannel(message);
  }
}
