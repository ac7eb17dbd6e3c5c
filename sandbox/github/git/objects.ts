import type { ObjectType } from './cat-file.ts';

export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
  readonly type: 'blob' | 'tree' | 'commit';
}

export interface Identity {
  readonly name: string;
  readonly email: string;
  /** Seconds since the epoch. */
  readonly seconds: number;
  /** Like `+0100`. */
  readonly zone: string;
}

export interface CommitObject {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Identity;
  readonly committer: Identity;
  readonly message: string;
  readonly signature: string | undefined;
}

export type NewCommit = Omit<CommitObject, 'oid' | 'signature'>;

export interface TagObject {
  readonly oid: string;
  readonly object: string;
  readonly type: ObjectType;
  readonly tag: string;
  readonly tagger: Identity | undefined;
  readonly message: string;
}

export function typeOfMode(mode: string): TreeEntry['type'] {
  if (mode === '40000' || mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    const mode = content.subarray(at, space).toString('latin1').padStart(6, '0');
    const name = content.subarray(space + 1, end).toString('utf8');
    const oid = content.subarray(end + 1, end + 21).toString('hex');
    entries.push({ mode, name, oid, type: typeOfMode(mode) });
    at = end + 21;
  }
  return entries;
}

/** Git sorts a directory as if its name ended with a slash. */
export function serialiseTree(entries: readonly Omit<TreeEntry, 'type'>[]): Buffer {
  const rows = entries.map((entry) => {
    const mode = entry.mode.replace(/^0+/, '');
    const key = Buffer.from(typeOfMode(entry.mode) === 'tree' ? `${entry.name}/` : entry.name);
    return { key, bytes: [Buffer.from(`${mode} ${entry.name}\0`), Buffer.from(entry.oid, 'hex')] };
  });
  rows.sort((a, b) => Buffer.compare(a.key, b.key));
  return Buffer.concat(rows.flatMap((row) => row.bytes));
}

export function parseCommit(oid: string, content: Buffer): CommitObject {
  const { headers, message } = parseHeaders(content);
  return {
    oid,
    tree: first(headers, 'tree'),
    parents: headers.filter(([name]) => name === 'parent').map(([, value]) => value),
    author: parseIdentity(first(headers, 'author')),
    committer: parseIdentity(first(headers, 'committer')),
    message,
    signature: headers.find(([name]) => name === 'gpgsig')?.[1],
  };
}

export function parseTag(oid: string, content: Buffer): TagObject {
  const { headers, message } = parseHeaders(content);
  const type = first(headers, 'type');
  const tagger = headers.find(([name]) => name === 'tagger')?.[1];
  return {
    oid,
    object: first(headers, 'object'),
    type: type === 'tree' || type === 'blob' || type === 'tag' ? type : 'commit',
    tag: first(headers, 'tag'),
    tagger: tagger === undefined ? undefined : parseIdentity(tagger),
    message,
  };
}

export function serialiseCommit(commit: NewCommit): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${formatIdentity(commit.author)}`,
    `committer ${formatIdentity(commit.committer)}`,
  ];
  return Buffer.from(`${lines.join('\n')}\n\n${commit.message}`);
}

export function serialiseTag(tag: Omit<TagObject, 'oid'>): Buffer {
  const lines = [`object ${tag.object}`, `type ${tag.type}`, `tag ${tag.tag}`];
  if (tag.tagger) lines.push(`tagger ${formatIdentity(tag.tagger)}`);
  return Buffer.from(`${lines.join('\n')}\n\n${tag.message}`);
}

function formatIdentity(who: Identity): string {
  const clean = (text: string): string => text.replace(/[<>\n\0]/g, '').trim();
  return `${clean(who.name)} <${clean(who.email)}> ${who.seconds} ${who.zone}`;
}

export function identityDate(who: Identity): string {
  return `${new Date(who.seconds * 1000).toISOString().slice(0, 19)}Z`;
}

function parseIdentity(text: string): Identity {
  const match = /^(.*?) ?<(.*)> (-?\d+) ([+-]\d{4})$/.exec(text);
  if (!match) return { name: text, email: '', seconds: 0, zone: '+0000' };
  return {
    name: match[1] ?? '',
    email: match[2] ?? '',
    seconds: Number(match[3]),
    zone: match[4] ?? '+0000',
  };
}

function parseHeaders(content: Buffer): { headers: [string, string][]; message: string } {
  const text = content.toString('utf8');
  const gap = text.indexOf('\n\n');
  const head = gap < 0 ? text : text.slice(0, gap);
  const headers: [string, string][] = [];
  for (const line of head.split('\n')) {
    const last = headers.at(-1);
    if (line.startsWith(' ') && last) last[1] += `\n${line.slice(1)}`;
    else headers.push([line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
  }
  return { headers, message: gap < 0 ? '' : text.slice(gap + 2) };
}

function first(headers: readonly [string, string][], name: string): string {
  return headers.find(([each]) => each === name)?.[1] ?? '';
}
