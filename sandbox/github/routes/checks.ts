import { z } from 'zod';
import { emit } from '../events.ts';
import {
  checkRunOf,
  createCheckRun,
  requestCheckAction,
  rerequestCheckRun,
  suiteFor,
  updateCheckRun,
} from '../operations/check-runs.ts';
import { checkRunsOf, latestCheckRuns, summariseSuite } from '../operations/check-summary.ts';
import { demand } from '../permissions.ts';
import { renderAnnotation, renderCheckRun, renderCheckSuite } from '../render/check-run.ts';
import { commitOf } from '../resolve.ts';
import { type Ctx, created, noContent, notFound, ok, page, type Reply, type Route } from '../route.ts';
import type { CheckRun, CheckSuite } from '../types.ts';
import { checkRunChange, newCheckRun, toChange } from './check-run-body.ts';

const read = { name: 'checks', level: 'read' } as const;
const write = { name: 'checks', level: 'write' } as const;

/** https://docs.github.com/rest/checks */
export const checkRoutes: readonly Route[] = [
  { method: 'POST', path: '/repos/:owner/:repo/check-runs', permission: write, handler: postRun },
  { method: 'GET', path: '/repos/:owner/:repo/check-runs/:check_run_id', permission: read, handler: getRun },
  {
    method: 'PATCH',
    path: '/repos/:owner/:repo/check-runs/:check_run_id',
    permission: write,
    handler: patchRun,
  },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/check-runs/:check_run_id/annotations',
    permission: read,
    handler: listAnnotations,
  },
  {
    method: 'POST',
    path: '/repos/:owner/:repo/check-runs/:check_run_id/rerequest',
    permission: write,
    handler: rerequest,
  },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/commits/:ref/check-runs',
    permission: read,
    handler: listForRef,
  },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/commits/:ref/check-suites',
    permission: read,
    handler: listSuites,
  },
  { method: 'POST', path: '/repos/:owner/:repo/check-suites', permission: write, handler: postSuite },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/check-suites/:check_suite_id',
    permission: read,
    handler: getSuite,
  },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/check-suites/:check_suite_id/check-runs',
    permission: read,
    handler: listForSuite,
  },
  {
    method: 'POST',
    path: '/repos/:owner/:repo/check-suites/:check_suite_id/rerequest',
    permission: write,
    handler: rerequestSuite,
  },
  // The buttons of a check run as GitHub's pages show them, and what one does: there is no API for either.
  {
    method: 'GET',
    path: '/_sandbox/check-runs/:check_run_id/actions',
    permission: read,
    handler: listActions,
  },
  { method: 'POST', path: '/_sandbox/check-runs/:check_run_id/actions/:identifier', handler: pressAction },
];

async function postRun(ctx: Ctx): Promise<Reply> {
  const body = ctx.parse(newCheckRun);
  const run = await createCheckRun(ctx.world, ctx.actor, body.head_sha, {
    ...toChange(body),
    name: body.name,
  });
  return created(renderCheckRun(ctx.world, run));
}

function getRun(ctx: Ctx): Reply {
  return ok(renderCheckRun(ctx.world, checkRunOf(ctx.world, ctx.number('check_run_id'))));
}

async function patchRun(ctx: Ctx): Promise<Reply> {
  const change = toChange(ctx.parse(checkRunChange));
  return ok(
    renderCheckRun(ctx.world, await updateCheckRun(ctx.world, ctx.actor, ctx.number('check_run_id'), change)),
  );
}

function listAnnotations(ctx: Ctx): Reply {
  const run = checkRunOf(ctx.world, ctx.number('check_run_id'));
  return page(ctx, run.output.annotations, (slice) =>
    slice.map((each) => renderAnnotation(ctx.world, run, each)),
  );
}

async function rerequest(ctx: Ctx): Promise<Reply> {
  await rerequestCheckRun(ctx.world, ctx.actor, ctx.number('check_run_id'));
  return created({});
}

function listActions(ctx: Ctx): Reply {
  return ok(checkRunOf(ctx.world, ctx.number('check_run_id')).actions);
}

async function pressAction(ctx: Ctx): Promise<Reply> {
  demand(ctx.world, ctx.actor, { name: 'contents', level: 'write' });
  await requestCheckAction(ctx.world, ctx.actor, ctx.number('check_run_id'), ctx.param('identifier'));
  return noContent();
}

function listed(ctx: Ctx, runs: readonly CheckRun[]): Reply {
  const { query } = ctx;
  const all = query.get('filter') === 'all' ? runs : latestCheckRuns(runs);
  const found = all.filter(
    (run) =>
      (query.get('check_name') ?? run.name) === run.name &&
      (query.get('status') ?? run.status) === run.status &&
      Number(query.get('app_id') ?? run.appId) === run.appId,
  );
  return page(ctx, found, (slice) => ({
    total_count: found.length,
    check_runs: slice.map((run) => renderCheckRun(ctx.world, run)),
  }));
}

async function listForRef(ctx: Ctx): Promise<Reply> {
  const { oid } = await commitOf(ctx.world, ctx.view, ctx.param('ref'));
  return listed(ctx, checkRunsOf(ctx.state, oid));
}

async function listSuites(ctx: Ctx): Promise<Reply> {
  const { oid } = await commitOf(ctx.world, ctx.view, ctx.param('ref'));
  const { query } = ctx;
  const name = query.get('check_name');
  const found = [...ctx.state.checkSuites.values()].filter(
    (suite) =>
      suite.headSha === oid &&
      Number(query.get('app_id') ?? suite.appId) === suite.appId &&
      (name === null || summariseSuite(ctx.state, suite).runs.some((run) => run.name === name)),
  );
  const suites = await Promise.all(found.map((suite) => renderCheckSuite(ctx.world, suite)));
  return page(ctx, suites, (slice) => ({ total_count: found.length, check_suites: slice }));
}

const newSuite = z.object({ head_sha: z.string() });

async function postSuite(ctx: Ctx): Promise<Reply> {
  const { oid } = await commitOf(ctx.world, ctx.view, ctx.parse(newSuite).head_sha);
  return created(await renderCheckSuite(ctx.world, await suiteFor(ctx.world, oid)));
}

function suiteOf(ctx: Ctx): CheckSuite {
  const suite = ctx.state.checkSuites.get(ctx.number('check_suite_id'));
  if (!suite) throw notFound();
  return suite;
}

async function getSuite(ctx: Ctx): Promise<Reply> {
  return ok(await renderCheckSuite(ctx.world, suiteOf(ctx)));
}

function listForSuite(ctx: Ctx): Reply {
  const { id } = suiteOf(ctx);
  return listed(ctx, [...ctx.state.checkRuns.values()].filter((run) => run.suiteId === id).reverse());
}

async function rerequestSuite(ctx: Ctx): Promise<Reply> {
  const suite = await renderCheckSuite(ctx.world, suiteOf(ctx));
  emit(ctx.world, 'check_suite', 'rerequested', ctx.actor, { check_suite: suite });
  return created({});
}
