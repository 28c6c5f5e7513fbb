// What is to be said about the prompt file and its data: in a list, and in place.
import { button, byId, count, element, say } from './dom.js';

export class Problems {
  #editor;
  #dataEditor;
  #list = byId('problems');
  #note = element('div', 'note-in-place');
  #problems = [];
  /** The text that they are about. */
  #about = '';
  #hiding;

  constructor(editor, dataEditor) {
    [this.#editor, this.#dataEditor] = [editor, dataEditor];
    this.#note.hidden = true;
    this.#note.id = 'note-in-place';
    editor.frame.append(this.#note);
    byId('fix-all').addEventListener('click', () => this.#fixAll());
    editor.field.addEventListener('pointermove', (event) => this.#pointed(event));
    editor.field.addEventListener('pointerleave', () => this.#leave());
    this.#note.addEventListener('pointerenter', () => clearTimeout(this.#hiding));
    this.#note.addEventListener('pointerleave', () => this.#leave());
    editor.field.addEventListener('scroll', () => this.#hide());
    editor.field.addEventListener('input', () => this.#hide());
    editor.frame.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Shows the diagnostics of a preview, and what is wrong with the data. */
  show(diagnostics, mistake) {
    this.#problems = diagnostics;
    this.#about = this.#editor.text;
    this.#editor.mark('problem', diagnostics.map((one) => ({ start: one.start, end: one.end, kind: one.severity })));
    this.#dataEditor.mark('problem', mistake ? [{ start: mistake.start, end: mistake.start + 1, kind: 'error' }] : []);
    const focused = this.#list.contains(document.activeElement) ? [...this.#list.querySelectorAll('button')].indexOf(document.activeElement) : -1;
    const rows = diagnostics.map((one) => this.#row(one));
    if (mistake) rows.unshift(this.#dataRow(mistake));
    this.#list.replaceChildren(...rows);
    const amount = (severity) => diagnostics.filter((one) => one.severity === severity).length;
    const errors = amount('error') + (mistake ? 1 : 0);
    const warnings = amount('warning');
    const parts = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')].filter(Boolean);
    say(byId('problem-count'), parts.join(', ') || 'No problems');
    byId('problem-count').className = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'fine';
    const fixes = diagnostics.filter((one) => one.fix).length;
    byId('fix-all').hidden = fixes < 2;
    say(byId('fix-all'), `Apply ${fixes} fixes`);
    if (focused >= 0) {
      const buttons = this.#list.querySelectorAll('button');
      (buttons[Math.min(focused, buttons.length - 1)] ?? this.#editor.field).focus();
    }
  }

  #row(one) {
    const place = button(`Line ${one.line}, column ${one.column}`, 'link', () => this.#editor.select(one.start, one.end));
    return element('li', `problem ${one.severity}`, element('span', 'code', one.code), element('div', '', ...this.#words(one), place), ...this.#fixOf(one));
  }

  #dataRow(mistake) {
    const line = this.#dataEditor.lineOf(mistake.start);
    const go = button(`Data, line ${line + 1}`, 'link', () => this.#dataEditor.select(mistake.start, mistake.start + 1));
    const text = `The data are no JSON. ${mistake.message}`;
    return element('li', 'problem error', element('span', 'code', mistake.code), element('div', '', element('p', '', text), go));
  }

  #words({ severity, message, hint }) {
    const text = element('p', '', element('span', 'hidden', `${severity}: `), message[0].toUpperCase() + message.slice(1), '.');
    return hint ? [text, element('p', 'hint', `${hint[0].toUpperCase()}${hint.slice(1)}.`)] : [text];
  }

  #fixOf(one) {
    if (!one.fix) return [];
    const made = button('Apply fix', 'fix', () => {
      const back = this.#list.contains(document.activeElement) ? document.activeElement : undefined;
      this.#apply([one]);
      // The keyboard stays in the list, where the next fix is.
      back?.focus({ preventScroll: true });
    });
    const text = one.fix.replacement;
    made.title = text === '' ? 'Takes it away' : `Writes ${text}`;
    made.setAttribute('aria-label', `Apply fix to line ${one.line}: ${text === '' ? 'take it away' : text}`);
    return [made];
  }

  /** Applies fixes from the last one to the first, so that the places before stay right. */
  #apply(problems) {
    this.#hide();
    if (this.#about !== this.#editor.text) return;
    let free = Infinity;
    for (const { fix } of problems.toSorted((one, other) => other.fix.start - one.fix.start)) {
      if (fix.end > free) continue;
      free = fix.start;
      this.#editor.replace(fix.start, fix.end, fix.replacement);
    }
  }

  #fixAll() {
    this.#apply(this.#problems.filter((one) => one.fix));
  }

  #pointed(event) {
    if (event.buttons !== 0) return;
    const found = this.#editor.markAt('problem', event.clientX, event.clientY);
    if (!found) return this.#leave();
    clearTimeout(this.#hiding);
    this.#open(found.index, found.box);
  }

  #open(index, box) {
    const one = this.#problems[index];
    if (!one) return;
    const frame = this.#editor.frame.getBoundingClientRect();
    this.#note.className = `note-in-place ${one.severity}`;
    this.#note.replaceChildren(element('p', 'code', one.code), ...this.#words(one), ...this.#fixOf(one));
    this.#note.hidden = false;
    const { offsetWidth, offsetHeight } = this.#note;
    const left = Math.max(4, Math.min(box.left - frame.left, frame.width - offsetWidth - 8));
    const below = box.bottom - frame.top + 2;
    const top = below + offsetHeight < frame.height ? below : Math.max(2, box.top - frame.top - offsetHeight - 2);
    this.#note.style.left = `${left}px`;
    this.#note.style.top = `${top}px`;
  }

  #leave() {
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.#hide(), 250);
  }

  #hide() {
    clearTimeout(this.#hiding);
    this.#note.hidden = true;
  }

  /** F8 goes to the next problem; Ctrl + . applies the fix of the one at the caret. */
  #key(event) {
    const caret = this.#editor.field.selectionStart;
    const places = this.#problems.toSorted((one, other) => one.start - other.start);
    if (event.key === 'Escape') this.#hide();
    else if (event.key === 'F8' && places.length > 0) {
      event.preventDefault();
      const next = event.shiftKey
        ? (places.findLast((one) => one.start < caret) ?? places.at(-1))
        : (places.find((one) => one.start > caret) ?? places[0]);
      this.#editor.select(next.start, next.end);
      const mark = this.#editor.frame.querySelector(`mark[data-layer="problem"][data-index="${this.#problems.indexOf(next)}"]`);
      requestAnimationFrame(() => mark && this.#open(this.#problems.indexOf(next), mark.getBoundingClientRect()));
    } else if (event.key === '.' && (event.ctrlKey || event.metaKey)) {
      const fixed = places.filter((one) => one.fix && one.start <= caret && caret <= one.end);
      if (fixed.length === 0) return;
      event.preventDefault();
      this.#apply(fixed.slice(0, 1));
    }
  }
}
