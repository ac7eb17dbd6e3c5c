import { type Fields, fieldsOf } from './fields.ts';
import { repositoryNode } from './nodes.ts';

/** The fields that every git object has. */
export function shared<T extends { readonly oid: string }>(kind: 'Commit' | 'Tree' | 'Blob' | 'Tag'): Fields {
  return fieldsOf<T>({
    id: (it, _, { world }) => world.state.nodeId(kind, it.oid),
    oid: (it) => it.oid,
    abbreviatedOid: (it) => it.oid.slice(0, 7),
    commitResourcePath: (it, _, { world }) => new URL(`${world.urls.repoHtml()}/commit/${it.oid}`).pathname,
    commitUrl: (it, _, { world }) => `${world.urls.repoHtml()}/commit/${it.oid}`,
    repository: (_, __, context) => repositoryNode(context),
  });
}
