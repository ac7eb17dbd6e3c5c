import type { GitHub } from './github/github.ts';
import type { Repository } from './kubernetes/flux/repository.ts';

/** The platform repository of the sandbox's GitHub, as its clusters' sources read it: in this process, by no socket. */
export function gitBehindFlux({ world: { git, state } }: GitHub): Repository {
  return {
    ref: (name) => state.refs.get(name),
    peel: (oid) => git.peel(oid),
    at: (commit, path) => git.at(commit, path),
    children: async (tree) => (await git.tree(tree)) ?? [],
    text: async (blob) => (await git.blob(blob))?.toString('utf8') ?? '',
  };
}
