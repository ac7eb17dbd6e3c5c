import type { Requests } from '../../../jobs/request/request-ports.ts';
import { describePull } from './change/edit-pull.ts';
import { commitToRequest } from './commit-to-request.ts';
import type { GitHubContext } from './github-context.ts';
import { readIssue } from './read-issue.ts';
import { readStandingRequest } from './read-standing-request.ts';

/** GitHub for requests that stand, through an installation of the App. */
export function createRequests(context: GitHubContext): Requests {
  return {
    readStanding: (repo, number) => readStandingRequest(context, repo, number),
    readIssue: (repo, number) => readIssue(context, repo, number),
    commit: (plan) => commitToRequest(context, plan),
    describe: (repo, number, texts) => describePull(context, repo, number, texts),
  };
}
