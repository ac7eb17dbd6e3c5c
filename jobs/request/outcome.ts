import type { StandingRequest } from '../../src/domain/request/standing-request.ts';
import type { ChangeEnd } from '../../src/views/request/change-text.ts';
import type { Understood } from '../known-platform.ts';

/** A change that stands on its branch, and in its pull request's text. */
export interface Changed {
  readonly kind: 'changed';
  readonly standing: StandingRequest;
  readonly known: Understood;
  /** What changed, one field a line. */
  readonly lines: readonly string[];
}

/** A change that was not made, with what is known of its request. */
export type NotChanged = ChangeEnd & { readonly standing?: StandingRequest | undefined };
