import { formatTitle, parseTitle, type Title } from '../convention.ts';
import { isDnsLabel } from '../names.ts';
import { tenantPlaceOf } from '../platform/places.ts';
import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import type { TitleProblem } from './finding.ts';
import { nearest } from './kinds/nearest.ts';

/** What a title is judged by. */
export interface TitleQuestion {
  readonly title: string;
  readonly before: Platform;
  readonly after: Platform;
  /** All paths of the repository with the pull request in it. */
  readonly paths: readonly string[];
  /** Paths that the pull request adds, changes or removes. */
  readonly changed: readonly string[];
  readonly policy: Policy;
}

/** What is wrong with a pull request's title; a suggestion stands where it can be mended mechanically. */
export function checkTitle(question: TitleQuestion): TitleProblem | undefined {
  const problem = problemOf(question.title, question);
  if (problem === undefined) return undefined;
  const suggestion = suggestTitle(question);
  return { ...problem, suggestion };
}

function problemOf(title: string, question: TitleQuestion): TitleProblem | undefined {
  const parsed = parseTitle(title);
  if (parsed === undefined || parsed.number !== undefined)
    return { code: 'title-form', suggestion: undefined };
  const known = knownTypes(question);
  if (!known.includes(parsed.scope)) {
    return { code: 'title-type', type: parsed.scope, known, suggestion: undefined };
  }
  const area = parsed.scope === tenantsScope(question) ? unknownTenant(parsed, question) : undefined;
  return area === undefined ? undefined : { code: 'title-area', area, suggestion: undefined };
}

/** Types of the policy, and the top folders of the repository. */
function knownTypes({ policy, paths }: Pick<TitleQuestion, 'policy' | 'paths'>): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const top = path.slice(0, Math.max(0, path.indexOf('/')));
    if (/^[a-z][a-z0-9-]*$/.test(top)) folders.add(top);
  }
  const { tenants, providers, features } = policy.layout;
  const named = [tenants, providers, features].map((folder) => folder.slice(folder.lastIndexOf('/') + 1));
  const ofReleases = policy.release.sections.flatMap(({ types }) => types);
  return [...new Set([...policy.conventions.types, ...ofReleases, ...named, ...folders])].sort();
}

function tenantsScope({ policy: { layout } }: TitleQuestion): string {
  return layout.tenants.slice(layout.tenants.lastIndexOf('/') + 1);
}

/** A tenant's title names tenants that stand before or after it, and nothing else. */
function unknownTenant({ area }: Title, { before, after }: TitleQuestion): string | undefined {
  const known = new Set([...before.tenants, ...after.tenants].map(({ tenant }) => tenant));
  return area?.split(/,\s*/).find((name) => !known.has(name));
}

/** A title near to what was typed that follows the convention; undefined when nobody but a person can tell. */
function suggestTitle(question: TitleQuestion): string | undefined {
  const candidates = [mendedForm(question), fromFiles(question)];
  return candidates.find(
    (title) => title !== undefined && title !== question.title && problemOf(title, question) === undefined,
  );
}

/** Other words for types that people use. */
const SYNONYMS: Readonly<Record<string, string>> = {
  feature: 'feat',
  features: 'feat',
  bugfix: 'fix',
  hotfix: 'fix',
  fixes: 'fix',
  bug: 'fix',
  doc: 'docs',
  documentation: 'docs',
  tests: 'test',
  performance: 'perf',
  refactoring: 'refactor',
  tenant: 'tenants',
  provider: 'providers',
};

/** Capitals, spaces and slips of one or two letters put right; GitHub's own words for a revert, too. */
function mendedForm(question: TitleQuestion): string | undefined {
  const reverted = /^Revert "(.+)"$/.exec(question.title.trim())?.[1]?.replace(/ \(#\d+\)$/, '');
  if (reverted !== undefined) return formatTitle({ scope: 'revert', subject: reverted });
  const found =
    /^\s*([A-Za-z][\w-]{0,50})\s*(?:[([]([^()[\]\n]{1,100})[)\]])?\s*(!)?\s*[:：]\s*(\S[^\n]*?)\s*$/.exec(
      question.title,
    );
  if (found === null) return undefined;
  const [, word = '', area, mark, rest = ''] = found;
  const subject = plainSubject(rest);
  const scope = typeOf(word.toLowerCase(), knownTypes(question));
  if (scope === undefined || subject === undefined) return undefined;
  const named = area?.trim();
  const tenant = scope === tenantsScope(question) && named !== undefined ? tenantOf(named, question) : named;
  return formatTitle({ scope, area: tenant, subject, isBreaking: mark !== undefined });
}

function typeOf(word: string, known: readonly string[]): string | undefined {
  if (known.includes(word)) return word;
  const synonym = SYNONYMS[word];
  return synonym !== undefined && known.includes(synonym) ? synonym : nearest(word, known);
}

function tenantOf(name: string, question: TitleQuestion): string {
  const known = [...question.before.tenants, ...question.after.tenants].map(({ tenant }) => tenant);
  if (known.includes(name)) return name;
  return nearest(name, [...new Set(known)]) ?? onlyTenant(question) ?? name;
}

/** A title without any type gets it from the files, where these are one tenant's or one feature's. */
function fromFiles(question: TitleQuestion): string | undefined {
  const { title, policy, changed } = question;
  const subject = plainSubject(title);
  if (subject === undefined || /^[^\s:]{1,40}\s*:/.test(title)) return undefined;
  const tenant = onlyTenant(question);
  if (tenant !== undefined) return formatTitle({ scope: tenantsScope(question), area: tenant, subject });
  const { features } = policy.layout;
  const names = new Set(
    changed.map((path) =>
      path.startsWith(`${features}/`) ? path.slice(features.length + 1).split('/')[0] : '',
    ),
  );
  const [feature = ''] = names;
  if (names.size !== 1 || !isDnsLabel(feature)) return undefined;
  return formatTitle({ scope: features.slice(features.lastIndexOf('/') + 1), area: feature, subject });
}

function onlyTenant({ changed, policy }: TitleQuestion): string | undefined {
  const names = new Set(changed.map((path) => tenantPlaceOf(path, policy.layout)?.tenant));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

/** The words of a title without what GitHub adds, beginning in lower case unless they begin with a name. */
function plainSubject(text: string): string | undefined {
  const words = text
    .replace(/\s+/g, ' ')
    .replace(/ \(#\d+\)$/, '')
    .replace(/\s*[.…]+$/, '')
    .trim();
  if (words === '') return undefined;
  return /^\p{Lu}\p{Ll}/u.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
