import { currentLife } from '../support/life.ts';

/** What happened, line by line, for whoever has to understand a failing seed. */
export class Story {
  readonly #now: () => number;
  readonly #start: number;
  readonly lines: string[] = [];

  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  tell(line: string, who = currentLife()?.name ?? 'world'): void {
    const seconds = ((this.#now() - this.#start) / 1_000).toFixed(2).padStart(7);
    this.lines.push(`${seconds} s  ${who.padEnd(6)} ${line}`);
  }
}
