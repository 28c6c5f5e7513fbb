import { connect } from 'node:net';

import { Inject, Injectable } from '@nestjs/common';
import type { ScanState } from 'goodwill';

import { CONFIG, type Config } from './config.js';

const PATIENCE = 30_000;
const CHUNK = 1 << 16;

/** Asks ClamAV's daemon about a file; without one, files stay `unscanned`. */
@Injectable()
export class Scanner {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** What the scanner says of the bytes. A scanner that does not answer is `failed`, never `clean`. */
  async scan(bytes: Buffer): Promise<ScanState> {
    const { scanner } = this.config;
    if (scanner === undefined) return 'unscanned';
    const answer = await ask(scanner, bytes).catch(() => '');
    if (/\bOK\0?$/.test(answer)) return 'clean';
    return /\bFOUND\0?$/.test(answer) ? 'infected' : 'failed';
  }
}

/** The command INSTREAM of clamd(8): chunks, each after its length, and a chunk of nothing at the end. */
function ask({ hostname, port }: URL, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const answer: Buffer[] = [];
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('the scanner does not answer')));
    socket.on('data', (part) => answer.push(part));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(answer).toString()));
    socket.write('zINSTREAM\0');
    for (let start = 0; start < bytes.length; start += CHUNK) send(bytes.subarray(start, start + CHUNK));
    send(Buffer.alloc(0));

    function send(chunk: Buffer): void {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(chunk.length);
      socket.write(Buffer.concat([length, chunk]));
    }
  });
}
