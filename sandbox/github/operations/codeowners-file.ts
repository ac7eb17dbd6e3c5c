import { roleAtLeast, roleOf } from '../permissions.ts';
import type { GitHubWorld } from '../world.ts';

/** The first of these that exists counts. https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** A line of the file that says who owns what. */
export interface OwnerLine {
  readonly number: number;
  readonly text: string;
  readonly pattern: string;
  readonly owners: readonly string[];
}

export interface Codeowners {
  readonly path: string;
  readonly lines: readonly OwnerLine[];
}

/** The file as of a commit; undefined when there is none. */
export async function readCodeowners(world: GitHubWorld, commit: string): Promise<Codeowners | undefined> {
  for (const path of places) {
    const found = /^[0-9a-f]{40}$/.test(commit) ? await world.git.at(commit, path) : undefined;
    const blob = found?.type === 'blob' ? await world.git.blob(found.oid) : undefined;
    if (blob) return { path, lines: parse(blob.toString('utf8')) };
  }
  return undefined;
}

function parse(text: string): readonly OwnerLine[] {
  return text.split('\n').flatMap((line, at) => {
    const content = line.replace(/(^|\s)#.*$/, '').trim();
    if (content === '') return [];
    const [pattern = '', ...owners] = content.split(/(?<!\\)\s+/);
    return [{ number: at + 1, text: line, pattern: pattern.replaceAll('\\ ', ' '), owners }];
  });
}

/** The owners of a path (`@login`, `@org/team`). The last line that matches decides, also when it names nobody. */
export function ownersOf(file: Codeowners, path: string): readonly string[] {
  return file.lines.findLast((line) => toPattern(line.pattern).test(path))?.owners ?? [];
}

/** Patterns are those of .gitignore, without negation and character classes. */
function toPattern(pattern: string): RegExp {
  const anchored = pattern.slice(0, -1).includes('/');
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const parts = body.split(/(\*\*\/|\/\*\*|\*\*|\*|\?)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '/**') return '/.*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  const below = pattern.endsWith('/') ? '/.*' : pattern.endsWith('/*') ? '' : '(?:/.*)?';
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${parts.join('')}${below}$`);
}

/** Only who has write access can own anything. */
export function isKnown(world: GitHubWorld, owner: string): boolean {
  const name = owner.replace(/^@/, '');
  if (!name.includes('/')) return roleAtLeast(roleOf(world, name), 'write');
  const [org = '', slug = ''] = name.split('/');
  return (
    org.toLowerCase() === world.state.org.login.toLowerCase() &&
    roleAtLeast(world.state.teams.get(slug)?.permission, 'write')
  );
}
