import type { ChangeSheet, NonProduction, Warning } from '../../domain/change/sheet.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { durationText } from '../duration-text.ts';
import { someOf } from '../listing.ts';
import { count } from './gate-words.ts';
import { type Sentence, when } from './sentence.ts';

/** What stands out about a change, in one sentence. */
export function warningText(warning: Warning): string {
  switch (warning.kind) {
    case 'downgrade':
      return `Goes back: from ${name(warning.from)} to the older ${name(warning.to)}.`;
    case 'not-on-default-branch':
      return `${name(warning.tag)} is not on the default branch.`;
    case 'tag-missing':
      return `There is no tag ${name(warning.tag)}.`;
    case 'pruned':
      return `Deletes ${count(warning.objects, 'object')} from clusters.`;
    case 'namespaces-removed':
      return `Removes ${noun('namespace', warning.names)} with all in ${warning.names.length === 1 ? 'it' : 'them'}: ${names(warning.names)}.`;
    case 'crds':
      return `Changes ${noun('custom resource definition', warning.names)}: ${names(warning.names)}.`;
    case 'cluster-rbac':
      return `Changes rights on whole clusters: ${names(warning.names)}.`;
    case 'quota-cut':
      return `Cuts ${noun('quota', warning.names)}: ${names(warning.names)}.`;
    case 'moved':
      return `Moves ${count(warning.objects, 'object')} from one Kustomization to another; they may be deleted on the way.`;
    case 'policy':
      return 'Changes the policy itself: who approves, and when.';
    case 'not-compared':
      return `What it does could not be told: ${name(warning.from)} and ${name(warning.to)} cannot be compared.`;
    case 'not-rendered':
      return `What ${count(warning.files, 'file')} would do could not be told.`;
  }
}

/** Those of all pull requests, each once, the worst first. */
export function warningsOf({ parts }: Pick<ChangeSheet, 'parts'>): readonly Warning[] {
  const all = parts.filter(({ state }) => state !== 'closed').flatMap(({ risk }) => risk?.warnings ?? []);
  const once = new Map(all.map((warning) => [JSON.stringify(warning), warning]));
  return [...once.values()].toSorted((one, other) => rank[one.kind] - rank[other.kind]);
}

const rank: Readonly<Record<Warning['kind'], number>> = {
  'tag-missing': 0,
  'not-on-default-branch': 1,
  'not-compared': 1,
  downgrade: 2,
  'namespaces-removed': 3,
  pruned: 4,
  crds: 5,
  'cluster-rbac': 6,
  'quota-cut': 7,
  policy: 8,
  'not-rendered': 9,
  moved: 10,
};

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * How it does where it runs already; what is not known is said.
 *
 * @param now milliseconds since the epoch; undefined to tell the time since when, which stays the same.
 */
export function nonProductionWords(how: NonProduction, now: number | undefined): Sentence {
  switch (how.kind) {
    case 'running':
      return [
        'Runs in non-prod without failure ',
        // A duration of minutes would be another at every look.
        ...(now === undefined || now - how.since < DAY_MS
          ? ['since ', when(how.since)]
          : [`for ${durationText(now - how.since)}`]),
        ` (${count(how.kustomizations, 'Kustomization')}).`,
      ];
    case 'failing':
      return [`⚠️ Fails in non-prod: ${names(how.what)}.`];
    case 'not-everywhere':
      return [`⚠️ Not applied everywhere in non-prod yet: ${how.applied} of ${how.of}.`];
    case 'none':
      return ['⚠️ It has not run in non-prod.'];
    case 'unknown':
      return ['⚠️ How it does in non-prod cannot be told.'];
  }
}

function name(text: string): string {
  return clip(cleanLine(text), 100);
}

function names(all: readonly string[]): string {
  return someOf(
    all.map((each) => clip(cleanLine(each), 80)),
    4,
  );
}

function noun(word: string, all: readonly string[]): string {
  return all.length === 1 ? `the ${word}` : count(all.length, word);
}
