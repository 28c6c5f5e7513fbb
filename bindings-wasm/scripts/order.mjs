// Orders the functions of a module so that those that are alike stand side by side: gzip, which looks
// 32 KiB back, finds in one what it has seen in the other.

const CODE = 10;
const IMPORTS = 2;
/** Bytes in a row that two functions have in common. */
const RUN = 6;
/** Runs that more functions have say nothing. */
const COMMON = 100;
/** How many of the functions before count, and how much less each one further back. */
const BEFORE = 16;
const FADING = 0.85;

function reader(bytes, at = 0) {
  const number = () => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  return { number, byte: () => bytes[at++], skip: (length) => (at += length), at: () => at };
}

const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)]);

/** The sections: id, and where their contents are. */
function* sections(bytes) {
  const from = reader(bytes, 8);
  while (from.at() < bytes.length) {
    const [id, length] = [from.byte(), from.number()];
    const start = from.at();
    yield { id, start };
    from.skip(length);
  }
}

/** How many functions are imported. */
function imported(from) {
  let functions = 0;
  for (let left = from.number(); left > 0; left--) {
    from.skip(from.number());
    from.skip(from.number());
    if (from.byte() !== 0) throw new Error('the module imports what is no function');
    from.number();
    functions++;
  }
  return functions;
}

function bodies(bytes, from) {
  return Array.from({ length: from.number() }, () => {
    const length = from.number();
    const start = from.at();
    from.skip(length);
    return bytes.subarray(start, start + length);
  });
}

/** The hashes of a function's runs. */
function runs(body) {
  const found = new Set();
  for (let start = 0; start + RUN <= body.length; start++) {
    let hash = 0x811c9dc5;
    for (let at = start; at < start + RUN; at++) hash = Math.imul(hash ^ body[at], 0x01000193);
    found.add(hash);
  }
  return [...found];
}

/** The places of functions: each is followed by the one that has most in common with those before. */
function alike(functions) {
  const of = functions.map(runs);
  const having = new Map();
  for (const [place, all] of of.entries()) {
    for (const run of all) {
      if (having.has(run)) having.get(run).push(place);
      else having.set(run, [place]);
    }
  }
  const left = new Set(functions.keys());
  const order = [];
  const longer = (one, other) => (functions[other].length > functions[one].length ? other : one);
  let next = [...left].reduce(longer);
  for (;;) {
    order.push(next);
    left.delete(next);
    if (left.size === 0) return order;
    const shared = new Map();
    order.slice(-BEFORE).reverse().forEach((before, distance) => {
      for (const run of of[before]) {
        const others = having.get(run);
        if (others.length > COMMON) continue;
        for (const other of others) {
          if (left.has(other)) shared.set(other, (shared.get(other) ?? 0) + FADING ** distance);
        }
      }
    });
    let best = -1;
    next = left.values().next().value;
    for (const [place, count] of shared) {
      const share = count / (of[place].length + 30);
      if (share > best) [best, next] = [share, place];
    }
  }
}

/** The module with names for its functions, whose order is the one that they should have. */
export function named(bytes) {
  let [first, functions] = [0, []];
  for (const { id, start } of sections(bytes)) {
    if (id === IMPORTS) first = imported(reader(bytes, start));
    if (id === CODE) functions = bodies(bytes, reader(bytes, start));
  }
  const ranks = new Map(alike(functions).map((place, rank) => [place, rank]));
  const text = (text) => [...number(text.length), ...Buffer.from(text)];
  const name = (place) => text(String(ranks.get(place)).padStart(6, '0'));
  const each = functions.flatMap((_, place) => [...number(first + place), ...name(place)]);
  const names = [...number(functions.length), ...each];
  const section = [...text('name'), 1, ...number(names.length), ...names];
  return Buffer.concat([bytes, Buffer.from([0, ...number(section.length), ...section])]);
}
