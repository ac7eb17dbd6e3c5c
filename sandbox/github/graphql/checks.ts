import { latestCheckRuns, summariseSuite } from '../operations/check-summary.ts';
import type { CheckAnnotation, CheckRun, CheckSuite } from '../types.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, type GraphContext, type GraphNode, node } from './fields.ts';
import { isRequired, type PullArgs } from './is-required.ts';
import { gitObjectNode, refNode, repositoryNode } from './nodes.ts';
import { pullsOfCommit } from './select-pulls.ts';

export function checkSuitesOf(
  { world }: GraphContext,
  sha: string,
  filter: { readonly appId?: number | null; readonly checkName?: string | null } | null | undefined,
): readonly GraphNode[] {
  const suites = [...world.state.checkSuites.values()].filter(
    (suite) =>
      suite.headSha === sha &&
      (filter?.appId == null || suite.appId === filter.appId) &&
      (filter?.checkName == null ||
        summariseSuite(world.state, suite).runs.some((run) => run.name === filter.checkName)),
  );
  return suites.map((suite) => node('CheckSuite', suite));
}

export const checkRunFields: Fields = fieldsOf<CheckRun>({
  id: (it, _, { world }) => world.state.nodeId('CheckRun', it.id),
  databaseId: (it) => it.id,
  name: (it) => it.name,
  status: (it) => it.status.toUpperCase(),
  conclusion: (it) => it.conclusion?.toUpperCase() ?? null,
  detailsUrl: (it) => it.detailsUrl,
  externalId: (it) => it.externalId,
  startedAt: (it) => it.startedAt,
  completedAt: (it) => it.completedAt,
  title: (it) => it.output.title,
  summary: (it) => it.output.summary,
  text: (it) => it.output.text,
  permalink: (it, _, { world }) => `${world.urls.repoHtml()}/runs/${it.id}`,
  url: (it, _, { world }) => `${world.urls.repoHtml()}/runs/${it.id}`,
  resourcePath: (it, _, { world }) => new URL(`${world.urls.repoHtml()}/runs/${it.id}`).pathname,
  repository: (_, __, context) => repositoryNode(context),
  checkSuite: (it, _, { world }) => node('CheckSuite', world.state.checkSuites.get(it.suiteId)),
  annotations: (it, args: PageArgs, _, info) =>
    connect(it.output.annotations, args, info, (each) => node('CheckAnnotation', each)),
  deployment: () => null,
  isRequired: (it, args: PullArgs, context) => isRequired(context, args, it.name, it.appId),
});

export const checkAnnotationFields: Fields = fieldsOf<CheckAnnotation>({
  path: (it) => it.path,
  message: (it) => it.message,
  title: (it) => it.title,
  rawDetails: (it) => it.rawDetails,
  annotationLevel: (it) => it.level.toUpperCase(),
  location: (it) => ({
    start: { line: it.startLine, column: it.startColumn },
    end: { line: it.endLine, column: it.endColumn },
  }),
});

interface RunFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
  readonly checkType?: 'ALL' | 'LATEST' | null;
  readonly status?: string | null;
  readonly statuses?: readonly string[] | null;
  readonly conclusions?: readonly string[] | null;
}

export const checkSuiteFields: Fields = fieldsOf<CheckSuite>({
  id: (it, _, { world }) => world.state.nodeId('CheckSuite', it.id),
  databaseId: (it) => it.id,
  app: (it, _, { world }) => (it.appId === world.state.app.id ? node('App', world.state.app) : null),
  branch: (it, _, context) =>
    it.headBranch === null ? null : refNode(context, `refs/heads/${it.headBranch}`),
  commit: (it, _, context) => gitObjectNode(context, it.headSha),
  status: (it, _, { world }) => summariseSuite(world.state, it).status.toUpperCase(),
  conclusion: (it, _, { world }) => summariseSuite(world.state, it).conclusion?.toUpperCase() ?? null,
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.updatedAt,
  creator: () => null,
  repository: (_, __, context) => repositoryNode(context),
  url: (it, _, { world }) => `${world.urls.repoHtml()}/commits/${it.headSha}/checks`,
  resourcePath: (it, _, { world }) =>
    new URL(`${world.urls.repoHtml()}/commits/${it.headSha}/checks`).pathname,
  checkRuns: (it, args: PageArgs & { filterBy?: RunFilter | null }, { world }, info) => {
    const filter = args.filterBy ?? {};
    const all = [...world.state.checkRuns.values()].filter((run) => run.suiteId === it.id);
    const statuses = filter.statuses ?? (filter.status == null ? undefined : [filter.status]);
    const found = (filter.checkType === 'ALL' ? all : latestCheckRuns(all)).filter(
      (run) =>
        (filter.appId == null || run.appId === filter.appId) &&
        (filter.checkName == null || run.name === filter.checkName) &&
        (!statuses || statuses.includes(run.status.toUpperCase())) &&
        (!filter.conclusions || filter.conclusions.includes(run.conclusion?.toUpperCase() ?? '')),
    );
    return connect(found, args, info, (run) => node('CheckRun', run));
  },
  matchingPullRequests: async (it, args: PageArgs, context, info) =>
    connect(await pullsOfCommit(context, it.headSha), args, info),
  workflowRun: () => null,
  push: () => null,
});
