import { showRollout } from '../../../jobs/rollout/show-rollout.ts';
import { showWhy } from '../../../jobs/rollout/show-why.ts';
import { tryAgain } from '../../../jobs/rollout/try-again.ts';
import { PermanentError, RetryableError } from '../../../src/errors.ts';
import { idOf, sha } from '../change/change-scene.ts';
import { AWS, broken, done, RolloutScene, restoreClocks, running } from './rollout-scene.ts';

afterEach(restoreClocks);

const asker = idOf('ann');

function scene(): RolloutScene {
  const made = new RolloutScene();
  made.promote('aws');
  made.merge('aws');
  made.now += 60_000;
  made.merges.at = made.gitHubNow;
  return made;
}

describe('showing a rollout to whoever asks', () => {
  const ask = async (at: RolloutScene, asked: object = { kind: 'latest' }, attempt = 1) => {
    await at.run(showRollout, { askedBy: asker, viewId: 'V1', asked }, attempt);
    return at.views.words('V1');
  };

  it('looks at the clusters now, whoever follows it', async () => {
    const at = scene();
    at.fleet.shown.set(AWS, done('aws'));
    for (const asked of [
      { kind: 'latest' },
      { kind: 'version', version: 'v0.2.0' },
      { kind: 'version', version: '0.2.0' },
      { kind: 'pull-request', number: 7 },
    ])
      expect(await ask(at, asked)).toContain('runs everywhere');
    expect(at.speaker.said).toEqual([]);
  });

  it('shows no buttons, which belong to the message', async () => {
    const at = scene();
    at.fleet.shown.set(AWS, broken('aws'));
    const shown = await ask(at);
    expect(shown).toContain('has failed');
    expect(shown).not.toContain('"actions"');
  });

  it('tells as unknown what does not answer', async () => {
    expect(await ask(scene())).toContain('the kubeconfig has no access to it');
  });

  it('counts what came after the merge', async () => {
    const at = scene();
    at.fleet.shown.set(AWS, running('aws', 'v0.2.0@2', '9'));
    expect(await ask(at)).toContain('is rolling out');
    at.later.add(sha('9'));
    expect(await ask(at)).toContain('runs everywhere');
  });

  it('shows a merge that changes nothing in production by its number', async () => {
    const at = scene();
    at.mergeQuiet();
    at.fleet.shown.set(AWS, running('aws', 'v0.1.0@1', 'f'));
    expect(await ask(at, { kind: 'pull-request', number: 9 })).toContain('#9');
  });

  it.each([
    [{ kind: 'version', version: 'v9' }, 'knows no rollout of v9'],
    [{ kind: 'pull-request', number: 99 }, 'knows no rollout of #99'],
  ])('says what it does not know: %j', async (asked, words) => {
    expect(await ask(scene(), asked)).toContain(words);
  });

  it('knows nothing where nothing was ever merged', async () => {
    expect(await ask(new RolloutScene())).toContain('Nothing has been rolled out yet');
  });

  it('knows no rollout of what was merged to another branch', async () => {
    const at = scene();
    at.mergeQuiet();
    const pull = at.merges.pulls.pop();
    if (pull) at.merges.pulls.push({ ...pull, base: 'other' });
    expect(await ask(at, { kind: 'pull-request', number: 9 })).toContain('knows no rollout of #9');
  });

  it('shows nothing to guests, and says that the policy has mistakes', async () => {
    const at = scene();
    at.gone.add(asker);
    expect(await ask(at)).toContain('Guests cannot see rollouts');
    at.gone.clear();
    at.policy = 'changes: 7';
    expect(await ask(at)).toContain('has mistakes');
  });

  it('comes back while GitHub is away, and says so after a few tries', async () => {
    const at = scene();
    at.book.trouble = new RetryableError('GitHub is away');
    await expect(ask(at)).rejects.toThrow('GitHub is away');
    expect(await ask(at, { kind: 'latest' }, 3)).toContain('cannot be read just now');
  });
});

describe('showing why something fails', () => {
  const target = { management: AWS, kind: 'kustomization', id: 'prod-1/tenants-prod' };
  const ask = async (at: RolloutScene, more: object = {}) => {
    await at.run(showWhy, { askedBy: asker, viewId: 'V1', target: { ...target, ...more } });
    return at.views.words('V1');
  };

  it('shows conditions and the last events', async () => {
    const at = scene();
    at.fleet.shown.set(AWS, broken('aws', 'Deployment/web is denied'));
    at.fleet.events = [{ at: at.now, isWarning: true, reason: 'ApplyFailed', message: 'no', count: 3 }];
    const shown = await ask(at);
    expect(shown).toContain('Ready is False (ReconciliationFailed)');
    expect(shown).toContain('Deployment/web is denied');
    expect(shown).toContain('3 times: no');
  });

  it('shows conditions where events may not be read', async () => {
    const at = scene();
    at.fleet.shown.set(AWS, broken('aws'));
    at.fleet.events = new PermanentError('forbidden', 'no');
    expect(await ask(at)).toContain('Its events cannot be read');
  });

  it.each([
    ['source', 'flux-system/release'],
    ['helm-release', 'prod-1/none'],
  ])('shows a %s, too', async (kind, id) => {
    const at = scene();
    at.fleet.shown.set(AWS, broken('aws'));
    expect(await ask(at, { kind, id })).toContain(kind === 'source' ? 'Ready is True' : 'is no longer there');
  });

  it('refuses guests, clusters that are none, and says when one does not answer', async () => {
    const at = scene();
    expect(await ask(at, { management: 'elsewhere' })).toContain('no management cluster of that name');
    expect(await ask(at)).toContain('cannot be read just now');
    at.gone.add(asker);
    expect(await ask(at)).toContain('Guests cannot see');
  });
});

describe('having Flux try again', () => {
  const target = { management: AWS, kind: 'kustomization', id: 'prod-1/tenants-prod' };
  const press = async (at: RolloutScene, askedBy = idOf('cleo'), more: object = {}) => {
    const payload = { actionId: 'try-again-1', askedBy, askedAt: at.now, viewId: 'V1' };
    await at.run(tryAgain, { ...payload, target: { ...target, ...more } });
    return at.views.words('V1');
  };

  it('is for operators of the policy alone, looked up when it is done', async () => {
    const at = scene();
    at.fleet.answer = 'asked';
    expect(await press(at, idOf('ann'))).toContain('changes.operators');
    at.gone.add(idOf('cleo'));
    expect(await press(at)).toContain('changes.operators');
    at.gone.clear();
    at.groups.set('SOPS', []);
    expect(await press(at)).toContain('changes.operators');
    expect(at.fleet.asked).toEqual([]);
    at.groups.set('SOPS', [idOf('cleo')]);
    expect(await press(at)).toContain('was asked to try prod-1/tenants-prod again');
    await press(at);
    const once = { ...target, at: new Date(at.now).toISOString() };
    expect(at.fleet.asked).toEqual([once, once]);
  });

  it.each([
    ['not-allowed', 'it has no right to patch there'],
    ['absent', 'It is no longer there'],
  ] as const)('says what stands in the way: %s', async (answer, words) => {
    const at = scene();
    at.fleet.answer = answer;
    expect(await press(at)).toContain(words);
  });

  it('asks for nothing on a cluster that is none of ours, nor of a HelmRelease', async () => {
    const at = scene();
    at.fleet.answer = 'asked';
    expect(await press(at, undefined, { management: 'elsewhere' })).toContain('no management cluster');
    expect(await press(at, undefined, { kind: 'helm-release' })).toContain('not about a rollout');
    at.policy = 'changes: 7';
    expect(await press(at)).toContain('has mistakes');
    expect(at.fleet.asked).toEqual([]);
  });

  it('says that a cluster cannot be reached', async () => {
    const at = scene();
    at.fleet.answer = new PermanentError('certificate', 'expired');
    expect(await press(at)).toContain('cannot be read just now');
  });
});
