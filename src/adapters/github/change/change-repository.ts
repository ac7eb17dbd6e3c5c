import type { ChangeRepository } from '../../../../jobs/change/change-ports.ts';
import type { MissedSince } from '../created-by-us.ts';
import type { GitHubContext } from '../github-context.ts';
import type { RepositoryMemory } from '../repository-memory.ts';
import { createCommentBook } from './comment-book.ts';
import { closePull, editBody } from './edit-pull.ts';
import { enqueuePull } from './enqueue-pull.ts';
import { findVerifiedLogins, type VerifiedMembers } from './find-verified-logins.ts';
import { mergePull } from './merge-pull.ts';
import { openPromotion } from './open-promotion.ts';
import { readApprovalRule } from './read-approval-rule.ts';
import { readChangeFacts } from './read-change-facts.ts';
import { readFile } from './read-file.ts';
import { readMergeBase } from './read-merge-base.ts';
import { readPusher } from './read-pusher.ts';
import { readTeamMembers } from './read-team-members.ts';
import { readVerifiedEmails } from './read-verified-emails.ts';
import { reportCheck } from './report-check.ts';
import { writeComment } from './write-comment.ts';

/**
 * GitHub for changes, through an installation of the App.
 *
 * @param missed remembers since when a branch is missing in the activity log.
 * @param memory learns the commits that are made here.
 */
export function createChangeRepository(
  context: GitHubContext,
  missed: MissedSince,
  memory: RepositoryMemory,
): ChangeRepository {
  const comments = createCommentBook();
  const members: VerifiedMembers = new Map();
  return {
    readChangeFacts: (repo, wish) => readChangeFacts(context, comments, repo, wish),
    readPusher: (repo, branch, head) => readPusher(context, repo, branch, head),
    readMergeBase: (repo, base, head) => readMergeBase(context, repo, base, head),
    readTeamMembers: (repo, team) => readTeamMembers(context, repo, team),
    readVerifiedEmails: (repo, login) => readVerifiedEmails(context, repo, login),
    findVerifiedLogins: (repo, email) => findVerifiedLogins(context, members, repo, email),
    reportCheck: (report) => reportCheck(context, report),
    merge: (wish) => mergePull(context, wish),
    enqueue: (repo, number, head) => enqueuePull(context, repo, number, head),
    close: (repo, number) => closePull(context, repo, number),
    comment: (repo, number, key, markdown) => writeComment(context, comments, repo, number, key, markdown),
    editBody: (repo, number, body) => editBody(context, repo, number, body),
    readApprovalRule: (repo, branch) => readApprovalRule(context, repo, branch),
    readFile: (repo, commit, path) => readFile(context, repo, commit, path),
    openPromotion: (plan) => openPromotion(context, missed, memory, plan),
  };
}
