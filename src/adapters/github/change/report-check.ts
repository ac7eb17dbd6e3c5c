import { z } from 'zod';
import type { CheckReport } from '../../../../jobs/change/change-ports.ts';
import { AmbiguousWriteError } from '../../../errors.ts';
import type { CheckAnnotation } from '../../../views/conventions/conventions-check.ts';
import type { Answer } from '../client.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import { APPROVAL_CHECK } from './approval-check.ts';

const shape = z.object({ id: z.number().int() });

const MOST_CHARACTERS = 65_535;

/**
 * Creates or changes the App's check run of a head. A run that GitHub has deleted meanwhile is made anew; of two runs
 * of one App and name only the newer counts, so that making one twice is harmless.
 *
 * @returns the run's id.
 * @see https://docs.github.com/rest/checks/runs
 */
export async function reportCheck({ client }: GitHubContext, report: CheckReport): Promise<number> {
  const { repo, head, id } = report;
  const what = `report the check of ${head} in ${repo}`;
  const { owner, name } = ownerAndName(repo);
  const place = { owner, repo: name };
  if (id !== undefined) {
    const route = '/repos/{owner}/{repo}/check-runs/{check_run_id}';
    const changed = await client.patch(
      repo,
      what,
      route,
      { ...place, check_run_id: id, ...bodyOf(report) },
      [404],
    );
    if (changed.status !== 404) return idOf(what, changed);
  }
  const body = { ...place, name: report.check ?? APPROVAL_CHECK, head_sha: head, ...bodyOf(report) };
  return idOf(what, await client.post(repo, what, '/repos/{owner}/{repo}/check-runs', body));
}

function bodyOf({
  head,
  status,
  conclusion,
  title,
  summary,
  detailsUrl,
  externalId = head,
  annotations = [],
  actions = [],
}: CheckReport) {
  return {
    external_id: externalId,
    status,
    ...(status === 'completed' && conclusion !== undefined ? { conclusion } : {}),
    ...(detailsUrl === undefined ? {} : { details_url: detailsUrl }),
    output: {
      title,
      summary: summary.slice(0, MOST_CHARACTERS),
      ...(annotations.length === 0 ? {} : { annotations: annotations.map(annotationOf) }),
    },
    ...(actions.length === 0 ? {} : { actions }),
  };
}

function annotationOf({ path, line, level, title, message }: CheckAnnotation) {
  return { path, start_line: line, end_line: line, annotation_level: level, title, message };
}

function idOf(what: string, answer: Answer): number {
  const read = shape.safeParse(answer.data);
  if (read.success) return read.data.id;
  throw new AmbiguousWriteError(`failed to ${what}: the answer cannot be read`, { cause: read.error });
}
