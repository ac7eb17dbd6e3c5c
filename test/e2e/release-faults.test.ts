import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { wordsOf } from '../support/person.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { ReleasingPerson } from '../support/release-person.ts';
import { mergePull, Releases } from '../support/releases.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let pat: ReleasingPerson;
let patAtGitHub: PersonOnGitHub;
let releases: Releases;

beforeAll(async () => {
  stage = await setStage({ slackMode: 'http', env: { JOB_LOCK_MS: '1000' } });
  pat = new ReleasingPerson(stage.world);
  patAtGitHub = new PersonOnGitHub(stage.world, 'pat-platform');
  releases = new Releases(stage.world);
  await pat.warm();
}, 90_000);

afterEach(() => stage?.world.faults.clear());
afterAll(async () => stage?.close(), 60_000);

let patch = 1;

/** Merges something and opens the form. */
async function prepare() {
  patch += 1;
  await mergePull(
    patAtGitHub,
    `feat(dns): part ${patch}`,
    `features/dns/part-${patch}.yaml`,
    'kind: ConfigMap\n',
  );
  return { tag: `v0.1.${patch}`, commit: releases.head, form: await pat.releaseForm() };
}

/** Exactly one tag, release and announcement stand. */
async function expectOnce(tag: string, commit: string | undefined, ms = 60_000): Promise<void> {
  await pat.announced(tag, '', ms);
  // Whoever would say it twice does so within a few seconds.
  await sleep(1_500);
  expect({
    tag: releases.tag(tag),
    releases: releases.of(tag).length,
    announcements: pat.announcements(tag).filter(({ text }) => text.startsWith(`Release ${tag}.`)).length,
  }).toEqual({ tag: commit, releases: 1, announcements: 1 });
}

const publish = (tag: string) =>
  patAtGitHub.call('POST', '/releases', {
    tag_name: tag,
    target_commitish: 'main',
    body: `All of ${tag}.`,
  }) as Promise<{
    id: number;
  }>;

describe('a release comes to one tag, one release and one announcement', () => {
  const done = { kind: 'error-after-doing', status: 500 } as const;
  it.each([
    ['github', 'graphql CreateTag', done],
    ['github', 'POST /repos/[^/]+/[^/]+/releases$', done],
    ['github', 'graphql CreateTag', { kind: 'timeout-after-doing' }],
    ['github', 'POST /repos/[^/]+/[^/]+/releases$', { kind: 'error', status: 502 }],
    ['github', 'graphql CreateTag', { kind: 'error', status: 403, retryAfter: 1 }],
    ['github', 'graphql CreateTag', { kind: 'error', status: 401 }],
    ['github', 'graphql ReleaseFacts', { kind: 'error', status: 503 }],
    ['slack', '^chat.postMessage', done],
    ['slack', '^chat.update', done],
    ['slack', '^chat.postMessage', { kind: 'error', status: 429, retryAfter: 1, code: 'ratelimited' }],
  ] as const)(
    'when %s meets a mishap at %s',
    async (service, match, effect) => {
      const { tag, commit, form } = await prepare();
      stage.world.faults.add({ service, on: 'call', match, effect });
      await pat.submit(form, { version: tag });
      await expectOnce(tag, commit);
      await pat.closeAll();
    },
    90_000,
  );

  it('when its form is delivered four times', async () => {
    const { tag, commit, form } = await prepare();
    const repeat = { kind: 'repeat', times: 4 } as const;
    stage.world.faults.add({ service: 'slack', on: 'delivery', match: 'view_submission', effect: repeat });
    await pat.submit(form, { version: tag });
    await expectOnce(tag, commit);
    await pat.closeAll();
  }, 90_000);

  it('when every webhook comes four times', async () => {
    const repeat = { kind: 'repeat', times: 4 } as const;
    stage.world.faults.add({ service: 'github', on: 'delivery', effect: repeat, times: 1_000 });
    const { tag, commit, form } = await prepare();
    await pat.submit(form, { version: tag });
    await expectOnce(tag, commit);
    await pat.closeAll();
  }, 90_000);

  it('when Redis stops in mid-click: the form stays with what was typed, and can be sent again', async () => {
    const { tag, commit, form } = await prepare();
    stage.redis.pause();
    const answer = pat.submit(form, { version: tag, introduction: 'Typed once.' });
    await sleep(2_500);
    stage.redis.resume();
    await answer;
    const again = pat.views().find(({ title, submit }) => title === 'Release' && submit !== undefined);
    expect(again && JSON.stringify(again.values)).toContain('Typed once.');
    await pat.close(pat.views().at(-1)?.id ?? '');
    // Redis may have taken the first one after all: the same form is the same release.
    if (again) await pat.submit(again, { version: tag, introduction: 'Typed once.' });
    await expectOnce(tag, commit);
    await pat.closeAll();
  }, 90_000);
});

describe('a release made at GitHub is announced once', () => {
  it('when every webhook is lost, and marked when it is deleted', async () => {
    stage.world.faults.add({ service: 'github', on: 'delivery', effect: { kind: 'drop' }, times: 1_000 });
    const { id } = await publish('v0.5.0');
    await pat.announced('v0.5.0', 'All of v0.5.0.', 40_000);
    await patAtGitHub.call('DELETE', `/releases/${id}`);
    await pat.announced('v0.5.0', 'Withdrawn', 40_000);
    expect(pat.announcements('v0.5.0')).toHaveLength(1);
  }, 100_000);

  it('when Redis loses everything, and its notes can still be edited', async () => {
    await publish('v0.6.0');
    await pat.announced('v0.6.0', 'All of v0.6.0.');
    await stage.flushRedis();
    await stage.restart();
    const [release] = releases.of('v0.6.0');
    await patAtGitHub.call('PATCH', `/releases/${release?.id}`, { body: 'Edited after the flush.' });
    await pat.announced('v0.6.0', 'Edited after the flush.', 30_000);
    const all = pat.announcements('v0.6.0').map(wordsOf);
    expect(all).toHaveLength(1);
  }, 90_000);

  it('when Redis loses everything and then the release is deleted', async () => {
    const { id } = await publish('v0.6.1');
    await pat.announced('v0.6.1', 'All of v0.6.1.');
    await stage.flushRedis();
    await patAtGitHub.call('DELETE', `/releases/${id}`);
    await pat.announced('v0.6.1', 'Withdrawn', 30_000);
    expect(pat.announcements('v0.6.1')).toHaveLength(1);
  }, 90_000);

  it('when two replicas look at it at once', async () => {
    const replica = stage.replica();
    await replica.ready();
    const repeat = { kind: 'repeat', times: 8 } as const;
    stage.world.faults.add({ service: 'github', on: 'delivery', effect: repeat, times: 100 });
    await publish('v0.7.0');
    // Whoever finds the other one posting comes back when its claim is over.
    await pat.announced('v0.7.0', 'All of v0.7.0.', 60_000);
    await eventually('the looks are over', async () => {
      const before = stage.world.faults.calls().length;
      await sleep(1_000);
      return stage.world.faults.calls().length === before;
    });
    expect(pat.announcements('v0.7.0')).toHaveLength(1);
    await replica.stop();
  }, 90_000);
});
