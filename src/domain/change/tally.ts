import type { PersonRef } from './record.ts';

/** Why an approval cannot be given, or does not count. */
export type ApprovalRefusal =
  | 'not-a-member'
  | 'no-identity'
  | 'ambiguous-identity'
  | 'not-approver'
  | 'members-unreadable'
  | 'requester'
  | 'pusher'
  | 'pusher-unknown'
  | 'author'
  | 'authors-unknown'
  | 'requester-unknown'
  | 'no-approvers'
  | 'outdated'
  | 'taken-back'
  | 'ended'
  | 'ledger-damaged'
  | 'nothing-open';

export interface CountedApproval {
  readonly by: PersonRef;
  /** ISO 8601. */
  readonly at: string;
  /** Names of the approver groups that the person is in. */
  readonly groups: readonly string[];
}

/** An approval that was given and does not count any more. */
export interface VoidApproval {
  readonly by: PersonRef;
  readonly why: ApprovalRefusal;
}

/** Where the approvals of one pull request stand. */
export interface Tally {
  readonly needed: number;
  readonly given: readonly CountedApproval[];
  readonly void: readonly VoidApproval[];
  /** Groups of which each must give one and that have not. */
  readonly missing: readonly string[];
  /** How many more different people could approve now. */
  readonly eligible: number;
  /** Who these are, as far as they have a Slack id. */
  readonly candidates: readonly PersonRef[];
  /** The groups that the rule names, with how they are to be mentioned: Slack user groups. */
  readonly groups: readonly {
    readonly name: string;
    readonly usergroups: readonly string[];
    readonly teams: readonly string[];
  }[];
  readonly isEnough: boolean;
}
