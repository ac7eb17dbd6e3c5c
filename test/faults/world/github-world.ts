import { addApprovalRule } from '../../../sandbox/approval-rule.ts';
import { Faults } from '../../../sandbox/faults.ts';
import type { Actor } from '../../../sandbox/github/actor.ts';
import { found, onGitHub } from '../../../sandbox/github/founding.ts';
import { importHistory } from '../../../sandbox/github/import-history.ts';
import { Limits } from '../../../sandbox/github/limits.ts';
import { listeners } from '../../../sandbox/github/listeners.ts';
import type { GitHubOptions } from '../../../sandbox/github/options.ts';
import { State } from '../../../sandbox/github/state.ts';
import { Views } from '../../../sandbox/github/view.ts';
import type { GitHubWorld } from '../../../sandbox/github/world.ts';
import { PEOPLE } from '../../../sandbox/people.ts';
import { HISTORY } from '../../../sandbox/sample/history.ts';
import { addSampleLabels } from '../../../sandbox/sample-labels.ts';
import { MemoryGit } from './memory-git.ts';
import { MemoryObjects } from './memory-objects.ts';

export const OWNER = 'sandbox-org';
export const NAME = 'platform';
export const REPO = `${OWNER}/${NAME}`;
export const APP_ID = 1001;
const URL = 'http://github.test';
/** Where GitHub sends webhooks; nothing listens there. */
export const HOOKS = 'http://bot.test/api/github/webhooks';

const objects = new MemoryObjects();

/** The sandbox's GitHub without a disk. */
export interface MemoryGitHub extends GitHubWorld {
  readonly views: Views;
  readonly memory: MemoryGit;
}

let template: Promise<{ readonly state: string; readonly refs: ReadonlyMap<string, string> }> | undefined;

/** A GitHub with the sample repository, whose main branch requires the check of approvals. */
export async function createGitHubWorld(now: () => number): Promise<MemoryGitHub> {
  template ??= makeTemplate(now);
  const { state, refs } = await template;
  return worldOf(State.fromJSON(state), new MemoryGit(objects, refs), now);
}

async function makeTemplate(now: () => number) {
  const iso = `${new Date(now()).toISOString().slice(0, 19)}Z`;
  const git = new MemoryGit(objects);
  let tree: string | undefined;
  let head: string | undefined;
  const refs = new Map<string, string>();
  for (const step of HISTORY) {
    const who = PEOPLE.find(({ handle }) => handle === step.by);
    if (who === undefined) throw new Error(`nobody is called ${step.by}`);
    const files = Object.entries(step.files).map(([path, text]) => ({
      path,
      oid: objects.write('blob', Buffer.from(text)),
    }));
    tree = await git.editTree(tree, files);
    const author = { name: who.name, email: who.email, seconds: Date.parse(step.at) / 1000, zone: '+0000' };
    const message = step.body ? `${step.title}\n\n${step.body}\n` : `${step.title}\n`;
    head = await git.writeCommit({
      tree: tree,
      parents: head === undefined ? [] : [head],
      author,
      committer: author,
      message,
    });
    if (step.tag && head) refs.set(`refs/tags/${step.tag}`, head);
  }
  if (head !== undefined) refs.set('refs/heads/main', head);
  const state = new State(found(optionsOf(now), iso));
  const world = worldOf(state, new MemoryGit(objects, refs), now);
  state.repo.defaultBranch = 'main';
  for (const person of optionsOf(now).people.filter(onGitHub)) state.members.add(person.githubLogin);
  for (const [ref, oid] of refs) state.refs.set(ref, oid);
  await importHistory(world);
  addSampleLabels(state);
  addApprovalRule(state, APP_ID, iso);
  return { state: JSON.stringify(state), refs: new Map(state.refs) };
}

function optionsOf(now: () => number): GitHubOptions {
  return {
    faults: new Faults(),
    publicUrl: () => URL,
    htmlUrl: () => URL,
    dir: '',
    owner: OWNER,
    repo: NAME,
    seed: { kind: 'files', files: {} },
    app: {
      id: APP_ID,
      installationId: 2002,
      slug: 'trunkline',
      name: 'trunkline',
      privateKeyPem: '',
      webhookSecret: 'sample',
      webhookUrl: HOOKS,
    },
    people: PEOPLE,
    teams: [
      { slug: 'platform', name: 'Platform', permission: 'maintain' },
      { slug: 'change-approvers', name: 'Change approvers', permission: 'write' },
    ],
    keep: false,
    now,
  };
}

function worldOf(state: State, git: MemoryGit, now: () => number): MemoryGitHub {
  const options = optionsOf(now);
  const views = new Views(state, now);
  return {
    options,
    state,
    git: git as unknown as GitHubWorld['git'],
    memory: git,
    views,
    listeners,
    limits: new Limits(now, options.limits),
    // Whoever calls is known here, so that nothing is to be signed or verified.
    tokens: {} as GitHubWorld['tokens'],
    urls: {
      api: () => URL,
      repoApi: () => `${URL}/repos/${REPO}`,
      html: () => URL,
      repoHtml: () => `${URL}/${REPO}`,
      clone: () => `${URL}/git/${REPO}.git`,
    },
    now,
    iso: (at = now()) => `${new Date(at).toISOString().slice(0, 19)}Z`,
    // One call at a time is the scheduler's doing; a change may be inside another.
    exclusive: async (run) => {
      try {
        return await run();
      } finally {
        views.changed();
      }
    },
    view: (actor: Actor) => (actor.kind === 'user' ? views.truth() : views.stale()),
    later: (work) => void work.catch((error: unknown) => console.error('failed after an answer:', error)),
  };
}
