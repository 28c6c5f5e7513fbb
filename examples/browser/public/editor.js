// A text field with line numbers and marks beneath its text. It stays a text field: what one knows of
// those works, also with a screen reader.
import { element } from './dom.js';

/** Texts above this are not wrapped, and only the lines in sight are drawn beneath them. */
const LONG = 60_000;

export class Editor {
  #text;
  #lines = element('div', 'lines');
  /** Where each line begins. */
  #starts = [0];
  #layers = new Map();
  #drawn = [];
  #first = 0;

  /** An editor around a text field, which calls `changed` for every change by hand. */
  constructor(field, changed) {
    this.field = field;
    this.frame = element('div', 'editor');
    field.replaceWith(this.frame);
    const under = element('div', 'under', this.#lines);
    under.ariaHidden = 'true';
    this.frame.append(under, field);
    field.spellcheck = false;
    field.autocapitalize = 'off';
    field.autocomplete = 'off';
    this.#read();
    field.addEventListener('input', () => {
      this.#read();
      changed();
    });
    field.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#resized()).observe(field);
  }

  get text() {
    return this.#text;
  }

  set text(text) {
    if (text === this.#text) return;
    this.field.value = text;
    this.field.scrollTop = 0;
    this.#read();
  }

  /** The marks of a layer: `{ start, end, kind }`, in the order of their places. */
  mark(layer, marks) {
    this.#layers.set(layer, marks);
    this.#draw();
  }

  /** Replaces a range as if by hand, so that it can be undone. */
  replace(start, end, text) {
    this.field.focus();
    this.field.setSelectionRange(start, end);
    const act = text === '' ? 'delete' : 'insertText';
    if (start === end && text === '') return;
    if (!document.execCommand(act, false, text)) {
      this.field.setRangeText(text, start, end, 'end');
      this.field.dispatchEvent(new Event('input'));
    }
  }

  /** Selects a range and brings it into sight. */
  select(start, end) {
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(start, end);
    this.frame.scrollIntoView({ block: 'nearest' });
    this.reveal(start);
  }

  /** Brings a place into sight. */
  reveal(place) {
    const line = this.lineOf(place);
    const row = this.#lines.children[line - this.#first];
    const height = this.#rowHeight();
    const top = this.#wrapped && row ? row.offsetTop : line * height;
    const { scrollTop, clientHeight } = this.field;
    const outside = top < scrollTop || top + 2 * height > scrollTop + clientHeight;
    if (outside) this.field.scrollTop = top - clientHeight / 3;
    this.field.scrollLeft = 0;
  }

  /** The line of a place, from 0. */
  lineOf(place) {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The mark of a layer under a point of the window, and its rectangle. */
  markAt(layer, x, y) {
    for (const drawn of this.#lines.querySelectorAll(`mark[data-layer="${layer}"]`)) {
      for (const box of drawn.getClientRects()) {
        const inside = x >= box.left - 2 && x <= box.right + 2 && y >= box.top && y <= box.bottom;
        if (inside) return { index: Number(drawn.dataset.index), box };
      }
    }
    return undefined;
  }

  get #wrapped() {
    return this.#text.length <= LONG;
  }

  #rowHeight() {
    return Number.parseFloat(getComputedStyle(this.field).lineHeight);
  }

  #read() {
    this.#text = this.field.value;
    this.#starts = [0];
    for (let at = this.#text.indexOf('\n'); at >= 0; at = this.#text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    // Marks belong to the text as it was: they come anew with the next result.
    this.#layers.clear();
    this.frame.classList.toggle('long', !this.#wrapped);
    this.frame.style.setProperty('--digits', String(this.#starts.length).length);
    this.#draw();
  }

  #resized() {
    this.#lines.style.width = `${this.field.clientWidth}px`;
    this.#draw();
  }

  #scrolled() {
    if (!this.#wrapped) this.#draw();
    this.#place();
  }

  #place() {
    const down = this.#first * this.#rowHeight() - this.field.scrollTop;
    this.#lines.style.transform = `translate(${-this.field.scrollLeft}px, ${down}px)`;
  }

  /** Draws the lines, only those anew that are not as they were. */
  #draw() {
    let last = this.#starts.length;
    this.#first = 0;
    if (!this.#wrapped) {
      const height = this.#rowHeight();
      this.#first = Math.max(0, Math.floor(this.field.scrollTop / height) - 2);
      last = Math.min(last, this.#first + Math.ceil(this.field.clientHeight / height) + 5);
    }
    const marks = this.#marksByLine(this.#first, last);
    const rows = this.#lines.children;
    for (let line = this.#first; line < last; line += 1) {
      const place = line - this.#first;
      const start = this.#starts[line];
      const text = this.#text.slice(start, (this.#starts[line + 1] ?? this.#text.length + 1) - 1);
      const key = `${line} ${text}\n${marks[place].map((one) => Object.values(one).join()).join(';')}`;
      if (this.#drawn[place] === key) continue;
      this.#drawn[place] = key;
      const row = rows[place] ?? this.#lines.appendChild(element('div', 'line'));
      row.dataset.number = line + 1;
      const worst = ['error', 'warning'].find((kind) => marks[place].some((one) => one.kind === kind));
      row.className = `line ${worst ?? ''}`;
      row.replaceChildren(...pieces(text, marks[place]));
    }
    const shown = last - this.#first;
    this.#drawn.length = shown;
    while (rows.length > shown) rows[shown].remove();
    this.#place();
  }

  /** The marks of each line between two, in places of the line. */
  #marksByLine(first, last) {
    const lines = Array.from({ length: last - first }, () => []);
    for (const [layer, marks] of this.#layers) {
      marks.forEach(({ start, end, kind }, index) => {
        for (let line = Math.max(first, this.lineOf(start)); line < last && (this.#starts[line] < end || this.#starts[line] <= start); line += 1) {
          const begin = this.#starts[line];
          const width = (this.#starts[line + 1] ?? this.#text.length + 1) - 1 - begin;
          const [from, to] = [Math.max(0, start - begin), Math.min(width, end - begin)];
          lines[line - first].push({ from, to: Math.max(to, from), kind, layer, index });
        }
      });
    }
    return lines;
  }
}

/** A line in pieces: each mark, and what is between them. Marks may lie over one another. */
function pieces(text, marks) {
  if (marks.length === 0) return [text || '​'];
  const cuts = new Set([0, text.length]);
  for (const { from, to } of marks) cuts.add(from).add(to);
  const places = [...cuts].sort((one, other) => one - other);
  const made = [];
  const empty = marks.filter(({ from, to }) => from === to);
  places.forEach((start, at) => {
    for (const mark of empty) if (mark.from === start) made.push(markOf('​', [mark]));
    const end = places[at + 1];
    if (end === undefined) return;
    const over = marks.filter(({ from, to }) => from <= start && end <= to && from < to);
    const piece = text.slice(start, end);
    made.push(over.length === 0 ? piece : markOf(piece, over));
  });
  return made.length === 0 ? ['​'] : made;
}

function markOf(text, marks) {
  const made = element('mark', marks.map(({ kind }) => kind).join(' '), text);
  const asked = marks.find(({ layer }) => layer === 'problem') ?? marks[0];
  made.dataset.layer = asked.layer;
  made.dataset.index = asked.index;
  return made;
}
