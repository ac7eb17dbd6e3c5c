import type { BodyEntry, BodySection, ParsedBody } from './parse-release-body.ts';
import { numberOf } from './shown-reference.ts';

const mostSections = 8;

/** How much is in a release, in one line: `5 pull requests: Tenants 3, Features 2.`; undefined when nothing is listed. */
export function countsText({ sections }: ParsedBody, repoUrl: string): string | undefined {
  const listed = sections
    .filter(({ title }) => !/^new contributors$/i.test(title))
    .map((section) => ({ title: section.title, entries: entriesOf(section) }))
    .filter(({ entries }) => entries.length > 0);
  const all = listed.flatMap(({ entries }) => entries);
  if (all.length === 0) return undefined;
  const pulls = new Set(all.flatMap((entry) => pullOf(entry, repoUrl) ?? []));
  const total = totalText(pulls.size, all.length - pulls.size);
  if (listed.length === 1) return `${total}.`;
  const each = listed
    .slice(0, mostSections)
    .map(({ title, entries }) => `${title.slice(0, 75)} ${entries.length}`);
  const more = listed.length - each.length;
  return `${total}: ${each.join(', ')}${more > 0 ? ` and ${more} more sections` : ''}.`;
}

function totalText(pulls: number, others: number): string {
  if (pulls === 0) return others === 1 ? '1 entry' : `${others} entries`;
  const said = pulls === 1 ? '1 pull request' : `${pulls} pull requests`;
  if (others === 0) return said;
  return `${said} and ${others} ${others === 1 ? 'other change' : 'other changes'}`;
}

export function entriesOf({ parts }: BodySection): readonly BodyEntry[] {
  return parts.flatMap((part) => (part.kind === 'entry' ? [part.entry] : []));
}

function pullOf({ elements }: BodyEntry, repoUrl: string): number | undefined {
  return elements
    .flatMap((element) => (element.type === 'link' ? [numberOf(element.url, repoUrl)] : []))
    .findLast((number) => number !== undefined);
}
