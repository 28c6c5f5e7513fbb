// Written by core/codegen from the operation table; do not edit.

import type * as t from './types.js';
import { Functions } from '../runtime.js';

/** Templates, prompts and answers of language models. */
export class Prompts extends Functions {
  /**
   * Prints a template over data: the bytes that Handlebars.js prints without HTML escaping.
   *
   * @throws prompt.syntax, prompt.helper, prompt.partial, prompt.limit
   */
  render(template: string, input?: unknown | undefined): string {
    return this.call('prompt.render', { template, input });
  }

}
