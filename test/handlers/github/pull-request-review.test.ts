import { examplesOf, HELLO, openDoors } from './change-doors.ts';

const [submitted] = examplesOf('pull_request_review', 'submitted') as [
  { review: { user: object; commit_id: string }; pull_request: { number: number } },
];
const { number } = submitted.pull_request;

function review(over: object, action = 'submitted') {
  return { ...submitted, action, review: { ...submitted.review, id: 80, ...over } };
}

describe('a review of a pull request', () => {
  it('that approves is one approval of the commit that it was given for', async () => {
    const doors = openDoors();
    await doors.deliver('pull_request_review', review({ state: 'approved' }));
    await doors.deliver('pull_request_review', review({ state: 'approved' }));
    const [one, again] = doors.intents;
    expect(again).toEqual(one);
    expect(one).toEqual({
      v: 1,
      repo: HELLO,
      actionId: 'review-80',
      by: { login: 'codertocat' },
      askedAt: expect.any(Number),
      pull: number,
      via: 'review',
      reviewed: submitted.review.commit_id,
      wish: { kind: 'approve' },
      answer: { kind: 'comment', pull: number },
    });
  });

  it.each([
    ['The quota is too small.', 'The quota is too small.'],
    ['  ', 'Changes requested on GitHub'],
    [null, 'Changes requested on GitHub'],
  ])('that asks for changes with %j is a rejection because of %j', async (body, reason) => {
    const doors = openDoors();
    await doors.deliver('pull_request_review', review({ state: 'changes_requested', body }));
    expect(doors.intents).toMatchObject([{ wish: { kind: 'reject', reason } }]);
  });

  it.each([
    ['only comments', review({ state: 'commented' })],
    ['was edited', review({ state: 'approved' }, 'edited')],
    ['a bot gave', review({ state: 'approved', user: { login: 'trunkline[bot]', type: 'Bot' } })],
    ['nobody gave any more', review({ state: 'approved', user: null })],
    ['names no commit', review({ state: 'approved', commit_id: null })],
  ])('that %s says nothing', async (_what, event) => {
    const doors = openDoors();
    await doors.deliver('pull_request_review', event);
    expect(doors.hints).toEqual([]);
  });

  it('that was dismissed has the pull request looked at', async () => {
    const doors = openDoors();
    for (const event of examplesOf('pull_request_review', 'dismissed'))
      await doors.deliver('pull_request_review', event);
    expect(doors.intents).toEqual([]);
    expect(doors.hints).toEqual([expect.stringMatching(/^pull Codertocat\/Hello-World#\d+$/)]);
  });

  it('is not answered with a 2xx before Redis has it', async () => {
    const doors = openDoors();
    doors.state.redisIsAway = true;
    await expect(doors.deliver('pull_request_review', review({ state: 'approved' }))).rejects.toThrow(
      'Redis is away',
    );
  });
});
