import type { ConventionsRepository } from '../../../../jobs/conventions/convention-ports.ts';
import { createCommentBook } from '../change/comment-book.ts';
import { editTitle } from '../change/edit-pull.ts';
import { reportCheck } from '../change/report-check.ts';
import { writeComment } from '../change/write-comment.ts';
import type { GitHubContext } from '../github-context.ts';
import { readConventionPull } from './read-convention-pull.ts';

/** GitHub for conventions, through an installation of the App. */
export function createConventionsRepository(context: GitHubContext): ConventionsRepository {
  const patient = { ...context, client: context.patient ?? context.client };
  const comments = createCommentBook();
  return {
    readConventionPull: (repo, number) => readConventionPull(context, repo, number),
    reportConventions: (report) => reportCheck(patient, report),
    commentConventions: (repo, number, key, markdown) =>
      writeComment(patient, comments, repo, number, key, markdown),
    setTitle: (repo, number, title) => editTitle(context, repo, number, title),
  };
}
