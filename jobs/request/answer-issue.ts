import type { FormValues } from '../../src/domain/check-request.ts';
import { checkRequest } from '../../src/domain/check-request.ts';
import type { Requester } from '../../src/domain/convention.ts';
import type { RepoName, RequestId } from '../../src/domain/ids.ts';
import { decideEdit } from '../../src/domain/request/decide-edit.ts';
import { belongs, type IssueFacts } from '../../src/domain/request/issue-request.ts';
import type { RequestPull } from '../../src/domain/request-state.ts';
import type { IssueAnswer, IssueMemory } from '../../src/views/request/issue-answer.ts';
import { authorise } from '../authorise.ts';
import { resolve } from '../change/resolve-actor.ts';
import type { JobDeps } from '../deps.ts';
import type { JobContext } from '../job.ts';
import type { Understood } from '../known-platform.ts';
import { askForReview } from '../onboard/ask-for-review.ts';
import { bring, type Known } from '../onboard/bring.ts';
import { tellChanged } from './change-news.ts';
import { writeChange } from './write-change.ts';

interface IssueWork {
  readonly deps: JobDeps;
  readonly repo: RepoName;
  readonly issue: IssueFacts;
  readonly values: FormValues;
  readonly known: Known;
  /** What our comment on the issue remembers. */
  readonly before: IssueMemory | undefined;
  readonly say: (answer: IssueAnswer) => Promise<void>;
  readonly requestId: RequestId;
  /** Names the issue's text as it is now. */
  readonly changeId: RequestId;
  readonly context: JobContext;
}

interface Answered {
  readonly answer: IssueAnswer;
  /** The name to go on remembering, where it is another one than the text has now. */
  readonly remembered?: string;
}

/** Does what an issue asks for, as far as that is missing, and says what came of it. */
export async function answerIssue(work: IssueWork): Promise<Answered> {
  const { deps, repo, issue, values, known, before, requestId } = work;
  const requester = await requesterOf(work);
  if ('kind' in requester) return { answer: requester };
  const name = values.name.trim();
  // One issue is one request, whatever becomes of the name in its text.
  for (const each of new Set([before?.name ?? name, name])) {
    const { pulls } = await deps.github.readRequestFacts(repo, each);
    const pull = pulls.find((one) => one.ours && one.requestId === requestId);
    if (pull === undefined) continue;
    if (each === name) return { answer: await changed(work, pull, requester) };
    return { answer: { kind: 'name-stays', pull: pull.number, name: each }, remembered: each };
  }
  const { policy, platform } = known;
  const checked = checkRequest(values, { policy, platform, openRequests: undefined });
  if (checked.kind === 'refused') return { answer: checked };
  // The name stands at GitHub before anything else does, so that a later look knows what to look for.
  if (before?.name !== name || before.kind !== 'working') await work.say({ kind: 'working' });
  const payload = { repo, requestId, values };
  const at = { number: issue.number, changeId: work.changeId };
  // An earlier look may have written, so nothing is reserved before GitHub was asked.
  const outcome = await bring(deps, { payload, requester, issue: at, atHand: known, attempt: 2 });
  if (outcome.kind !== 'opened') return { answer: outcome };
  return { answer: await opened(work, outcome.pull, outcome.known) };
}

async function opened(
  { deps, repo, context }: IssueWork,
  pull: RequestPull,
  { policy }: Understood,
): Promise<IssueAnswer> {
  context.log.info({ repo, number: pull.number, branch: pull.branch }, 'pull request opened');
  await askForReview(deps.github, policy, pull, context.log);
  await deps.hints.lookAtRequest(repo, pull.number);
  return { kind: pull.state === 'open' ? 'opened' : 'ended', pull: pull.number };
}

/** Brings the issue's text as it is now to the pull request that stands for it. */
async function changed(work: IssueWork, found: RequestPull, requester: Requester): Promise<IssueAnswer> {
  const { deps, repo, values, known, changeId, context } = work;
  const { number: pull } = found;
  const standing = await deps.requests.readStanding(repo, pull);
  if (standing === undefined || standing.pull.state !== 'open') return { kind: 'ended', pull };
  const seen = standing.pull.head.slice(0, 16);
  const decision = decideEdit(standing, { changeId, seen });
  if (decision.kind !== 'write' && decision.kind !== 'stands') return { kind: 'ended', pull };
  const isFirst = decision.kind === 'stands' && decision.commit === standing.commits[0];
  if (isFirst) return opened(work, found, known);
  const payload = { repo, number: pull, changeId, values };
  const outcome = await writeChange(deps, { payload, attempt: 2, standing, known, decision, requester });
  if (outcome.kind === 'refused') return { kind: 'refused', refusals: outcome.refusals };
  if (outcome.kind === 'failed') return { kind: 'failed', code: outcome.code };
  if (outcome.kind === 'not-done')
    return { kind: 'not-changed', pull, code: outcome.code, paths: outcome.paths ?? [] };
  const askedAt = Date.parse(standing.pull.createdAt);
  // A look may be repeated at any time, so that what it says is always looked for first.
  const telling = { changeId, by: requester, askedAt };
  await tellChanged(deps, telling, outcome, { ...context, attempt: context.attempt + 1 });
  return { kind: 'opened', pull };
}

/** Whoever asks, if they may; the policy's groups are Slack's, so it has to know whose login it is where it names any. */
async function requesterOf({
  deps,
  repo,
  issue,
  known,
}: IssueWork): Promise<Requester | Extract<IssueAnswer, { kind: 'stranger' | 'not-allowed' | 'unmapped' }>> {
  const { author } = issue;
  if (author === undefined || !belongs(issue)) return { kind: 'stranger' };
  const { who } = known.policy.onboarding;
  const resolved = await resolve(deps, repo, { login: author }, known);
  const slackId = resolved.kind === 'person' ? resolved.ref.slack : undefined;
  if (slackId === undefined) {
    return who === 'members' ? { name: author, slackId: undefined, login: author } : { kind: 'unmapped' };
  }
  const person = await authorise(deps.people, who, slackId);
  return person ? { name: person.name, slackId } : { kind: 'not-allowed' };
}
