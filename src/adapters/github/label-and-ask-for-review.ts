import type { ReviewWish } from '../../../jobs/ports.ts';
import { PermanentError } from '../../errors.ts';
import type { GitHubContext } from './github-context.ts';
import type { GraphOperation } from './graph-answer.ts';
import { checkMutations, failureOf, fieldError, judgeField } from './graph-failure.ts';
import { pullKey } from './id-book.ts';
import { learnReviewNames, type WishedName, wishedNames } from './review-names.ts';

/** One field for every name, so that one that GitHub refuses keeps no other from being done. */
export function reviewWishMutation(kinds: readonly WishedName['kind'][]): string {
  const fields = kinds.map((kind, n) => {
    if (kind === 'label') {
      return `  field${n}: addLabelsToLabelable(input: { labelableId: $pull, labelIds: [$id${n}] }) { clientMutationId }`;
    }
    const list = kind === 'user' ? 'userIds' : 'teamIds';
    return `  field${n}: requestReviews(input: { pullRequestId: $pull, ${list}: [$id${n}], union: true }) { clientMutationId }`;
  });
  return `
mutation LabelAndAskForReview($pull: ID!${kinds.map((_, n) => `, $id${n}: ID!`).join('')}) {
${fields.join('\n')}
}`;
}

/**
 * Puts labels on a pull request and asks for reviews, in one document once the names' ids are known. Labels and
 * reviewers that are there already stay; asking again somebody who has given a review asks for another one.
 *
 * @returns the names that GitHub does not know or does not take, such as the author as a reviewer.
 */
export async function labelAndAskForReview(
  context: GitHubContext,
  wish: ReviewWish,
): Promise<{ readonly unknown: readonly string[] }> {
  const { ids, client, log } = context;
  const { repo, number } = wish;
  const names = wishedNames(wish);
  if (names.length === 0) return { unknown: [] };
  await learnReviewNames(context, repo, names, number);
  const pull = ids.get(pullKey(repo, number));
  if (!pull) throw new PermanentError('not-found', `there is no pull request ${repo}#${number}`);
  const known = names.flatMap((wished) => {
    const id = ids.get(wished.key);
    return id ? [{ ...wished, id }] : [];
  });
  const refused = names.filter(({ key }) => !known.some((each) => each.key === key)).map(({ name }) => name);
  if (known.length === 0) return { unknown: refused };
  const what = `label ${repo}#${number} and ask for reviews`;
  const answer = await client.mutate(repo, what, operationFor(pull, known));
  checkMutations(what, answer);
  known.forEach(({ key, name }, n) => {
    const failure = failureOf(answer, `field${n}`);
    if (failure === undefined) return;
    if (judgeField(failure) === 'unclear') throw fieldError(what, failure);
    log.warn({ repo, number, name, why: failure.message }, 'GitHub did not take a label or a reviewer');
    ids.drop(key);
    refused.push(name);
  });
  return { unknown: refused };
}

function operationFor(
  pull: string,
  names: readonly (WishedName & { readonly id: string })[],
): GraphOperation {
  return {
    query: reviewWishMutation(names.map(({ kind }) => kind)),
    variables: { pull, ...Object.fromEntries(names.map(({ id }, n) => [`id${n}`, id])) },
  };
}
