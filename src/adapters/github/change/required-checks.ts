import type { z } from 'zod';
import type { RequiredCheck } from '../../../domain/change/pull-facts.ts';
import { APPROVAL_CHECK } from './approval-check.ts';
import type { CheckContext, rollup } from './pull-facts-fragment.ts';

/** Stands for checks that GitHub keeps back or that are too many: none of them may be taken for passed. */
const UNREAD: RequiredCheck = { name: 'further checks, which cannot be read', state: 'pending' };

/** What the base branch requires of the head, save the App's own check. */
export function requiredChecks(
  app: { readonly appId: number },
  checks: z.output<typeof rollup>,
  hidesChecks: boolean,
): readonly RequiredCheck[] {
  if (checks === null) return hidesChecks ? [UNREAD] : [];
  const { nodes, pageInfo } = checks.contexts;
  const read = (nodes ?? []).flatMap((each) => {
    return each === null || !each.isRequired || isOurs(app, each) ? [] : [toRequired(each)];
  });
  const isWhole = nodes !== null && !nodes.includes(null) && !pageInfo.hasNextPage && !hidesChecks;
  return isWhole ? read : [...read, UNREAD];
}

/** A check of our name by another App is a check like any other. */
function isOurs({ appId }: { readonly appId: number }, check: CheckContext): boolean {
  if (check.__typename !== 'CheckRun') return false;
  return check.name === APPROVAL_CHECK && check.checkSuite?.app?.databaseId === appId;
}

function toRequired(check: CheckContext): RequiredCheck {
  return check.__typename === 'CheckRun'
    ? { name: check.name, state: stateOfRun(check.status, check.conclusion) }
    : { name: check.context, state: stateOfStatus(check.state) };
}

/** https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/about-status-checks */
function stateOfRun(status: string, conclusion: string | null): RequiredCheck['state'] {
  if (status !== 'COMPLETED') return 'pending';
  return ['SUCCESS', 'NEUTRAL', 'SKIPPED'].includes(conclusion ?? '') ? 'passed' : 'failed';
}

function stateOfStatus(state: string): RequiredCheck['state'] {
  if (state === 'SUCCESS') return 'passed';
  return state === 'PENDING' || state === 'EXPECTED' ? 'pending' : 'failed';
}
