import { parse } from 'yaml';
import { z } from 'zod';
import { unprocessable } from '../problem.ts';
import { resolveCommit } from '../resolve.ts';
import type { Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';

export interface NotesInput {
  readonly tagName: string;
  readonly targetCommitish?: string | undefined;
  readonly previousTagName?: string | undefined;
  readonly configurationFilePath?: string | undefined;
}

const exclude = z
  .object({ labels: z.array(z.string()).nullish(), authors: z.array(z.string()).nullish() })
  .nullish();
const category = z.object({ title: z.string(), labels: z.array(z.string()).default([]), exclude });

/** `.github/release.yml`. https://docs.github.com/repositories/releasing-projects-on-github/automatically-generated-release-notes */
const configuration = z.object({
  changelog: z.object({ exclude, categories: z.array(category).nullish() }).nullish(),
});

type Exclude = z.infer<typeof exclude>;
type Category = z.infer<typeof category>;

/** Works out a release's notes and saves nothing. @throws Problem 422 for a tag or a commit that is not there. */
export async function generateNotes(
  world: GitHubWorld,
  input: NotesInput,
): Promise<{ readonly name: string; readonly body: string }> {
  const { state, urls } = world;
  const tagged = state.refs.has(`refs/tags/${input.tagName}`);
  const place = tagged ? input.tagName : (input.targetCommitish ?? state.repo.defaultBranch);
  const head = await resolveCommit(world, state, place);
  if (head === undefined) throw unprocessable('Invalid target_commitish parameter');
  const previous = await previousTag(world, input, head);
  const pulls = await mergedBetween(world, previous?.sha, head);
  const config = await readConfiguration(world, input.configurationFilePath, head);
  const link = previous ? `compare/${previous.name}...${input.tagName}` : `commits/${input.tagName}`;
  const changelog = `**Full Changelog**: ${urls.repoHtml()}/${link}`;
  const changes = changesSection(world, pulls, config);
  if (changes === '') return { name: input.tagName, body: changelog };
  const comment = config
    ? `<!-- Release notes generated using configuration in ${config.path} at ${place} -->\n\n`
    : '';
  const newcomers = newContributors(world, pulls);
  const middle = newcomers === '' ? '\n\n\n' : `\n\n${newcomers}\n\n`;
  return { name: input.tagName, body: `${comment}${changes}${middle}${changelog}` };
}

interface Config {
  readonly path: string;
  readonly exclude: Exclude;
  readonly categories: readonly Category[];
}

/** Without `previous_tag_name` GitHub guesses: the newest published release's tag before this commit, or any tag. */
async function previousTag(
  world: GitHubWorld,
  input: NotesInput,
  head: string,
): Promise<{ readonly name: string; readonly sha: string } | undefined> {
  const at = (name: string): Promise<string | undefined> =>
    resolveCommit(world, world.state, `refs/tags/${name}`);
  if (input.previousTagName !== undefined) {
    const sha = await at(input.previousTagName);
    if (sha === undefined) throw unprocessable('Invalid previous_tag parameter');
    return { name: input.previousTagName, sha };
  }
  const released = [...world.state.releases.values()]
    .filter((each) => !each.draft)
    .map((each) => each.tagName);
  const tags = [...world.state.refs.keys()]
    .filter((ref) => ref.startsWith('refs/tags/'))
    .map((ref) => ref.slice(10));
  for (const name of [...released.reverse(), ...tags.reverse()]) {
    const sha = name === input.tagName ? undefined : await at(name);
    if (sha !== undefined && sha !== head && (await world.git.isAncestor(sha, head))) return { name, sha };
  }
  return undefined;
}

/** Oldest first. */
async function mergedBetween(
  world: GitHubWorld,
  from: string | undefined,
  to: string,
): Promise<readonly Pull[]> {
  const order = await world.git.revList(['--reverse', to, ...(from === undefined ? [] : [`^${from}`])]);
  const places = new Map(order.map((sha, at) => [sha, at]));
  return [...world.state.pulls.values()]
    .filter((pull) => pull.merged && pull.mergeCommitSha !== null && places.has(pull.mergeCommitSha))
    .toSorted((one, other) => place(places, one) - place(places, other));
}

function place(places: ReadonlyMap<string, number>, pull: Pull): number {
  return places.get(pull.mergeCommitSha ?? '') ?? 0;
}

async function readConfiguration(
  world: GitHubWorld,
  path: string | undefined,
  commit: string,
): Promise<Config | undefined> {
  for (const file of path === undefined ? ['.github/release.yml', '.github/release.yaml'] : [path]) {
    const found = await world.git.at(commit, file);
    const text = found?.type === 'blob' ? (await world.git.blob(found.oid))?.toString('utf8') : undefined;
    if (text === undefined) continue;
    const { changelog } = configuration.parse(parse(text) ?? {});
    return { path: file, exclude: changelog?.exclude, categories: changelog?.categories ?? [] };
  }
  if (path !== undefined) throw unprocessable('Could not find configuration file');
  return undefined;
}

function changesSection(world: GitHubWorld, pulls: readonly Pull[], config: Config | undefined): string {
  const kept = pulls.filter((pull) => !isExcluded(pull, config?.exclude));
  if (kept.length === 0) return '';
  const lines = (some: readonly Pull[]): string[] =>
    some.map((pull) => `* ${pull.title} by @${pull.user} in ${link(world, pull)}`);
  const categories = config?.categories ?? [];
  if (categories.length === 0) return ["## What's Changed", ...lines(kept)].join('\n');
  const rest = new Set(kept);
  const sections = categories.flatMap((each) => {
    const own = [...rest].filter((pull) => belongs(pull, each));
    for (const pull of own) rest.delete(pull);
    return own.length > 0 ? [`### ${each.title}`, ...lines(own)] : [];
  });
  const others = rest.size > 0 ? ['### Other Changes', ...lines([...rest])] : [];
  return ["## What's Changed", ...sections, ...others].join('\n');
}

function belongs(pull: Pull, { labels, exclude: without }: Category): boolean {
  if (isExcluded(pull, without)) return false;
  return labels.includes('*') || hasLabel(pull, labels);
}

function isExcluded(pull: Pull, without: Exclude): boolean {
  const authors = without?.authors ?? [];
  return (
    hasLabel(pull, without?.labels ?? []) ||
    authors.includes(pull.user) ||
    authors.includes(pull.user.replace(/\[bot\]$/, ''))
  );
}

function hasLabel(pull: Pull, labels: readonly string[]): boolean {
  return pull.labels.some((label) => labels.some((each) => each.toLowerCase() === label.toLowerCase()));
}

function newContributors(world: GitHubWorld, pulls: readonly Pull[]): string {
  const merged = [...world.state.pulls.values()]
    .filter((pull) => pull.merged)
    .toSorted((one, other) => (one.mergedAt ?? '').localeCompare(other.mergedAt ?? ''));
  const firsts = new Map<string, Pull>();
  for (const pull of merged) if (!firsts.has(pull.user)) firsts.set(pull.user, pull);
  const own = pulls.filter(
    (pull) => firsts.get(pull.user) === pull && world.state.account(pull.user)?.type === 'User',
  );
  if (own.length === 0) return '';
  const lines = own.map((pull) => `* @${pull.user} made their first contribution in ${link(world, pull)}`);
  return ['## New Contributors', ...lines].join('\n');
}

function link(world: GitHubWorld, pull: Pull): string {
  return `${world.urls.repoHtml()}/pull/${pull.number}`;
}
