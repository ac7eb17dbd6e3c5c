import { changeOfPull } from '../src/domain/change/change-of-pull.ts';
import { changesOf } from '../src/domain/change/changes-of.ts';
import type { CommitSha, RepoName } from '../src/domain/ids.ts';
import { checkOutput } from '../src/views/change/check-output.ts';
import { conventionsQueued } from '../src/views/conventions/conventions-check.ts';
import type { CheckReport } from './change/change-ports.ts';
import { readScene } from './change/change-scene.ts';
import { checkOfPart } from './change/check-of-part.ts';
import { classifyPull } from './change/classify-pull.ts';
import { ledgerPlace } from './change/ledger-place.ts';
import { answerQueuePayload } from './change/payloads.ts';
import { type CheckVerdict, reportCheck } from './change/report-check.ts';
import { reportConventions } from './conventions/report-conventions.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { knownPlatform } from './known-platform.ts';

/** Answers for a head that a merge queue made: as the pull request in it stands now, so the head may merge. */
export function answerQueue(deps: JobDeps): Job {
  return job({
    name: 'answer-queue',
    queue: 'looks',
    schema: answerQueuePayload,
    run: async ({ repo, head, ref }) => {
      const number = Number(/\/pr-([1-9][0-9]{0,9})-/.exec(ref)?.[1]);
      if (Number.isNaN(number)) return;
      const place = { repo, head: head as CommitSha, ownCheck: undefined };
      const { verdict, output, isKnown } = await answerFor(deps, repo, number);
      if (isKnown) {
        const report = (given: CheckReport) => deps.changes.reportCheck(given);
        await reportConventions(report, place, `#${number} queue`, conventionsQueued(number));
      }
      await reportCheck(deps.changes, place, verdict, output);
    },
  });
}

interface Answer {
  readonly verdict: CheckVerdict;
  readonly output: ReturnType<typeof checkOutput>;
  /** Whether it is a pull request of ours to know. */
  readonly isKnown: boolean;
}

async function answerFor(deps: JobDeps, repo: RepoName, number: number): Promise<Answer> {
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid')
    return { verdict: 'refused', output: checkOutput({ kind: 'policy-invalid' }), isKnown: false };
  const [{ records }, facts] = await Promise.all([
    deps.book.read(ledgerPlace(repo, known.policy)),
    deps.changes.readChangeFacts(repo, { pulls: [number], branches: [], tags: [] }),
  ]);
  const pull = facts.pulls.get(number);
  const production = pull && (await classifyPull(deps, pull, facts.baseHead, known));
  const isKnown = pull !== undefined;
  if (production?.kind === 'none')
    return { verdict: 'passes', output: checkOutput({ kind: 'none' }), isKnown };
  const change = pull && changeOfPull(changesOf(records).values(), pull);
  const read = change && (await readScene(deps, repo, change.number, { isFresh: true }));
  if (read?.kind === 'policy-invalid')
    return { verdict: 'refused', output: checkOutput({ kind: 'policy-invalid' }), isKnown };
  const part =
    read?.kind === 'scene' ? read.scene.parts.find((each) => each.pull?.number === number) : undefined;
  if (read?.kind !== 'scene' || part === undefined)
    return { verdict: 'refused', output: checkOutput({ kind: 'no-change' }), isKnown };
  const isApproved = part.gates.length === 0 && part.tally?.isEnough === true;
  return { verdict: isApproved ? 'passes' : 'refused', output: checkOfPart(read.scene, number), isKnown };
}
