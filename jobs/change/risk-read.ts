import type { Risk } from '../../src/domain/change/sheet.ts';
import type { GitHubLogin } from '../../src/domain/ids.ts';

export interface RiskRead {
  readonly risk: Risk;
  /** Who wrote what a promotion brings; undefined when it cannot be told. */
  readonly authors: readonly GitHubLogin[] | undefined;
}
