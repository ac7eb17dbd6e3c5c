import type { Effect } from '../effects/effect.ts';
import type { EffectsSummary } from '../effects/summarise.ts';
import type { RepoName } from '../ids.ts';
import type { Gate } from './gates.ts';
import type { PersonRef, Subject } from './record.ts';
import type { Tally } from './tally.ts';

/** What stands out about a change, the worst first. */
export type Warning =
  | { readonly kind: 'downgrade'; readonly from: string; readonly to: string }
  | { readonly kind: 'not-on-default-branch'; readonly tag: string }
  | { readonly kind: 'tag-missing'; readonly tag: string }
  | { readonly kind: 'pruned'; readonly objects: number }
  | { readonly kind: 'namespaces-removed'; readonly names: readonly string[] }
  | { readonly kind: 'crds'; readonly names: readonly string[] }
  | { readonly kind: 'cluster-rbac'; readonly names: readonly string[] }
  | { readonly kind: 'quota-cut'; readonly names: readonly string[] }
  | { readonly kind: 'moved'; readonly objects: number }
  | { readonly kind: 'policy' }
  | { readonly kind: 'not-rendered'; readonly files: number }
  /** What lies between two states cannot be told, for one of them is no commit that is known. */
  | { readonly kind: 'not-compared'; readonly from: string; readonly to: string };

/** What a pull request does to production. */
export interface Risk {
  readonly warnings: readonly Warning[];
  readonly effects: readonly Effect[];
  readonly summary: EffectsSummary;
  /** Names of clusters that it reaches, `undefined` standing for a management cluster by its folder. */
  readonly clusters: readonly { readonly cluster: string | undefined; readonly management: string }[];
}

/** How what is promoted does where it runs already. */
export type NonProduction =
  | {
      readonly kind: 'running' /** Milliseconds since the epoch. */;
      readonly since: number;
      readonly kustomizations: number;
    }
  | { readonly kind: 'failing'; readonly what: readonly string[] }
  | { readonly kind: 'not-everywhere'; readonly applied: number; readonly of: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

export type PartState = 'to-come' | 'open' | 'merging' | 'merged' | 'merged-unapproved' | 'closed';

/** One pull request of a change, or one that is to come. */
export interface PartSheet {
  /** `aws-v1-prod`; undefined for a change that is no promotion. */
  readonly place: string | undefined;
  readonly wave: number;
  readonly state: PartState;
  readonly pull: { readonly number: number; readonly url: string; readonly title: string } | undefined;
  readonly subject: Subject | undefined;
  readonly risk: Risk | undefined;
  readonly tally: Tally | undefined;
  /** Gates of this part that do not hold now, in the order in which they should be dealt with. */
  readonly gates: readonly Gate[];
}

export type ChangeState = 'open' | 'done' | 'withdrawn' | 'superseded' | 'expired';

/** All that people are shown of a change. */
export interface ChangeSheet {
  readonly repo: RepoName;
  readonly number: number;
  readonly kind: 'promotion' | 'back' | 'other';
  /** A title of a few words: `promote v0.0.3 to aws prod`. */
  readonly title: string;
  readonly state: ChangeState;
  readonly tag: string | undefined;
  readonly automatic: boolean;
  readonly requester: PersonRef;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly parts: readonly PartSheet[];
  readonly nonProduction: NonProduction | undefined;
  readonly externalNumber: string | undefined;
  /** What the policy calls an external number, if it asks for one. */
  readonly externalName: string | undefined;
  readonly hold: { readonly by: PersonRef; readonly reason: string } | undefined;
  readonly freeze: { readonly reason: string; readonly until: string | undefined } | undefined;
  readonly rejection: { readonly by: PersonRef; readonly reason: string } | undefined;
  readonly override:
    | { readonly by: PersonRef; readonly reason: string; readonly confirmedBy: PersonRef | undefined }
    | undefined;
  readonly go: PersonRef | undefined;
  readonly needsGo: boolean;
  /** When it may merge next, ISO 8601; undefined when now or when there are no windows. */
  readonly opensAt: string | undefined;
  /** What the window says, in words of the policy: the zone it is told in. */
  readonly zone: string;
  readonly supersededBy: number | undefined;
  readonly endedBy: PersonRef | undefined;
  readonly damage: number;
  /** Address of the message that tells of its rollout; undefined while there is none. */
  readonly rolloutUrl?: string | undefined;
}
