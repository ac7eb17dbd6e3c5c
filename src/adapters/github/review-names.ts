import { z } from 'zod';
import type { ReviewWish } from '../../../jobs/ports.ts';
import type { RepoName } from '../../domain/ids.ts';
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

/** One alias for every name, `name0` onwards; the pull request too when `withPull`. */
export function reviewNamesQuery(kinds: readonly WishedName['kind'][], withPull: boolean): string {
  const fields = (kind: WishedName['kind'], call: (variable: string) => string) =>
    kinds
      .flatMap((each, n) => (each === kind ? [`name${n}: ${call(`$name${n}`)} { id }`] : []))
      .join('\n    ');
  const teams = fields('team', (variable) => `team(slug: ${variable})`);
  const variables = kinds.map((_, n) => `, $name${n}: String!`).join('');
  return `
query ReviewNames($owner: String!, $repo: String!${withPull ? ', $number: Int!' : ''}${variables}) {
  repository(owner: $owner, name: $repo) {
    databaseId
    ${withPull ? 'pullRequest(number: $number) { id }' : ''}
    ${fields('label', (variable) => `label(name: ${variable})`)}
  }
  ${fields('user', (variable) => `user(login: ${variable})`)}
  ${teams === '' ? '' : `organization(login: $owner) { ${teams} }`}
}`;
}

const holder = z.record(z.string(), z.unknown()).nullish();
const shape = z
  .object({ repository: holder, organization: holder })
  .catchall(z.unknown())
  .transform(({ repository, organization, ...users }) => ({ ...repository, ...organization, ...users }));
const withId = z.object({ id: z.string() });

/**
 * Reads the ids of names that are not known yet, and of the pull request when a number is given. What GitHub does not
 * know is remembered as unknown. No request when everything is known.
 */
export async function learnReviewNames(
  { client, ids }: GitHubContext,
  repo: RepoName,
  names: readonly WishedName[],
  number?: number,
): Promise<void> {
  const missing = names.filter(({ key }) => ids.get(key) === undefined);
  const pull = number !== undefined && ids.get(pullKey(repo, number)) === undefined ? { number } : undefined;
  if (missing.length === 0 && pull === undefined) return;
  const what = `look up labels and reviewers in ${repo}`;
  const { owner, name } = ownerAndName(repo);
  const variables = {
    owner,
    repo: name,
    ...pull,
    ...Object.fromEntries(missing.map((wished, n) => [`name${n}`, wished.name])),
  };
  const kinds = missing.map(({ kind }) => kind);
  const query = reviewNamesQuery(kinds, pull !== undefined);
  const answer = await client.query(repo, what, { query, variables });
  const found = new Map(Object.entries(readQuery(what, answer, shape, isUnknownName)));
  const idOf = (alias: string) => withId.safeParse(found.get(alias)).data?.id ?? null;
  missing.forEach(({ key }, n) => {
    ids.put(key, idOf(`name${n}`));
  });
  const id = idOf('pullRequest');
  if (pull && id !== null) ids.put(pullKey(repo, pull.number), id);
}

/** A name that is not known, or an organisation whose teams the App may not read; the repository itself must be. */
function isUnknownName({ type, path }: GraphError): boolean {
  const hole = type === 'NOT_FOUND' || type === 'FORBIDDEN';
  return hole && path.length > 0 && !(path.length === 1 && path[0] === 'repository');
}
