import type { World } from '../../sandbox/world.ts';
import { CHANGES, type ChangePerson } from './change-person.ts';
import { eventually } from './eventually.ts';
import { wordsOf } from './person.ts';
import type { PersonOnGitHub } from './person-on-github.ts';

const SOURCE = 'providers/aws/v1/mgmt/namespaced/flux-system/gitrepository-release.yaml';

/** A change with the one pull request that it is about. */
export interface OnePull {
  readonly change: number;
  readonly pull: number;
  readonly tag: string;
}

/** Makes promotions to production on aws, each of a tag of its own, and reads how they stand. */
export class Promotions {
  readonly #stage: { readonly world: World };
  readonly #slack: ChangePerson;
  readonly #github: PersonOnGitHub;
  #last = 0;

  /** @param slack who asks; @param github the same person, who tags and pushes. */
  constructor(stage: { readonly world: World }, slack: ChangePerson, github: PersonOnGitHub) {
    this.#stage = stage;
    this.#slack = slack;
    this.#github = github;
  }

  /** Tags the head of main with a version that no release has yet. */
  async tag(): Promise<string> {
    this.#last += 1;
    const tag = `v0.2.${this.#last}`;
    await this.#github.call('POST', '/git/refs', { ref: `refs/tags/${tag}`, sha: this.main });
    return tag;
  }

  /** Asks for a promotion by the command, and waits for its pull request and its message. */
  async promote(given?: string): Promise<OnePull> {
    const tag = given ?? (await this.tag());
    await this.#slack.command('/trunkline', `promote ${tag} aws`);
    const view = await this.#slack.sees('The change is opened');
    const change = Number(/\d+/.exec(view.title)?.[0]);
    await this.#slack.closeAll();
    const pull = await eventually(
      `the pull request of change ${change}`,
      () =>
        this.pulls.findLast(
          ({ headRef, state }) => headRef.startsWith(`promote-${tag}-aws`) && state === 'open',
        ),
      15_000,
    );
    await this.#slack.change(change, 'change_approve');
    return { change, pull: pull.number, tag };
  }

  /** Opens a pull request by hand, with these files in place of main's. */
  async open(by: PersonOnGitHub, title: string, files: Readonly<Record<string, string>>): Promise<number> {
    const branch = title.replace(/[^a-z0-9]+/gi, '-');
    await by.call('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: this.main });
    for (const [path, text] of Object.entries(files)) await this.write(by, branch, path, text);
    const body = { title, head: branch, base: 'main', body: '' };
    return ((await by.call('POST', '/pulls', body)) as { number: number }).number;
  }

  /** The file that says what production on aws runs, turned to a tag. */
  async turned(tag: string): Promise<Readonly<Record<string, string>>> {
    const text = await this.read('main', SOURCE);
    return { [SOURCE]: text.replace(/tag: .*/, `tag: ${tag}`) };
  }

  async read(branch: string, path: string): Promise<string> {
    const known = (await this.#github.call('GET', `/contents/${path}?ref=${branch}`)) as { content: string };
    return Buffer.from(known.content, 'base64').toString();
  }

  /** Commits a file to a branch; deletes it when there is no text. */
  async write(by: PersonOnGitHub, branch: string, path: string, text: string | undefined): Promise<void> {
    const known = (await by.call('GET', `/contents/${path}?ref=${branch}`).catch(() => undefined)) as
      | { sha: string }
      | undefined;
    await by.call(text === undefined ? 'DELETE' : 'PUT', `/contents/${path}`, {
      message: `Touch ${path}`,
      branch,
      ...(text !== undefined && { content: Buffer.from(text).toString('base64') }),
      ...(known && { sha: known.sha }),
    });
  }

  /** The change that a pull request opened by hand has become. */
  async changeOf(pull: number): Promise<OnePull> {
    const message = await eventually(`the message about #${pull}`, () =>
      this.#slack.messages(CHANGES).find((each) => each.isBot && wordsOf(each).includes(`/pull/${pull}"`)),
    );
    return { change: Number(/Change (\d+):/.exec(wordsOf(message))?.[1]), pull, tag: '' };
  }

  /** Points a tag, with force, to a new commit that is on no branch. */
  async moveTag(by: PersonOnGitHub, tag: string): Promise<string> {
    const { tree } = (await by.call('GET', `/git/commits/${this.main}`)) as { tree: { sha: string } };
    const made = { message: `Something else as ${tag}`, tree: tree.sha, parents: [this.main] };
    const { sha } = (await by.call('POST', '/git/commits', made)) as { sha: string };
    await by.call('PATCH', `/git/refs/tags/${tag}`, { sha, force: true });
    return sha;
  }

  /** Puts another value behind the buttons of a change's message, as a forger would send it. */
  forge(change: number, value: string): void {
    const message = this.#stage.world.slack.workspace.messages.find(
      ({ channel, blocks }) => channel === CHANGES && JSON.stringify(blocks).includes(`Change ${change}:`),
    );
    if (message === undefined) throw new Error(`there is no message of change ${change}`);
    message.blocks = JSON.parse(JSON.stringify(message.blocks), (key, each: unknown) =>
      key === 'value' && typeof each === 'string' ? value : each,
    ) as typeof message.blocks;
  }

  /** What stands behind the buttons of a change's message. */
  async value(change: number): Promise<string> {
    const { blocks } = await this.#slack.change(change, 'change_approve');
    let found = '';
    JSON.stringify(blocks, (key, each: unknown) => {
      if (key === 'value' && typeof each === 'string') found = each;
      return each;
    });
    return found;
  }

  /** The last check of approvals on a pull request's head: `success`, another conclusion, or its status. */
  check(pull: number): string | undefined {
    const head = this.pull(pull).headSha;
    const run = [...this.#stage.world.github.world.state.checkRuns.values()].findLast(
      (each) => each.headSha === head && each.name === 'change-approval' && each.appId === 1001,
    );
    return run?.conclusion ?? run?.status;
  }

  pull(number: number) {
    const pull = this.#stage.world.github.world.state.pulls.get(number);
    if (pull === undefined) throw new Error(`there is no pull request ${number}`);
    return pull;
  }

  async merged({ pull }: OnePull, ms = 15_000): Promise<void> {
    await eventually(`#${pull} is merged`, () => this.pull(pull).merged, ms);
  }

  get pulls() {
    return [...this.#stage.world.github.world.state.pulls.values()];
  }

  /** The commit that a lightweight tag points to. */
  commitOf(tag: string): string {
    return this.#stage.world.github.world.state.refs.get(`refs/tags/${tag}`) ?? '';
  }

  get main(): string {
    return this.#stage.world.github.world.state.refs.get('refs/heads/main') ?? '';
  }
}
