import { createHash } from 'node:crypto';
import { AmbiguousWriteError } from '../src/errors.ts';
import { conventionsCheck, conventionsUnknown } from '../src/views/conventions/conventions-check.ts';
import { whatThisDoes } from '../src/views/conventions/what-this-does.ts';
import type { CheckReport } from './change/change-ports.ts';
import type { ConventionPull } from './conventions/convention-ports.ts';
import { lookAtConventionsPayload } from './conventions/payloads.ts';
import { type ConventionsRead, readConventions } from './conventions/read-conventions.ts';
import { reportConventions } from './conventions/report-conventions.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { type KnownPlatform, knownPlatform } from './known-platform.ts';
import { READS_LAG_MS } from './onboard/keys.ts';

/** Key of the comment that says what a pull request does. */
const COMMENT = 'what-this-does';

/** Raised when the same facts are to be judged anew, since what is found or said of them has changed. */
const EDITION = 1;

/**
 * Looks at one pull request, whoever opened it: comments what it does, and reports the check `conventions`. The check
 * comes last and bears what it was reported for, so that one that stands means that all was said.
 */
export function lookAtConventions(deps: JobDeps): Job {
  return job({
    name: 'look-at-conventions',
    queue: 'looks',
    schema: lookAtConventionsPayload,
    run: async ({ repo, number, again = false }, { log }) => {
      const pull = await deps.conventions.readConventionPull(repo, number);
      if (pull === undefined || !pull.isOpen) return;
      const known = await knownPlatform(deps, repo);
      const report = (given: CheckReport) => deps.conventions.reportConventions(given);
      const key = keyOf(pull, known);
      if (pull.reported === key && !again) return;
      if (known.kind === 'invalid') {
        await reportConventions(report, pull, key, conventionsUnknown());
        return;
      }
      const read = await readConventions(deps, pull, known.policy);
      await comment(deps, pull, read, again);
      const output = conventionsCheck(read.conventions);
      await reportConventions(report, pull, key, output);
      const { findings } = read.conventions;
      log.info({ repo, pull: number, findings: findings.length, title: output.title }, 'checked conventions');
    },
  });
}

/** All that the verdict follows from: an unchanged pull request is not judged again. */
function keyOf({ number, head, base, title }: ConventionPull, known: KnownPlatform): string {
  const rules = known.kind === 'ok' ? known.policy : 'invalid';
  const facts = JSON.stringify([EDITION, head, base, title, rules]);
  return `#${number} ${createHash('sha256').update(facts).digest('hex').slice(0, 32)}`;
}

async function comment(
  { conventions, memory }: JobDeps,
  { repo, number, base, head, defaultBranch }: ConventionPull,
  { effects, turned, from }: ConventionsRead,
  again: boolean,
): Promise<void> {
  const text = whatThisDoes(
    base === defaultBranch
      ? { kind: 'effects', effects, turned, base: from, head }
      : { kind: 'other-base', branch: base, defaultBranch },
  );
  const key = `${repo}#${number} ${COMMENT}`;
  // Who asks again may have lost it.
  if (!again && memory.comments.get(key) === text) return;
  try {
    await conventions.commentConventions(repo, number, COMMENT, text);
  } catch (error) {
    if (!(error instanceof AmbiguousWriteError)) throw error;
    // Looked for earlier than that, it may stand and not be shown yet.
    throw new AmbiguousWriteError(`failed to comment on ${repo}#${number}`, {
      cause: error,
      retryInMs: READS_LAG_MS,
    });
  }
  memory.comments.put(key, text);
}
