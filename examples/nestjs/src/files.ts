import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { BadRequestException, Inject, Injectable, UnprocessableEntityException } from '@nestjs/common';
import type { AttachmentInput, ScanState } from 'goodwill';

import { CONFIG, type Config } from './config.js';
import { Scanner } from './scanner.js';

const NAME = /^[^\p{Cc}/\\]{1,255}$/u;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]{1,100}$/;
const REFERENCE = /^[0-9a-f-]{36}$/;

/** What is known of a file that was kept. */
export interface Kept extends AttachmentInput {
  scanState: ScanState;
}

/** The bytes of attachments, in a folder: the engine keeps what describes them. */
@Injectable()
export class Files {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly scanner: Scanner,
  ) {}

  /** Keeps a file, unless the scanner finds something in it. */
  async keep(name: unknown, mime: unknown, bytes: Buffer): Promise<Kept> {
    if (typeof name !== 'string' || !NAME.test(name)) {
      throw new BadRequestException('name must be a file name of 1 to 255 characters');
    }
    if (typeof mime !== 'string' || !MEDIA_TYPE.test(mime)) {
      throw new BadRequestException('mime must be a media type such as image/png');
    }
    if (bytes.length === 0) throw new BadRequestException('the file must not be empty');
    const scanState = await this.scanner.scan(bytes);
    if (scanState === 'infected') throw new UnprocessableEntityException('the scanner has found something in the file');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = { blobRef: randomUUID(), name, mime, size: bytes.length, sha256, scanState };
    await mkdir(this.config.files, { recursive: true });
    await writeFile(this.#path(file.blobRef), bytes);
    await writeFile(`${this.#path(file.blobRef)}.json`, JSON.stringify(file));
    return file;
  }

  /** What was kept under a reference. What a client says of a file beside it does not count. */
  async described(reference: unknown): Promise<Kept> {
    try {
      return JSON.parse(await readFile(`${this.#path(reference)}.json`, 'utf8')) as Kept;
    } catch {
      throw new BadRequestException('blobRef must be of a file that was uploaded before');
    }
  }

  /** The bytes under a reference. */
  async bytes(reference: string | undefined): Promise<Buffer> {
    return readFile(this.#path(reference));
  }

  #path(reference: unknown): string {
    if (typeof reference !== 'string' || !REFERENCE.test(reference)) throw new Error('not a reference');
    return join(this.config.files, reference);
  }
}
