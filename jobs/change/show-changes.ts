import { changesOf } from '../../src/domain/change/changes-of.ts';
import type { ChangeSheet } from '../../src/domain/change/sheet.ts';
import { promotionPlaces } from '../../src/domain/promotion/promotion-places.ts';
import { changeRefused } from '../../src/views/change/change-answer.ts';
import { changeView } from '../../src/views/change/change-view.ts';
import { changesView } from '../../src/views/change/changes-list.ts';
import { doctorView } from '../../src/views/change/doctor-view.ts';
import { effectsModal } from '../../src/views/change/effects-modal.ts';
import { promoteForm } from '../../src/views/change/promote-form.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { type CommittedPlatform, freshPlatform } from '../known-platform.ts';
import { rolloutUrlOf } from '../rollout/rollout-url.ts';
import { showInView } from '../show-in-view.ts';
import { readScene } from './change-scene.ts';
import { failedView } from './failed-view.ts';
import { ledgerPlace } from './ledger-place.ts';
import { type ShowChangesPayload, showChangesPayload } from './payloads.ts';
import { readMembership } from './read-membership.ts';
import { readNonProduction } from './read-non-production.ts';
import { sheetOf } from './sheet-of.ts';

/** More open changes than this are counted, not shown. */
const MOST = 20;

/** Draws changes, or the state of what approvals hang on, into the view that a person opened. */
export function showChanges(deps: JobDeps): Job {
  return job({
    name: 'show-changes',
    queue: 'intents',
    schema: showChangesPayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload),
        instead: failedView,
      }),
  });
}

async function draw(deps: JobDeps, { repo, askedBy, what }: ShowChangesPayload): Promise<object> {
  if (!(await authorise(deps.people, 'members', askedBy))) return changeRefused('not-a-member');
  const known = await freshPlatform(deps, repo);
  if (known.kind === 'invalid') return changeRefused('policy-invalid');
  if (what.kind === 'doctor') return drawDoctor(deps, repo, known);
  if (what.kind === 'all') return drawAll(deps, repo, known);
  if (what.kind === 'promote') return drawPromoteForm(deps, repo, known, what.tag);
  const read = await readScene(deps, repo, what.change);
  if (read.kind !== 'scene') return changeRefused('unknown-change', { change: what.change });
  const sheet = sheetOf(
    read.scene,
    await readNonProduction(deps, read.scene),
    await rolloutUrlOf(deps, repo, what.change),
  );
  return what.kind === 'effects' ? effectsModal(sheet) : changeView(sheet, { now: read.scene.facts.at });
}

async function drawPromoteForm(
  deps: JobDeps,
  repo: ShowChangesPayload['repo'],
  { policy, platform }: CommittedPlatform,
  tag: string | undefined,
): Promise<object> {
  const { releases } = await deps.releases.readReleaseFacts(repo);
  return promoteForm({
    releases: releases.filter(({ isDraft }) => !isDraft),
    tag,
    places: promotionPlaces(platform, policy).map(({ name, source: { ref } }) => ({
      name,
      runs: ref.kind === 'tag' ? ref.tag : ref.kind === 'branch' ? ref.branch : undefined,
    })),
    externalNumber: policy.changes.externalNumber,
    metadata: repo,
  });
}

async function drawAll(
  deps: JobDeps,
  repo: ShowChangesPayload['repo'],
  { policy }: CommittedPlatform,
): Promise<object> {
  const { records } = await deps.book.read(ledgerPlace(repo, policy));
  const open = [...changesOf(records).values()].filter(({ ended }) => ended === undefined);
  const sheets: ChangeSheet[] = [];
  for (const { number } of open.slice(-MOST)) {
    const read = await readScene(deps, repo, number);
    if (read.kind === 'scene') sheets.push(sheetOf(read.scene));
  }
  return changesView(sheets);
}

async function drawDoctor(
  deps: JobDeps,
  repo: ShowChangesPayload['repo'],
  { policy, platform }: CommittedPlatform,
): Promise<object> {
  // What is asked for since something is wrong must come although something is wrong.
  const known = <T>(read: Promise<T>) => read.catch(() => undefined);
  const { changes: channel } = policy.channels;
  const [rule, ledger, reach] = await Promise.all([
    known(deps.changes.readApprovalRule(repo, platform.defaultBranch)),
    known(deps.book.read(ledgerPlace(repo, policy))),
    known(deps.speaker.reach(channel)),
  ]);
  return doctorView({
    rule: rule ?? 'unknown',
    damage: ledger?.damage,
    approvers:
      (await known(countApprovers(deps, repo, policy))) ??
      policy.changes.approvers.map(({ environments, needed }) => ({ environments, needed })),
    channel,
    reach: reach ?? 'unknown',
  });
}

/** How many different people each rule lets approve; undefined where a list cannot be read whole. */
async function countApprovers(
  deps: JobDeps,
  repo: ShowChangesPayload['repo'],
  policy: CommittedPlatform['policy'],
) {
  const { usergroups, teams } = await readMembership(deps, {
    repo,
    policy,
    who: [],
    besides: [],
    isFresh: true,
  });
  return policy.changes.approvers.map(({ environments, needed, groups }) => {
    const lists = groups.flatMap((group) => [
      ...group.usergroups.map((id) => usergroups.get(id)),
      ...group.teams.map((slug) => teams.get(slug)),
      group.people,
    ]);
    const ids = lists.flatMap((list) => [...(list ?? [])]);
    const people = lists.includes(undefined)
      ? undefined
      : new Set(ids.map((id) => personKey(id, policy))).size;
    return { environments, needed, people };
  });
}

/** One name for all accounts of a person. */
function personKey(account: string, { people }: CommittedPlatform['policy']): string {
  const index = people.findIndex(
    ({ slack, github }) =>
      slack.includes(account) ||
      (github !== false && github.some((login) => login.toLowerCase() === account)),
  );
  return index < 0 ? account : `person ${index}`;
}
