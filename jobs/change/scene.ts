import type { Change } from '../../src/domain/change/change.ts';
import type { ApprovalPart, Membership } from '../../src/domain/change/count-approvals.ts';
import type { Gate } from '../../src/domain/change/gates.ts';
import type { ProductionChange } from '../../src/domain/change/production-change.ts';
import type { PullFacts } from '../../src/domain/change/pull-facts.ts';
import type { Ledger, Subject } from '../../src/domain/change/record.ts';
import type { Risk } from '../../src/domain/change/sheet.ts';
import type { Tally } from '../../src/domain/change/tally.ts';
import type { RepoName } from '../../src/domain/ids.ts';
import type { CommittedPlatform } from '../known-platform.ts';
import type { ChangeFactsRead } from './change-ports.ts';

/** One pull request of a change, or one that is to come. */
export interface Part {
  /** Undefined for a pull request that somebody opened. */
  readonly place: string | undefined;
  readonly branch: string | undefined;
  readonly wave: number;
  readonly pull: PullFacts | undefined;
  readonly production: ProductionChange | undefined;
  readonly subject: Subject | undefined;
  readonly risk: Risk | undefined;
  readonly tally: Tally | undefined;
  /** What decides about who may approve it; undefined for what cannot be approved. */
  readonly approval: ApprovalPart | undefined;
  readonly gates: readonly Gate[];
  /** The newer change that has taken its place. */
  readonly replacedBy: number | undefined;
}

/** All that decides about a change, read at one moment. */
export interface ChangeScene {
  readonly repo: RepoName;
  readonly known: CommittedPlatform;
  readonly ledger: Ledger;
  readonly change: Change;
  readonly changes: ReadonlyMap<number, Change>;
  readonly facts: ChangeFactsRead;
  readonly membership: Membership;
  readonly parts: readonly Part[];
  /** Whether all that decides was read anew, as right before a merge. */
  readonly isFresh: boolean;
}

export type SceneBase = Omit<ChangeScene, 'parts'>;

/**
 * What a step of a look did: nothing, or something after which the change is another one. `next` is how it stands then;
 * undefined where that must be read.
 */
export type Step = false | { readonly next: ChangeScene | undefined };
