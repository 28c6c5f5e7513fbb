import { Body, Controller, Get, Param, ParseIntPipe, Patch, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiOkResponse, ApiQuery, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Delta, PublicDelta } from 'goodwill';

import { ApiKeyGuard } from './api-key.guard.js';
import { type Authenticated, Experience } from './experience.js';
import { Files } from './files.js';
import { SearchPipe } from './search.pipe.js';
import { SessionGuard } from './session.js';
import {
  FoundOrderMessages,
  NewOrderMessage,
  OrderConversation,
  OrderEvent,
  OrderMessage,
  OrderThread,
  ReadOrderMessage,
  SearchOrderMessages,
} from './shapes.js';

/** The threads of orders, for everybody who has to do with one. */
@ApiTags('orders')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@Controller('api/orders/:id')
export class OrdersController {
  constructor(
    private readonly experience: Experience,
    private readonly files: Files,
  ) {}

  @Get('messages')
  @ApiOkResponse({ type: OrderConversation })
  list(@Req() request: Authenticated, @Param('id') order: string): Promise<OrderConversation> {
    return this.experience.orders(request).getMessages(order);
  }

  @Post('messages')
  @ApiCreatedResponse({ type: OrderMessage })
  async create(
    @Req() request: Authenticated,
    @Param('id') order: string,
    @Body() message: NewOrderMessage,
  ): Promise<OrderMessage> {
    const named = Array.isArray(message?.attachments) ? message.attachments : [];
    if (named.length > 0) {
      const attachments = await Promise.all(named.map((file) => this.files.described(file?.blobRef)));
      message = { ...message, attachments };
    }
    return this.experience.orders(request).createMessage(order, message);
  }

  /** What has changed since a cursor: cheap enough to ask every few seconds. */
  @Get('changes')
  @ApiQuery({ name: 'cursor', type: Number, description: '0 at first, then the cursor of the answer before' })
  changes(
    @Req() request: Authenticated,
    @Param('id') order: string,
    @Query('cursor', ParseIntPipe) cursor: number,
  ): Promise<Delta | PublicDelta> {
    return this.experience.conversations(request).changesSince({ order }, cursor);
  }

  @Patch('messages/:messageId/read')
  @ApiOkResponse({ type: OrderMessage })
  markRead(
    @Req() request: Authenticated,
    @Param('messageId') message: string,
    @Body() body?: ReadOrderMessage,
  ): Promise<OrderMessage> {
    return this.experience.orders(request).markMessageRead(message, body?.role);
  }

  @Patch('thread/close')
  @ApiOkResponse({ type: OrderThread })
  close(@Req() request: Authenticated, @Param('id') order: string): Promise<OrderThread> {
    return this.experience.orders(request).closeThread(order);
  }
}

/** Searching the threads of all orders, for administrators. */
@ApiTags('orders, administrators')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@Controller('api/admin/messages')
export class AdminController {
  constructor(private readonly experience: Experience) {}

  @Get('search')
  @ApiQuery({ type: SearchOrderMessages })
  @ApiOkResponse({ type: FoundOrderMessages })
  search(
    @Req() request: Authenticated,
    @Query(SearchPipe) query: SearchOrderMessages,
  ): Promise<FoundOrderMessages> {
    return this.experience.orders(request).searchMessages(query);
  }
}

/** What happens to orders, told by the services of the business. */
@ApiTags('orders, internal')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/cx/orders/:orderNumber')
export class OrderEventsController {
  constructor(private readonly experience: Experience) {}

  @Post('events')
  @ApiCreatedResponse({ type: OrderMessage })
  tell(
    @Req() request: Authenticated,
    @Param('orderNumber') order: string,
    @Body() { storeId, ...event }: OrderEvent = new OrderEvent(),
  ): Promise<OrderMessage> {
    return this.experience.orders(request).createSystemEventMessage(order, event, storeId);
  }
}
