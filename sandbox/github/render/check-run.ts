import { summariseSuite } from '../operations/check-summary.ts';
import type { CheckAnnotation, CheckRun, CheckSuite, Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { renderApp } from './app.ts';
import { renderMinimalRepository } from './repository.ts';
import { renderSimpleCommit } from './simple-commit.ts';

/** GitHub's "check-run". */
export function renderCheckRun(world: GitHubWorld, run: CheckRun) {
  const url = `${world.urls.repoApi()}/check-runs/${run.id}`;
  const html = `${world.urls.repoHtml()}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: world.state.nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    external_id: run.externalId ?? '',
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.output.title,
      summary: run.output.summary,
      text: run.output.text,
      annotations_count: run.output.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: renderApp(world),
    pull_requests: pullsAt(world, run.headSha),
  };
}

/** As in webhooks: the suite in short comes with it. */
export function renderCheckRunEvent(world: GitHubWorld, run: CheckRun) {
  const suite = world.state.checkSuites.get(run.suiteId);
  return {
    ...renderCheckRun(world, run),
    check_suite: suite ? renderSimpleSuite(world, suite) : { id: run.suiteId },
  };
}

/** GitHub's "check-suite". */
export async function renderCheckSuite(world: GitHubWorld, suite: CheckSuite) {
  const { runs } = summariseSuite(world.state, suite);
  return {
    ...renderSimpleSuite(world, suite),
    latest_check_runs_count: runs.length,
    check_runs_url: `${world.urls.repoApi()}/check-suites/${suite.id}/check-runs`,
    head_commit: await renderSimpleCommit(world, suite.headSha),
    rerequestable: true,
    runs_rerequestable: true,
  };
}

function renderSimpleSuite(world: GitHubWorld, suite: CheckSuite) {
  const { status, conclusion } = summariseSuite(world.state, suite);
  return {
    id: suite.id,
    node_id: world.state.nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status,
    conclusion,
    url: `${world.urls.repoApi()}/check-suites/${suite.id}`,
    before: suite.before,
    after: suite.headSha,
    pull_requests: pullsAt(world, suite.headSha),
    app: renderApp(world),
    repository: renderMinimalRepository(world),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
  };
}

/** GitHub's "check-annotation". */
export function renderAnnotation(world: GitHubWorld, run: CheckRun, annotation: CheckAnnotation) {
  return {
    path: annotation.path,
    blob_href: `${world.urls.repoHtml()}/blob/${run.headSha}/${annotation.path}`,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    start_column: annotation.startColumn,
    end_column: annotation.endColumn,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
    raw_details: annotation.rawDetails,
  };
}

/** GitHub's "pull-request-minimal" of each open pull request with this head. */
function pullsAt(world: GitHubWorld, sha: string) {
  return [...world.state.pulls.values()]
    .filter((pull) => pull.state === 'open' && pull.headSha === sha)
    .map((pull) => renderPullMinimal(world, pull));
}

function renderPullMinimal(world: GitHubWorld, pull: Pull) {
  const { id, name } = world.state.repo;
  const repo = { id, url: world.urls.repoApi(), name };
  return {
    id: pull.id,
    number: pull.number,
    url: `${world.urls.repoApi()}/pulls/${pull.number}`,
    head: { ref: pull.headRef, sha: pull.headSha, repo },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo },
  };
}
