import { changesOf } from '../../src/domain/change/changes-of.ts';
import { findRollout } from '../../src/domain/rollout/asked-rollout.ts';
import { rolloutAnswer } from '../../src/views/rollout-answer.ts';
import { rolloutRefused, rolloutView } from '../../src/views/rollout-view.ts';
import { authorise } from '../authorise.ts';
import { ledgerPlace } from '../change/ledger-place.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { type CommittedPlatform, knownPlatform } from '../known-platform.ts';
import { showInView } from '../show-in-view.ts';
import { lookAround } from './look-around.ts';
import { type ShowRolloutPayload, showRolloutPayload } from './payloads.ts';
import { ofChange, ofPull } from './read-rollouts.ts';
import type { Rollout } from './rollout.ts';
import type { MergedPull } from './rollout-ports.ts';
import { storyOf } from './story-of.ts';

/** Draws one rollout as it stands now, by a look at the clusters that it goes through. */
export function showRollout(deps: JobDeps): Job {
  return job({
    name: 'show-rollout',
    queue: 'intents',
    schema: showRolloutPayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload),
        instead: () => rolloutRefused('unreadable'),
      }),
  });
}

async function draw(deps: JobDeps, { repo, askedBy, asked }: ShowRolloutPayload): Promise<object> {
  if (!(await authorise(deps.people, 'members', askedBy))) return rolloutRefused('not-a-member');
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return rolloutRefused('policy-invalid');
  const found = await find(deps, repo, known, asked);
  if (found === undefined) return rolloutView(rolloutAnswer(asked, undefined, Date.now()));
  const now = Date.now() + found.aheadMs;
  const tracks = await lookAround(deps, found.rollout, known, found.aheadMs);
  return rolloutView(rolloutAnswer(asked, storyOf(found.rollout, tracks, known.policy, now).story, now));
}

interface Found {
  readonly rollout: Rollout;
  /** GitHub's clock less ours, in milliseconds. */
  readonly aheadMs: number;
}

/** By the ledger; a pull request that is in no change is looked for on GitHub. */
async function find(
  deps: JobDeps,
  repo: ShowRolloutPayload['repo'],
  known: CommittedPlatform,
  asked: ShowRolloutPayload['asked'],
): Promise<Found | undefined> {
  const { records } = await deps.book.read(ledgerPlace(repo, known.policy));
  const changes = [...changesOf(records).values()];
  const all = changes.flatMap((change) =>
    change.merged.map(({ pull, at }) => ({
      version: change.what.kind === 'promotion' ? change.what.tag : undefined,
      pullRequest: { number: pull },
      startedAt: Date.parse(at),
      change,
    })),
  );
  const change = findRollout(asked, all)?.change;
  const single = asked.kind === 'pull-request' ? [asked.number] : [];
  const numbers = change === undefined ? single : change.merged.map(({ pull }) => pull);
  if (numbers.length === 0) return undefined;
  const { at, defaultBranch, merges } = await deps.merges.readMerges(repo, { recent: 1, numbers });
  const reading = { repo, known, changes, planned: new Map() };
  const rollout =
    change === undefined
      ? await quietOne(deps, reading, merges.get(numbers[0] ?? 0), defaultBranch)
      : await ofChange(deps, reading, change, merges);
  return rollout && { rollout, aheadMs: at - Date.now() };
}

/** What was merged elsewhere reaches no cluster. */
async function quietOne(
  deps: JobDeps,
  reading: Parameters<typeof ofPull>[1],
  pull: MergedPull | undefined,
  defaultBranch: string,
): Promise<Rollout | undefined> {
  return pull?.base === defaultBranch ? ofPull(deps, reading, pull) : undefined;
}
