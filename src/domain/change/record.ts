import type { CommitSha, GitHubLogin, RepoName, SlackUserId } from '../ids.ts';

/** A person as a record names them: by what the deed came from, and what it was resolved to by the policy. */
export interface PersonRef {
  readonly slack: SlackUserId | undefined;
  readonly login: GitHubLogin | undefined;
}

/** Exactly what an approval is about: a change of any of these voids it. */
export interface Subject {
  readonly pull: number;
  readonly head: CommitSha;
  /** Per source that the pull request turns, sorted by source; empty for other production changes. */
  readonly turns: readonly Turn[];
}

/** A source that a pull request turns, with the commits that the refs point to. */
export interface Turn {
  /** `<management folder>:<namespace>/<name>`. */
  readonly source: string;
  /** The tag or branch that it names now: `tag v0.0.2` or `branch main`. */
  readonly from: string;
  /** The commit that the tag points to now; undefined for a branch, which moves by itself. */
  readonly running: CommitSha | undefined;
  readonly to: string;
  /** The commit that the new tag points to; undefined for a branch, or when there is no such tag. */
  readonly target: CommitSha | undefined;
}

/** Where a promotion goes: one pull request each. */
export interface PlaceRef {
  /** `<cloud>-<version>-<environment>`. */
  readonly name: string;
  readonly branch: string;
  /** Counted from 0. */
  readonly wave: number;
}

/** What was said or done about a change. All of it is said by somebody; what follows from facts alone is not recorded. */
export type Deed =
  | {
      readonly kind: 'opened';
      readonly change: number;
      readonly what:
        | {
            readonly kind: 'promotion';
            readonly tag: string;
            /** The commit that the tag pointed to when it was asked for; undefined for a pull request that somebody opened. */
            readonly target?: CommitSha | undefined;
            readonly automatic: boolean;
            readonly back: boolean;
          }
        | { readonly kind: 'other' };
      readonly requester: PersonRef;
      /** Of a promotion made here; empty for a pull request that somebody opened. */
      readonly places: readonly PlaceRef[];
      /** The pull request that somebody opened; undefined for a promotion made here. */
      readonly pull: number | undefined;
      readonly externalNumber: string | undefined;
    }
  | {
      readonly kind: 'approved';
      readonly change: number;
      readonly by: PersonRef;
      readonly subjects: readonly Subject[];
      readonly via: Via;
    }
  | {
      readonly kind: 'rejected';
      readonly change: number;
      readonly by: PersonRef;
      readonly reason: string;
      readonly subjects: readonly Subject[];
      readonly via: Via;
    }
  | { readonly kind: 'taken-back'; readonly change: number; readonly by: PersonRef; readonly via: Via }
  | { readonly kind: 'held'; readonly change: number; readonly by: PersonRef; readonly reason: string }
  | { readonly kind: 'hold-lifted'; readonly change: number; readonly by: PersonRef }
  | {
      readonly kind: 'externally-numbered';
      readonly change: number;
      readonly by: PersonRef;
      readonly externalNumber: string;
    }
  | {
      readonly kind: 'go';
      readonly change: number;
      readonly by: PersonRef;
      readonly subjects: readonly Subject[];
    }
  | {
      readonly kind: 'override-asked';
      readonly change: number;
      readonly by: PersonRef;
      readonly reason: string;
    }
  | { readonly kind: 'override-confirmed'; readonly change: number; readonly by: PersonRef }
  | {
      readonly kind: 'frozen';
      readonly by: PersonRef;
      readonly reason: string /** ISO 8601 */;
      readonly until: string | undefined;
    }
  | { readonly kind: 'unfrozen'; readonly by: PersonRef }
  | {
      readonly kind: 'merged';
      readonly change: number;
      readonly pull: number;
      readonly commit: CommitSha;
      readonly subject: Subject | undefined;
      /** By whom as GitHub tells, when it was not Trunkline; then it was not approved here, whatever people agreed on. */
      readonly past: GitHubLogin | undefined;
      readonly approvedBy: readonly PersonRef[];
      /** Nothing of the change is left then: it is done. */
      readonly last?: true | undefined;
    }
  | {
      readonly kind: 'applied';
      readonly change: number;
      readonly pull: number;
      /** `failed` is followed by `applied` when it recovers. */
      readonly outcome: 'applied' | 'failed';
    }
  | {
      readonly kind: 'ended';
      readonly change: number;
      readonly why: 'withdrawn' | 'superseded' | 'expired' | 'done';
      readonly by: PersonRef | undefined;
      /** The change that took its place. */
      readonly supersededBy: number | undefined;
    };

export type Via = 'slack' | 'comment' | 'review';

/** One line of the ledger. */
export interface LedgerRecord {
  readonly v: 1;
  /** Names its file, too; the same action gives the same id however often it comes. */
  readonly id: string;
  /** Counted from 1 without a gap. */
  readonly seq: number;
  /** SHA-256 of the record before as it stands in its file, in hexadecimal; undefined for the first. */
  readonly previous: string | undefined;
  /** ISO 8601 by GitHub's clock. */
  readonly at: string;
  readonly repo: RepoName;
  /** The commit whose policy decided. */
  readonly policy: CommitSha;
  readonly deed: Deed;
  /** Fingerprint of the key that signed it. */
  readonly key: string;
  /** Ed25519 over all of the above, base64. */
  readonly signature: string;
}

/** What is wrong with the ledger, in stable words. */
export interface LedgerDamage {
  readonly why:
    | 'edited'
    | 'deleted'
    | 'forged'
    | 'unknown-key'
    | 'broken-chain'
    | 'repeated'
    | 'unreadable'
    | 'rewritten';
  /** The record's file, or the commit. */
  readonly where: string;
}

/** The ledger as it stands, verified. A damaged one approves nothing and lets nothing merge. */
export interface Ledger {
  readonly records: readonly LedgerRecord[];
  readonly damage: readonly LedgerDamage[];
}
