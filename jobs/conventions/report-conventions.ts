import type { ConventionsOutput } from '../../src/views/conventions/conventions-check.ts';
import type { CheckReport } from '../change/change-ports.ts';
import type { ConventionPull } from './convention-ports.ts';

/**
 * Reports the check `conventions` of a pull request's head. A new run takes the place of the one before: GitHub adds
 * annotations to those that a run has and takes none away.
 *
 * @param key what it is reported for; it is read back as `reported`.
 */
export async function reportConventions(
  report: (report: CheckReport) => Promise<number>,
  { repo, head }: Pick<ConventionPull, 'repo' | 'head'>,
  key: string,
  { verdict, title, summary, annotations, actions }: ConventionsOutput,
): Promise<void> {
  await report({
    repo,
    head,
    id: undefined,
    check: 'conventions',
    externalId: key,
    status: 'completed',
    conclusion: verdict,
    title,
    summary,
    detailsUrl: undefined,
    annotations,
    actions,
  });
}
