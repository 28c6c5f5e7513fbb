// The state of the page in the fragment of its address, which no server gets.

/** The longest fragment that is written: what browsers and messengers pass on. */
const MOST = 200_000;

async function through(stream, bytes) {
  const body = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(body).arrayBuffer());
}

/** A fragment of a state; nothing when it would be too long. */
export async function fragmentOf(state) {
  const text = new TextEncoder().encode(JSON.stringify(state));
  const packed = await through(new CompressionStream('deflate-raw'), text);
  if (packed.length > MOST) return undefined;
  let letters = '';
  for (const byte of packed) letters += String.fromCharCode(byte);
  return `#${btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** The state of a fragment; nothing when it is none of this page. Its values may be anything. */
export async function stateOf(fragment) {
  if (fragment.length < 2) return undefined;
  try {
    const letters = atob(fragment.slice(1).replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const text = new TextDecoder().decode(await through(new DecompressionStream('deflate-raw'), packed));
    const state = JSON.parse(text);
    return typeof state === 'object' && state !== null ? state : undefined;
  } catch {
    return undefined;
  }
}
