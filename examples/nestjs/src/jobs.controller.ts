import { Body, Controller, Get, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';

import { ApiKeyGuard } from './api-key.guard.js';
import { type Authenticated, Experience } from './experience.js';
import { CustomerGuard } from './session.js';
import { CreateCustomerMessage, CustomerMessage, JobEvent, Marked, WriteCustomerMessage } from './shapes.js';

/** The timelines of jobs, for the business. */
@ApiTags('jobs, internal')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/cx/jobs/:jobId')
export class InternalJobsController {
  constructor(private readonly experience: Experience) {}

  @Get('messages')
  @ApiOkResponse({ type: [CustomerMessage] })
  list(@Req() request: Authenticated, @Param('jobId') job: string): Promise<CustomerMessage[]> {
    return this.experience.jobs(request).getMessagesForJob(job);
  }

  @Post('messages')
  @ApiCreatedResponse({ type: CustomerMessage })
  create(
    @Req() request: Authenticated,
    @Param('jobId') job: string,
    @Body() message: CreateCustomerMessage,
  ): Promise<CustomerMessage> {
    return this.experience.jobs(request).createMessageForJob(job, message);
  }

  @Post('messages/ai')
  @ApiCreatedResponse({ type: CustomerMessage })
  write(
    @Req() request: Authenticated,
    @Param('jobId') job: string,
    @Body() wish: WriteCustomerMessage,
  ): Promise<CustomerMessage> {
    return this.experience.jobs(request).createAutoMessageFromAi(job, wish);
  }

  /** For the webhooks of what schedules jobs and does them: a new status, a finished workflow. */
  @Post('events')
  @HttpCode(204)
  @ApiNoContentResponse()
  async tell(@Req() request: Authenticated, @Param('jobId') job: string, @Body() event: JobEvent): Promise<void> {
    await this.experience.desk(request).systemEvent({ job }, event);
  }

  @Post('read')
  @HttpCode(200)
  @ApiOkResponse({ type: Marked })
  markRead(@Req() request: Authenticated, @Param('jobId') job: string): Promise<Marked> {
    return this.experience.jobs(request).markMessagesReadForJob(job);
  }
}

/** The timelines of jobs, for their customers. */
@ApiTags('jobs, portal')
@ApiCookieAuth()
@UseGuards(CustomerGuard)
@Controller('api/v1/portal/jobs/:jobId/messages')
export class PortalJobsController {
  constructor(private readonly experience: Experience) {}

  @Get()
  @ApiOkResponse({ type: [CustomerMessage] })
  list(@Req() request: Authenticated, @Param('jobId') job: string): Promise<CustomerMessage[]> {
    return this.experience.jobs(request).getMessagesForJob(job);
  }

  @Post('read')
  @HttpCode(200)
  @ApiOkResponse({ type: Marked })
  markRead(@Req() request: Authenticated, @Param('jobId') job: string): Promise<Marked> {
    return this.experience.jobs(request).markMessagesReadForJob(job);
  }
}
