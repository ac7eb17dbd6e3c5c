import { answerQueuePayload } from '../../../jobs/change/payloads.ts';
import type { RepoName } from '../../../src/domain/ids.ts';
import { examplesOf, HELLO, openDoors } from './change-doors.ts';

const ZERO = '0'.repeat(40);
const [push] = examplesOf('push') as [object];
const [opened] = examplesOf('pull_request', 'opened') as [{ pull_request: { head: object; number: number } }];
const [group] = examplesOf('merge_group') as [
  { merge_group: { head_sha: string; head_ref: string }; repository: { full_name: RepoName } },
];
const [completed] = examplesOf('check_run', 'completed') as [{ check_run: object }];

describe('a pull request of any branch', () => {
  it.each([
    'opened',
    'reopened',
    'synchronize',
    'edited',
    'ready_for_review',
    'converted_to_draft',
    'closed',
    'dequeued',
  ])('that was %s is looked at', async (action) => {
    const doors = openDoors();
    await doors.deliver('pull_request', { ...opened, action });
    const name = `${HELLO}#${opened.pull_request.number}`;
    const changesConventions = ['opened', 'reopened', 'synchronize', 'edited'].includes(action);
    expect(doors.hints).toEqual([`pull ${name}`, ...(changesConventions ? [`conventions ${name}`] : [])]);
  });

  it.each(['labeled', 'unlabeled', 'assigned', 'locked', 'review_requested'])(
    'that was %s is not',
    async (action) => {
      const doors = openDoors();
      await doors.deliver('pull_request', { ...opened, action });
      expect(doors.hints).toEqual([]);
    },
  );

  it('that asks for a tenant is looked at both as that and as what it does to production', async () => {
    const doors = openDoors();
    const pull_request = { ...opened.pull_request, number: 7, head: { ref: 'tenant-shop' } };
    await doors.deliver('pull_request', { ...opened, pull_request });
    expect(doors.hints).toEqual([
      `pull ${HELLO}#7`,
      `conventions ${HELLO}#7`,
      `request ${HELLO}#7`,
      `platform ${HELLO}`,
    ]);
  });
});

describe('a push', () => {
  it.each([
    ['creates a tag', { ref: 'refs/tags/v0.0.3', before: ZERO, created: true }],
    ['moves a tag', { ref: 'refs/tags/v0.0.3', forced: true }],
    ['deletes a tag', { ref: 'refs/tags/v0.0.3', after: ZERO, deleted: true, head_commit: null }],
    ['moves the default branch', { ref: 'refs/heads/master' }],
  ])('that %s has platform and open changes looked at', async (_what, over) => {
    const doors = openDoors();
    await doors.deliver('push', { ...push, ...over });
    expect(doors.hints).toEqual([`platform ${HELLO}`, `changes ${HELLO}`]);
  });

  it('to another branch has nothing looked at: its pull request tells', async () => {
    const doors = openDoors();
    await doors.deliver('push', { ...push, ref: 'refs/heads/promote-v0.0.3-aws-v1-prod' });
    expect(doors.hints).toEqual([]);
  });
});

describe('a merge queue', () => {
  const { full_name: repo } = group.repository;

  it('that asks for checks is answered for its own head', async () => {
    const doors = openDoors([repo]);
    await doors.deliver('merge_group', group);
    const { head_sha: head, head_ref } = group.merge_group;
    const ref = head_ref.replace('refs/heads/', '');
    expect(ref).toMatch(/^gh-readonly-queue\/\S+\/pr-\d+-[0-9a-f]+$/);
    expect(doors.hints).toEqual([`queue ${repo}@${head} ${ref}`]);
    expect(answerQueuePayload.safeParse({ v: 1, repo, head, ref }).success).toBe(true);
  });

  it('that gave up a head is not', async () => {
    const doors = openDoors([repo]);
    await doors.deliver('merge_group', { ...group, action: 'destroyed' });
    expect(doors.hints).toEqual([]);
  });
});

describe('a check', () => {
  function check(over: object, action = 'completed') {
    return {
      ...completed,
      action,
      check_run: {
        ...completed.check_run,
        name: 'test',
        pull_requests: [{ number: 2 }, { number: 2 }],
        ...over,
      },
    };
  }

  function press(over: object, requested_action: object = { identifier: 'mend-title' }) {
    const own = { name: 'conventions', external_id: '#7 abc', pull_requests: [], ...over };
    const sender = { login: 'pat', type: 'User' };
    return { ...check(own, 'requested_action'), requested_action, sender };
  }

  it.each([
    ['of another App that completed has its pull requests looked at', check({}), [`pull ${HELLO}#2`]],
    ['that only began has not', check({}, 'created'), []],
    ['of a commit without pull request has nothing looked at', check({ pull_requests: [] }), []],
    ['of ours that completed has nothing looked at', check({ name: 'change-approval' }), []],
    [
      'of ours that somebody wants to run again has its pull request looked at',
      check({ name: 'change-approval' }, 'rerequested'),
      [`pull ${HELLO}#2`],
    ],
    [
      'of conventions that somebody wants to run again is looked at though nothing has changed',
      check({ name: 'conventions', external_id: '#7 abc', pull_requests: [] }, 'rerequested'),
      [`conventions ${HELLO}#7 again`],
    ],
    [
      'of conventions of which somebody pressed the button has the title mended, once for each delivery',
      press({ external_id: '#7 abc' }),
      [`mend ${HELLO}#7 delivery-1`],
    ],
    ['of conventions does nothing for a button that it does not have', press({}, { identifier: 'x' }), []],
    ['of conventions does nothing without its number', press({ external_id: 'abc' }), []],
    ['of conventions does nothing for a bot', { ...press({}), sender: { login: 'x', type: 'Bot' } }, []],
    ['of another App has no button of ours', press({ name: 'test' }), []],
  ])('%s', async (_what, event, hints) => {
    const doors = openDoors();
    await doors.deliver('check_run', event);
    expect(doors.hints).toEqual(hints);
  });
});

describe('every event of changes', () => {
  it.each([
    ['pull_request', opened],
    ['push', { ...push, ref: 'refs/tags/v1' }],
    ['merge_group', group],
    ['check_run', { ...completed, check_run: { name: 'test', pull_requests: [{ number: 2 }] } }],
  ])(
    '%s is dropped when it is not of a repository of ours, and fails while Redis is away',
    async (name, event) => {
      const strangers = openDoors([]);
      await strangers.deliver(name, event);
      expect(strangers.hints).toEqual([]);
      const doors = openDoors([HELLO, group.repository.full_name]);
      doors.state.redisIsAway = true;
      await expect(doors.deliver(name, event)).rejects.toThrow('Redis is away');
    },
  );
});
