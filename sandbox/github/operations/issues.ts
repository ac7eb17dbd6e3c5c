import type { Actor } from '../actor.ts';
import { validationFailed } from '../problem.ts';
import { renderAccount } from '../render/accounts.ts';
import { renderLabel } from '../render/label.ts';
import type { Issue } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { announce, type Conversation, conversationOf, isPull } from './conversations.ts';
import { createLabel, setLabels } from './labels.ts';
import { editPull } from './pulls.ts';

export interface NewIssue {
  readonly title: string;
  readonly body: string | null;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
}

/** Opens an issue: `issues.opened`, then `labeled` and `assigned` for each. @throws Problem 422 without a title. */
export function createIssue(world: GitHubWorld, actor: Actor, input: NewIssue): Promise<Issue> {
  return world.exclusive(async () => {
    checkTitle(input.title);
    const labels = [];
    for (const name of input.labels ?? [])
      labels.push(world.state.labels.get(name.toLowerCase()) ?? (await createLabel(world, actor, { name })));
    const now = world.iso();
    const issue: Issue = {
      id: world.state.nextId(),
      number: world.state.nextNumber(),
      title: input.title,
      body: input.body,
      user: actorLogin(world, actor),
      state: 'open',
      stateReason: null,
      locked: false,
      labels: labels.map((label) => label.name),
      assignees: [],
      closedAt: null,
      closedBy: null,
      createdAt: now,
      updatedAt: now,
    };
    world.state.issues.set(issue.number, issue);
    await announce(world, actor, issue, 'opened');
    for (const label of labels)
      await announce(world, actor, issue, 'labeled', { label: renderLabel(world, label) });
    if (input.assignees) await setAssignees(world, actor, issue.number, input.assignees);
    return issue;
  });
}

export interface IssueChange {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly stateReason?: Issue['stateReason'] | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly assignees?: readonly string[] | undefined;
}

/** Changes what is given, of an issue or of a pull request seen as one. @throws Problem 404 or 422. */
export function editIssue(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  change: IssueChange,
): Promise<Conversation> {
  return world.exclusive(async () => {
    const it = conversationOf(world, number);
    if (change.title !== undefined) checkTitle(change.title);
    if (isPull(it))
      await editPull(world, actor, number, { title: change.title, body: change.body, state: change.state });
    else await editOwn(world, actor, it, change);
    if (change.labels) await setLabels(world, actor, number, change.labels);
    if (change.assignees) await setAssignees(world, actor, number, change.assignees);
    return it;
  });
}

async function editOwn(world: GitHubWorld, actor: Actor, issue: Issue, change: IssueChange): Promise<void> {
  const changes: Record<string, unknown> = {};
  if (change.title !== undefined && change.title !== issue.title) {
    changes['title'] = { from: issue.title };
    issue.title = change.title;
  }
  if (change.body !== undefined && change.body !== issue.body) {
    changes['body'] = { from: issue.body ?? '' };
    issue.body = change.body;
  }
  issue.updatedAt = world.iso();
  if (Object.keys(changes).length > 0) await announce(world, actor, issue, 'edited', { changes });
  if (change.state !== undefined && change.state !== issue.state) await turn(world, actor, issue, change);
}

async function turn(world: GitHubWorld, actor: Actor, issue: Issue, change: IssueChange): Promise<void> {
  const closed = change.state === 'closed';
  issue.state = closed ? 'closed' : 'open';
  issue.stateReason = closed ? (change.stateReason ?? 'completed') : 'reopened';
  issue.closedAt = closed ? world.iso() : null;
  issue.closedBy = closed ? actorLogin(world, actor) : null;
  await announce(world, actor, issue, closed ? 'closed' : 'reopened');
}

/** Makes these the assignees. Logins that cannot be assigned are left out silently, as GitHub does. */
export function setAssignees(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  logins: readonly string[],
): Promise<void> {
  return world.exclusive(async () => {
    const it = conversationOf(world, number);
    const wanted = logins.filter((login) => world.state.account(login)?.type === 'User');
    const before = it.assignees;
    it.assignees = [...new Set(wanted)];
    for (const login of before.filter((each) => !wanted.includes(each)))
      await tell(world, actor, it, 'unassigned', login);
    for (const login of it.assignees.filter((each) => !before.includes(each)))
      await tell(world, actor, it, 'assigned', login);
  });
}

function tell(
  world: GitHubWorld,
  actor: Actor,
  it: Conversation,
  action: string,
  login: string,
): Promise<void> {
  return announce(world, actor, it, action, { assignee: renderAccount(world, login) }, { who: login });
}

/** Locks or unlocks the conversation. @throws Problem 404. */
export function lockConversation(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  locked: boolean,
): Promise<void> {
  return world.exclusive(async () => {
    const it = conversationOf(world, number);
    if (it.locked === locked) return;
    it.locked = locked;
    await announce(world, actor, it, locked ? 'locked' : 'unlocked');
  });
}

function checkTitle(title: string): void {
  if (title.trim() === '')
    throw validationFailed([{ resource: 'Issue', code: 'missing_field', field: 'title' }]);
  if (title.length > 256)
    throw validationFailed([
      {
        resource: 'Issue',
        code: 'custom',
        field: 'title',
        message: 'title is too long (maximum is 256 characters)',
      },
    ]);
}
