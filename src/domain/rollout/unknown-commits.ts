import type { CommitSha } from '../ids.ts';
import type { ManagementView } from './objects.ts';
import type { RolloutPlan } from './plan.ts';
import type { Revision } from './revision.ts';

/**
 * The commits that a management cluster shows where a merge is expected, and of which it is not known whether they came
 * after it. Who follows a rollout asks git about them and adds the later ones to `descendants`; until then they count
 * as not being it.
 */
export function unknownCommits(plan: RolloutPlan, view: ManagementView): readonly CommitSha[] {
  if (view.kind === 'silent') return [];
  const legs = plan.managements.find(({ management }) => management === view.management)?.legs ?? [];
  const found = new Set<CommitSha>();
  for (const { source, expected, declared } of legs) {
    if (expected.kind !== 'commit') continue;
    const members = declared.flatMap(({ id }) => view.kustomizations.get(id) ?? []);
    const shown: readonly (Revision | undefined)[] = [
      view.sources.get(source)?.artifact,
      ...members.flatMap(({ lastApplied, lastAttempted }) => [lastApplied, lastAttempted]),
    ];
    for (const { commit } of shown.filter((each) => each !== undefined))
      if (commit !== expected.commit && !expected.descendants.has(commit)) found.add(commit);
  }
  return [...found];
}
