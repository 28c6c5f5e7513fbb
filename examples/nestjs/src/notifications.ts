import { Inject, Injectable } from '@nestjs/common';
import { type Desk, Goodwill } from 'goodwill';
import { createTransport } from 'nodemailer';

import { CONFIG, type Config } from './config.js';
import { addressOf, PEOPLE, type Person, SOFTWARE } from './people.js';

const CONSUMER = 'notifications';
const PAGE = 100;

/**
 * Tells people of new messages by mail and push. It follows the engine's events: what happened while it
 * was down is told when it is up again, and a message whose mail failed is tried again.
 */
@Injectable()
export class Notifications {
  #people: Map<string, Person> | undefined;
  #delivering: Promise<void> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly goodwill: Goodwill,
  ) {}

  /** Delivers what is due; calls that come meanwhile wait for the same delivery. */
  deliver(): Promise<void> {
    this.#delivering ??= this.#deliver().finally(() => (this.#delivering = undefined));
    return this.#delivering;
  }

  async #deliver(): Promise<void> {
    const desk = this.goodwill.desk(SOFTWARE);
    for (;;) {
      const events = await desk.events(CONSUMER, PAGE);
      for (const event of events) {
        if (event.type === 'message.created') await this.#tell(desk, String(event.data['message']));
        await desk.consumed(CONSUMER, event.position);
      }
      if (events.length < PAGE) return;
    }
  }

  async #tell(desk: Desk, message: string): Promise<void> {
    for (const { party } of await desk.recipients(message)) {
      const person = await this.#person(desk, party);
      if (person === undefined) continue;
      await this.#mail(person, message);
      await this.#push(person, message);
    }
  }

  /** The mail says that there is a message, not what: whoever reads it has to sign in. */
  async #mail(person: Person, message: string): Promise<void> {
    const { mail, site } = this.config;
    if (mail === undefined) return;
    const address = addressOf(person);
    await createTransport(mail.server).sendMail({
      from: mail.from,
      to: { name: person.name, address },
      subject: 'You have a new message',
      text: `Hello ${person.name},\n\nthere is a new message for you: ${site}\n`,
      // The same for each try, so that the mail server can drop what it has already.
      messageId: `<${message}.${address}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }

  async #push({ id }: Person, message: string): Promise<void> {
    const { push, site } = this.config;
    if (push === undefined) return;
    const answer = await fetch(push, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `${message}.${id}` },
      body: JSON.stringify({ to: id, title: 'You have a new message', url: site }),
    });
    if (!answer.ok) throw new Error(`the push gateway answered ${answer.status}`);
  }

  /** Whom the engine means by the id of a party. */
  async #person(desk: Desk, party: string): Promise<Person | undefined> {
    if (this.#people === undefined) {
      const parties = await Promise.all(PEOPLE.map((person) => desk.party(person.id)));
      this.#people = new Map(parties.map(({ id }, place) => [id, PEOPLE[place]!]));
    }
    return this.#people.get(party);
  }
}
