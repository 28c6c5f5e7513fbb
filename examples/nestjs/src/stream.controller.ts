import { Controller, type MessageEvent, Param, Req, Sse, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { concat, concatMap, mergeAll, type Observable, of, timer } from 'rxjs';

import { type Authenticated, Experience } from './experience.js';
import { SessionGuard } from './session.js';

const PERIOD = 1_000;

/** What changes in a thread, as it happens. */
@ApiTags('orders')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@Controller('api/orders/:id/stream')
export class StreamController {
  constructor(private readonly experience: Experience) {}

  /**
   * Server-sent events: all that is there, then each change. A client that comes back sends the id of
   * the event it saw last as `Last-Event-ID`, as browsers do by themselves, and misses nothing.
   */
  @Sse()
  @ApiOkResponse({ description: 'an event for each change', content: { 'text/event-stream': {} } })
  async stream(@Req() request: Authenticated, @Param('id') order: string): Promise<Observable<MessageEvent>> {
    const conversations = this.experience.conversations(request);
    let cursor = cursorOf(request.get('last-event-id'));
    const changes = async (): Promise<MessageEvent[]> => {
      const delta = await conversations.changesSince({ order }, cursor);
      if (delta.cursor === cursor) return [];
      cursor = delta.cursor;
      return [{ id: String(cursor), data: delta }];
    };
    // Whoever may not read the thread is refused before the stream begins.
    const first = await changes();
    return concat(of(first), timer(PERIOD, PERIOD).pipe(concatMap(changes))).pipe(mergeAll());
  }
}

function cursorOf(id: string | undefined): number {
  const cursor = Number(id);
  return Number.isSafeInteger(cursor) && cursor > 0 ? cursor : 0;
}
