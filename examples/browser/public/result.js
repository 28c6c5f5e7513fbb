// The messages, every piece of them with its origin.
import { byId, element } from './dom.js';

/** Pieces above this are not drawn: nobody reads them, and every one is an element. */
const MOST = 4_000;

const TRUSTS = {
  trusted: 'trusted, printed as it is',
  line: 'not trusted, on one line and neutralised',
  fence: 'not trusted, between the lines of a fence',
};
const KINDS = { text: 'Words of the template', note: 'Says what the budget left out', added: 'Added by the library' };

/** The sentence that says where a piece comes from. */
export function originOf({ kind, path, trust, partial }, position) {
  const what = kind === 'value' ? `Value of ${path ?? 'an expression'}` : KINDS[kind];
  const parts = [what];
  if (kind === 'value' && trust) parts.push(TRUSTS[trust]);
  if (partial) parts.push(`in the partial ${partial}`);
  else if (kind !== 'added') parts.push(position);
  return parts.join(' · ');
}

export class Result {
  #messages = byId('messages');
  #shown = { messages: [], segments: [] };
  #pieces = [];
  #current = 0;
  #point;
  #open;
  #position;

  /**
   * Tells `point` which piece is pointed at (none: nothing), and `open` which one was chosen;
   * `position` says in words where a piece stands in the file.
   */
  constructor({ point, open, position }) {
    [this.#point, this.#open, this.#position] = [point, open, position];
    const over = (event) => this.#over(event.target.closest?.('[data-segment]'));
    this.#messages.addEventListener('pointerover', over);
    this.#messages.addEventListener('pointerleave', () => this.#over(document.activeElement.closest('[data-segment]')));
    this.#messages.addEventListener('focusin', over);
    this.#messages.addEventListener('focusout', () => this.#over(null));
    this.#messages.addEventListener('click', (event) => {
      const piece = event.target.closest('[data-segment]');
      if (piece && getSelection().isCollapsed) this.#choose(piece, event.shiftKey);
    });
    this.#messages.addEventListener('keydown', (event) => this.#key(event));
  }

  show(shown) {
    const kept = this.#messages.contains(document.activeElement);
    this.#shown = shown;
    this.#pieces = [];
    const rows = shown.messages.map((message, place) => this.#messageOf(message, place));
    this.#messages.replaceChildren(...rows);
    const hidden = shown.segments.length - this.#pieces.length;
    if (hidden > 0) this.#messages.append(element('p', 'empty', `${hidden.toLocaleString('en')} more pieces are not drawn.`));
    if (rows.length === 0) this.#messages.append(element('p', 'empty', 'No message: the prompt prints nothing.'));
    this.#current = Math.max(0, Math.min(this.#current, this.#pieces.length - 1));
    const current = this.#pieces[this.#current];
    if (current) current.tabIndex = 0;
    if (kept && current) current.focus({ preventScroll: true });
    else this.#over(null);
  }

  /** Brings the keyboard back to the piece that was chosen last. */
  focus() {
    this.#pieces[this.#current]?.focus();
  }

  #messageOf({ role, content }, place) {
    const words = element('p', 'words');
    words.role = 'group';
    words.ariaLabel = `Words of message ${place + 1}`;
    const text = content.map((part) => part.text ?? '').join('');
    for (const [index, segment] of this.#shown.segments.entries()) {
      if (segment.message !== place || segment.outStart === segment.outEnd || this.#pieces.length >= MOST) continue;
      words.append(this.#pieceOf(text.slice(segment.outStart, segment.outEnd), segment, index));
    }
    const heading = element('h3', `role ${role}`, role);
    const article = element('article', 'message', heading, words);
    article.ariaLabel = `Message ${place + 1}, ${role}`;
    for (const { media } of content.filter((part) => part.media)) {
      article.append(element('p', 'media', `Picture or file: ${media.url.slice(0, 200)}`));
    }
    return article;
  }

  #pieceOf(text, segment, index) {
    const piece = element('span', `piece ${segment.kind} ${segment.trust ?? ''}`, text);
    piece.dataset.segment = index;
    piece.tabIndex = -1;
    piece.role = 'button';
    if (text.trim() === '') piece.ariaLabel = 'space';
    this.#pieces.push(piece);
    return piece;
  }

  #over(piece) {
    for (const old of this.#messages.querySelectorAll('.pointed')) old.classList.remove('pointed');
    const segment = piece ? this.#shown.segments[piece.dataset.segment] : undefined;
    piece?.classList.add('pointed');
    byId('origin').textContent = segment
      ? originOf(segment, this.#position(segment))
      : 'Point at a piece of a message to see where it comes from.';
    this.#point(segment);
  }

  #choose(piece, inFile) {
    this.#move(this.#pieces.indexOf(piece), false);
    this.#open(this.#shown.segments[piece.dataset.segment], inFile);
  }

  #move(place, focus = true) {
    const piece = this.#pieces[place];
    if (!piece) return;
    this.#pieces[this.#current].tabIndex = -1;
    this.#current = place;
    piece.tabIndex = 0;
    if (focus) piece.focus();
  }

  #key(event) {
    const piece = event.target.closest('[data-segment]');
    if (!piece || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = this.#pieces.indexOf(piece);
    const value = (step) => {
      for (let at = place + step; this.#pieces[at]; at += step) {
        if (!this.#pieces[at].classList.contains('text')) return at;
      }
      return place;
    };
    const keys = {
      ArrowRight: () => this.#move(place + 1),
      ArrowLeft: () => this.#move(place - 1),
      ArrowDown: () => this.#move(value(1)),
      ArrowUp: () => this.#move(value(-1)),
      Home: () => this.#move(0),
      End: () => this.#move(this.#pieces.length - 1),
      Enter: () => this.#choose(piece, event.shiftKey),
      ' ': () => this.#choose(piece, event.shiftKey),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }
}
