import { clustersOf } from '../domain/rollout/cluster-progress.ts';
import { clip } from './clip.ts';
import { durationText } from './duration-text.ts';
import { escapeMarkdown } from './markdown-text.ts';
import type { RolloutStory } from './rollout-message.ts';
import { failureLine, supersededText } from './rollout-outcome-text.ts';

const mostFailures = 8;
const mostClusters = 30;

/**
 * What is said on a merged pull request once it is live, or cannot be, in Markdown; undefined while there is nothing to
 * say yet.
 *
 * @param url address of the rollout's message; undefined where it has none.
 */
export function rolloutComment(story: RolloutStory, url: string | undefined): string | undefined {
  const link = url === undefined ? '' : `\n\n[The rollout in Slack](${url})`;
  const text = textOf(story);
  return text === undefined ? undefined : `${text}${link}`;
}

function textOf({ outcome, progress, version }: RolloutStory): string | undefined {
  const what = version === undefined ? 'This' : `**${escapeMarkdown(clip(version, 100))}**`;
  switch (outcome.kind) {
    case 'under-way':
      return undefined;
    case 'applied':
      return `✅ ${what} is live, ${durationText(outcome.tookMs)} after the merge, in:\n${clusterList(progress)}`;
    case 'failed': {
      const shown = outcome.failures
        .slice(0, mostFailures)
        .map((failure) => `- ${escapeMarkdown(failureLine(failure))}`);
      const more = outcome.failures.length - shown.length;
      return [`🔴 ${what} has failed:`, ...shown, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
    }
    case 'stuck':
      return `🟠 ${what} is stuck: nothing moves any more, and not every cluster runs it.`;
    case 'superseded':
      return `⚪ ${what} ${escapeMarkdown(supersededText(outcome))}`;
  }
}

function clusterList(progress: RolloutStory['progress']): string {
  const all = clustersOf(progress).map(({ cluster, management, total, isHealthy }) => {
    const name = escapeMarkdown(clip(cluster ?? `management cluster ${management}`, 120));
    return `- ${name}: ${total} Kustomization${total === 1 ? '' : 's'} applied${isHealthy ? ' and healthy' : ''}`;
  });
  const more = all.length - mostClusters;
  return [...all.slice(0, mostClusters), ...(more > 0 ? [`- and ${more} more clusters`] : [])].join('\n');
}
