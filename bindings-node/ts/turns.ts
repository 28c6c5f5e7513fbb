import { setImmediate } from 'node:timers';

/** About how many characters of answers are read in one turn of the event loop: a millisecond at most. */
const TURN = 1 << 16;

/** What reading an answer costs besides its characters. */
const CALL = 1 << 12;

/**
 * Answers that come together, spread over turns of the event loop, so that reading them does not hold it.
 * An answer that comes alone goes through at once.
 */
export class Turns {
  readonly #waiting: { answer: string; give: (answer: string) => void }[] = [];
  #left = TURN;
  #isScheduled = false;

  /** The answer, in a turn that has room for it; those that came before it go first. */
  take(answer: string): Promise<string> | string {
    if (this.#waiting.length === 0 && this.#left > 0) {
      this.#spend(answer);
      return answer;
    }
    return new Promise((give) => this.#waiting.push({ answer, give }));
  }

  #spend(answer: string): void {
    this.#left -= CALL + answer.length;
    if (this.#left > 0 || this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#next);
  }

  readonly #next = (): void => {
    this.#isScheduled = false;
    this.#left = TURN;
    while (this.#left > 0) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#spend(next.answer);
      next.give(next.answer);
    }
  };
}
