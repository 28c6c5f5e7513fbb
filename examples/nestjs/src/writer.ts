import { BadGatewayException, BadRequestException, Inject, Injectable, NotImplementedException } from '@nestjs/common';
import type { CustomerMessageDto } from 'goodwill';

import { CONFIG, type Config, type ModelConfig } from './config.js';
import { type Authenticated, Experience } from './experience.js';
import type { WriteCustomerMessage } from './shapes.js';

const TASK =
  'You write one short message to the customer of a job, in plain words, without a subject line. ' +
  'The facts are in the JSON that follows: what kind of message, in which tone, what it has to say, ' +
  'and the messages so far. Add no facts of your own. Answer with the text alone.';
const TIMEOUT = 30_000;
const SO_FAR = 10;

/** Lets a language model write messages to the customers of jobs. */
@Injectable()
export class Writer {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly experience: Experience,
  ) {}

  /** Writes a message from the job's timeline, and posts it marked as suggested by a model. */
  async write(request: Authenticated, job: string, wish: WriteCustomerMessage): Promise<CustomerMessageDto> {
    const { model } = this.config;
    if (model === null) throw new NotImplementedException('no language model is configured');
    const { messageType, tone, customPrompt } = wish ?? {};
    if (messageType === undefined) throw new BadRequestException('messageType: expected a type');
    const timeline = this.experience.jobs(request);
    const soFar = (await timeline.getMessagesForJob(job)).slice(-SO_FAR);
    const messages = soFar.map(({ type, body, createdAt }) => ({ type, body, createdAt }));
    const body = await complete(model, JSON.stringify({ messageType, tone, customPrompt, messages }));
    const metadataJson = { tone, customPrompt };
    return timeline.createMessageForJob(job, { type: messageType, source: 'ai_suggested', body, metadataJson });
  }
}

/** Asks a model that speaks the chat-completions protocol. */
async function complete(model: ModelConfig, facts: string): Promise<string> {
  try {
    const answer = await fetch(`${model.url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${model.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: model.name,
        messages: [
          { role: 'system', content: TASK },
          { role: 'user', content: facts },
        ],
      }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const { choices } = (await answer.json()) as { choices: [{ message: { content: string } }] };
    return choices[0].message.content.trim();
  } catch (cause) {
    throw new BadGatewayException('the language model did not answer', { cause });
  }
}
