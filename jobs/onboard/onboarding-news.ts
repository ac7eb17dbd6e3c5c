import { arrivals } from '../../src/domain/arrival.ts';
import { requestDirect } from '../../src/views/request-direct.ts';
import { requestMessage } from '../../src/views/request-message.ts';
import { requestThread } from '../../src/views/request-thread.ts';
import type { OnboardPayload } from '../payloads.ts';
import type { Draft, Outcome } from './bring.ts';
import type { NewsSubject } from './request-news.ts';

/** What is said of an onboarding request. */
export function onboardingNews(
  payload: OnboardPayload,
): NewsSubject<Exclude<Outcome, { kind: 'opened' }>, Draft> {
  const { requestId, askedBy, askedAt, values } = payload;
  const { name, clouds, environments } = values;
  const paths = ({ files }: Draft) => files.map(({ path }) => path);
  return {
    requestId,
    askedBy,
    askedAt,
    message: (stage) => requestMessage({ stage, name: name.trim(), clouds, environments, askedBy }),
    end: (ended) => requestDirect({ ...ended, values }),
    details: (draft, { platform }) => requestThread({ ...draft, arrivals: arrivals(paths(draft), platform) }),
    paths,
  };
}
