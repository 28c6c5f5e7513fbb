// Asks the module in its worker.

/** An error that the module, or loading it, has answered with. */
export class ModuleError extends Error {
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

const waiting = new Map();
let worker;
let last = 0;

/** How often the worker was begun: who sends it data once must send them anew to another. */
export let generation = 0;

function begin() {
  generation += 1;
  worker = new Worker('worker.js', { type: 'module' });
  worker.addEventListener('message', ({ data: { id, result, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (!error) return resolve(result);
    // A module that has a defect answers nothing any more. The next one may.
    if (error.code === 'internal') end(error);
    reject(new ModuleError(error));
  });
  worker.addEventListener('error', (event) => {
    end({ code: 'worker', message: event.message ?? 'the module cannot be loaded' });
  });
}

function end(error) {
  worker.terminate();
  worker = undefined;
  for (const { reject } of waiting.values()) reject(new ModuleError(error));
  waiting.clear();
}

/** The worker's answer. */
export function ask(work, input) {
  if (!worker) begin();
  last += 1;
  const id = last;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, work, input });
  });
}

/** Asks at the next frame, and never twice at a time: what comes meanwhile is asked for once, later. */
export function latest(act) {
  let state = 'idle';
  const run = async () => {
    state = 'busy';
    await act();
    const again = state === 'again';
    state = 'idle';
    if (again) ask();
  };
  const ask = () => {
    if (state === 'idle') {
      state = 'soon';
      requestAnimationFrame(run);
    } else if (state === 'busy') state = 'again';
  };
  return ask;
}
