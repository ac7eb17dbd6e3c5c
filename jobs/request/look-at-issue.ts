import { createHash } from 'node:crypto';
import type { RepoName, RequestId } from '../../src/domain/ids.ts';
import { parseIssueForm } from '../../src/domain/request/issue-form.ts';
import type { IssueFacts } from '../../src/domain/request/issue-request.ts';
import { PermanentError } from '../../src/errors.ts';
import { type IssueAnswer, issueAnswer, readIssueMemory } from '../../src/views/request/issue-answer.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, type JobContext, job } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import { issueObject, markSeen } from '../seen.ts';
import { answerIssue } from './answer-issue.ts';
import { lookAtIssuePayload } from './payloads.ts';

/** Looks at one issue: one that was made with the form becomes a request, and an edit of it a change. */
export function lookAtIssue(deps: JobDeps): Job {
  return job({
    name: 'look-at-issue',
    queue: 'looks',
    schema: lookAtIssuePayload,
    run: async ({ repo, number }, context) => {
      const issue = await deps.requests.readIssue(repo, number);
      if (issue === undefined) return;
      if (await look(deps, repo, issue, context)) {
        await markSeen(deps.marks, issueObject(repo, number), issue.updatedAt);
      }
    },
  });
}

/** Whether it was looked at to the end. */
async function look(deps: JobDeps, repo: RepoName, issue: IssueFacts, context: JobContext): Promise<boolean> {
  const form = parseIssueForm(issue.body);
  // A closed issue asks for nothing; what it has led to goes its own way.
  if (form.kind === 'other' || !issue.isOpen) return true;
  const digest = digestOf(issue.body.replace(/\r\n?/g, '\n').trim());
  const before = readIssueMemory(issue.ownComments);
  if (before?.form === digest && before.kind !== 'working') return true;
  const known = await knownPlatform(deps, repo);
  // Not seen: the sweep comes back to it until the policy can be read again.
  if (known.kind === 'invalid') return false;
  const name = form.kind === 'values' ? form.values.name : (before?.name ?? '');
  const say = (answer: IssueAnswer, remembered = name) =>
    deps.changes.comment(
      repo,
      issue.number,
      'request',
      issueAnswer(answer, { name: remembered, form: digest }),
    );
  if (form.kind === 'mistakes') {
    await say(form, before?.name);
    return true;
  }
  const ids = {
    requestId: idOf(`${repo} issue ${issue.number}`),
    changeId: idOf(`${repo} issue ${issue.number} ${digest}`),
  };
  const work = { deps, repo, issue, values: form.values, known, before, say, context, ...ids };
  try {
    const { answer, remembered } = await answerIssue(work);
    await say(answer, remembered);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    context.log.error({ err: error, repo, issue: issue.number }, 'cannot do what an issue asks for');
    await say({ kind: 'failed', code: error.code });
  }
  return true;
}

function idOf(text: string): RequestId {
  return `req-${digestOf(text)}` as RequestId;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
