import type { Failure, Outcome } from '../domain/rollout/outcome.ts';
import { clip } from './clip.ts';
import { durationText } from './duration-text.ts';

/** Where a rollout stands in one sentence, with a mark that the eye finds; `elapsedMs` since the merge. */
export function outcomeText(
  outcome: Outcome,
  elapsedMs: number,
): { readonly mark: string; readonly text: string } {
  switch (outcome.kind) {
    case 'under-way':
      return { mark: '🚀', text: `is rolling out, ${durationText(elapsedMs)} after the merge.` };
    case 'applied':
      return { mark: '✅', text: `runs everywhere, ${durationText(outcome.tookMs)} after the merge.` };
    case 'failed':
      return { mark: '🔴', text: `has failed, ${durationText(elapsedMs)} after the merge.` };
    case 'stuck':
      return { mark: '🟠', text: `is stuck: nothing has moved for ${durationText(outcome.sinceMs)}.` };
    case 'superseded':
      return { mark: '⚪', text: supersededText(outcome) };
  }
}

/** What took its place, and whether that was before it ran everywhere. */
export function supersededText({ by, ran }: Extract<Outcome, { kind: 'superseded' }>): string {
  const other = clip(by, 100);
  return ran
    ? `ran everywhere until ${other} took its place.`
    : `was overtaken by ${other} before it ran everywhere.`;
}

/**
 * The same for a deployment on GitHub, in at most 140 characters. Nothing in it changes while nothing happens, for each
 * new text is a new status.
 */
export function deploymentText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'under-way':
      return 'is rolling out';
    case 'stuck':
      return 'is stuck';
    case 'failed': {
      const [first] = outcome.failures;
      return clip(first === undefined ? 'has failed' : `${first.reason}: ${first.object.id}`, 140);
    }
    default:
      return clip(outcomeText(outcome, 0).text, 140);
  }
}

/** One failure in a sentence: where, what, Flux's reason, and the line that decides. */
export function failureLine({ management, cluster, object, reason, line }: Failure): string {
  const where = clip(cluster ?? `management cluster ${management}`, 120);
  const id = clip(object.id, 150);
  if (reason === 'moved-tag') {
    return `${where}: the tag was moved after its approval. Source ${id} now holds ${line.slice(0, 7)}, which nobody approved.`;
  }
  if (reason === 'missing-tag') return `${where}: source ${id} finds no such tag. ${clip(line, 400)}`;
  const what = { source: 'source', kustomization: 'Kustomization', 'helm-release': 'HelmRelease' }[
    object.kind
  ];
  return `${where}: ${what} ${id}, ${clip(reason, 80)}${line === '' ? '' : `: ${clip(line, 400)}`}`;
}
