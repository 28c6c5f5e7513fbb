// Places in a JSON text: where it is wrong, and where a value stands.

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function after(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The place behind a string that begins at `at`; -1 if it does not end. */
function afterString(text, at) {
  for (let end = at + 1; ; end += 1) {
    end = text.indexOf('"', end);
    if (end < 0) return -1;
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
}

/** Where the first mistake of a text stands that `JSON.parse` refuses. */
export function mistakeIn(text) {
  const open = [];
  let expected = 'value';
  let at = after(SPACE, text, 0);
  while (at < text.length) {
    const sign = text[at];
    const inside = open.at(-1);
    let end = at;
    if (expected === 'comma' && sign === ',' && inside) {
      expected = inside === '{' ? 'key' : 'value';
      end = at + 1;
    } else if (inside === '{' && sign === '}' && expected !== 'value' && expected !== 'colon' && text[lastSign(text, at)] !== ',') {
      open.pop();
      expected = 'comma';
      end = at + 1;
    } else if (inside === '[' && sign === ']' && text[lastSign(text, at)] !== ',') {
      open.pop();
      expected = 'comma';
      end = at + 1;
    } else if (expected === 'colon' && sign === ':') {
      expected = 'value';
      end = at + 1;
    } else if (expected === 'key' && sign === '"') {
      end = scalarEnd(text, at);
      expected = 'colon';
    } else if (expected === 'value' && (sign === '{' || sign === '[')) {
      open.push(sign);
      expected = sign === '{' ? 'key' : 'value';
      end = at + 1;
    } else if (expected === 'value') {
      end = scalarEnd(text, at);
      expected = 'comma';
    }
    if (end === at) return at;
    at = after(SPACE, text, end);
  }
  return text.length;
}

/** The place of the last sign before `at` that is no space. */
function lastSign(text, at) {
  let before = at - 1;
  while (before >= 0 && ' \t\r\n'.includes(text[before])) before -= 1;
  return before;
}

/** The place behind a string, a number or a word; `at` if there is none. */
function scalarEnd(text, at) {
  if (text[at] !== '"') return after(SCALAR, text, at);
  const end = afterString(text, at);
  if (end < 0) return at;
  try {
    JSON.parse(text.slice(at, end));
    return end;
  } catch {
    return at;
  }
}

/** The place behind a value of a valid text. */
function afterValue(text, at) {
  if (text[at] === '"') return afterString(text, at);
  if (text[at] !== '{' && text[at] !== '[') return after(SCALAR, text, at);
  for (let depth = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = afterString(text, at) - 1;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return at;
}

/** The steps of a path: `jobs[0].date` has three. A step `[]` is the first item. */
function stepsOf(path) {
  const steps = path.match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];
  return steps.map((step) => (step.startsWith('[') ? step.slice(1, -1) || '0' : step));
}

/**
 * Where the value of a path stands in a valid text. Where the text has no such value (a length, what is
 * missing), where the last one stands that it has on the way.
 */
export function placeOf(text, path) {
  let start = after(SPACE, text, 0);
  for (const step of stepsOf(path)) {
    const inside = memberOf(text, start, step);
    if (inside === undefined) break;
    start = inside;
  }
  return { start, end: afterValue(text, start) };
}

/** Where the member of an object, or the item of a list, begins. */
function memberOf(text, start, name) {
  const object = text[start] === '{';
  if (!object && text[start] !== '[') return undefined;
  let at = after(SPACE, text, start + 1);
  for (let place = 0; text[at] !== '}' && text[at] !== ']'; place += 1) {
    let key = String(place);
    if (object) {
      const end = afterString(text, at);
      key = JSON.parse(text.slice(at, end));
      at = after(SPACE, text, after(SPACE, text, end) + 1);
    }
    if (key === name) return at;
    at = after(SPACE, text, afterValue(text, at));
    if (text[at] === ',') at = after(SPACE, text, at + 1);
  }
  return undefined;
}
