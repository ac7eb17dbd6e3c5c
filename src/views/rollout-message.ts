import type { KnownBlock, RichTextElement, RichTextSection } from '@slack/types';
import type { SlackUserId } from '../domain/ids.ts';
import { type ClusterProgress, clustersOf } from '../domain/rollout/cluster-progress.ts';
import type { Failure, Outcome } from '../domain/rollout/outcome.ts';
import type { Progress } from '../domain/rollout/progress.ts';
import { clip } from './clip.ts';
import { durationText } from './duration-text.ts';
import { someOf } from './listing.ts';
import type { PullRequestLink, SlackMessage } from './request-message.ts';
import { bullets, line, link, person, richText, words } from './rich-text.ts';
import { failureButtons } from './rollout-actions.ts';
import { clusterLinesWithin, isException } from './rollout-clusters.ts';
import { hopLines } from './rollout-hops.ts';
import { failureLine, outcomeText } from './rollout-outcome-text.ts';
import { fallback } from './slack-text.ts';

/** All that the message of a rollout tells. */
export interface RolloutStory {
  /** Its key, by which the buttons find it again. */
  readonly key: string;
  /** The version that is promoted; undefined for a merge that reaches clusters without one. */
  readonly version: string | undefined;
  /** Those that were merged so far, at least one. */
  readonly pullRequests: readonly PullRequestLink[];
  /** How many of the change are still to be merged. */
  readonly toCome: number;
  /** Milliseconds since the epoch, when it was merged. */
  readonly startedAt: number;
  /** Who approved it; undefined where that is not known. */
  readonly approvedBy?: readonly SlackUserId[] | undefined;
  readonly progress: Progress;
  readonly outcome: Outcome;
  /** The change that was merged, with the address of its message; undefined where there is none. */
  readonly change?: RolloutChange | undefined;
}

export interface RolloutChange {
  /** `owner/name`. */
  readonly repo: string;
  readonly number: number;
  readonly url: string | undefined;
  /** Whether there is something to go back to. */
  readonly isPromotion: boolean;
  /** Whether some of it was merged past the approval. */
  readonly isUnapproved: boolean;
}

/** More clusters than this are summed up, with the exceptions named. */
const mostClusters = 20;
const mostExceptions = 15;
const mostPulls = 10;
const mostAlarms = 5;
const alarmLimit = 350;
const mostHops = 5;
/** A message takes about 13,200 characters of blocks; what is said of clusters, but for their names, gets these. */
const clusterRoom = 4_500;
const threadRoom = 8_000;
const linesPerMessage = 25;

/** The one message of a rollout in the rollouts channel, brought up to date in place. */
export function rolloutMessage(story: RolloutStory, now: number): SlackMessage {
  const { mark, text } = outcomeText(story.outcome, now - story.startedAt);
  const clusters = clustersOf(story.progress);
  const hops = hopLines(story.progress.managements, now);
  // What its clusters do now is another rollout's.
  const isPast = story.outcome.kind === 'superseded';
  const lines = isPast ? [] : clusterLines(clusters, now);
  const alarms = sourceAlarms(story.outcome);
  const blocks: KnownBlock[] = [
    richText(
      line(
        words(`${mark} `),
        words(subject(story), { bold: true }),
        words(` ${text} `),
        ...pullRequests(story),
        ...approval(story),
        ...alarm(story.change),
      ),
    ),
  ];
  if (alarms.length > 0) blocks.push(richText(bullets(alarms)));
  if (hops.length > 0 && !isPast)
    blocks.push(richText(line(words('On its way', { bold: true })), bullets(someLines(hops, mostHops))));
  if (lines.length > 0) blocks.push(richText(bullets(lines)));
  const failure = story.outcome.kind === 'failed' ? story.outcome.failures[0] : undefined;
  if (failure !== undefined) blocks.push(...failureButtons(targetOf(story.key, failure), story.change));
  return { text: fallback(`${subject(story)} ${text}`), blocks };
}

/** What does not fit into the message of a rollout to many clusters: every cluster, for the thread. */
export function rolloutThread(story: RolloutStory, now: number): readonly SlackMessage[] {
  const clusters = clustersOf(story.progress);
  if (clusters.length <= mostClusters) return [];
  const pages = Math.ceil(clusters.length / linesPerMessage);
  return Array.from({ length: pages }, (_, page) => ({
    text: fallback(`${subject(story)}: clusters, ${page + 1} of ${pages}`),
    blocks: [
      richText(
        bullets(
          clusterLinesWithin(
            clusters.slice(page * linesPerMessage, (page + 1) * linesPerMessage),
            now,
            threadRoom,
          ),
        ),
      ),
    ],
  }));
}

/** What fails before any cluster: a source without its tag, with a moved one, or that cannot be fetched. */
function sourceAlarms(outcome: Outcome): readonly RichTextSection[] {
  const failures = outcome.kind === 'failed' ? outcome.failures : [];
  return failures
    .filter(({ object }) => object.kind === 'source')
    .slice(0, mostAlarms)
    .map((failure) => line(words('🚨 '), words(clip(failureLine(failure), alarmLimit))));
}

export function subject({ version, pullRequests }: Pick<RolloutStory, 'version' | 'pullRequests'>): string {
  if (version !== undefined) return clip(version, 100);
  return someOf(
    pullRequests.map(({ number }) => `#${number}`),
    5,
  );
}

function someLines(lines: readonly RichTextSection[], most: number): readonly RichTextSection[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), line(words(`and ${more} more on the way`))] : lines;
}

export function targetOf(key: string, { management, object }: Failure) {
  return { rollout: key, management, kind: object.kind, id: object.id };
}

function pullRequests({ pullRequests: all, toCome, change }: RolloutStory): readonly RichTextElement[] {
  const shown = all
    .slice(0, mostPulls)
    .flatMap(({ url, number, title }, index) => [
      ...(index > 0 ? [words(', ')] : []),
      link(url, all.length === 1 ? `#${number} ${clip(title, 200)}` : `#${number}`),
    ]);
  const more = all.length > mostPulls ? [words(` and ${all.length - mostPulls} more`)] : [];
  const waits = toCome > 0 ? [words(` (${toCome} more to be merged)`)] : [];
  return [...shown, ...more, ...waits, ...changeLink(change)];
}

function changeLink(change: RolloutStory['change']): readonly RichTextElement[] {
  if (change === undefined) return [];
  const name = `change ${change.number}`;
  return [words(', '), change.url === undefined ? words(name) : link(change.url, name)];
}

function approval({ approvedBy = [] }: RolloutStory): readonly RichTextElement[] {
  if (approvedBy.length === 0) return [];
  const people = approvedBy
    .slice(0, 10)
    .flatMap((user, index) => [...(index > 0 ? [words(', ')] : []), person(user)]);
  return [words('\nApproved by '), ...people, words('.')];
}

function alarm(change: RolloutStory['change']): readonly RichTextElement[] {
  if (!change?.isUnapproved) return [];
  return [words('\n🚨 '), words('It was merged past Trunkline, without its approval.', { bold: true })];
}

function clusterLines(clusters: readonly ClusterProgress[], now: number): readonly RichTextSection[] {
  if (clusters.length <= mostClusters) return clusterLinesWithin(clusters, now, clusterRoom);
  const exceptions = clusters.filter(isException);
  const shown = clusterLinesWithin(exceptions.slice(0, mostExceptions), now, clusterRoom);
  const more = exceptions.length - shown.length;
  return [
    line(words(summary(clusters))),
    ...shown,
    ...(more > 0 ? [line(words(`and ${more} more with trouble, in the thread`))] : []),
  ];
}

function summary(clusters: readonly ClusterProgress[]): string {
  const done = clusters.filter(({ silence, left }) => silence === undefined && left.length === 0).length;
  const troubled = clusters.filter(isException).length;
  const onTheWay = clusters.length - done - troubled;
  const parts = [`${done} of ${clusters.length} clusters have applied everything`];
  if (onTheWay > 0) parts.push(`${onTheWay} on the way`);
  if (troubled > 0) parts.push(`${troubled} with trouble or unknown`);
  const kustomizations = clusters.reduce((sum, { total }) => sum + total, 0);
  const applied = clusters.reduce((sum, { done: count }) => sum + count, 0);
  return `${parts.join(', ')} (${applied} of ${kustomizations} Kustomizations)`;
}

/** How long each cluster took, the slowest first, for a rollout that has ended well. */
export function durationLines(outcome: Extract<Outcome, { kind: 'applied' }>): readonly RichTextSection[] {
  const slowest = outcome.clusters.toSorted((a, b) => b.tookMs - a.tookMs);
  const shown = slowest
    .slice(0, mostClusters)
    .map(({ management, cluster, tookMs }) =>
      line(
        words(clip(cluster ?? `management cluster ${management}`, 120), { bold: true }),
        words(`: ${durationText(tookMs)}`),
      ),
    );
  const more = slowest.length - shown.length;
  return more > 0 ? [...shown, line(words(`and ${more} that were quicker`))] : shown;
}
