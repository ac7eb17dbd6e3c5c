import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, type JobContext, job } from '../job.ts';
import { type OnboardPayload, onboardPayload } from '../payloads.ts';
import { bring, wantedOf } from './bring.ts';
import { onboardingNews } from './onboarding-news.ts';
import { outcomeOf } from './outcome-of.ts';
import { readablePlatform } from './readable-platform.ts';
import { RequestNews } from './request-news.ts';
import { standing } from './standing.ts';

/**
 * A person's request, from the form to a pull request that stands, and the news of it. Every run looks first at what
 * stands already, so that it may end anywhere and be run again.
 */
export function onboard(deps: JobDeps): Job {
  return job({
    name: 'onboard',
    queue: 'intents',
    schema: onboardPayload,
    run: (payload, context) => run(deps, payload, context),
  });
}

async function run(deps: JobDeps, payload: OnboardPayload, context: JobContext): Promise<void> {
  const known = await readablePlatform(deps, payload.repo, context);
  const news = new RequestNews(
    deps,
    onboardingNews(payload),
    context,
    known.kind === 'ok' ? known.policy : undefined,
  );
  const person =
    known.kind === 'ok'
      ? await authorise(deps.people, known.policy.onboarding.who, payload.askedBy)
      : undefined;
  if (known.kind !== 'ok' || !person) {
    const code = known.kind === 'failed' ? known.code : 'not-allowed';
    const pull = context.attempt > 1 ? await standing(deps, wantedOf(payload)) : undefined;
    if (!pull) return news.tell({ kind: 'failed', code });
    // An earlier run opened it while that was in order; saying now that it failed would be wrong.
    if (known.kind === 'ok') return news.tell({ kind: 'opened', pull, draft: undefined, known });
    return deps.hints.lookAtRequest(pull.repo, pull.number);
  }
  await news.begin();
  const { attempt } = context;
  const requester = { slackId: payload.askedBy, name: person.name };
  await news.tell(
    await outcomeOf(() => bring(deps, { payload, requester, atHand: known, attempt }), news, context),
  );
}
