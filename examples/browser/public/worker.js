// The module beside the page: whatever it computes, the page stays alive.
import { load } from './goodwill/prompts-web.js';
import { mistakeIn } from './json.js';

const loading = load();

/** The data as they were last sent: they are read once. While they are no JSON, the ones before stay. */
let data = { value: {} };

function read(text) {
  try {
    data = { value: JSON.parse(text) };
  } catch (error) {
    data = { value: data.value, mistake: { code: 'JSON', severity: 'error', message: error.message, start: mistakeIn(text) } };
  }
}

/** What a host knows to be personal: here the name of the customer. */
function knownOf(value) {
  const name = value?.customer?.name;
  return typeof name === 'string' && name.trim() !== '' ? [{ kind: 'person', text: name }] : [];
}

/** Every problem once: what is wrong in a loop is found for each of its entries. */
function distinct(diagnostics) {
  const known = new Map();
  for (const one of diagnostics) known.set([one.code, one.start, one.end, one.message].join(), one);
  return [...known.values()];
}

const WORK = {
  list: (prompts) => prompts.list(),
  preview(prompts, { source, text, settings }) {
    if (text !== undefined) read(text);
    const began = performance.now();
    const shown = prompts.preview(source, data.value, { ...settings, known: knownOf(data.value) });
    const took = performance.now() - began;
    return { shown: { ...shown, diagnostics: distinct(shown.diagnostics) }, mistake: data.mistake, took };
  },
  answer: (prompts, { prompt, reply }) => prompts.parseAnswer(prompt, reply, { input: data.value }),
  format: (prompts, { prompt }) => prompts.answerFormat(prompt, { input: data.value }),
  rules: (prompts, { prompt }) => prompts.answerByRules(prompt, data.value),
};

addEventListener('message', async ({ data: { id, work, input } }) => {
  try {
    postMessage({ id, result: WORK[work](await loading, input) });
  } catch (error) {
    postMessage({ id, error: { code: error.code ?? error.name, message: error.message } });
  }
});
