import { Body, Controller, Get, Param, Post, Put, Query, Req, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiOkResponse, ApiQuery, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Desk, Followup, FollowupResult, FollowupState } from 'goodwill';

import { BusinessGuard } from './business.guard.js';
import { type Authenticated, Experience } from './experience.js';
import { ChangedFollowUp, FindFollowUps, FollowUp, LoggedFollowUp, PlannedFollowUp, PlannedForJob } from './shapes.js';

/** What colleagues have done for customers after a service, and what is still to be done. */
@ApiTags('follow-ups, internal')
@ApiSecurity('api-key')
@ApiCookieAuth()
@UseGuards(BusinessGuard)
@Controller('api/v1')
export class FollowupsController {
  constructor(private readonly experience: Experience) {}

  /** Logs what the caller has done: who that is, the session says. */
  @Post('followups')
  @ApiCreatedResponse({ type: FollowUp })
  async log(@Req() request: Authenticated, @Body() body: LoggedFollowUp = new LoggedFollowUp()): Promise<FollowUp> {
    const { customerId: customer, jobId: job, followUpDate: occurredAt, kind, note } = body;
    const desk = this.experience.desk(request);
    return shown(desk, await desk.logFollowup({ customer, job, kind, occurredAt, note, result: resultOf(body) }));
  }

  /** Says that a customer is to be followed up. */
  @Post('follow-ups')
  @ApiCreatedResponse({ type: FollowUp })
  async plan(@Req() request: Authenticated, @Body() body: PlannedFollowUp = new PlannedFollowUp()): Promise<FollowUp> {
    const { customerId: customer, jobId: job, followUpDate: dueAt, kind, note } = body;
    const desk = this.experience.desk(request);
    return shown(desk, await desk.scheduleFollowup({ customer, job, kind, dueAt, note }));
  }

  /** The same for the customer of a job. */
  @Post(['jobs/:jobId/follow-up', 'job/:jobId/follow-up'])
  @ApiCreatedResponse({ type: FollowUp })
  async planForJob(
    @Req() request: Authenticated,
    @Param('jobId') job: string,
    @Body() { followUpDate: dueAt, kind, note }: PlannedForJob = {},
  ): Promise<FollowUp> {
    const desk = this.experience.desk(request);
    const { customer } = await desk.subject({ job });
    return shown(desk, await desk.scheduleFollowup({ customer, job, kind, dueAt, note }));
  }

  /** Where it stands, when it is due or was done, and what the customer said. */
  @Put(['followups/:id', 'follow-ups/:id', 'follow-up/:id'])
  @ApiOkResponse({ type: FollowUp })
  async change(
    @Req() request: Authenticated,
    @Param('id') id: string,
    @Body() body: ChangedFollowUp = {},
  ): Promise<FollowUp> {
    const { status: state, followUpDate, note } = body;
    const done = ['completed', 'noresponse'].includes(`${state}`.toLowerCase().replace(/[ _-]/g, ''));
    const date = done ? { occurredAt: followUpDate } : { dueAt: followUpDate };
    const desk = this.experience.desk(request);
    return shown(desk, await desk.updateFollowup(id, { state, note, result: resultOf(body), ...date }));
  }

  /** In the order of their dates. */
  @Get(['followups', 'follow-ups'])
  @ApiQuery({ type: FindFollowUps })
  @ApiOkResponse({ type: [FollowUp] })
  async list(@Req() request: Authenticated, @Query() query: FindFollowUps): Promise<FollowUp[]> {
    const { customerId: customer, jobId: job, status, until, after, limit } = query;
    const state = [status ?? []].flat().flatMap((states) => states.split(',')) as FollowupState[];
    const desk = this.experience.desk(request);
    const page = limit === undefined ? {} : { limit: Number(limit) };
    const found = await desk.followups({ customer, job, state, until, after, ...page });
    const names = await namesOf(desk, found);
    return found.map((followup) => shape(followup, names));
  }
}

function resultOf(body: ChangedFollowUp): FollowupResult | undefined {
  const { satisfactionRating: rating, feedback: comment } = body;
  return rating == null && comment == null ? undefined : { rating, comment };
}

async function shown(desk: Desk, followup: Followup): Promise<FollowUp> {
  return shape(followup, await namesOf(desk, [followup]));
}

/** The names of those who have logged follow-ups, each asked for once. */
async function namesOf(desk: Desk, followups: Followup[]): Promise<Map<string, string | undefined>> {
  const people = new Set(followups.flatMap(({ loggedBy }) => loggedBy ?? []));
  return new Map(await Promise.all([...people].map(async (id) => [id, (await desk.party(id)).name] as const)));
}

function shape(followup: Followup, names: Map<string, string | undefined>): FollowUp {
  return {
    id: followup.id,
    jobId: followup.job ?? null,
    customerId: followup.customer,
    kind: followup.kind,
    status: followup.state,
    satisfactionRating: followup.result?.rating ?? null,
    feedback: followup.result?.comment ?? null,
    followUpDate: followup.occurredAt ?? followup.dueAt ?? null,
    loggedBy: names.get(followup.loggedBy ?? '') ?? null,
    note: followup.note ?? null,
    createdAt: followup.createdAt,
  };
}
