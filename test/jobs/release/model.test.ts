import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type DescribedRelease, describeRelease } from '../../../jobs/release/describe-release.ts';
import { createPlanCache } from '../../../jobs/release/plan-cache.ts';
import { summarise } from '../../../src/domain/effects/summarise.ts';
import { releaseNotes } from '../../../src/domain/release/release-notes.ts';
import { behind } from '../../../src/domain/release/running-versions.ts';
import { understand } from '../../../src/domain/understand.ts';
import { releaseBody } from '../../../src/views/release/release-body.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from '../../adapters/github/sandbox-github.ts';
import { keptLog } from '../../support/quiet-log.ts';

const bundle = path.join(import.meta.dirname, '../../../../shared/platform-repo.bundle');
const model = existsSync(bundle) ? describe : describe.skip;
const because = existsSync(bundle) ? '' : ` (skipped: ${bundle} is not there)`;

let github: SandboxGitHub;

beforeAll(async () => {
  if (existsSync(bundle)) github = await startSandboxGitHub({ source: bundle });
});
afterAll(() => github?.close());

/** The notes of one of the model's releases as they are published, and what they are made of. */
async function notesOf(tag: string): Promise<{ body: string; described: DescribedRelease }> {
  const repository = github.repository();
  const { releases } = await repository.readReleaseFacts(REPO);
  const id = releases.find((each) => each.tag === tag)?.id ?? 0;
  const { release } = await repository.readRelease(REPO, id);
  const known = understand((await repository.readSnapshot(REPO)).files);
  if (release === undefined || known.kind !== 'ok') throw new Error(`${tag} cannot be read`);
  const deps = { releases: repository, plans: createPlanCache() };
  const described = await describeRelease(deps, release, known, keptLog().log);
  const { plan, previous, compareUrl } = described;
  if (plan === undefined) throw new Error(`what ${tag} brings cannot be told`);
  const { range, generated } = plan;
  const body = releaseBody({
    introduction: '',
    notes: releaseNotes({ repo: REPO, tag, range, generated, leftOut: [] }, known.policy),
    effects: summarise(plan.effects),
    behind: behind(known.platform, previous, known.policy),
    compareUrl,
  });
  return { body: body.replaceAll(new URL(release.url).origin, 'https://git.example'), described };
}

/** UPDATE_GOLDEN=1 writes the files anew, to be read by eye against the repository. */
function golden(name: string, text: string): string {
  const file = path.join(import.meta.dirname, 'golden', name);
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, text);
  return readFileSync(file, 'utf8');
}

model(`the notes of the model's releases${because}`, () => {
  it.each(['v0.0.1', 'v0.0.2', 'v0.0.3'])('%s read as they were read by eye', async (tag) => {
    const { body } = await notesOf(tag);
    expect(body).toBe(golden(`model-${tag}.md`, body));
  });

  it('list a pull request once in all, though the history was rewritten after v0.0.2', async () => {
    const numbers: number[] = [];
    for (const tag of ['v0.0.1', 'v0.0.2', 'v0.0.3']) {
      const { described } = await notesOf(tag);
      numbers.push(...(described.plan?.range.pulls.map(({ number }) => number) ?? []));
    }
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('say that v0.0.3 changes nothing in production', async () => {
    const { body } = await notesOf('v0.0.3');
    expect(body).toContain('Nothing changes in production.');
  });
});
