import { extname } from 'node:path';
import type { TagObject, TreeEntry } from '../git/objects.ts';
import { type Fields, fieldsOf, node } from './fields.ts';
import { shared } from './git-shared.ts';
import { gitObjectNode, repositoryNode } from './nodes.ts';

interface EntryView extends TreeEntry {
  readonly path: string;
}

interface BlobView {
  readonly oid: string;
  readonly content: Buffer;
}

export const treeFields: Fields = {
  ...shared<{ readonly oid: string }>('Tree'),
  ...fieldsOf<{ readonly oid: string; readonly path?: string }>({
    entries: async (it, _, { world }) => {
      const prefix = it.path ? `${it.path}/` : '';
      const entries = (await world.git.tree(it.oid)) ?? [];
      return entries.map((entry) => node('TreeEntry', { ...entry, path: `${prefix}${entry.name}` }));
    },
  }),
};

export const treeEntryFields: Fields = fieldsOf<EntryView>({
  name: (it) => it.name,
  nameRaw: (it) => Buffer.from(it.name).toString('base64'),
  path: (it) => it.path,
  pathRaw: (it) => Buffer.from(it.path).toString('base64'),
  mode: (it) => Number.parseInt(it.mode, 8),
  type: (it) => it.type,
  oid: (it) => it.oid,
  extension: (it) => extname(it.name),
  isGenerated: () => false,
  size: async (it, _, { world }) => (await world.git.blob(it.oid))?.length ?? 0,
  lineCount: async (it, _, { world }) =>
    (await world.git.blob(it.oid))?.toString('utf8').split('\n').length ?? null,
  object: async (it, _, context) => {
    if (it.type === 'tree') return node('Tree', { oid: it.oid, path: it.path });
    return it.type === 'blob' ? gitObjectNode(context, it.oid) : null;
  },
  submodule: () => null,
  language: () => null,
  repository: (_, __, context) => repositoryNode(context),
});

export const blobFields: Fields = {
  ...shared<BlobView>('Blob'),
  ...fieldsOf<BlobView>({
    byteSize: (it) => it.content.length,
    isBinary: (it) => it.content.includes(0),
    isTruncated: (it) => it.content.length > 512_000,
    text: (it) => (it.content.includes(0) ? null : it.content.subarray(0, 512_000).toString('utf8')),
  }),
};

export const tagFields: Fields = {
  ...shared<TagObject>('Tag'),
  ...fieldsOf<TagObject>({
    name: (it) => it.tag,
    message: (it) => it.message.trimEnd(),
    tagger: (it) => (it.tagger ? node('GitActor', it.tagger) : null),
    target: (it, _, context) => gitObjectNode(context, it.object),
  }),
};
