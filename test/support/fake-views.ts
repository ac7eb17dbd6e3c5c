import type { Views } from '../../jobs/ports.ts';

interface Shown {
  readonly title: { readonly text: string };
  readonly submit?: unknown;
  readonly private_metadata?: string;
  readonly blocks: readonly object[];
}

/** Forms that stand open in Slack, in memory. */
export class FakeViews implements Views {
  /** What each view shows now. */
  readonly shown = new Map<string, Shown>();
  /** Views that their person has closed. */
  readonly closed = new Set<string>();

  async update(viewId: string, view: object): Promise<'shown' | 'gone'> {
    if (this.closed.has(viewId)) return 'gone';
    this.shown.set(viewId, view as Shown);
    return 'shown';
  }

  /** The words of a view. */
  words(viewId: string): string {
    return JSON.stringify(this.shown.get(viewId)?.blocks ?? []);
  }
}
