import { z } from 'zod';
import type { ReviewWish } from '../../../jobs/ports.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import type { GraphError } from './graph-answer.ts';
import { readQuery } from './graph-failure.ts';
import { pullKey } from './id-book.ts';

/** One name of a wish: what GitHub calls it, and the key of its id. */
export interface WishedName {
  readonly kind: 'label' | 'user' | 'team';
  readonly name: string;
  readonly key: string;
}

export function wishedNames({
  repo,
  labels,
  reviewers,
  teams,
}: Omit<ReviewWish, 'number'>): readonly WishedName[] {
  const { owner } = ownerAndName(repo);
  const named = (kind: WishedName['kind'], names: readonly string[], scope: string): WishedName[] =>
    [...new Set(names)].map((name) => ({ kind, name, key: `${kind}:${scope}${name}` }));
  return [
    ...named('label', labels, `${repo}:`),
    ...named('user', reviewers, ''),
    // People write teams as CODEOWNERS does, with the organisation before it.
    ...named(
      'team',
      teams.map((team) => team.split('/').at(-1) ?? team),
      `${owner}/`,
    ),
  ];
}

export function reviewNamesQuery(counts: Readonly<Record<WishedName['kind'], number>>): string {
  const list = (count: number) => Array.from({ length: count }, (_, index) => index);
  const [labels, users, teams] = [list(counts.label), list(counts.user), list(counts.team)];
  const names = [
    ...labels.map((n) => `$label${n}: String!`),
    ...users.map((n) => `$user${n}: String!`),
    ...teams.map((n) => `$team${n}: String!`),
  ];
  const organization = `  organization(login: $owner) {
${teams.map((n) => `    team${n}: team(slug: $team${n}) { id }`).join('\n')}
  }`;
  return `
query ReviewNames($owner: String!, $name: String!, $number: Int!${names.map((each) => `, ${each}`).join('')}) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { id }
${labels.map((n) => `    label${n}: label(name: $label${n}) { id }`).join('\n')}
  }
${users.map((n) => `  user${n}: user(login: $user${n}) { id }`).join('\n')}
${teams.length > 0 ? organization : ''}
}`;
}

const holder = z.record(z.string(), z.unknown()).nullish();
const withId = z.object({ id: z.string() }).nullish();
const shape = z
  .object({ repository: holder, organization: holder })
  .catchall(z.unknown())
  .transform(({ repository, organization, ...users }) => ({ ...repository, ...organization, ...users }))
  .pipe(z.record(z.string(), withId));

/** Reads the ids of these names and of the pull request; what GitHub does not know is remembered as unknown. */
export async function readReviewNames(
  { client, ids }: GitHubContext,
  { repo, number }: Pick<ReviewWish, 'repo' | 'number'>,
  names: readonly WishedName[],
): Promise<void> {
  const what = `look up labels and reviewers in ${repo}`;
  const of = (kind: WishedName['kind']) => names.filter((each) => each.kind === kind);
  const groups = { label: of('label'), user: of('user'), team: of('team') };
  const aliased = Object.values(groups).flatMap((group) =>
    group.map((wished, index) => ({ ...wished, alias: `${wished.kind}${index}` })),
  );
  const variables = {
    ...ownerAndName(repo),
    number,
    ...Object.fromEntries(aliased.map(({ alias, name }) => [alias, name])),
  };
  const query = reviewNamesQuery({
    label: groups.label.length,
    user: groups.user.length,
    team: groups.team.length,
  });
  const answer = await client.query(repo, what, { query, variables });
  const found = readQuery(what, answer, shape, isUnknownName);
  for (const { alias, key } of aliased) ids.put(key, found[alias]?.id ?? null);
  const pull = found['pullRequest'];
  if (pull) ids.put(pullKey(repo, number), pull.id);
}

/** A name that is not known, or an organisation whose teams the App may not read; the repository itself must be. */
function isUnknownName({ type, path }: GraphError): boolean {
  const hole = type === 'NOT_FOUND' || type === 'FORBIDDEN';
  return hole && path.length > 0 && !(path.length === 1 && path[0] === 'repository');
}
