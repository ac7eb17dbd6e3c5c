import { changesOf } from '../src/domain/change/changes-of.ts';
import type { CommitSha } from '../src/domain/ids.ts';
import { checkOutput } from '../src/views/change/check-output.ts';
import { conventionsQueued } from '../src/views/conventions/conventions-check.ts';
import type { CheckReport } from './change/change-ports.ts';
import { readScene } from './change/change-scene.ts';
import { classifyPull } from './change/classify-pull.ts';
import { ledgerPlace } from './change/ledger-place.ts';
import { answerQueuePayload } from './change/payloads.ts';
import { reportCheck } from './change/report-check.ts';
import { sheetOf } from './change/sheet-of.ts';
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
      const known = await knownPlatform(deps, repo);
      if (Number.isNaN(number) || known.kind === 'invalid') return;
      const place = { repo, head: head as CommitSha, ownCheck: undefined };
      const { records } = await deps.book.read(ledgerPlace(repo, known.policy));
      const facts = await deps.changes.readChangeFacts(repo, { pulls: [number], branches: [], tags: [] });
      const pull = facts.pulls.get(number);
      if (pull !== undefined) {
        const report = (given: CheckReport) => deps.changes.reportCheck(given);
        await reportConventions(report, place, `#${number} queue`, conventionsQueued(number));
      }
      const production = pull && (await classifyPull(deps, pull, facts.baseHead, known));
      if (production?.kind === 'none') {
        return reportCheck(deps.changes, place, 'passes', checkOutput({ kind: 'none' }));
      }
      for (const { number: change, ended } of changesOf(records).values()) {
        if (ended !== undefined) continue;
        const read = await readScene(deps, repo, change, { isFresh: true });
        const part =
          read.kind === 'scene' ? read.scene.parts.find(({ pull }) => pull?.number === number) : undefined;
        if (read.kind !== 'scene' || part === undefined) continue;
        const sheet = sheetOf(read.scene);
        const shown = sheet.parts.find(({ pull }) => pull?.number === number);
        const verdict = part.gates.length === 0 && part.tally?.isEnough ? 'passes' : 'refused';
        await reportCheck(
          deps.changes,
          place,
          verdict,
          checkOutput(shown ? { kind: 'change', sheet, part: shown } : { kind: 'none' }),
        );
        return;
      }
      await reportCheck(deps.changes, place, 'refused', checkOutput({ kind: 'policy-invalid' }));
    },
  });
}
