// The page: what is chosen and written, and what comes of it.
import { fragmentOf, stateOf } from './address.js';
import { button, byId, copyButton, count, element, say } from './dom.js';
import { Editor } from './editor.js';
import { placeOf } from './json.js';
import { ask, generation, latest } from './module.js';
import { Problems } from './problems.js';
import { Reply } from './reply.js';
import { Result } from './result.js';

const BLANK = { source: 'Write a short message to {{name}}.\n', data: [{ name: 'Example', data: { name: 'Ada' } }], replies: [] };
const SETTINGS = ['mode', 'locale', 'zone', 'currency', 'personal', 'most-tokens', 'form'];
/** The longest data in which the pointer is followed; clicks find their place in any. */
const MOST_POINTED = 100_000;
const THEMES = ['system', 'light', 'dark'];

let prompts = {};
/** What is chosen: a prompt ('' is the blank one), data of its samples, what they were then. */
let chosen = { prompt: '', sample: 0, source: '', data: '' };
let theme = 'system';
let shown = { messages: [], segments: [], diagnostics: [] };
/** The data that are shown, when they are JSON. */
let shownData;
/** What the worker has of the data. */
let sent = { data: undefined, generation: 0 };

const source = new Editor(byId('source'), () => changed());
const data = new Editor(byId('data'), () => changed());
const replyField = new Editor(byId('reply'), () => {
  reply.refresh();
  keep();
});
const problems = new Problems(source, data);
const result = new Result({ point, open, position: ({ srcStart }) => positionOf(srcStart) });
const reply = new Reply(replyField, { prompt: () => chosen.prompt, fail });

function positionOf(place) {
  return `line ${source.lineOf(place) + 1} of the prompt`;
}

function fail(error) {
  const words = error.code === 'internal' ? 'The module has a defect and begins anew: ' : '';
  byId('failure').textContent = `${words}${error.message} (${error.code ?? error.name})`;
  byId('failure').hidden = false;
}

/** The settings of a preview; what is empty is left to the prompt. */
function settings() {
  const most = byId('most-tokens').valueAsNumber;
  return {
    compatible: byId('mode').value === 'compatible',
    locale: byId('locale').value.trim() || undefined,
    zone: byId('zone').value.trim() || undefined,
    currency: byId('currency').value.trim().toUpperCase() || undefined,
    personal: byId('personal').value,
    mostTokens: Number.isSafeInteger(most) && most > 0 ? most : undefined,
  };
}

const refresh = latest(async () => {
  const [written, given] = [source.text, data.text];
  const text = sent.data === given && sent.generation === generation ? undefined : given;
  document.body.ariaBusy = 'true';
  try {
    if (text !== undefined) sent = { data: text, generation };
    const answer = await ask('preview', { source: written, text, settings: settings() });
    sent.generation = generation;
    byId('failure').hidden = true;
    shown = answer.shown;
    shownData = answer.mistake ? undefined : given;
    result.show(shown);
    if (written === source.text) problems.show(shown.diagnostics, answer.mistake);
    summarise(answer.took);
    reply.refresh();
  } catch (error) {
    sent = { data: undefined, generation: 0 };
    fail(error);
  }
  document.body.ariaBusy = 'false';
});

function summarise(took) {
  say(byId('tokens'), `≈ ${count(shown.tokens, 'token')}`);
  byId('took').textContent = `${took.toFixed(1)} ms`;
  byId('hash').textContent = shown.hash.slice(0, 12);
  byId('hash').title = shown.hash;
  const chips = (id, paths, act) => {
    byId(id).hidden = paths.length === 0;
    const made = paths.slice(0, 40).map((path) => button(path, 'chip', () => act(path)));
    if (paths.length > 40) made.push(element('span', '', `and ${paths.length - 40} more`));
    byId(id).querySelector('.chips').replaceChildren(...made);
  };
  chips('unused', shown.unusedInputs, inData);
  chips('missing', shown.missingInputs, (path) => {
    const name = path.split('.').at(-1).replace(/\[.*/, '');
    const at = source.text.indexOf(name, bodyOf(source.text));
    if (at >= 0) source.select(at, at + name.length);
  });
  byId('dropped').hidden = shown.dropped.length === 0;
  const dropped = shown.dropped.map(({ list, kept, omitted }) =>
    element('li', '', element('code', '', list), ` ${kept} of ${kept + omitted} shown, ${omitted} left out`),
  );
  byId('dropped').querySelector('ul').replaceChildren(...dropped);
}

function point(segment) {
  const inFile = segment && segment.kind !== 'added' && !segment.partial;
  const marks = inFile ? [{ start: segment.srcStart, end: segment.srcEnd, kind: 'pointed' }] : [];
  source.mark('pointed', marks);
  const inText = segment?.path && shownData !== undefined && shownData === data.text && shownData.length <= MOST_POINTED;
  data.mark('pointed', inText ? [{ ...placeOf(data.text, segment.path), kind: 'pointed' }] : []);
}

/** Goes where a piece comes from: a value to the data, words to the prompt. */
function open(segment, inFile) {
  const here = segment.kind !== 'added' && !segment.partial;
  if (segment.kind === 'value' && segment.path && !inFile) {
    if (here) source.reveal(segment.srcStart);
    inData(segment.path);
  } else if (here) source.select(segment.srcStart, segment.srcEnd);
}

function inData(path) {
  if (shownData !== data.text) return data.field.focus();
  const { start, end } = placeOf(data.text, path);
  return data.select(start, end);
}

function changed() {
  refresh();
  keep();
}

/** Where the template begins, behind the front matter. */
function bodyOf(text) {
  const end = text.startsWith('---\n') ? text.indexOf('\n---\n', 3) : -1;
  return end < 0 ? 0 : end + 5;
}

/** The sample data as text; long ones are made of their lists. */
function textOf({ data: sample, times = 1 }) {
  const longer = (value) => {
    if (Array.isArray(value)) return value.some((one) => one && typeof one === 'object') ? Array(times).fill(value).flat().slice(0, times) : value;
    if (!value || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, longer(inner)]));
  };
  return JSON.stringify(times > 1 ? longer(sample) : sample, null, 2);
}

/** Chooses a prompt and its first data, or other data of the same prompt. */
function choose(prompt, sample = 0) {
  const of = prompts[prompt] ? prompt : '';
  const { source: text, data: samples, replies } = prompts[of];
  const place = samples[sample] ? sample : 0;
  const other = of !== chosen.prompt || chosen.source === '';
  chosen = { prompt: of, sample: place, source: text, data: textOf(samples[place]) };
  byId('prompt').value = of;
  byId('sample').replaceChildren(...samples.map(({ name }, at) => new Option(name, String(at), false, at === place)));
  byId('replies').replaceChildren(
    new Option('Put in an example…', ''),
    new Option('what rules answer, without a model', 'rules'),
    ...replies.map(({ name }, at) => new Option(name, String(at))),
  );
  if (other) {
    source.text = text;
    source.reveal(bodyOf(text));
    replyField.text = '';
  }
  data.text = chosen.data;
  changed();
}

/** Puts a reply into the field: one of the examples, or what rules answer to the data. */
async function exampleReply(which) {
  byId('replies').value = '';
  const { prompt } = chosen;
  const text = which === 'rules' ? await ask('rules', { prompt }) : prompts[prompt].replies[Number(which)].text;
  replyField.replace(0, replyField.text.length, text);
}

/** What the address says: only what differs from what is chosen anyway. */
function stateNow() {
  const state = { prompt: chosen.prompt };
  if (chosen.sample !== 0) state.sample = chosen.sample;
  if (source.text !== chosen.source) state.source = source.text;
  if (data.text !== chosen.data) state.data = data.text;
  if (replyField.text !== '') state.reply = replyField.text;
  for (const id of SETTINGS) if (byId(id).value !== (byId(id).dataset.default ?? '')) state[id] = byId(id).value;
  if (theme !== 'system') state.theme = theme;
  return state;
}

let keeping;
function keep() {
  clearTimeout(keeping);
  keeping = setTimeout(async () => {
    const fragment = await fragmentOf(stateNow());
    byId('unkept').hidden = fragment !== undefined;
    if (fragment !== undefined && fragment !== location.hash) history.replaceState(null, '', fragment);
  }, 400);
}

function restore(state) {
  const text = (name) => (typeof state[name] === 'string' ? state[name] : undefined);
  for (const id of SETTINGS) byId(id).value = text(id) ?? byId(id).dataset.default ?? '';
  for (const id of SETTINGS) if (byId(id).value === '') byId(id).value = byId(id).dataset.default ?? '';
  chosen.source = '';
  choose(text('prompt') ?? 'profitability_analysis', Number.isInteger(state.sample) ? state.sample : 0);
  if (text('source') !== undefined) source.text = state.source;
  if (text('data') !== undefined) data.text = state.data;
  if (text('reply') !== undefined) replyField.text = state.reply;
  show(THEMES.includes(state.theme) ? state.theme : 'system');
  if (text('reply')) openTab('reply');
  changed();
}

function show(name) {
  theme = name;
  document.documentElement.dataset.theme = name;
  byId('theme').textContent = `Theme: ${name}`;
}

function openTab(name) {
  for (const tab of document.querySelectorAll('[role="tab"]')) {
    const open = tab.id === `tab-${name}`;
    tab.ariaSelected = String(open);
    tab.tabIndex = open ? 0 : -1;
    byId(tab.getAttribute('aria-controls')).hidden = !open;
  }
}

function listen() {
  byId('prompt').addEventListener('change', () => choose(byId('prompt').value));
  byId('sample').addEventListener('change', () => choose(chosen.prompt, Number(byId('sample').value)));
  byId('replies').addEventListener('change', () => exampleReply(byId('replies').value).catch(fail));
  for (const id of SETTINGS) byId(id).addEventListener('input', changed);
  byId('theme').addEventListener('click', () => {
    show(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
    keep();
  });
  const share = copyButton('Copy link', () => location.href);
  byId('theme').before(share);
  byId('hash').after(copyButton('Copy', () => shown.hash));
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  for (const [place, tab] of tabs.entries()) {
    tab.addEventListener('click', () => openTab(tab.id.slice(4)));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs.at((place + step) % tabs.length);
      openTab(next.id.slice(4));
      next.focus();
    });
  }
  for (const field of [source.field, data.field]) {
    field.addEventListener('keydown', (event) => event.key === 'Escape' && result.focus());
  }
  addEventListener('hashchange', async () => restore((await stateOf(location.hash)) ?? {}));
}

async function begin() {
  const [entries, samples] = await Promise.all([ask('list'), fetch('samples.json').then((answer) => answer.json())]);
  const titles = { '': 'A blank prompt' };
  for (const { id, source: text, description } of entries) {
    titles[id] = description ?? id;
    prompts[id] = { source: text, data: samples[id]?.data ?? BLANK.data, replies: samples[id]?.replies ?? [] };
  }
  prompts[''] = BLANK;
  const sorted = Object.entries(titles).sort(([one, left], [other, right]) => (one === '') - (other === '') || left.localeCompare(right));
  byId('prompt').replaceChildren(...sorted.map(([id, title]) => new Option(title, id)));
  listen();
  restore((await stateOf(location.hash)) ?? {});
}

begin().catch(fail);
