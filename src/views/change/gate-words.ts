import type { Gate } from '../../domain/change/gates.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { listing, someOf } from '../listing.ts';
import { type Sentence, typed, when, who } from './sentence.ts';

/** What keeps a change from merging and what would open it, in one or two sentences. */
export function gateWords(gate: Gate): Sentence {
  switch (gate.kind) {
    case 'ledger-damaged':
      return [
        `The ledger is damaged (${count(gate.records, 'record')}), so no approval can be trusted. The platform team must mend it; /trunkline doctor says what is wrong.`,
      ];
    case 'ended':
      return ['The change has ended. Ask for a new one.'];
    case 'superseded':
      return [
        `Change ${gate.by}, which was asked for later, goes to the same place. This can merge only if that is withdrawn.`,
      ];
    case 'wave':
      return [waveText(gate)];
    case 'soak':
      return ['The wave before must run without failure until ', when(gate.until), '.'];
    case 'draft':
      return ['The pull request is a draft. Mark it as ready for review on GitHub.'];
    case 'conflict':
      return [
        'The pull request conflicts with its base. Solve the conflict; approvals are asked for again then.',
      ];
    case 'mergeability-unknown':
      return ['GitHub is still working out whether it can be merged. Trunkline looks again by itself.'];
    case 'wrong-base':
      return [
        gate.isFollowed
          ? `The pull request goes to ${short(gate.base)}, which production follows, past the default branch. Trunkline merges to the default branch alone: change its base on GitHub.`
          : `The pull request goes to ${short(gate.base)}, not to the default branch. Change its base on GitHub.`,
      ];
    case 'tag-missing':
      return [`There is no tag ${short(gate.tag)}. Publish the release again, or promote another version.`];
    case 'already-runs':
      return [`${short(gate.tag)} runs there already. Close the pull request; there is nothing to change.`];
    case 'external-number':
      return [externalText(gate)];
    case 'rejected':
      return [
        'Rejected by ',
        who(gate.by),
        `: ${typed(gate.reason)} It opens when they take it back, or when what would be merged changes.`,
      ];
    case 'no-approvers':
      return [
        `The policy names no approvers for ${names(gate.environments) || 'this'}. Ask the platform team to add some under \`changes.approvers\` in .github/trunkline.yaml.`,
      ];
    case 'approvals':
      return [approvalsText(gate)];
    case 'held':
      return ['Held by ', who(gate.by), `: ${typed(gate.reason)} It opens when the hold is lifted.`];
    case 'frozen':
      return gate.until === undefined
        ? [`Production is frozen: ${typed(gate.reason)} It opens with /trunkline unfreeze.`]
        : [`Production is frozen until `, when(gate.until), `: ${typed(gate.reason)}`];
    case 'window':
      return gate.opensAt === undefined
        ? [
            'No window is coming up in which it may merge. Ask the platform team to look at `changes.windows`.',
          ]
        : ['It merges when the window opens: ', when(gate.opensAt), '.'];
    case 'go':
      return ['Everything else holds. It waits for the Go of whoever carries it out.'];
    case 'review':
      return [
        gate.why === 'missing'
          ? 'The rules of the branch want a review on GitHub that is not given yet. An approval here is none there: somebody with the right to must review the pull request on GitHub.'
          : 'A review on GitHub asks for changes. Whoever gave it must approve there, or somebody must dismiss it.',
      ];
    case 'refused-merge':
      return [
        `GitHub does not take the merge: ${typed(gate.message, 300)} It is tried again `,
        when(gate.until),
        '.',
      ];
    case 'checks':
      return [checksText(gate)];
  }
}

/** The same in two or three words, for titles. */
export function gateName(gate: Gate): string {
  switch (gate.kind) {
    case 'approvals': {
      const open = Math.max(0, gate.needed - gate.given);
      return open === 0 ? `an approval of ${names(gate.missing)}` : count(open, 'more approval');
    }
    case 'external-number':
      return clip(cleanLine(gate.name), 40);
    case 'checks':
      return gate.failed.length > 0 ? 'failed checks' : 'checks';
    default:
      return gateNames[gate.kind];
  }
}

const gateNames = {
  'ledger-damaged': 'a damaged ledger',
  ended: 'nothing: it has ended',
  superseded: 'a newer change',
  wave: 'the wave before',
  soak: 'the soak time',
  draft: 'a draft to be ready',
  conflict: 'a conflict to be solved',
  'mergeability-unknown': 'GitHub',
  'wrong-base': 'the right base',
  'tag-missing': 'a missing tag',
  'already-runs': 'nothing: it runs already',
  rejected: 'a rejection to be taken back',
  'no-approvers': 'approvers in the policy',
  held: 'a hold to be lifted',
  frozen: 'the end of a freeze',
  window: 'its window',
  go: 'a Go',
  review: 'a review on GitHub',
  'refused-merge': 'GitHub to take the merge',
} as const;

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function short(name: string): string {
  return clip(cleanLine(name), 100);
}

function names(all: readonly string[], most = 4): string {
  return someOf(all.map(short), most);
}

function waveText({ after, why }: Extract<Gate, { kind: 'wave' }>): string {
  const places = names(after) || 'the wave before';
  switch (why) {
    case 'not-merged':
      return `It comes after ${places}, which must merge first.`;
    case 'not-applied':
      return `It comes after ${places}, which must be applied everywhere first.`;
    case 'failed':
      return `It comes after ${places}, where it failed. It opens when that has recovered.`;
    case 'unknown':
      return `It comes after ${places}, and how that stands cannot be told. It opens when the clusters report again.`;
  }
}

function externalText({ name, pattern, given }: Extract<Gate, { kind: 'external-number' }>): string {
  const called = clip(cleanLine(name), 40);
  return given === undefined
    ? `${called} is missing. Give one that matches ${clip(cleanLine(pattern), 200)}.`
    : `${called} ${typed(given, 100)} does not match ${clip(cleanLine(pattern), 200)}. Give one that does.`;
}

function approvalsText({ needed, given, missing }: Extract<Gate, { kind: 'approvals' }>): string {
  const open = Math.max(0, needed - given);
  const each = missing.length === 0 ? '' : ` ${names(missing)} must give one each.`;
  const more = open === 0 ? '' : ` ${open === 1 ? 'One more person' : `${open} more people`} must approve.`;
  return `${given} of ${needed} approvals given.${more}${missing.length === 1 ? ` ${names(missing)} must give one.` : each}`;
}

function checksText({ pending, failed }: Extract<Gate, { kind: 'checks' }>): string {
  const parts = [
    ...(failed.length > 0
      ? [`Required checks failed: ${names(failed)}. They must pass before it can merge.`]
      : []),
    ...(pending.length > 0 ? [`Required checks are not done yet: ${names(pending)}.`] : []),
  ];
  return parts.join(' ') || `Required checks are not done yet: ${listing(['unknown'])}.`;
}
