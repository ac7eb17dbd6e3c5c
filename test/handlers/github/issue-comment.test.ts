import { commentCommand } from '../../../handlers/github/comment-command.ts';
import { examplesOf, HELLO, openDoors } from './change-doors.ts';

interface Over {
  readonly action?: string;
  readonly body?: string;
  readonly type?: string;
  readonly login?: string;
  readonly onIssue?: boolean;
  readonly app?: object;
}

const [created] = examplesOf('issue_comment', 'created') as [
  { issue: object; comment: { user: object; id: number } },
];

/** GitHub's example, as a comment on a pull request. */
function comment(over: Over = {}) {
  const { action = 'created', body = '/approve', type = 'User', login = 'Ada', onIssue = false, app } = over;
  const pull_request = { url: 'https://api.github.com/repos/Codertocat/Hello-World/pulls/1' };
  return {
    ...created,
    action,
    issue: { ...created.issue, number: 1, ...(onIssue ? {} : { pull_request }) },
    comment: {
      ...created.comment,
      id: 492700400,
      body,
      created_at: '2027-01-05T09:30:00Z',
      user: { ...created.comment.user, login, type },
      performed_via_github_app: app ?? null,
    },
  };
}

describe('a comment on a pull request', () => {
  it('that says /approve is one approval of its author, however often it is delivered', async () => {
    const doors = openDoors();
    await doors.deliver('issue_comment', comment());
    await doors.deliver('issue_comment', comment());
    const [one, again] = doors.intents;
    expect(again).toEqual(one);
    expect(one).toEqual({
      v: 1,
      repo: HELLO,
      actionId: 'comment-492700400',
      by: { login: 'ada' },
      askedAt: Date.parse('2027-01-05T09:30:00Z'),
      pull: 1,
      via: 'comment',
      wish: { kind: 'approve' },
      answer: { kind: 'comment', pull: 1 },
    });
  });

  it.each<[string, Over]>([
    ['an edit into a command', { action: 'edited' }],
    ['a deleted command', { action: 'deleted' }],
    ['a command on an issue', { onIssue: true }],
    ['a bot’s command', { type: 'Bot', login: 'trunkline[bot]' }],
    ['an organisation’s command', { type: 'Organization' }],
    ['what an App wrote in a person’s name', { app: { id: 7, slug: 'other' } }],
    ['a quoted command', { body: '> /approve' }],
    ['a command below a quotation', { body: '> looks good\n\n/approve' }],
    ['a command in code', { body: '`/approve`' }],
    ['talk', { body: 'I would /approve this' }],
  ])('that is %s does nothing', async (_what, over) => {
    const doors = openDoors();
    await doors.deliver('issue_comment', comment(over));
    expect(doors.hints).toEqual([]);
  });

  it('without an author any more does nothing', async () => {
    const doors = openDoors();
    const ghost = comment();
    await doors.deliver('issue_comment', { ...ghost, comment: { ...ghost.comment, user: null } });
    expect(doors.hints).toEqual([]);
  });

  it('in a repository that is not ours does nothing', async () => {
    const doors = openDoors([]);
    await doors.deliver('issue_comment', comment());
    expect(doors.hints).toEqual([]);
  });

  it('is not answered with a 2xx before Redis has it', async () => {
    const doors = openDoors();
    doors.state.redisIsAway = true;
    await expect(doors.deliver('issue_comment', comment())).rejects.toThrow('Redis is away');
  });

  it.each(examplesOf('issue_comment'))('of GitHub’s examples is no command (%#)', async (example) => {
    const doors = openDoors();
    await doors.deliver('issue_comment', example);
    expect(doors.intents).toEqual([]);
  });
});

describe('the first line of a comment', () => {
  it.each([
    ['/approve', { kind: 'approve' }],
    ['/approve  ', { kind: 'approve' }],
    ['/approve\r\nLooks right to me.', { kind: 'approve' }],
    ['/reject not before the fair', { kind: 'reject', reason: 'not before the fair' }],
    ['/reject  wrong tag\nsecond line', { kind: 'reject', reason: 'wrong tag' }],
    ['/reject', { kind: 'help' }],
    ['/reject   \nno reason here', { kind: 'help' }],
    ['/trunkline help', { kind: 'help' }],
  ])('%j is a command', (body, wish) => {
    expect(commentCommand(body)).toEqual(wish);
  });

  it.each([
    '',
    ' /approve',
    '\n/approve',
    '/approve please',
    '/approved',
    '/Approve',
    '/rejected by me',
    '/trunkline',
    '<!-- -->/approve',
    '\u200b/approve',
    '\u2028/approve',
  ])('%j is none', (body) => {
    expect(commentCommand(body)).toBeUndefined();
  });

  it('is clipped where the reason is very long', () => {
    const wish = commentCommand(`/reject ${'long '.repeat(500)}`);
    expect(wish).toMatchObject({ kind: 'reject' });
    expect(wish?.kind === 'reject' && wish.reason.length).toBeLessThanOrEqual(1_000);
  });
});
