// The module beside the page: whatever it computes, the page stays alive.
import { load } from './goodwill/prompts-web.js';
import { mistakeIn } from './json.js';

const loading = load();

/** The data as it was last sent: it is read once. */
let data;

function read(text) {
  try {
    data = { value: JSON.parse(text) };
  } catch (error) {
    data = { mistake: { code: 'JSON', severity: 'error', message: error.message, start: mistakeIn(text) } };
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
    const input = data.mistake ? {} : data.value;
    const began = performance.now();
    const shown = prompts.preview(source, input, { ...settings, known: knownOf(input) });
    const took = performance.now() - began;
    return { shown: { ...shown, diagnostics: distinct(shown.diagnostics) }, mistake: data.mistake, took };
  },
  answer: (prompts, { prompt, reply, given }) => prompts.parseAnswer(prompt, reply, { ...given, ...offered() }),
  format: (prompts, { prompt }) => prompts.answerFormat(prompt, offered()),
};

/** What the data offers an answer to choose from and to count. */
function offered() {
  const { availableTechnicians, communications, customer } = data?.value ?? {};
  const given = {};
  if (typeof customer?.name === 'string') given.customerName = customer.name;
  if (Array.isArray(communications)) given.counts = { communications: communications.length };
  if (Array.isArray(availableTechnicians)) {
    const named = availableTechnicians.filter((one) => typeof one?.id === 'string' && typeof one.name === 'string');
    given.options = { technicians: named.map(({ id, name }) => ({ id, name })) };
  }
  return given;
}

addEventListener('message', async ({ data: { id, work, input } }) => {
  try {
    postMessage({ id, result: WORK[work](await loading, input) });
  } catch (error) {
    postMessage({ id, error: { code: error.code ?? error.name, message: error.message } });
  }
});
