import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Goodwill, NotFoundError, type PutContact } from 'goodwill';

import { Files } from './files.js';
import { INTERNAL_API, PEOPLE, personOf, principalOf } from './people.js';

export const ORDER = 'ORD-123';
export const JOB = 'JOB-7';
export const STORE = 'main';

const INVOICE = 'Invoice 456\n\nTo: Ada Brown\n1 drill, 89.00 EUR\n\nPaid, thank you.\n';

/** Where people can be reached: what webhooks find them by. */
const CONTACTS: Record<string, PutContact[]> = {
  ada: [
    { kind: 'phone', address: '+1234567890' },
    { kind: 'email', address: 'ada@example.com' },
  ],
};

/** Fills an empty database: one order and one job of Ada's, with a few messages. */
@Injectable()
export class Samples implements OnApplicationBootstrap {
  constructor(
    private readonly goodwill: Goodwill,
    private readonly files: Files,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (await this.#isEmpty()) {
      await this.#records();
      await this.#orderMessages();
      await this.#jobMessages();
    }
  }

  async #isEmpty(): Promise<boolean> {
    try {
      await this.#desk().subject({ order: ORDER });
      return false;
    } catch (error) {
      if (error instanceof NotFoundError) return true;
      throw error;
    }
  }

  async #records(): Promise<void> {
    const desk = this.#desk();
    for (const { id, name, role } of PEOPLE) {
      await desk.putParty({ key: id, name, kind: role === 'admin' ? 'staff' : role, contacts: CONTACTS[id] });
    }
    await desk.putStorefront({ key: STORE, name: 'The shop', reseller: 'rita' });
    const owned = { customer: 'ada', store: STORE };
    await desk.putSubject({ kind: 'order', key: ORDER, number: ORDER, status: 'shipped', suppliers: ['acme'], ...owned });
    await desk.putSubject({ kind: 'job', key: JOB, number: JOB, status: 'scheduled', ...owned });
  }

  async #orderMessages(): Promise<void> {
    const as = (id: string) => this.goodwill.orders(principalOf(personOf(id)!));
    await as('ada').createMessage(ORDER, { content: 'Hello! When will my order be delivered?' });
    await as('root').createMessage(ORDER, {
      content: 'Third question this week. Please answer within the hour.',
      isInternal: true,
    });
    await as('acme').createMessage(ORDER, {
      content: 'It leaves our warehouse this afternoon. I will send you the tracking number.',
      channel: 'whatsapp',
    });
    await this.goodwill.orders(INTERNAL_API).createSystemEventMessage(
      ORDER,
      {
        eventType: 'ORDER_SHIPPED',
        text: 'Your order has been shipped. Tracking: TRACK-456',
        metadata: { trackingNumber: 'TRACK-456' },
      },
      STORE,
    );
    await as('ada').createMessage(ORDER, {
      content: 'Thank you! Could I have the invoice as well?',
      channel: 'email',
    });
    const invoice = await this.files.keep('invoice-456.txt', 'text/plain', Buffer.from(INVOICE));
    await as('root').createMessage(ORDER, {
      content: 'Here it is.',
      attachments: [{ ...invoice, scanState: 'clean' }],
    });
  }

  async #jobMessages(): Promise<void> {
    const timeline = this.goodwill.jobs(INTERNAL_API);
    await timeline.createMessageForJob(JOB, {
      type: 'generic',
      source: 'system',
      body: 'Your project is booked. All news about it will be here.',
    });
    await timeline.createMessageForJob(JOB, { type: 'status_update', body: 'Your panels have been ordered.' });
    await timeline.createMessageForJob(JOB, {
      type: 'eta_update',
      source: 'ai_suggested',
      body: 'Good news: the crew can come on Tuesday at 9, two days earlier than planned.',
      metadataJson: { tone: 'friendly' },
    });
  }

  #desk() {
    return this.goodwill.desk(principalOf(personOf('root')!));
  }
}
