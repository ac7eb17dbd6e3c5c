import { ChangePerson } from '../support/change-person.ts';
import { eventually } from '../support/eventually.ts';
import { openPull } from '../support/open-pull.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { Releases } from '../support/releases.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let pat: ChangePerson;
let ana: ChangePerson;
let ben: ChangePerson;
let tess: ChangePerson;
let olli: ChangePerson;
let releases: Releases;

beforeAll(async () => {
  stage = await setStage({ approvalRule: true });
  pat = new ChangePerson(stage.world);
  ana = new ChangePerson(stage.world, 'U0APPRVR01');
  ben = new ChangePerson(stage.world, 'U0APPRVR02');
  tess = new ChangePerson(stage.world, 'U0TENANT01');
  olli = new ChangePerson(stage.world, 'U0ONCALL01');
  releases = new Releases(stage.world);
  await pat.warm();
  await pat.release();
  await eventually('v0.1.1 is released', () => releases.of('v0.1.1').length === 1);
  await pat.closeAll();
}, 120_000);

afterAll(async () => stage?.close(), 60_000);

const pulls = () =>
  [...stage.world.github.world.state.pulls.values()].filter(({ title }) => title.includes('promote v0.1.1'));
const pull = (branch: string) => pulls().findLast((each) => each.headRef === branch);

const back = () =>
  [...stage.world.github.world.state.pulls.values()].filter(({ title }) => title.includes('promote v0.1.0'));

function checkOf(number: number): { conclusion: string | null; title: string | null } | undefined {
  const { state } = stage.world.github.world;
  const head = state.pulls.get(number)?.headSha;
  const run = [...state.checkRuns.values()].findLast(
    (each) => each.headSha === head && each.name === 'change-approval',
  );
  return run && { conclusion: run.conclusion, title: run.output.title };
}

describe('a promotion with its approval', () => {
  it('becomes one change with a pull request for each management cluster', async () => {
    await pat.asks('promote v0.1.1', 'change');
    await pat.change(1, 'v0.1.1');
    await eventually('both pull requests', () => pulls().length === 2, 30_000);
    expect(pull('promote-v0.1.1-aws-v1-prod')?.title).toBe('chore(release): promote v0.1.1 to aws prod');
  }, 60_000);
  it('merges nothing before enough people approved, and never by who asked', async () => {
    await pat.decides(1, 'change_approve', 'You asked for this change');
    await tess.decides(1, 'change_approve', 'not among those');
    await ana.decides(1, 'change_approve', 'recorded');
    await ana.change(1, '1 of 2');
    expect(pulls().every(({ merged }) => !merged)).toBe(true);
  }, 60_000);
  it('merges once the second person has approved', async () => {
    await ben.decides(1, 'change_approve', 'recorded');
    await eventually('both are merged', () => pulls().every(({ merged }) => merged), 40_000);
    await ana.change(1, 'merged');
    await eventually('the thread tells of both decisions', async () => {
      const thread = await ana.thread(1);
      return thread.includes('ana-approver') && thread.includes('merged by approval');
    });
    const { state } = stage.world.github.world;
    expect([...state.pulls.values()].filter(({ mergedBy }) => mergedBy === 'trunkline[bot]')).toHaveLength(2);
  }, 60_000);
  it('goes back to what ran before with one tap of who is on call, and of nobody else', async () => {
    await ana.decides(1, 'change_back', 'Only those on call');
    await olli.decides(1, 'change_back', 'The change is opened');
    await olli.change(2, 'v0.1.0');
    await eventually(
      'both places are back',
      () => back().length === 2 && back().every(({ merged }) => merged),
      40_000,
    );
    await olli.change(2, 'Merged');
  }, 60_000);
});

describe('a pull request that changes nothing in production', () => {
  it('gets its green check at once', async () => {
    const olliAtGitHub = new PersonOnGitHub(stage.world, 'olli-oncall');
    const number = await openPull(olliAtGitHub, 'docs-only', 'NOTES.md', 'Nothing that runs.\n');
    await eventually('the check is green', () => checkOf(number)?.conclusion === 'success');
    expect(checkOf(number)?.title).toBe('This changes nothing in production');
  });
});

describe('a pull request that changes production in another way', () => {
  it('waits for approval of the policy as the default branch has it', async () => {
    const patAtGitHub = new PersonOnGitHub(stage.world, 'pat-platform');
    const number = await openPull(patAtGitHub, 'lower-quorum', '.github/trunkline.yaml', 'changes: {}\n');
    await pat.change(3, `/pull/${number}`);
    expect(checkOf(number)?.conclusion).not.toBe('success');
    await expect(patAtGitHub.merge(number)).rejects.toThrow('405');
    await ana.decides(3, 'change_reject', 'Why');
  }, 60_000);
});
