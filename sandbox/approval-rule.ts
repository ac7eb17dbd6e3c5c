import type { State } from './github/state.ts';

/** Requires the check `change-approval` on the default branch, and takes it from one App alone. */
export function addApprovalRule(state: State, appId: number, at: string): void {
  const name = 'change-approval';
  if ([...state.rulesets.values()].some((ruleset) => ruleset.name === name)) return;
  const id = state.nextId();
  state.rulesets.set(id, {
    id,
    name,
    target: 'branch',
    enforcement: 'active',
    bypassActors: [],
    include: ['~DEFAULT_BRANCH'],
    exclude: [],
    rules: [
      {
        type: 'required_status_checks',
        parameters: { required_status_checks: [{ context: name, integration_id: appId }] },
      },
    ],
    createdAt: at,
    updatedAt: at,
  });
}
