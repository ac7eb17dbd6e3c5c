import type { Source } from '../domain/platform.ts';
import type { HelmState } from '../domain/rollout/helm-state.ts';
import type { KustomizationState } from '../domain/rollout/kustomization-state.ts';
import type { Lifecycle, SilenceReason } from '../domain/rollout/objects.ts';
import type { Revision } from '../domain/rollout/revision.ts';
import type { SourceState } from '../domain/rollout/source-state.ts';
import { clip } from './clip.ts';
import { durationText } from './duration-text.ts';

const lineLimit = 240;

/** A tag or branch with seven characters of its commit: `v0.0.3 (1a2b3c4)`. */
export function revisionText(revision: Revision | undefined): string {
  if (revision === undefined) return 'nothing';
  const short = revision.commit.slice(0, 7);
  return revision.ref === undefined ? short : `${clip(revision.ref, 60)} (${short})`;
}

/** What is said of a Kustomization that is not done; `now` in milliseconds since the epoch. */
export function kustomizationText(state: KustomizationState, now: number): string {
  switch (state.kind) {
    case 'applied':
      return 'applied';
    case 'applied-healthy':
      return 'applied and healthy';
    case 'waiting-for-source':
      return 'waits for its source';
    case 'waiting-for-dependency':
      return `waits for ${state.on === undefined ? 'another Kustomization' : clip(state.on, 120)}`;
    case 'reconciling':
      return 'is being applied';
    case 'failed':
      return `fails: ${state.reason}${lineText(state.line)}${state.retrying ? ' (Flux is trying again)' : ''}`;
    case 'suspended':
      return 'is suspended';
    case 'following-another-source':
      return `follows another source, ${clip(state.source, 120)}`;
    case 'deleted':
      return state.declared ? 'is gone from the cluster, though the repository declares it' : 'was deleted';
    case 'new':
      return 'is new and not tried yet';
    case 'behind':
      return `has not begun; still at ${revisionText(state.revision)}`;
    case 'unknown':
      return `unknown for ${durationText(now - state.since)}`;
  }
}

export function helmText(state: HelmState): string {
  switch (state.kind) {
    case 'ready':
      return 'ready';
    case 'waiting-for-dependency':
      return 'waits for another HelmRelease';
    case 'reconciling':
      return 'is being installed';
    case 'failed':
      return `fails: ${state.reason}${lineText(state.line)}`;
    case 'suspended':
      return 'is suspended';
  }
}

/** What is said of a source that does not hold what is expected. */
export function sourceText(state: SourceState, now: number): string {
  switch (state.kind) {
    case 'at':
      return `holds ${revisionText(state.revision)}`;
    case 'moved-tag':
      return `holds ${clip(state.tag, 60)} at ${state.found.slice(0, 7)}: the tag was moved after its approval`;
    case 'missing-tag':
      return `finds no tag ${clip(state.tag, 60)}${lineText(state.line)}`;
    case 'failed':
      return `cannot be fetched: ${state.reason}${lineText(state.line)}`;
    case 'fetching':
      return 'is being fetched';
    case 'behind':
      return `has not seen it yet; holds ${revisionText(state.revision)}`;
    case 'following-another':
      return `follows ${followsText(state.follows)}`;
    case 'suspended':
      return 'is suspended';
    case 'absent':
      return 'is not there';
    case 'unknown':
      return `unknown for ${durationText(now - state.since)}`;
  }
}

function followsText(follows: Source['ref']): string {
  if (follows.kind === 'tag') return `tag ${clip(follows.tag, 60)}`;
  return clip(follows.kind === 'branch' ? `branch ${follows.branch}` : follows.text, 60);
}

function lineText(line: string): string {
  return line === '' ? '' : `: ${clip(line, lineLimit)}`;
}

/** Why a management cluster tells nothing, and where to look. */
export const silenceTexts: Readonly<Record<SilenceReason, string>> = {
  'no-answer': 'it does not answer',
  failing: 'its API fails',
  refused: "it refuses the bot's token or rights",
  certificate: 'its certificate, or the one of the kubeconfig, is not valid',
  'not-set-up': 'the kubeconfig has no access to it',
  'no-flux': 'it serves no objects of Flux',
  'not-understood': 'it shows an object that Trunkline does not understand',
};

export function lifecycleText(lifecycle: Lifecycle): string {
  switch (lifecycle.kind) {
    case 'ready':
      return 'cluster ready';
    case 'coming':
      return `cluster is being made (${lifecycle.phase})`;
    case 'not-ready':
      return `cluster not ready (${lifecycle.reason})`;
    case 'hibernating':
      return 'cluster hibernates';
    case 'deleting':
      return 'cluster is being deleted';
    case 'failed':
      return `cluster failed (${lifecycle.reason})`;
    case 'unknown':
      return 'state of the cluster unknown';
  }
}
