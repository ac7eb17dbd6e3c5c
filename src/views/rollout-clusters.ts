import type { RichTextSection } from '@slack/types';
import type { ClusterProgress } from '../domain/rollout/cluster-progress.ts';
import type { KustomizationState } from '../domain/rollout/kustomization-state.ts';
import type { Member } from '../domain/rollout/progress.ts';
import { clip } from './clip.ts';
import { durationText } from './duration-text.ts';
import { someOf } from './listing.ts';
import { line, words } from './rich-text.ts';
import { helmText, kustomizationText, silenceTexts } from './rollout-state-text.ts';

/** Exceptions first, each told by itself; what is on its way is told together. */
const troubles: readonly KustomizationState['kind'][] = [
  'failed',
  'deleted',
  'following-another-source',
  'suspended',
  'waiting-for-dependency',
];
const mostTroubles = 2;
const troubleLimit = 220;
const mostNames = 4;
const lineLimit = 700;

/** Whether a cluster is one of those that are named even where there are many. */
export function isException({ silence, left }: ClusterProgress): boolean {
  return silence !== undefined || left.some((member) => isTrouble(member));
}

export function clusterName({
  cluster,
  management,
}: Pick<ClusterProgress, 'cluster' | 'management'>): string {
  return clip(cluster ?? `management cluster ${management}`, 120);
}

/**
 * One cluster in one line: how many of all have applied it, and what the others do.
 * @param limit characters of what is said behind its name.
 */
export function clusterLine(progress: ClusterProgress, now: number, limit = lineLimit): RichTextSection {
  return line(
    words(`${markOf(progress)} `),
    words(clusterName(progress), { bold: true }),
    words(clip(`: ${clusterWords(progress, now)}`, limit)),
  );
}

/** Lines of many clusters within `room` characters: where all have much to say, each says less. */
export function clusterLinesWithin(
  clusters: readonly ClusterProgress[],
  now: number,
  room: number,
): readonly RichTextSection[] {
  const lengths = clusters.map((cluster) => Math.min(clusterWords(cluster, now).length, lineLimit));
  const isTooLong = lengths.reduce((sum, length) => sum + length, 0) > room;
  const limit = isTooLong ? Math.floor(room / clusters.length) : lineLimit;
  return clusters.map((cluster) => clusterLine(cluster, now, limit));
}

function markOf(progress: ClusterProgress): string {
  const { silence, left } = progress;
  if (silence !== undefined) return '⚪';
  if (left.length === 0) return '✅';
  const isFailing = left.some(({ state, helm }) => state.kind === 'failed' || helm.some(fails));
  if (isFailing) return '🔴';
  return isException(progress) ? '🟠' : '🔵';
}

function clusterWords({ silence, done, total, isHealthy, left }: ClusterProgress, now: number): string {
  if (silence !== undefined) {
    return `unknown for ${durationText(now - silence.since)}, because ${silenceTexts[silence.why]}`;
  }
  if (left.length === 0) {
    const all = total === 1 ? '' : `all ${total} `;
    return isHealthy ? `${all}applied and healthy` : `${all}applied`;
  }
  return [`${done} of ${total} applied`, ...leftWords(left, now)].join('; ');
}

function leftWords(left: readonly Member[], now: number): readonly string[] {
  const [told, others] = [left.filter(isTrouble), left.filter((member) => !isTrouble(member))];
  const singly = told
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, mostTroubles)
    .map((member) => clip(`${clip(ownName(member), 120)} ${memberWords(member, now)}`, troubleLimit));
  const more = told.length - singly.length;
  const together = [...Map.groupBy(others, (member) => memberWords(member, now))].map(
    ([what, members]) =>
      `${someOf(
        members.map(({ id }) => clip(nameOf(id), 80)),
        mostNames,
      )} ${plural(what, members.length)}`,
  );
  return [...singly, ...(more > 0 ? [`${more} more in trouble`] : []), ...together];
}

/** A Kustomization that is done, but for a HelmRelease it made, is told by that. */
function memberWords({ state, helm }: Member, now: number): string {
  const isApplied = state.kind === 'applied' || state.kind === 'applied-healthy';
  const open = isApplied ? (helm.find(fails) ?? helm.find((each) => each.state.kind !== 'ready')) : undefined;
  if (open === undefined) return kustomizationText(state, now);
  return `is applied, but its HelmRelease ${clip(open.id, 100)} ${helmText(open.state)}`;
}

function isTrouble({ state, helm }: Member): boolean {
  return (
    troubles.includes(state.kind) ||
    helm.some(({ state: { kind } }) => kind === 'failed' || kind === 'suspended')
  );
}

function rank({ state }: Member): number {
  const at = troubles.indexOf(state.kind);
  return at < 0 ? troubles.length : at;
}

function fails({ state }: Member['helm'][number]): boolean {
  return state.kind === 'failed';
}

/** Most clusters have their Kustomizations in a namespace of their own name, which stands before them already. */
function ownName({ id, cluster }: Member): string {
  return cluster !== undefined && id.startsWith(`${cluster}/`) ? nameOf(id) : id;
}

function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** The same for several of them. */
function plural(what: string, count: number): string {
  if (count === 1) return what;
  return what
    .replace(/^is /, 'are ')
    .replace(/^waits for its source$/, 'wait for their source')
    .replace(/^has /, 'have ');
}
