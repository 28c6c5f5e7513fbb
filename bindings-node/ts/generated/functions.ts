// Written by core/codegen from the operation table; do not edit.

import type * as t from './types.js';
import { Functions } from '../runtime.js';

/** Templates, prompts and answers of language models. */
export class Prompts extends Functions {
  /**
   * The prompts that can be asked for: those of the library, and the host's own.
   *
   * @throws prompt.syntax
   */
  list(files?: t.PromptText[] | undefined): t.PromptEntry[] {
    return this.call('prompt.list', { files });
  }

  /**
   * Renders a prompt over its input: messages, ready to be sent.
   *
   * @throws prompt.unknown, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, prompt.syntax, prompt.helper, prompt.partial
   */
  render(prompt: string, input: unknown, settings?: t.PromptSettings | undefined): t.RenderedPrompt {
    return this.call('prompt.render', { prompt, input, settings });
  }

  /**
   * Shows a prompt file over an input while it is written: messages, everything that is wrong, and where every character comes from.
   *
   * @throws prompt.syntax
   */
  preview(source: string, input: unknown, settings?: t.PromptSettings | undefined): t.Preview {
    return this.call('prompt.preview', { source, input, settings });
  }

  /**
   * Everything that is to be said about prompt files.
   */
  lint(files: t.PromptText[]): t.PromptDiagnostic[] {
    return this.call('prompt.lint', { files });
  }

  /**
   * The form of the answers to a prompt of the library, or of a file that declares its answer: for people, for models and for servers.
   *
   * @throws prompt.syntax
   */
  answerFormat(prompt: string, options: { input?: unknown | undefined; given?: t.Given | null | undefined; files?: t.PromptText[] | undefined } = {}): t.AnswerFormat {
    return this.call('prompt.answer_format', { ...options, prompt });
  }

  /**
   * Reads the answer of a model to a prompt of the library, or of a file that declares its answer, however it is written, and checks it against the input of the prompt or what is given.
   *
   * @throws prompt.syntax
   */
  parseAnswer(prompt: string, answer: string, options: { input?: unknown | undefined; given?: t.Given | null | undefined; files?: t.PromptText[] | undefined } = {}): t.ParsedAnswer {
    return this.call('prompt.parse_answer', { ...options, prompt, answer });
  }

  /**
   * Answers a prompt of the library by rules, without a model: the same input gives the same text.
   */
  answerByRules(prompt: string, input: unknown): string {
    return this.call('prompt.answer_by_rules', { prompt, input });
  }

  /**
   * What a prompt of the library is told about a customer: its input, ready to be rendered, asked or shown. `focus` says what it is about beside the customer.
   *
   * @throws money.overflow
   */
  context(prompt: string, facts: t.CustomerFacts, context: t.ContextSettings, focus?: t.PromptFocus | undefined): unknown {
    return this.call('prompt.context', { prompt, facts, context, focus });
  }

  /**
   * What a customer brings and costs, in each currency by itself.
   *
   * @throws money.overflow
   */
  financials(facts: t.CustomerFacts, context: t.ContextSettings): t.Financials[] {
    return this.call('customer.financials', { facts, context });
  }

  /**
   * What there is to celebrate with a customer within a year, the nearest first.
   */
  occasions(facts: t.CustomerFacts, context: t.ContextSettings): t.Occasion[] {
    return this.call('customer.occasions', { facts, context });
  }

  /**
   * Who can do what a customer asks for, with the points that speak for each, and who cannot and why.
   */
  candidates(facts: t.CustomerFacts, request: t.ServiceRequest, context: t.ContextSettings): t.Candidates {
    return this.call('technician.candidates', { facts, request, context });
  }

  /**
   * The shipped profiles of appliances with their sources, to start one's own from.
   */
  applianceProfiles(): t.ApplianceProfiles {
    return this.call('appliance.profiles', {});
  }

  /**
   * Prints a template over data: the bytes that Handlebars.js prints without HTML escaping.
   *
   * @throws prompt.syntax, prompt.helper, prompt.partial, prompt.limit
   */
  renderTemplate(template: string, input: unknown, partials?: Record<string, string> | undefined): string {
    return this.call('template.render', { template, input, partials });
  }

  /**
   * Replaces personal data in a text by its kind: `[EMAIL]`, `[PERSON]`, …
   */
  maskPersonalData(text: string, known?: t.KnownText[] | undefined): string {
    return this.call('personal.mask', { text, known });
  }

}

/** Scores of single customers and of small data, with what they are made of. */
export class Analytics extends Functions {
  /**
   * The Net Promoter Score of ratings from 0 to 10, from −100 to 100, with its interval of 95 %.
   */
  nps(ratings: number[]): t.NetPromoterScore {
    return this.call('survey.nps', { ratings });
  }

  /**
   * Customer satisfaction: the percentage of 4 and 5 on a scale of 1 to 5, with Wilson's interval of 95 %.
   */
  csat(ratings: number[]): t.TopBox {
    return this.call('survey.csat', { ratings });
  }

  /**
   * The customer effort score: the percentage of 5 to 7 on a scale of 1 to 7, where 7 is the least effort.
   */
  ces(ratings: number[]): t.TopBox {
    return this.call('survey.ces', { ratings });
  }

  /**
   * The percentage of ratings from `countFrom` on a scale of one's own.
   */
  topBox(ratings: number[], lowest: number, highest: number, countFrom: number): t.TopBox {
    return this.call('survey.top_box', { ratings, lowest, highest, countFrom });
  }

  /**
   * The mean of scores with Student's interval of 95 %, on a scale that may be open.
   */
  meanScore(scores: number[], options: { lowest?: number | null | undefined; highest?: number | null | undefined } = {}): t.MeanScore {
    return this.call('survey.mean_score', { ...options, scores });
  }

  /**
   * The health of a customer from 0 to 100 of what is known of it, and what each part adds or takes.
   */
  health(values: Record<string, number | null>, options: { previous?: number | null | undefined; overridden?: t.HealthOverride | null | undefined; model?: t.HealthModelInput | null | undefined } = {}): t.Health {
    return this.call('customer.health', { ...options, values });
  }

  /**
   * The risk that a customer leaves, and what each driver adds to its log-odds; what is not known is taken as typical.
   */
  churnRisk(values: Record<string, number | null>, model?: t.ChurnModel | null | undefined): t.ChurnRisk {
    return this.call('customer.churn_risk', { values, model });
  }

  /**
   * The engagement of a customer from 0 to 100: activities by kind, each less as it gets older.
   */
  engagement(activities: t.CustomerActivity[], model?: t.EngagementModel | null | undefined): t.Engagement {
    return this.call('customer.engagement', { activities, model });
  }

  /**
   * Whether a customer is a VIP, by which rule, and how much is missing for the others.
   */
  vip(facts: t.VipFacts, rules?: t.VipRules | null | undefined): t.Vip {
    return this.call('customer.vip', { facts, rules });
  }

  /**
   * The segment of an RFM code, by the map `eleven`, `ten`, or one's own.
   *
   * @throws input.unknown_value
   */
  rfmSegment(code: number, options: { map?: string | null | undefined; segments?: t.OwnSegments | null | undefined } = {}): string {
    return this.call('rfm.segment', { ...options, code });
  }

  /**
   * Which RFM code and segment a customer has among those who were scored, and why: the bins that its values fall into.
   *
   * @throws input.unknown_value
   */
  explainRfm(recency: number, frequency: number, monetary: number, bins: t.RfmBins, options: { map?: string | null | undefined; segments?: t.OwnSegments | null | undefined } = {}): t.RfmExplanation {
    return this.call('rfm.explain', { ...options, recency, frequency, monetary, bins });
  }

  /**
   * The parameter sets that are used where none is given, to start one's own from.
   */
  defaultModels(): t.AnalyticsModels {
    return this.call('customer.models', {});
  }

}
