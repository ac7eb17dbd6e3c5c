import { ChangePerson } from '../support/change-person.ts';
import { eventually } from '../support/eventually.ts';
import { Releases } from '../support/releases.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let pat: ChangePerson;
let ana: ChangePerson;
let ben: ChangePerson;
let tess: ChangePerson;
let releases: Releases;

beforeAll(async () => {
  stage = await setStage({ approvalRule: true });
  pat = new ChangePerson(stage.world);
  ana = new ChangePerson(stage.world, 'U0APPRVR01');
  ben = new ChangePerson(stage.world, 'U0APPRVR02');
  tess = new ChangePerson(stage.world, 'U0TENANT01');
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
    expect(await ana.thread(1)).toContain('approved');
  }, 60_000);
});
