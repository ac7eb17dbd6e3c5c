import type { World } from '../../sandbox/world.ts';

/** A person at the sandbox's GitHub, with a token of their own. */
export class PersonOnGitHub {
  readonly #world: World;
  readonly login: string;

  constructor(world: World, login: string) {
    this.#world = world;
    this.login = login;
  }

  /** Calls the REST API below the repository; throws on any status but 2xx. */
  call(method: string, path: string, body?: object): Promise<unknown> {
    return this.#ask(method, `/repos/${this.#world.env['PLATFORM_REPO']}${path}`, body);
  }

  /** Presses a button of a check run, as on its page. */
  press(checkRun: number, identifier: string): Promise<unknown> {
    return this.#ask('POST', `/_sandbox/check-runs/${checkRun}/actions/${identifier}`);
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const { url, github } = this.#world;
    const token = github.personalTokens.get(this.login);
    const answer = await fetch(`${url}/github${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  review(number: number, event: 'APPROVE' | 'REQUEST_CHANGES', body = 'See the title.'): Promise<unknown> {
    return this.call('POST', `/pulls/${number}/reviews`, { event, body });
  }

  merge(number: number): Promise<unknown> {
    return this.call('PUT', `/pulls/${number}/merge`, { merge_method: 'squash' });
  }

  close(number: number): Promise<unknown> {
    return this.call('PATCH', `/pulls/${number}`, { state: 'closed' });
  }
}
