import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { PersonInSlack, wordsOf } from '../support/person.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { Repository } from '../support/repository.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let tess: PersonInSlack;
let pat: PersonOnGitHub;
let repository: Repository;

beforeAll(async () => {
  stage = await setStage({ slackMode: 'http', env: { JOB_LOCK_MS: '1000' } });
  tess = new PersonInSlack(stage.world, 'U0TENANT01');
  pat = new PersonOnGitHub(stage.world, 'pat-platform');
  repository = new Repository(stage.world);
  await tess.warm();
}, 90_000);

afterEach(() => stage?.world.faults.clear());
afterAll(async () => stage?.close(), 60_000);

/** Exactly one branch, commit, pull request and message stand for the request, and its details once. */
async function expectOnce(name: string): Promise<void> {
  const message = await eventually(
    `${name} is done`,
    () => tess.requestMessages(name).find((each) => wordsOf(each).includes('#') && each.replies.length > 0),
    60_000,
  );
  expect({
    branches: await repository.branches(`tenant-${name}`),
    commits: (await repository.ownCommits(`tenant-${name}`)).length,
    pulls: repository.pulls(`tenant-${name}`).length,
    messages: tess.requestMessages(name).length,
    details: message.replies.length,
  }).toEqual({ branches: [`tenant-${name}`], commits: 1, pulls: 1, messages: 1, details: 1 });
}

describe('a request comes to one pull request and one message', () => {
  it('when its submission is delivered four times', async () => {
    const preview = await tess.preview('four');
    const repeat = { kind: 'repeat', times: 4 } as const;
    stage.world.faults.add({ service: 'slack', on: 'delivery', match: 'view_submission', effect: repeat });
    await tess.submit(preview);
    await tess.closeAll();
    await expectOnce('four');
  }, 90_000);

  const done = { kind: 'error-after-doing', status: 500 } as const;
  it.each([
    ['github', 'graphql ReserveBranch', done],
    ['github', 'graphql OpenPullRequest', done],
    ['github', 'graphql LabelAndAskForReview', done],
    ['slack', '^chat.postMessage', done],
    ['slack', '^chat.update', done],
    ['github', 'graphql OpenPullRequest', { kind: 'timeout-after-doing' }],
    ['github', 'graphql ReserveBranch', { kind: 'error', status: 403, retryAfter: 1 }],
    ['github', 'graphql OpenPullRequest', { kind: 'error', status: 401 }],
    ['slack', '^chat.postMessage', { kind: 'error', status: 429, retryAfter: 1, code: 'ratelimited' }],
  ] as const)(
    'when %s answers %s with %j',
    async (service, match, effect) => {
      const name = `f${tess.requestMessages('').length}-${match
        .replace(/[^a-z]/gi, '')
        .toLowerCase()
        .slice(0, 20)}`;
      const preview = await tess.preview(name);
      stage.world.faults.add({ service, on: 'call', match, effect });
      await tess.submit(preview);
      await tess.closeAll();
      await expectOnce(name);
    },
    90_000,
  );

  it('when its tokens have ended, which is found out in the middle', async () => {
    const preview = await tess.preview('expired');
    stage.world.github.expireTokens();
    await tess.submit(preview);
    await tess.closeAll();
    await expectOnce('expired');
  }, 90_000);

  it('when all that GitHub tells is 30 s old', async () => {
    stage.world.github.setStaleReads(30_000);
    try {
      await tess.onboard('stale');
      await expectOnce('stale');
    } finally {
      stage.world.github.setStaleReads(0);
    }
  }, 90_000);

  it('when the bot is asked to end in the middle: it finishes, ends with 0, and another goes on', async () => {
    const preview = await tess.preview('ending');
    stage.world.faults.add({
      service: 'github',
      on: 'call',
      match: 'graphql ReserveBranch',
      effect: { kind: 'delay', ms: 1_000 },
    });
    await tess.submit(preview);
    await tess.closeAll();
    await eventually('it is at work', () =>
      stage.world.faults.calls().some(({ phase }) => phase === 'received'),
    );
    expect(await stage.bot.stop()).toBe(0);
    await stage.restart();
    await expectOnce('ending');
  }, 90_000);

  it('when two people ask for the same name at the same instant: the second is told of the first', async () => {
    const ana = new PersonInSlack(stage.world, 'U0APPRVR01');
    const [first, second] = [await tess.preview('twins'), await ana.preview('twins')];
    await Promise.all([tess.submit(first), ana.submit(second)]);
    await Promise.all([tess.closeAll(), ana.closeAll()]);
    const loser = await eventually(
      'one of them is told directly',
      () => {
        return [tess, ana].find((each) =>
          each.directMessages().some((message) => wordsOf(message).includes('twins')),
        );
      },
      60_000,
    );
    expect(repository.pulls('tenant-twins')).toHaveLength(1);
    const news = loser.directMessages().filter((message) => wordsOf(message).includes('twins'));
    expect(news).toHaveLength(1);
    expect(news.map(wordsOf).join()).toContain(`/pull/${repository.pull('tenant-twins').number}`);
  }, 90_000);

  it('and never to a commit on a branch of that name that a person made', async () => {
    const base = await repository.git('rev-parse', 'main');
    await pat.call('POST', '/git/refs', { ref: 'refs/heads/tenant-taken', sha: base });
    await tess.onboard('taken');
    await eventually('it stands on the next name', () => repository.pulls('tenant-taken').length > 0, 60_000);
    expect(await repository.git('rev-parse', 'tenant-taken')).toBe(base);
    expect(repository.pull('tenant-taken').headRef).toBe('tenant-taken-2');
  }, 90_000);
});

describe('people learn what became of a request', () => {
  it('though every webhook is lost: the sweep finds it', async () => {
    await tess.onboard('unheard');
    await expectOnce('unheard');
    const lost = { service: 'github', on: 'delivery', effect: { kind: 'drop' }, times: 1_000 } as const;
    stage.world.faults.add(lost);
    await pat.review(repository.pull('tenant-unheard').number, 'APPROVE');
    await pat.merge(repository.pull('tenant-unheard').number);
    await tess.told('unheard', 'Merged by pat-platform', 60_000);
  }, 120_000);

  it('though Redis forgets everything right after the pull request stands, and nothing is said twice', async () => {
    await tess.onboard('flushed');
    await expectOnce('flushed');
    await stage.flushRedis();
    await pat.merge(repository.pull('tenant-flushed').number);
    await tess.told('flushed', 'Merged by pat-platform', 60_000);
    await eventually('tess is told', () =>
      tess.directMessages().some((message) => /flushed was merged/.test(wordsOf(message))),
    );
    await sleep(500);
    expect(tess.requestMessages('flushed')).toHaveLength(1);
    expect(tess.directMessages().filter((each) => /flushed was merged/.test(wordsOf(each)))).toHaveLength(1);
  }, 120_000);

  it('though GitHub was away: the message says that it waits, then goes on by itself', async () => {
    const preview = await tess.preview('away');
    const away = { kind: 'error', status: 502 } as const;
    stage.world.faults.add({ service: 'github', on: 'call', effect: away, times: 1_000 });
    await tess.submit(preview);
    await tess.closeAll();
    await tess.told('away', 'GitHub does not answer just now', 60_000);
    stage.world.faults.clear();
    await expectOnce('away');
  }, 120_000);
});

describe('while Redis does not answer', () => {
  it('the form says that nothing was sent and keeps all; pressing again works, once', async () => {
    const preview = await tess.preview('stuck');
    stage.redis.pause();
    await tess.submit(preview);
    const note = await eventually('a note stands above the preview', () => {
      const top = tess.views().at(-1);
      return top && top.title !== 'Preview' ? top : undefined;
    });
    expect(wordsOf({ text: '', blocks: note.blocks })).toContain('Nothing was sent');
    stage.redis.resume();
    await tess.close(note.id);
    expect(tess.views().at(-1)?.title).toBe('Preview');
    await eventually(
      'it is taken',
      async () => {
        const top = tess.views().at(-1);
        if (top?.title !== 'Preview') return top === undefined || /Working/.test(JSON.stringify(top.blocks));
        await tess.submit(top);
        return undefined;
      },
      20_000,
    );
    await tess.closeAll();
    await expectOnce('stuck');
  }, 120_000);
});

describe('two replicas', () => {
  it('do the work of one that is paused past its lock, and nothing is there twice when it goes on', async () => {
    const other = stage.replica();
    await other.ready();
    const preview = await tess.preview('paused');
    const stop = stage.world.faults.onCall((call) => {
      if (call.name !== 'graphql OpenPullRequest' || call.phase !== 'received') return;
      stop();
      // Whichever replica is at it stops in the middle; the first takes part in everything, so it is a fair guess.
      stage.bot.signal('SIGSTOP');
    });
    await tess.submit(preview);
    await tess.closeAll();
    await sleep(6_000);
    stage.bot.signal('SIGCONT');
    await expectOnce('paused');
    expect(await other.stop()).toBe(0);
  }, 120_000);
});
