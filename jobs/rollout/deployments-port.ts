import type { CommitSha, RepoName } from '../../src/domain/ids.ts';

/** What became of bringing a commit to an environment, as GitHub shows it beside the commit. */
export interface DeploymentReport {
  readonly repo: RepoName;
  /** Names the deployment: the same key is the same deployment, however often it is reported. */
  readonly key: string;
  /** What is brought there: of a promotion the commit that its tag points to. */
  readonly commit: CommitSha;
  readonly environment: string;
  readonly state: 'in_progress' | 'success' | 'failure' | 'inactive';
  /** Cut to GitHub's 140 characters. */
  readonly description: string;
  /** Where the rollout is told. */
  readonly url: string | undefined;
}

/** Deployments on GitHub. Errors as for `PlatformRepository`. */
export interface Deployments {
  /** Makes the deployment unless it stands, and gives it the status unless that is its last one. */
  report(report: DeploymentReport): Promise<void>;
}
