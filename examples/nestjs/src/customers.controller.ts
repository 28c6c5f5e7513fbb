import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import {
  type GeneratedRelationshipSummary,
  Goodwill,
  type Greeting,
  type MaintenancePrediction,
  type ProfitabilityAnalysis,
  type SentimentAnalysis,
  type SuggestedFollowups,
  type TechnicianMatch,
} from 'goodwill';

import { ApiKeyGuard } from './api-key.guard.js';
import { Customers } from './customers.js';
import { ANSWER, MatchForCustomer, MatchTechnician, Refresh, WishForGreeting } from './shapes.js';

/** What is written about a customer: by a language model, or by rules where there is none. */
@ApiTags('customers, internal')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller(['api/v1/customers/:id', 'api/v1/customer/:id'])
export class CustomersController {
  constructor(
    private readonly goodwill: Goodwill,
    private readonly customers: Customers,
  ) {}

  @Post('timeline-summary')
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  timeline(@Param('id') id: string, @Body() body?: Refresh): Promise<GeneratedRelationshipSummary> {
    return this.goodwill.timelineSummary(this.customers.of(id), this.customers.context(), settings(body));
  }

  @Post('followup-suggestions')
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  followups(@Param('id') id: string, @Body() body?: Refresh): Promise<SuggestedFollowups> {
    return this.goodwill.followupSuggestions(this.customers.of(id), this.customers.context(), settings(body));
  }

  /** A greeting for the next anniversary or holiday, or for the one that the body names. */
  @Post('generate-greeting')
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  greeting(@Param('id') id: string, @Body() body?: WishForGreeting): Promise<Greeting> {
    const wish = { occasion: body?.occasion, settings: settings(body) };
    return this.goodwill.generateGreeting(this.customers.of(id), this.customers.context(), wish);
  }

  @Post('analyze-sentiment')
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  sentiment(@Param('id') id: string, @Body() body?: Refresh): Promise<SentimentAnalysis> {
    return this.goodwill.analyzeSentiment(this.customers.of(id), this.customers.context(), settings(body));
  }

  @Post('profitability-analysis')
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  profitability(@Param('id') id: string, @Body() body?: Refresh): Promise<ProfitabilityAnalysis> {
    return this.goodwill.profitabilityAnalysis(this.customers.of(id), this.customers.context(), settings(body));
  }

  /** What all appliances of the customer will need. */
  @Post('predict-maintenance')
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  maintenance(@Param('id') id: string, @Body() body?: Refresh): Promise<MaintenancePrediction[]> {
    return this.goodwill.predictAllMaintenance(this.customers.of(id), this.customers.context(), settings(body));
  }

  @Post('match-technician')
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  match(@Param('id') id: string, @Body() body: MatchTechnician = new MatchTechnician()): Promise<TechnicianMatch> {
    return match(this.goodwill, this.customers, id, body);
  }
}

/** What an appliance will need. */
@ApiTags('customers, internal')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller(['api/v1/appliances/:id', 'api/v1/appliance/:id'])
export class AppliancesController {
  constructor(
    private readonly goodwill: Goodwill,
    private readonly customers: Customers,
  ) {}

  @Post('predict-maintenance')
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  maintenance(@Param('id') id: string, @Body() body?: Refresh): Promise<MaintenancePrediction> {
    const facts = this.customers.withAppliance(id);
    return this.goodwill.predictMaintenance(facts, id, this.customers.context(), settings(body));
  }
}

/** Who should do a job that is asked for. */
@ApiTags('jobs, internal')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/jobs')
export class MatchingController {
  constructor(
    private readonly goodwill: Goodwill,
    private readonly customers: Customers,
  ) {}

  @Post('match-technician')
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  match(@Body() body: MatchForCustomer = new MatchForCustomer()): Promise<TechnicianMatch> {
    return match(this.goodwill, this.customers, body.customerId, body);
  }
}

function match(
  goodwill: Goodwill,
  customers: Customers,
  customer: string,
  { issue, applianceId, window, skills, ...body }: MatchTechnician,
): Promise<TechnicianMatch> {
  const request = { issue, appliance: applianceId, window, skills };
  return goodwill.matchTechnician(customers.of(customer), request, customers.context(), settings(body));
}

/** Of what the caller says only this: which prompts and models are asked is the application's affair. */
function settings(body?: Refresh): { forceRefresh?: boolean | undefined } {
  return { forceRefresh: body?.forceRefresh };
}
