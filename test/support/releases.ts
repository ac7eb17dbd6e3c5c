import type { World } from '../../sandbox/world.ts';
import type { PersonOnGitHub } from './person-on-github.ts';

/** The releases and tags of the sandbox's GitHub. */
export class Releases {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  all() {
    return [...this.#world.github.world.state.releases.values()];
  }

  of(tag: string) {
    return this.all().filter(({ tagName }) => tagName === tag);
  }

  /** The commit that a tag points to; undefined when there is no such tag. */
  tag(name: string): string | undefined {
    return this.#world.github.world.state.refs.get(`refs/tags/${name}`);
  }

  get head(): string | undefined {
    return this.#world.github.world.state.refs.get('refs/heads/main');
  }
}

/** Puts a file on main by a pull request that is merged at once; returns its number. */
export async function mergePull(
  person: PersonOnGitHub,
  title: string,
  path: string,
  content: string,
): Promise<number> {
  const branch = title.replace(/[^a-z0-9]+/gi, '-');
  const { object } = (await person.call('GET', '/git/ref/heads/main')) as { object: { sha: string } };
  await person.call('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: object.sha });
  const known = (await person.call('GET', `/contents/${path}?ref=${branch}`).catch(() => undefined)) as
    | { sha: string }
    | undefined;
  await person.call('PUT', `/contents/${path}`, {
    message: title,
    branch,
    content: Buffer.from(content).toString('base64'),
    ...(known && { sha: known.sha }),
  });
  const pull = (await person.call('POST', '/pulls', { title, head: branch, base: 'main', body: '' })) as {
    number: number;
  };
  await person.merge(pull.number);
  return pull.number;
}
