import { Desk, EngineCalls, JobTimeline, OrderMessages, Portal } from './generated/clients.js';
import type { OpenKey, OpenOptions } from './generated/types.js';
import { type Principal, type Transport, encode, invalid } from './runtime.js';

/** A key that seals the audit trail: 32 random bytes or more, as bytes or in hexadecimal digits. */
export type Key = Omit<OpenKey, 'secret'> & { secret: string | Uint8Array };

/** How an engine is opened. */
export type Options = Omit<OpenOptions, 'keys'> & { keys: readonly Key[] };

/** An open engine, whatever carries its calls. */
export abstract class Client extends EngineCalls {
  readonly #transport: Transport;

  /** @internal */
  constructor(transport: Transport) {
    super(transport, {});
    this.#transport = transport;
  }

  /** What the business does: staff, services and the system itself. */
  desk(principal: Principal): Desk {
    return new Desk(this.#transport, { ...principal, side: 'desk' });
  }

  /** What customers, suppliers and resellers do. Everything it returns is public. */
  portal(principal: Principal): Portal {
    return new Portal(this.#transport, { ...principal, side: 'portal' });
  }

  /** The messages to the customers of jobs, with the shapes of a job timeline. */
  jobs(principal: Principal): JobTimeline {
    return new JobTimeline(this.#transport, principal);
  }

  /** The threads of orders, with the shapes of an order's messages. */
  orders(principal: Principal): OrderMessages {
    return new OrderMessages(this.#transport, principal);
  }
}

/** Options as they cross the border. */
export function encodeOptions(options: Options): string {
  if (options === null || typeof options !== 'object' || !Array.isArray(options.keys)) {
    throw invalid('keys', 'the keys that seal the audit trail');
  }
  const keys = options.keys.map((key, place) => {
    const secret = key?.secret;
    if (secret instanceof Uint8Array) return { ...key, secret: hex(secret) };
    if (typeof secret !== 'string') {
      throw invalid(`keys[${place}].secret`, '32 bytes or more, or their hexadecimal digits');
    }
    return key;
  });
  return encode({ ...options, keys });
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
