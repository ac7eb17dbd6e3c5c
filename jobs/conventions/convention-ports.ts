import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { CheckReport } from '../change/change-ports.ts';

/** A pull request as the check of conventions needs it. */
export interface ConventionPull {
  readonly repo: RepoName;
  readonly number: number;
  readonly title: string;
  readonly isOpen: boolean;
  /** Name of the branch that it goes to. */
  readonly base: string;
  /** That branch's head; undefined when the branch is gone. */
  readonly baseHead: CommitSha | undefined;
  readonly head: CommitSha;
  readonly defaultBranch: string;
  /** What the App's check `conventions` of this head was reported for last: `externalId` of its report. */
  readonly reported: string | undefined;
}

/** Renders overlays as Flux does, where that can be done here. */
export interface OverlayRenderer {
  /** Whether it can be done at all, so that nobody reads files for it in vain. */
  isThere(): Promise<boolean>;
  /**
   * What a folder renders to: YAML of one or several objects; undefined when it cannot be rendered here. Nothing is
   * fetched for it.
   *
   * @param files path from the root of the repository -> text, all that has a say in it.
   */
  render(folder: string, files: ReadonlyMap<string, string>): Promise<string | undefined>;
}

/** What the jobs want of GitHub for conventions. Errors as for `PlatformRepository`. */
export interface ConventionsRepository {
  /** One query; undefined when there is no such pull request. */
  readConventionPull(repo: RepoName, number: number): Promise<ConventionPull | undefined>;
  /** As `reportCheck` of changes. It waits where much is written, and leaves room for what people wait for. */
  reportConventions(report: CheckReport): Promise<number>;
  /** As `comment` of changes; it waits like `reportConventions`. */
  commentConventions(repo: RepoName, number: number, key: string, markdown: string): Promise<void>;
  /** Gives a pull request another title. */
  setTitle(repo: RepoName, number: number, title: string): Promise<void>;
}
