import { createHash } from 'node:crypto';
import type { ConventionState } from '../../../src/domain/conventions/convention-state.ts';
import {
  type Conventions,
  type ConventionsQuestion,
  conventions,
  examine,
  textsBefore,
} from '../../../src/domain/conventions/conventions.ts';
import type { Finding } from '../../../src/domain/conventions/finding.ts';
import { textsWanted } from '../../../src/domain/conventions/texts-wanted.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { isRelevantPath, readPlatform } from '../../../src/domain/read-platform.ts';
import { fleet } from '../effects/repositories.ts';
import { policyOf } from '../samples.ts';

type Files = Readonly<Record<string, string>>;

function oidOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** A repository that holds these files (path -> text), as it is read from GitHub. */
export function conventionState(files: Files, policy: Policy = policyOf()): ConventionState {
  const read = {
    commit: oidOf(JSON.stringify(files)) as CommitSha,
    defaultBranch: 'main',
    paths: Object.keys(files),
    texts: new Map(Object.entries(files).filter(([path]) => isRelevantPath(path, policy))),
  };
  return {
    files: read,
    platform: readPlatform(read, policy),
    oids: new Map(Object.entries(files).map(([path, text]) => [path, oidOf(text)])),
  };
}

/** A pull request from one set of files to another, checked with those texts alone that are said to be wanted. */
export function checked(
  before: Files,
  after: Files,
  title = 'feat(sample): change what is changed',
  policy: Policy = policyOf(),
): Conventions {
  const question: ConventionsQuestion = {
    title,
    before: conventionState(before, policy),
    after: conventionState(after, policy),
    policy,
  };
  const all = new Map([...Object.values(before), ...Object.values(after)].map((text) => [oidOf(text), text]));
  const read = (wanted: readonly { readonly oid: string }[]) =>
    wanted.map(({ oid }) => [oid, all.get(oid) ?? ''] as const);
  const first = new Map(read(textsWanted(question)));
  const examined = examine(question, first);
  return conventions(examined, new Map([...first, ...read(textsBefore(examined, first))]));
}

/** What is found when files are written into a fleet that is in order: `code path:line`, old ones with `old`. */
export function found(files: Files, before: Files = {}, policy: Policy = policyOf()): readonly string[] {
  const title = 'chore: change what is changed';
  return lines(checked(fleet(before), { ...fleet(before), ...files }, title, policy).findings);
}

export function lines(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ problem, path = '', line, isNew }) => {
    return `${isNew ? '' : 'old '}${problem.code} ${path}:${line}`;
  });
}
