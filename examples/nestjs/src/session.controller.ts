import { BadRequestException, Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';

import { PEOPLE, personOf } from './people.js';
import { JOB, ORDER } from './samples.js';
import { Sessions } from './session.js';
import { SessionAnswer, SignedIn, SignIn } from './shapes.js';

/** The demo login: it picks one of the sample people and asks for no password. */
@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(private readonly sessions: Sessions) {}

  @Get()
  @ApiOkResponse({ type: SessionAnswer })
  show(@Req() request: Request): SessionAnswer {
    return { person: this.sessions.personOf(request) ?? null, people: PEOPLE, order: ORDER, job: JOB };
  }

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: SignedIn })
  begin(@Body() body: SignIn, @Res({ passthrough: true }) response: Response): SignedIn {
    const person = personOf(body?.person);
    if (person === undefined) throw new BadRequestException('person: expected one of the sample people');
    this.sessions.begin(person, response);
    return person;
  }

  @Delete()
  @HttpCode(204)
  @ApiNoContentResponse()
  end(@Res({ passthrough: true }) response: Response): void {
    this.sessions.end(response);
  }
}
