import type { Policy } from '../../src/domain/policy.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, type JobContext, job } from '../job.ts';
import { outcomeOf } from '../onboard/outcome-of.ts';
import { readablePlatform } from '../onboard/readable-platform.ts';
import { RequestNews } from '../onboard/request-news.ts';
import { standing } from '../onboard/standing.ts';
import { bringEdit, wantedEdit } from './bring-edit.ts';
import { editingNews } from './editing-news.ts';
import { mayEdit } from './may-edit.ts';
import { type EditTenantPayload, editTenantPayload } from './payloads.ts';
import { askForSecond, hearSecond } from './second-person.ts';

/**
 * A person's change of a tenant, from the form to a pull request that stands, and the news of it. An offboarding first
 * waits for a second person, whose press comes back here. Every run looks first at what stands already.
 */
export function editTenant(deps: JobDeps): Job {
  return job({
    name: 'edit-tenant',
    queue: 'intents',
    schema: editTenantPayload,
    run: (payload, context) => run(deps, payload, context),
  });
}

async function run(deps: JobDeps, payload: EditTenantPayload, context: JobContext): Promise<void> {
  const known = await readablePlatform(deps, payload.repo, context);
  if (known.kind === 'failed') return endEarly(deps, payload, context, known.code, undefined);
  const { policy } = known;
  const person = await mayEdit(deps, policy, payload.edit.kind, payload);
  if (!person) return endEarly(deps, payload, context, 'not-allowed', policy);
  if (payload.edit.kind === 'offboard' && payload.answer === undefined)
    return askForSecond(deps, payload, context, policy);
  const second = payload.answer && (await hearSecond(deps, payload, payload.answer, policy));
  if (second?.kind === 'done') return;
  const news = new RequestNews(deps, editingNews(payload), context, policy);
  await news.begin();
  const work = () => bringEdit(deps, { payload, person, confirmedBy: second?.person });
  await news.tell(await outcomeOf(work, news, context));
}

async function endEarly(
  deps: JobDeps,
  payload: EditTenantPayload,
  context: JobContext,
  code: string,
  policy: Policy | undefined,
): Promise<void> {
  const pull = context.attempt > 1 ? await standing(deps, wantedEdit(payload)) : undefined;
  // An earlier run opened it while all was in order; saying now that it failed would be wrong.
  if (pull) return deps.hints.lookAtRequest(pull.repo, pull.number);
  await new RequestNews(deps, editingNews(payload), context, policy).tell({ kind: 'failed', code });
}
