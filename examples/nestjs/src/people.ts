import type { Principal } from 'goodwill';

/** Somebody of the sample data. */
export interface Person {
  id: string;
  name: string;
  role: 'customer' | 'supplier' | 'reseller' | 'admin';
}

/** Who can sign in. A real application reads this from its own users. */
export const PEOPLE: readonly Person[] = [
  { id: 'ada', name: 'Ada Brown', role: 'customer' },
  { id: 'bob', name: 'Bob Green', role: 'customer' },
  { id: 'acme', name: 'Acme Tools', role: 'supplier' },
  { id: 'rita', name: "Rita's Shop", role: 'reseller' },
  { id: 'root', name: 'Robin Root', role: 'admin' },
];

/** The person with an id. */
export function personOf(id: unknown): Person | undefined {
  return PEOPLE.find((person) => person.id === id);
}

/** Where mail reaches a person. */
export function addressOf(person: Person): string {
  return `${person.id}@example.com`;
}

/** What the engine is told about a person who has signed in. */
export function principalOf(person: Person): Principal {
  return { role: person.role, party: person.id };
}

/** What the engine is told about the holder of the internal API key. */
export const INTERNAL_API: Principal = { role: 'service', kind: 'service', party: 'internal-api' };

/** What the engine is told when the application itself does something. */
export const SOFTWARE: Principal = { role: 'system', kind: 'system' };
