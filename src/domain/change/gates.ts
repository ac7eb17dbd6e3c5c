import type { PersonRef } from './record.ts';

/** A condition of a merge that does not hold now, and what would open it. */
export type Gate =
  | { readonly kind: 'ledger-damaged'; readonly records: number }
  | { readonly kind: 'ended' }
  /** A promotion that was asked for later goes to the same place. */
  | { readonly kind: 'superseded'; readonly by: number }
  | {
      readonly kind: 'wave';
      readonly after: readonly string[];
      readonly why: 'not-merged' | 'not-applied' | 'failed' | 'unknown';
    }
  | { readonly kind: 'soak'; readonly until: string }
  | { readonly kind: 'draft' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'mergeability-unknown' }
  | { readonly kind: 'wrong-base'; readonly base: string; readonly isFollowed: boolean }
  | { readonly kind: 'tag-missing'; readonly tag: string }
  | { readonly kind: 'already-runs'; readonly tag: string }
  | {
      readonly kind: 'external-number';
      readonly name: string;
      readonly pattern: string;
      readonly given: string | undefined;
    }
  | { readonly kind: 'rejected'; readonly by: PersonRef; readonly reason: string }
  | { readonly kind: 'no-approvers'; readonly environments: readonly string[] }
  | {
      readonly kind: 'approvals';
      readonly needed: number;
      readonly given: number;
      /** Groups of which each must give one and that have not. */
      readonly missing: readonly string[];
    }
  | { readonly kind: 'held'; readonly by: PersonRef; readonly reason: string }
  | { readonly kind: 'frozen'; readonly reason: string; readonly until: string | undefined }
  | { readonly kind: 'window'; readonly opensAt: string | undefined }
  | { readonly kind: 'go' }
  /** The base branch's rules want a review on GitHub, besides what is agreed here. */
  | { readonly kind: 'review'; readonly why: 'missing' | 'changes-requested' }
  /** GitHub did not take the merge, though every other gate held. */
  | { readonly kind: 'refused-merge'; readonly message: string; readonly until: string }
  | { readonly kind: 'checks'; readonly pending: readonly string[]; readonly failed: readonly string[] };

export type GateKind = Gate['kind'];
