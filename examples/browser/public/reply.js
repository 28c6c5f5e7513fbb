// A reply of a model, read: its fields, where they stand in it, and what is wrong with them.
import { byId, copyButton, count, element, say } from './dom.js';
import { ask, latest } from './module.js';

const WARNINGS = {
  repeated: 'stands twice',
  guessed: 'was guessed from something close',
  other_form: 'has the other form',
  cut: 'ends in the middle',
  corrected: 'was computed anew',
  filled: 'had a placeholder that was filled',
  leaked_fence: 'repeats a fence of the prompt',
};

/** The leaves of a value with their paths. */
function* leavesOf(value, path) {
  if (typeof value !== 'object' || value === null) {
    yield [path, value];
    return;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) yield [path, Array.isArray(value) ? 'no entries' : 'nothing'];
  const join = (name) => (Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name);
  for (const [name, inner] of entries) yield* leavesOf(inner, join(name));
}

/** The span of a path, or of what it is a part of. */
function spanOf(spans, path) {
  for (let part = path; part; part = part.replace(/(?:\.[^.[]*|\[\d*\]|^[^.[]*)$/, '')) {
    const span = spans.find((one) => one.path === part);
    if (span) return span;
  }
  return undefined;
}

export class Reply {
  /** Reads the reply anew, and what the data say about it. */
  refresh;
  #editor;
  #prompt;
  #fail;
  #format;

  /** `prompt` names the prompt of the library. */
  constructor(editor, { prompt, fail }) {
    [this.#editor, this.#prompt, this.#fail] = [editor, prompt, fail];
    this.refresh = latest(() => this.#read());
    byId('copies').append(
      copyButton('Copy JSON Schema', () => JSON.stringify(this.#format.jsonSchema, null, 2)),
      copyButton('Copy grammar', () => (byId('form').value === 'json' ? this.#format.jsonGrammar : this.#format.grammar)),
    );
    byId('repair-copy').append(copyButton('Copy', () => byId('repair-text').textContent));
  }

  async #read() {
    const prompt = this.#prompt();
    byId('reply-none').hidden = prompt !== '';
    byId('reply-some').hidden = prompt === '';
    if (prompt === '') return;
    const reply = this.#editor.text;
    const form = byId('form').value;
    try {
      this.#format = await ask('format', { prompt });
      byId('format-text').textContent = form === 'json' ? this.#format.jsonInstruction : this.#format.instruction;
      const answer = reply.trim() === '' ? undefined : await ask('answer', { prompt, reply });
      if (reply === this.#editor.text) this.#show(answer);
    } catch (error) {
      this.#fail(error);
    }
  }

  #show(answer) {
    byId('answer').hidden = !answer;
    if (!answer) {
      this.#editor.mark('field', []);
      return say(byId('verdict'), '');
    }
    this.#editor.mark('field', answer.spans.map(({ start, end }) => ({ start, end, kind: 'field' })));
    say(byId('verdict'), answer.acceptable ? 'Acceptable' : answer.complete ? 'Complete, but not acceptable' : `Incomplete${answer.reason ? `: ${answer.reason.replaceAll('_', ' ')}` : ''}`);
    byId('verdict').className = `verdict ${answer.acceptable ? 'fine' : answer.complete ? 'warning' : 'error'}`;
    byId('confidence').value = answer.confidence;
    byId('confidence-text').textContent = `${Math.round(answer.confidence * 100)} %`;
    const rows = [...leavesOf(answer.value, '')].filter(([path]) => path !== '').map(([path, value]) => this.#row(path, value, spanOf(answer.spans, path)));
    for (const path of answer.missing) rows.push(this.#row(path, undefined));
    for (const [label, text] of Object.entries(answer.extra)) rows.push(this.#row(`not asked for: ${label}`, text));
    byId('fields').replaceChildren(...rows);
    byId('warnings-title').textContent = count(answer.warnings.length, 'warning');
    const warnings = answer.warnings.map(({ kind, path, expected }) => {
      const words = WARNINGS[kind] ?? kind.replaceAll('_', ' ');
      return element('li', 'problem warning', element('span', 'code', path || 'answer'), element('p', '', expected ? `${words}: ${expected}` : words));
    });
    byId('warnings').replaceChildren(...warnings);
    byId('repair').hidden = !answer.repair;
    byId('repair-text').textContent = answer.repair ?? '';
  }

  #row(path, value, span) {
    const name = element('th', '', path);
    name.scope = 'row';
    const shown = element('td', '', value === undefined ? 'missing' : typeof value === 'string' ? value : JSON.stringify(value));
    const row = element('tr', value === undefined ? 'missing' : '', name, shown);
    const place = element('td', 'place');
    if (span) {
      const go = element('button', 'link', 'Show');
      go.type = 'button';
      go.setAttribute('aria-label', `Show ${path} in the reply`);
      go.addEventListener('click', () => this.#editor.select(span.start, span.end));
      const mark = (marks) => () => this.#editor.mark('pointed', marks);
      const pointed = [{ start: span.start, end: span.end, kind: 'pointed' }];
      row.addEventListener('pointerenter', mark(pointed));
      row.addEventListener('pointerleave', mark([]));
      go.addEventListener('focus', mark(pointed));
      go.addEventListener('blur', mark([]));
      place.append(go);
    }
    row.append(place);
    return row;
  }
}
