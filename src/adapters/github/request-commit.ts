import { z } from 'zod';
import { parseTrailers } from '../../domain/convention.ts';
import { commitSha } from './shapes.ts';

export const requestCommitFragment = `
fragment RequestCommit on Commit {
  oid
  message
  author { email }
  signature { isValid wasSignedByGitHub }
}`;

export const requestCommit = z.object({
  oid: commitSha,
  message: z.string(),
  author: z.object({ email: z.string().nullable() }).nullable(),
  signature: z.object({ isValid: z.boolean(), wasSignedByGitHub: z.boolean() }).nullable(),
});

export type CommitShape = z.output<typeof requestCommit>;

/**
 * The trailers of a commit that this App made; undefined for any other commit.
 *
 * Anybody can write our address into a commit, but GitHub signs with its own key only what was made through it, and
 * for an App only without a custom author:
 * https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification#signature-verification-for-bots
 */
export function trailersOfAppCommit(commit: CommitShape, appSlug: string) {
  return isMadeByApp(commit, appSlug) ? parseTrailers(commit.message) : undefined;
}

/** Whether this App made the commit, by GitHub's own signature. */
export function isMadeByApp({ author, signature }: CommitShape, appSlug: string): boolean {
  const signed = signature?.isValid === true && signature.wasSignedByGitHub;
  return signed && isAppAddress(author?.email ?? '', appSlug);
}

/** `123+slug[bot]@users.noreply.github.com`; GitHub Enterprise Server has its own host at the end. */
function isAppAddress(email: string, appSlug: string): boolean {
  const [mailbox = '', host = ''] = email.split('@');
  return mailbox.replace(/^\d+\+/, '') === `${appSlug}[bot]` && host.startsWith('users.noreply.');
}
