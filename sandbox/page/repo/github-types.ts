/** The parts of GitHub's REST objects that the page shows. */

export interface User {
  readonly login: string;
  readonly type: string;
}

export interface Pull {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly user: User | null;
  readonly state: 'open' | 'closed';
  readonly draft?: boolean;
  readonly merged_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string };
  readonly labels: readonly { readonly name: string; readonly color: string }[];
  readonly requested_reviewers?: readonly User[] | null;
  readonly requested_teams?: readonly { readonly slug: string; readonly name: string }[] | null;
}

/** What only `GET /pulls/N` knows. */
export interface FullPull extends Pull {
  readonly merged: boolean;
  readonly mergeable: boolean | null;
  readonly mergeable_state: string;
  readonly merged_by: User | null;
  readonly merge_commit_sha: string | null;
  readonly commits: number;
  readonly changed_files: number;
}

export interface Comment {
  readonly id: number;
  readonly body?: string | null;
  readonly user: User | null;
  readonly created_at: string;
}

export interface Review {
  readonly id: number;
  readonly user: User | null;
  readonly body: string;
  readonly state: string;
  readonly submitted_at?: string | null;
  readonly commit_id: string | null;
}

export interface Commit {
  readonly sha: string;
  readonly commit: {
    readonly message: string;
    readonly author: { readonly name?: string; readonly date?: string } | null;
    readonly verification?: { readonly verified: boolean };
  };
  readonly author: User | null;
  readonly files?: readonly ChangedFile[];
}

export interface Comparison {
  readonly total_commits: number;
  readonly commits: readonly Commit[];
  readonly files?: readonly ChangedFile[];
}

export interface ChangedFile {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string;
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly details_url?: string | null;
  readonly output: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly annotations_count: number;
  };
  readonly app: { readonly name: string } | null;
}

/** What a check says of a line. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly title: string | null;
  readonly message: string;
}

/** A button of a check run. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CombinedStatus {
  readonly statuses: readonly {
    readonly context: string;
    readonly state: string;
    readonly description: string | null;
  }[];
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly created_at: string;
}

export interface DeploymentStatus {
  readonly state: string;
  readonly description: string;
  readonly created_at: string;
}

export interface Tree {
  readonly tree: readonly { readonly path: string; readonly type: string; readonly sha: string }[];
}

export interface Release {
  readonly id: number;
  readonly tag_name: string;
  readonly name: string | null;
  readonly body?: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly published_at: string | null;
  readonly author: User;
}

export interface Tag {
  readonly name: string;
  readonly commit: { readonly sha: string };
}
