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
   * The form of the answers to a prompt of the library: for people, for models and for servers.
   */
  answerFormat(prompt: string, options: { input?: unknown | undefined; given?: t.Given | null | undefined } = {}): t.AnswerFormat {
    return this.call('prompt.answer_format', { ...options, prompt });
  }

  /**
   * Reads the answer of a model to a prompt of the library, however it is written, and checks it against the input of the prompt or what is given.
   */
  parseAnswer(prompt: string, answer: string, options: { input?: unknown | undefined; given?: t.Given | null | undefined } = {}): t.ParsedAnswer {
    return this.call('prompt.parse_answer', { ...options, prompt, answer });
  }

  /**
   * Answers a prompt of the library by rules, without a model: the same input gives the same text.
   */
  answerByRules(prompt: string, input: unknown): string {
    return this.call('prompt.answer_by_rules', { prompt, input });
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
