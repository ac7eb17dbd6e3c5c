import type { GeneratedNotes } from '../../domain/release/release-facts.ts';

type Pull = GeneratedNotes['pulls'][number];
type NewContributor = GeneratedNotes['newContributors'][number];

/**
 * Reads the body that GitHub's generator writes: a line `* title by @login in URL` for each pull request, under
 * whatever heading, and `* @login made their first contribution in URL`. Everything else is left out. A title may
 * hold the same words, so a line is read from its end.
 */
export function parseGeneratedNotes(body: string): GeneratedNotes {
  const pulls: Pull[] = [];
  const newContributors: NewContributor[] = [];
  for (const line of body.split(/\r?\n/)) {
    const entry = readEntry(line);
    if (entry === undefined) continue;
    const pull = readPull(entry);
    const newcomer = /^@(\S+) made their first contribution$/.exec(entry.text)?.[1];
    if (pull !== undefined) pulls.push(pull);
    else if (newcomer !== undefined) newContributors.push({ login: newcomer, number: entry.number });
  }
  return { pulls, newContributors };
}

interface Entry {
  readonly text: string;
  readonly url: string;
  readonly number: number;
}

function readEntry(line: string): Entry | undefined {
  const [, text, url, digits] = /^[*-] (.*) in (https?:\/\/\S+\/pull\/([1-9]\d{0,8}))\s*$/s.exec(line) ?? [];
  if (text === undefined || url === undefined) return undefined;
  return { text, url, number: Number(digits) };
}

/** After the author may follow with whom the work was done. */
function readPull({ text, url, number }: Entry): Pull | undefined {
  const at = text.lastIndexOf(' by @');
  const author = /^\S+/.exec(text.slice(at + ' by @'.length))?.[0];
  if (at < 0 || author === undefined) return undefined;
  return { number, title: text.slice(0, at), author, url };
}
