import { readFileSync } from 'node:fs';

import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { ContextSettings, CustomerFacts, Holiday, Technician } from 'goodwill';

import { CONFIG, type Config } from './config.js';

const DATA = new URL('../../data/customers.json', import.meta.url);
const INSTANT = /^\d{4}-\d\d-\d\dT/;

/** The tenant's calendar. A real application keeps it for the years to come. */
const HOLIDAYS: Holiday[] = [
  { name: 'Easter', day: '2026-04-05' },
  { name: 'Thanksgiving', day: '2026-11-26' },
  { name: 'Christmas', day: '2026-12-25' },
  { name: 'Easter', day: '2027-03-28' },
];

/** What the business knows about its customers. A real application reads this from its own database. */
@Injectable()
export class Customers {
  readonly #customers: readonly CustomerFacts[];
  readonly #now: () => Date;

  constructor(@Inject(CONFIG) config: Config) {
    const revive = (_: string, value: unknown) =>
      typeof value === 'string' && INSTANT.test(value) ? new Date(value) : value;
    const data = JSON.parse(readFileSync(DATA, 'utf8'), revive) as {
      customers: CustomerFacts[];
      technicians: Technician[];
    };
    this.#customers = data.customers.map((facts) => ({ ...facts, technicians: data.technicians }));
    this.#now = config.now ?? (() => new Date());
  }

  /** The facts about a customer. */
  of(customer: string): CustomerFacts {
    return found(this.#customers.find((facts) => facts.customer.id === customer), 'customer');
  }

  /** The facts about the customer who has an appliance. */
  withAppliance(appliance: string): CustomerFacts {
    const has = (facts: CustomerFacts) => facts.appliances?.some(({ id }) => id === appliance);
    return found(this.#customers.find(has), 'appliance');
  }

  /** When and where they are looked at. */
  context(): ContextSettings {
    return { now: this.#now(), zone: 'America/New_York', company: 'Fixit', holidays: HOLIDAYS };
  }
}

function found(facts: CustomerFacts | undefined, what: string): CustomerFacts {
  if (facts === undefined) throw new NotFoundException(`no ${what} has this id`);
  return facts;
}
