import { parseTitle } from '../../src/domain/convention.ts';
import type { RequestPull } from '../../src/domain/request-state.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';

type Deps = Pick<JobDeps, 'github' | 'changes' | 'hints' | 'marks'> & { readonly log: Log };

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Closes a second open pull request of a request. GitHub refuses one beside another that is open; but what a process
 * sent before it was paused can come in after the first was merged. Asked once for each pull request.
 *
 * @returns whether it was one.
 */
export async function takeBackDouble(
  { github, changes, hints, marks, log }: Deps,
  pull: RequestPull & { readonly requestId: string },
): Promise<boolean> {
  const { repo, number, title, requestId } = pull;
  const mark = `only:${repo}#${number}`;
  const name = parseTitle(title)?.area;
  if (pull.state === 'merged' || name === undefined || (await marks.get(mark)) !== undefined) return false;
  const { pulls } = await github.readRequestFacts(repo, name);
  const first = pulls.find((each) => each.ours && each.requestId === requestId && each.number < number);
  if (first === undefined) {
    await marks.put(mark, '1', KEPT_MS);
    return false;
  }
  if (pull.state === 'open') {
    log.warn(
      { repo, number, first: first.number, requestId },
      'a second pull request of a request is taken back',
    );
    // Without its trailers it is the request's no more, whoever looks at it later.
    await changes.editBody(
      repo,
      number,
      `Opened by mistake: the request has its pull request, #${first.number}.`,
    );
    await changes.close(repo, number);
  }
  // Its message may have been told of the second meanwhile.
  await hints.lookAtRequest(repo, first.number);
  return true;
}
