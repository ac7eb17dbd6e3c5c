import { arrivals } from '../../src/domain/arrival.ts';
import { type CheckedRequest, checkRequest } from '../../src/domain/check-request.ts';
import {
  formatChangeTrailers,
  formatTrailers,
  type Requester,
  tenantTitle,
} from '../../src/domain/convention.ts';
import type { Refusal } from '../../src/domain/form/refusal.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import { type TenantFile, tenantFiles } from '../../src/domain/tenant.ts';
import { pullRequestBody } from '../../src/views/pull-request-body.ts';
import type { JobDeps } from '../deps.ts';
import type { JobContext } from '../job.ts';
import { freshPlatform, type KnownPlatform } from '../known-platform.ts';
import type { OnboardPayload } from '../payloads.ts';
import { type Content, release, type Settled, settle, type Wanted, write } from './open-request.ts';
import type { OpenedRequest } from './request-news.ts';

export type Known = Extract<KnownPlatform, { kind: 'ok' }>;

/** The request and its files; undefined when they cannot be worked out any more, since the tenant stands. */
export interface Draft {
  readonly request: CheckedRequest;
  readonly files: readonly TenantFile[];
}

/** How far a request was brought. */
export type Outcome =
  | OpenedRequest<Draft>
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'failed'; readonly code: string };

export interface Bringing {
  readonly payload: Pick<OnboardPayload, 'repo' | 'requestId' | 'values'>;
  readonly requester: Requester;
  /** Where it was asked at GitHub: the issue, and the name of what it asks for as it stands now. */
  readonly issue?: { readonly number: number; readonly changeId: RequestId } | undefined;
  /** What is at hand of the platform; it may be behind. */
  readonly atHand: Known;
  readonly attempt: JobContext['attempt'];
}

/** Brings a request to a pull request that stands, or finds why it cannot. */
export async function bring(deps: JobDeps, bringing: Bringing): Promise<Outcome> {
  const { payload, atHand, attempt } = bringing;
  // Before the first write nothing can stand, and a refusal counts only against what GitHub says now.
  const isLikely = attempt === 1 && check(payload, atHand).kind === 'ok';
  const settled = await settle(deps.github, wantedOf(payload), isLikely ? atHand.commit : undefined);
  const outcome = await conclude(deps, bringing, settled);
  await release(
    deps.github,
    payload.repo,
    settled.reserved,
    outcome.kind === 'opened' ? outcome.pull : undefined,
  );
  return outcome;
}

async function conclude(
  deps: JobDeps,
  { payload, requester, issue, atHand }: Bringing,
  { facts, decision }: Settled,
): Promise<Outcome> {
  const known = facts.base === atHand.commit ? atHand : await freshPlatform(deps, payload.repo);
  if (known.kind === 'invalid') return { kind: 'failed', code: 'policy-invalid' };
  if (decision.kind === 'refuse') return refused(decision);
  const checked = check(payload, known);
  if (decision.kind === 'stands') {
    return { kind: 'opened', pull: decision.pull, draft: checked.kind === 'ok' ? checked : undefined, known };
  }
  if (checked.kind === 'refused') return checked;
  const content = contentOf({ payload, requester, issue }, checked, known);
  const pull = await write(deps, wantedOf(payload), facts, decision, content);
  return { kind: 'opened', pull, draft: checked, known };
}

/** Which request it is, for the branches and pull requests at GitHub. */
export function wantedOf({ repo, requestId, values }: Bringing['payload']): Wanted {
  return { repo, requestId, name: values.name.trim() };
}

/** The form's check again. Requests under way are left to what GitHub says of branches and pull requests. */
function check({ values }: Bringing['payload'], { policy, platform }: Known) {
  const checked = checkRequest(values, { policy, platform, openRequests: undefined });
  if (checked.kind === 'refused') return checked;
  return { ...checked, files: tenantFiles(checked.request, policy, platform) };
}

function contentOf(
  { payload: { requestId }, requester: requestedBy, issue }: Omit<Bringing, 'atHand' | 'attempt'>,
  { request, files }: Draft,
  known: Known,
): Content {
  const body = pullRequestBody({
    request: { ...request, id: requestId, askedBy: requestedBy },
    files,
    arrivals: arrivals(
      files.map(({ path }) => path),
      known.platform,
    ),
    issue: issue?.number,
  });
  return {
    title: tenantTitle(request.name, request.clouds),
    body,
    trailers: issue
      ? formatChangeTrailers(issue.changeId, { requestId, requestedBy })
      : formatTrailers({ requestId, requestedBy }),
    files,
  };
}

function refused(decision: Extract<Settled['decision'], { kind: 'refuse' }>): Outcome {
  if (decision.code === 'branches-used-up') return { kind: 'failed', code: decision.code };
  const { url, number } = decision.pull;
  return { kind: 'refused', refusals: [{ field: 'name', code: 'request-open', url, number }] };
}
