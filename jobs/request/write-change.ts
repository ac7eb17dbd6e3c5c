import { arrivals } from '../../src/domain/arrival.ts';
import { checkRequest } from '../../src/domain/check-request.ts';
import { type Requester, tenantTitle } from '../../src/domain/convention.ts';
import { changedFields } from '../../src/domain/request/changed-fields.ts';
import type { EditDecision } from '../../src/domain/request/decide-edit.ts';
import { planEdit } from '../../src/domain/request/plan-edit.ts';
import type { StandingRequest } from '../../src/domain/request/standing-request.ts';
import { tenantFiles } from '../../src/domain/tenant.ts';
import { RetryableError } from '../../src/errors.ts';
import { pullRequestBody } from '../../src/views/pull-request-body.ts';
import { changeCommit, changeLines, changeLinesOf } from '../../src/views/request/change-text.ts';
import { mendRequestBody } from '../../src/views/request/request-body.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Changed, NotChanged } from './outcome.ts';
import type { ChangeRequestPayload } from './payloads.ts';
import { readStanding, written } from './read-standing.ts';

const NOBODY: Requester = { name: '', slackId: undefined };

interface ChangeFacts {
  readonly payload: Pick<ChangeRequestPayload, 'repo' | 'number' | 'changeId' | 'values'>;
  readonly attempt: number;
  readonly standing: StandingRequest;
  readonly known: Understood;
  readonly decision: Extract<EditDecision, { kind: 'stands' | 'write' }>;
  /** Whoever wants it; undefined when its commit stands and nobody knows them any more. */
  readonly requester: Requester | undefined;
}

/**
 * Writes what is missing of a change: its commit, then the pull request's title and text.
 *
 * @throws RetryableError when somebody pushed in this very moment: looking again tells who.
 */
export async function writeChange(deps: JobDeps, facts: ChangeFacts): Promise<Changed | NotChanged> {
  const { payload, known, standing, decision } = facts;
  const { policy, platform } = known;
  const checked = checkRequest(payload.values, { policy, platform, openRequests: undefined });
  if (checked.kind === 'refused') {
    // What was written before the platform changed under it is told of all the same.
    if (decision.kind === 'stands') return standsAsWas(facts);
    return { ...checked, standing };
  }
  const files = tenantFiles(checked.request, policy, platform);
  const title = tenantTitle(checked.request.name, checked.request.clouds);
  const body = mendRequestBody(
    standing.body,
    pullRequestBody({
      request: { ...checked.request, ...identityOf(facts) },
      files,
      arrivals: arrivals(
        files.map(({ path }) => path),
        platform,
      ),
    }),
  );
  const isSaid = title === standing.pull.title && body === normal(standing.body);
  const lines =
    decision.kind === 'stands'
      ? changeLinesOf(decision.commit.message)
      : await commit(deps, facts, decision.onTopOf, files, isSaid);
  if (!isLines(lines)) return { ...lines, standing };
  if (!isSaid && isLatest(facts)) await deps.requests.describe(payload.repo, payload.number, { title, body });
  return { kind: 'changed', standing, known, lines };
}

function isLines(lines: readonly string[] | NotChanged): lines is readonly string[] {
  return Array.isArray(lines);
}

/** Commits what differs; the lines that tell of it, or why it is not done. */
async function commit(
  deps: JobDeps,
  { payload, attempt, standing, known, requester = NOBODY }: ChangeFacts,
  onTopOf: StandingRequest['pull']['head'],
  files: ReturnType<typeof tenantFiles>,
  isSaid: boolean,
): Promise<readonly string[] | NotChanged> {
  const { pull } = standing;
  const asked = await readStanding(deps, standing, known);
  if (
    asked === undefined ||
    asked.values.name !== payload.values.name.trim() ||
    pull.requestId === undefined
  ) {
    return { kind: 'not-done', code: 'not-a-request' };
  }
  const plan = planEdit({ before: written(asked.values, known).files, after: files, ...asked });
  if (plan.kind === 'by-hand') return { kind: 'not-done', code: 'by-hand', paths: plan.paths };
  const lines = changeLines(changedFields(asked.values, payload.values, known.policy));
  if (plan.writes.length + plan.deletes.length > 0) {
    const trailers = { requestId: pull.requestId, requestedBy: requester };
    const result = await deps.requests.commit({
      repo: payload.repo,
      branch: pull.branch,
      onTopOf,
      ...changeCommit(asked.values.name, lines, payload.changeId, trailers),
      writes: plan.writes.map(({ path, content }) => ({ path, content })),
      deletes: plan.deletes,
    });
    if (result === 'stale') throw new RetryableError(`the branch of ${payload.repo}#${pull.number} moved`);
    return lines;
  }
  // An earlier run may have written the text alone, where no file keeps what was changed.
  return isSaid && attempt === 1 ? { kind: 'not-done', code: 'nothing-new' } : lines;
}

/** A run that comes late must not bring back the text of a change that another one has followed. */
function isLatest({ standing, payload, decision }: ChangeFacts): boolean {
  if (standing.pull.state !== 'open') return false;
  if (decision.kind === 'write') return true;
  return standing.commits.findLast(({ changeId }) => changeId !== undefined)?.changeId === payload.changeId;
}

/** The request stays that of its asker, whoever changes it. */
function identityOf({ standing, payload, requester = NOBODY }: ChangeFacts) {
  const { pull, requesterName: name, requesterLogin: login } = standing;
  const askedBy = name === undefined ? requester : { slackId: pull.requestedBy, name, login };
  return { id: pull.requestId ?? payload.changeId, askedBy };
}

function standsAsWas({ standing, known, decision }: ChangeFacts): Changed {
  const lines = decision.kind === 'stands' ? changeLinesOf(decision.commit.message) : [];
  return { kind: 'changed', standing, known, lines };
}

function normal(body: string): string {
  return body.replace(/\r\n?/g, '\n').trimEnd();
}
