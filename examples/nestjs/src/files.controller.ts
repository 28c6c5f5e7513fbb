import {
  Controller,
  Get,
  NotFoundException,
  Param,
  ParseIntPipe,
  PayloadTooLargeException,
  Post,
  Query,
  Req,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCookieAuth, ApiCreatedResponse, ApiQuery, ApiTags } from '@nestjs/swagger';

import { type Authenticated, Experience } from './experience.js';
import { Files } from './files.js';
import { SessionGuard } from './session.js';
import { UploadedFile } from './shapes.js';

const LARGEST = 10 * 1024 * 1024;

/** The files of an order's thread: sent first, named by the message after. */
@ApiTags('orders')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@Controller('api/orders/:id')
export class FilesController {
  constructor(
    private readonly experience: Experience,
    private readonly files: Files,
  ) {}

  /** Keeps a file for a message that is about to be written. */
  @Post('files')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ name: 'name', example: 'invoice.pdf' })
  @ApiQuery({ name: 'mime', example: 'application/pdf' })
  @ApiCreatedResponse({ type: UploadedFile })
  async upload(
    @Req() request: Authenticated,
    @Param('id') order: string,
    @Query('name') name: unknown,
    @Query('mime') mime: unknown,
  ): Promise<UploadedFile> {
    // Who may not see the thread may not fill the folder either.
    await this.experience.conversations(request).thread({ order });
    return this.files.keep(name, mime, await bodyOf(request));
  }

  /** A file of a message that one may see. */
  @Get('messages/:messageId/files/:index')
  async download(
    @Req() request: Authenticated,
    @Param('messageId') id: string,
    @Param('index', ParseIntPipe) index: number,
  ): Promise<StreamableFile> {
    const { attachments } = await this.experience.conversations(request).message(id);
    const file = attachments[index];
    if (file === undefined) throw new NotFoundException('the message has no such file');
    // The engine tells customers and partners no reference of a file that is not known to be clean.
    const bytes = await this.files.bytes(file.blobRef).catch(() => undefined);
    if (bytes === undefined) throw new NotFoundException('the file cannot be had');
    const name = encodeURIComponent(file.name);
    // Never shown in the page: what people send is data, not part of the application.
    return new StreamableFile(bytes, { type: file.mime, disposition: `attachment; filename*=UTF-8''${name}` });
  }
}

async function bodyOf(request: Authenticated): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) throw new PayloadTooLargeException('a file may have 10 MiB');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
