import type { Issue, Pull } from '../types.ts';
import { type GraphContext, type GraphNode, node } from './fields.ts';

type Found =
  | { readonly kind: 'Issue'; readonly it: Issue }
  | { readonly kind: 'PullRequest'; readonly it: Pull };
type Test = (found: Found, value: string) => boolean;

/** The qualifiers that are understood; words without one are looked for in title and body. */
const qualifiers: Readonly<Record<string, Test>> = {
  is: (found, value) => {
    if (value === 'pr' || value === 'pull-request') return found.kind === 'PullRequest';
    if (value === 'issue') return found.kind === 'Issue';
    if (value === 'merged') return found.kind === 'PullRequest' && found.it.merged;
    if (value === 'unmerged') return found.kind === 'PullRequest' && !found.it.merged;
    if (value === 'draft') return found.kind === 'PullRequest' && found.it.draft;
    return found.it.state === value;
  },
  type: (found, value) => (value === 'pr') === (found.kind === 'PullRequest'),
  state: (found, value) => found.it.state === value,
  head: (found, value) => found.kind === 'PullRequest' && found.it.headRef.startsWith(value),
  base: (found, value) => found.kind === 'PullRequest' && found.it.baseRef === value,
  label: (found, value) => found.it.labels.some((label) => label.toLowerCase() === value.toLowerCase()),
  author: (found, value) => [value, `${value.replace(/^app\//, '')}[bot]`].includes(found.it.user),
  in: () => true,
};

/** Issues and pull requests by a search text such as `repo:o/r is:pr is:open label:tenant web`, newest first. */
export function searchNodes(
  { world, view }: GraphContext,
  query: string,
  type: string,
): readonly GraphNode[] {
  if (!type.startsWith('ISSUE')) return [];
  const { repo } = world.state;
  const terms = query.match(/(?:[^\s"]+|"[^"]*")+/g) ?? [];
  const all: Found[] = [
    ...[...world.state.issues.values()].map((it) => ({ kind: 'Issue' as const, it })),
    ...[...view.pulls.values()].map((it) => ({ kind: 'PullRequest' as const, it })),
  ];
  return all
    .filter((found) => terms.every((term) => passes(found, term, `${repo.owner}/${repo.name}`)))
    .toSorted((one, other) => other.it.number - one.it.number)
    .map((found) => node(found.kind, found.it));
}

function passes(found: Found, term: string, repository: string): boolean {
  const negated = term.startsWith('-');
  const [, name, raw = ''] = /^-?(\w+):(.+)$/.exec(term) ?? [];
  const value = raw.replaceAll('"', '');
  if (name === 'repo') return value.toLowerCase() === repository.toLowerCase();
  if (name === 'org' || name === 'user') return repository.startsWith(`${value}/`);
  const test = name === undefined ? undefined : qualifiers[name];
  if (test) return test(found, value) !== negated;
  const words = term.replaceAll('"', '').toLowerCase();
  return `${found.it.title}\n${found.it.body ?? ''}`.toLowerCase().includes(words);
}
