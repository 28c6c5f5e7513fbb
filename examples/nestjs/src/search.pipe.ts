import { Injectable, type PipeTransform } from '@nestjs/common';

import type { SearchOrderMessages } from './shapes.js';

const BOOLEANS: Record<string, boolean> = { true: true, false: false };

/** Gives the values of a query string their types. What is left as text is refused by the engine. */
@Injectable()
export class SearchPipe implements PipeTransform<Record<string, unknown>, SearchOrderMessages> {
  transform(query: Record<string, unknown>): SearchOrderMessages {
    const typed = { ...query };
    if (typeof query['unread'] === 'string') typed['unread'] = BOOLEANS[query['unread']] ?? query['unread'];
    for (const name of ['page', 'limit']) {
      const value = query[name];
      if (typeof value === 'string' && /^\d+$/.test(value)) typed[name] = Number(value);
    }
    return typed;
  }
}
