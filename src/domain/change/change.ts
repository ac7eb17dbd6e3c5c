import type { CommitSha } from '../ids.ts';
import type { Deed, PersonRef, PlaceRef, Subject, Via } from './record.ts';

export interface GivenApproval {
  /** The record's id. */
  readonly id: string;
  readonly by: PersonRef;
  readonly at: string;
  readonly subjects: readonly Subject[];
  readonly via: Via;
}

/** A change as its records tell it, up to the last one. */
export interface Change {
  readonly number: number;
  readonly what: Extract<Deed, { kind: 'opened' }>['what'];
  readonly requester: PersonRef;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly places: readonly PlaceRef[];
  readonly pull: number | undefined;
  readonly externalNumber: string | undefined;
  /** Those that stand: not taken back; a person's later one takes the place of the earlier. */
  readonly approvals: readonly GivenApproval[];
  /** Stands until whoever gave it takes it back or what it was about has changed. */
  readonly rejections: readonly {
    readonly by: PersonRef;
    readonly reason: string;
    readonly subjects: readonly Subject[];
    readonly at: string;
  }[];
  readonly hold: { readonly by: PersonRef; readonly reason: string } | undefined;
  readonly go: { readonly by: PersonRef; readonly subjects: readonly Subject[] } | undefined;
  readonly override:
    | {
        readonly by: PersonRef;
        readonly reason: string;
        readonly confirmedBy: PersonRef | undefined;
        readonly at: string;
      }
    | undefined;
  readonly merged: readonly {
    readonly pull: number;
    readonly commit: CommitSha;
    readonly at: string;
    readonly past: string | undefined;
    readonly isUnapproved: boolean;
    readonly approvedBy: readonly PersonRef[];
    readonly subject: Subject | undefined;
  }[];
  /** Pull request -> how its rollout ended last, with when, and how many records tell of its ends. */
  readonly applied: ReadonlyMap<
    number,
    { readonly outcome: 'applied' | 'failed'; readonly at: string; readonly times: number }
  >;
  readonly ended:
    | {
        readonly why: 'withdrawn' | 'superseded' | 'expired' | 'done';
        readonly by: PersonRef | undefined;
        readonly supersededBy: number | undefined;
        readonly at: string;
      }
    | undefined;
}
