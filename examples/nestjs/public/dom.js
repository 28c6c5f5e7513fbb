// Small helpers for elements and times. Data only ever becomes text.

/** The element with an id. */
export const byId = (id) => document.getElementById(id);

/** A new element with a class and its children: elements, or text. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** An icon of the sprite; it says nothing to a screen reader. */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const made = document.createElementNS(space, 'svg');
  made.setAttribute('class', 'icon');
  made.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(space, 'use');
  use.setAttribute('href', `icons.svg#${name}`);
  made.append(use);
  return made;
}

/** Text for screen readers alone. */
export const spoken = (text) => element('span', 'hidden', text);

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });

/** An instant in words: "2 hours ago". */
export function relativeTime(instant, now = Date.now()) {
  const seconds = Math.min(0, (new Date(instant).getTime() - now) / 1000);
  const [unit, length] = UNITS.find(([, length]) => -seconds >= length) ?? ['second', 1];
  return relative.format(unit === 'second' ? 0 : Math.trunc(seconds / length), unit);
}

/** An element that shows an instant in words, and in full when pointed at. */
export function timeOf(instant) {
  const made = element('time', 'time', relativeTime(instant));
  made.dateTime = instant;
  made.title = absolute.format(new Date(instant));
  return made;
}

/** Brings the words of all times up to date. */
export function refreshTimes() {
  for (const time of document.querySelectorAll('time')) {
    const words = relativeTime(time.dateTime);
    if (time.textContent !== words) time.textContent = words;
  }
}

/** A size in bytes in words. */
export function sizeOf(bytes) {
  const [unit, amount] =
    bytes < 1_000 ? ['byte', bytes] : bytes < 1_000_000 ? ['kilobyte', bytes / 1_000] : ['megabyte', bytes / 1_000_000];
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  const maximumFractionDigits = amount < 10 ? 1 : 0;
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(amount);
}

/**
 * Shows rows in a list by their keys. What has not changed is left alone, so that a screen reader hears
 * only what is new.
 */
export function showRows(list, rows, keyOf, draw) {
  const shown = new Map([...list.children].map((child) => [child.dataset.key, child]));
  rows.forEach((row, place) => {
    const key = keyOf(row);
    const drawn = draw(row);
    drawn.dataset.key = key;
    const child = shown.get(key) ?? drawn;
    shown.delete(key);
    if (child !== drawn) become(child, drawn);
    if (list.children[place] !== child) list.insertBefore(child, list.children[place] ?? null);
  });
  for (const child of shown.values()) child.remove();
}

/** Makes one node like another one of the same shape, changing only where they differ. */
function become(node, other) {
  if (node.isEqualNode(other)) return;
  const [children, others] = [[...node.childNodes], [...other.childNodes]];
  if (node.nodeName !== other.nodeName || children.length !== others.length || children.length === 0) {
    node.replaceWith(other);
    return;
  }
  for (const name of node.getAttributeNames()) if (!other.hasAttribute(name)) node.removeAttribute(name);
  for (const name of other.getAttributeNames()) node.setAttribute(name, other.getAttribute(name));
  children.forEach((child, place) => become(child, others[place]));
}
