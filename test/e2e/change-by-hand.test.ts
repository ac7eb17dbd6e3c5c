import { type ChangeStage, setChangeStage } from '../support/change-stage.ts';

let set: ChangeStage;

beforeAll(async () => {
  set = await setChangeStage();
}, 60_000);
afterEach(() => set?.stage.world.faults.clear());
afterAll(async () => set?.stage.close(), 60_000);

describe('a pull request by hand', () => {
  it('that lowers the quorum is judged by what is in force', async () => {
    const { ana, olliOnGitHub, promotions, approves, says, isUnmerged } = set;
    const path = '.github/trunkline.yaml';
    const policy = (await promotions.read('main', path)).replace('needed: 2', 'needed: 1');
    const pull = await promotions.open(olliOnGitHub, 'chore: trust more', { [path]: policy });
    const one = await promotions.changeOf(pull);
    await approves(ana, one);
    await says(one, '1 of 2');
    isUnmerged(one);
    await olliOnGitHub.close(pull);
    await says(one, 'Withdrawn');
  }, 60_000);

  it('that promotes is a promotion, and its author does not approve it', async () => {
    const { ana, ben, benOnGitHub, promotions, approves, says, isUnmerged } = set;
    const tag = await promotions.tag();
    const pull = await promotions.open(benOnGitHub, `Up to ${tag}`, await promotions.turned(tag));
    const one = await promotions.changeOf(pull);
    await says(one, `${tag}`);
    await approves(ben, one, 'You asked for this change');
    await approves(ana, one);
    await says(one, '1 of 2');
    isUnmerged(one);
    await benOnGitHub.close(pull);
    await says(one, 'Withdrawn');
  }, 60_000);
});

describe('an approval on GitHub', () => {
  it('is /approve as a new comment or a review, but neither edited nor quoted', async () => {
    const { patOnGitHub, anaOnGitHub, benOnGitHub, promotions, says, threadSays, isUnmerged } = set;
    const one = await promotions.promote();
    await anaOnGitHub.call('POST', `/issues/${one.pull}/comments`, { body: '> /approve' });
    const posted = await anaOnGitHub.call('POST', `/issues/${one.pull}/comments`, { body: 'Well.' });
    const { id } = posted as { id: number };
    await anaOnGitHub.call('PATCH', `/issues/comments/${id}`, { body: '/approve' });
    await patOnGitHub.call('PATCH', `/issues/comments/${id}`, { body: '/approve' }).catch(() => undefined);
    await benOnGitHub.call('POST', `/issues/${one.pull}/comments`, { body: '/approve' });
    await threadSays(one, 'approved by a comment on GitHub');
    await says(one, '1 of 2');
    isUnmerged(one);
    await anaOnGitHub.review(one.pull, 'APPROVE');
    await promotions.merged(one);
    await threadSays(one, 'approved by a review on GitHub');
  }, 60_000);
});

describe('a way around', () => {
  it('is no check or status of the same name by somebody else', async () => {
    const { stage, ana, olliOnGitHub, promotions, approves, says, isUnmerged, putAway } = set;
    const one = await promotions.promote();
    const { state } = stage.world.github.world;
    const { headSha } = promotions.pull(one.pull);
    const own = [...state.checkRuns.values()].findLast(
      (run) => run.headSha === headSha && run.name === 'change-approval',
    );
    if (own === undefined) throw new Error('there is no check');
    const id = state.nextId();
    state.checkRuns.set(id, { ...own, id, appId: 7777, status: 'completed', conclusion: 'success' });
    const status = { state: 'success', context: 'change-approval' };
    await olliOnGitHub.call('POST', `/statuses/${headSha}`, status);
    await expect(olliOnGitHub.merge(one.pull)).rejects.toThrow('change-approval');
    await approves(ana, one);
    await says(one, '1 of 2');
    await expect(olliOnGitHub.merge(one.pull)).rejects.toThrow('change-approval');
    isUnmerged(one);
    await putAway(one);
  }, 60_000);

  it('past the rule is told as an alarm', async () => {
    const { stage, ana, olliOnGitHub, promotions, approves, says, threadSays } = set;
    const one = await promotions.promote();
    await approves(ana, one);
    const { state } = stage.world.github.world;
    const [rule] = [...state.rulesets.values()];
    const actorId = state.teams.get('platform')?.id ?? null;
    rule?.bypassActors.push({ actorId, actorType: 'Team', bypassMode: 'always' });
    await olliOnGitHub.merge(one.pull);
    rule?.bypassActors.pop();
    await says(one, 'MERGED UNAPPROVED');
    await threadSays(one, 'was merged past Trunkline by');
  }, 60_000);
});
