import { parseTrailers, withoutTrailers } from '../../src/domain/convention.ts';
import { effectsOfTenants } from '../../src/domain/effects/effects-of-tenants.ts';
import { type EffectsSummary, summarise } from '../../src/domain/effects/summarise.ts';
import { promotionPlaces } from '../../src/domain/promotion/promotion-places.ts';
import type { Release } from '../../src/domain/release/release-facts.ts';
import { type ReleaseNotes, releaseNotes } from '../../src/domain/release/release-notes.ts';
import { behind } from '../../src/domain/release/running-versions.ts';
import { type TeamPart, teamParts } from '../../src/domain/release/team-parts.ts';
import { announcement } from '../../src/views/release/announcement.ts';
import { parseReleaseBody } from '../../src/views/release/parse-release-body.ts';
import { releaseBody } from '../../src/views/release/release-body.ts';
import { repoUrlOf } from '../../src/views/release/shown-reference.ts';
import { teamPart } from '../../src/views/release/team-part.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Log, SaidMessage, SlackText } from '../ports.ts';
import { readAnnounced, rememberAnnounced } from './announced.ts';
import type { DescribedRelease } from './describe-release.ts';
import { said } from './keys.ts';
import { type Saying, show, takeBack } from './say-announcement.ts';

type Deps = Pick<JobDeps, 'speaker' | 'marks'> & { readonly log: Log };

/**
 * Brings the announcement of a release, its thread and what teams are told up to what GitHub says. Only what is
 * missing is said.
 *
 * @param options `mayPost` whether it is said where it does not stand yet.
 * @returns whether all of it stands now; not where a channel cannot be written to.
 */
export async function tellOfRelease(
  deps: Deps,
  described: DescribedRelease,
  known: Understood,
  options: { readonly mayPost: boolean },
): Promise<boolean> {
  const { release } = described;
  const publishedAt = release.publishedAt ?? release.updatedAt;
  const saying = { ...deps, since: Date.parse(publishedAt), ...options };
  const notes = notesOf(described, known);
  const summary = described.plan && summarise(described.plan.effects);
  const { message: text, parts } = announcement({
    release,
    previous: described.previous,
    body: parseReleaseBody(bodyOf(described, notes, summary), repoUrlOf(release.url)),
    effects: summary,
    running: behind(known.platform, described.previous, known.policy)?.runs,
    by: whoReleased(release),
    compareUrl: described.compareUrl,
    promote: mayPromote(release, known) ? { repo: release.repo, tag: release.tag } : undefined,
  });
  const place = { kind: 'channel', channel: known.policy.channels.releases } as const;
  const message = await show(saying, said.announcement(release.repo, release.id), place, text);
  if (message === undefined) return false;
  await showParts(saying, deps, release, message, parts);
  const { told, isAll } = await tellTeams(saying, described, known, notes, summary);
  const { repo, id, tag, url } = release;
  await rememberAnnounced(deps.marks, repo, {
    id,
    tag,
    url,
    publishedAt,
    parts: parts.length,
    teams: [...told],
  });
  return isAll;
}

/** Where nothing follows a release there is nothing to promote; by policy it may happen by itself. */
function mayPromote({ isPrerelease }: Release, { platform, policy }: Understood): boolean {
  return !isPrerelease && !policy.changes.automatic && promotionPlaces(platform, policy).length > 0;
}

function notesOf({ release, plan }: DescribedRelease, { policy }: Understood): ReleaseNotes | undefined {
  if (plan === undefined) return undefined;
  const { range, generated } = plan;
  return releaseNotes({ repo: release.repo, tag: release.tag, range, generated, leftOut: [] }, policy);
}

/** What the release says of itself; for one that says nothing, what it brings. */
function bodyOf(
  { release, compareUrl }: DescribedRelease,
  notes: ReleaseNotes | undefined,
  effects: EffectsSummary | undefined,
): string {
  const own = withoutTrailers(release.body);
  if (own.trim() !== '' || notes === undefined) return own;
  return releaseBody({ introduction: '', notes, effects, compareUrl });
}

/** For a release of ours its trailers tell who pressed the button; whoever may write can edit them. */
function whoReleased(release: Release) {
  const slackId = release.ours ? parseTrailers(release.body).requestedBy : undefined;
  return slackId === undefined && release.author === undefined
    ? undefined
    : { slackId, login: release.author };
}

/** The thread below the announcement; parts that edited notes do not fill any more are taken back. */
async function showParts(
  saying: Saying,
  { marks }: Pick<Deps, 'marks'>,
  { repo, id }: Release,
  message: SaidMessage,
  parts: readonly SlackText[],
): Promise<void> {
  const before = (await readAnnounced(marks, repo)).find((each) => each.id === id)?.parts ?? 0;
  const place = { kind: 'thread', ...message } as const;
  // Where the announcement stands, its thread may be said at any time.
  const thread = { ...saying, mayPost: true };
  for (const [n, part] of parts.entries()) await show(thread, said.part(repo, id, n), place, part);
  for (let n = parts.length; n < before; n += 1) await takeBack(saying, said.part(repo, id, n), place);
}

/** @returns the channels of the teams that were told, and whether that is every team that it concerns. */
async function tellTeams(
  saying: Saying,
  { release, plan }: DescribedRelease,
  { policy }: Understood,
  notes: ReleaseNotes | undefined,
  summary: EffectsSummary | undefined,
): Promise<{ readonly told: readonly string[]; readonly isAll: boolean }> {
  const changed = summary?.tenants.map(({ name }) => name) ?? [];
  const told: string[] = [];
  const parts = teamParts(policy.teams, notes, changed);
  for (const part of parts) {
    const own = plan && summarise(effectsOfTenants(plan.effects, part.tenants));
    if (await tellTeam(saying, release, part, own)) told.push(part.team.channel);
  }
  return { told, isAll: told.length === parts.length };
}

async function tellTeam(
  saying: Saying,
  release: Release,
  part: TeamPart,
  effects: EffectsSummary | undefined,
): Promise<boolean> {
  const { channel } = part.team;
  const text = teamPart({ ...part, release, team: part.team.name, effects });
  const key = said.team(release.repo, release.id, channel);
  return (await show(saying, key, { kind: 'channel', channel }, text)) !== undefined;
}
