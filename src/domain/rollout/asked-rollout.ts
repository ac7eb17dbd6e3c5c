/** Which rollout somebody asks for behind `/trunkline rollout`. */
export type AskedRollout =
  | { readonly kind: 'latest' }
  | { readonly kind: 'pull-request'; readonly number: number }
  | { readonly kind: 'version'; readonly version: string };

/** Nothing is the latest, `#42` a pull request, anything else a version; `0.0.3` is `v0.0.3` where that exists. */
export function askedRollout(text: string): AskedRollout {
  const [word = ''] = text.trim().split(/\s+/);
  if (word === '') return { kind: 'latest' };
  const number = /^#([1-9]\d{0,8})$/.exec(word)?.[1];
  return number === undefined
    ? { kind: 'version', version: word }
    : { kind: 'pull-request', number: Number(number) };
}

/** What identifies a rollout to people. */
export interface KnownRollout {
  readonly version: string | undefined;
  readonly pullRequest: { readonly number: number };
  readonly startedAt: number;
}

/** The rollout that is meant, the newest where several are; undefined when there is none. */
export function findRollout<Known extends KnownRollout>(
  asked: AskedRollout,
  all: readonly Known[],
): Known | undefined {
  const newestFirst = all.toSorted((a, b) => b.startedAt - a.startedAt);
  switch (asked.kind) {
    case 'latest':
      return newestFirst[0];
    case 'pull-request':
      return newestFirst.find(({ pullRequest }) => pullRequest.number === asked.number);
    case 'version':
      return (
        newestFirst.find(({ version }) => version === asked.version) ??
        newestFirst.find(({ version }) => version === `v${asked.version}`)
      );
  }
}
