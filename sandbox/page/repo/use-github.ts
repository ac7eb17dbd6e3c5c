import { ask } from '../lib/http.ts';
import { changed, type Loaded, useLive } from '../lib/live.ts';
import { useWorld } from '../lib/world.tsx';

export interface GitHubAccess {
  /** The person's login; undefined for whoever has no account, who only looks. */
  readonly login: string | undefined;
  /** `path` lies below the repository, or is one of the sandbox's own, which begin with `/_sandbox/`. */
  get<T>(path: string): Promise<T>;
  /** Changes something as this person. `path` as for `get`. @throws HttpError in GitHub's words. */
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body: unknown): Promise<unknown>;
}

/** The sandbox's GitHub with the token of the person at the page. */
export function useGitHub(): GitHubAccess {
  const { me, people, repo } = useWorld();
  const token = me.token ?? people.find((person) => person.token)?.token;
  const urlOf = (path: string) =>
    path.startsWith('/_sandbox/') ? `/github${path}` : `/github/repos/${repo}${path}`;
  return {
    login: me.token ? me.githubLogin : undefined,
    get: (path) => ask(urlOf(path), { token }),
    send: async (method, path, body) => {
      const answer = await ask(urlOf(path), { method, body, token: me.token });
      changed('github');
      return answer;
    },
  };
}

/** Something of the repository, loaded again whenever the repository changes. */
export function useGitHubData<T>(path: string | undefined): Loaded<T> {
  const { get } = useGitHub();
  return useLive<T>(path, ['github'], () => get<T>(path ?? ''));
}

/** A path's segments, each encoded, slashes kept. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
