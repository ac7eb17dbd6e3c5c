import type { ShapeFault } from './kinds/shape-faults.ts';

/** `Kind namespace/name` of an object, as people read it. */
export type ObjectName = string;

/** What is against the conventions, with what it takes to say how it is mended. */
export type Problem =
  | { readonly code: 'title-form'; readonly suggestion: string | undefined }
  | {
      readonly code: 'title-type';
      readonly type: string;
      readonly known: readonly string[];
      readonly suggestion: string | undefined;
    }
  | { readonly code: 'title-area'; readonly area: string; readonly suggestion: string | undefined }
  | { readonly code: 'policy-mistake'; readonly key: string; readonly message: string }
  | { readonly code: 'yaml-broken'; readonly message: string }
  | { readonly code: 'yaml-double-key'; readonly message: string }
  | { readonly code: 'not-an-object' }
  | { readonly code: 'misplaced'; readonly expected: readonly string[] }
  | {
      readonly code: 'unknown-place';
      readonly what: 'cloud' | 'environment';
      readonly name: string;
      readonly known: readonly string[];
    }
  | {
      readonly code: 'scope-folder';
      readonly object: ObjectName;
      readonly folder: 'namespaced' | 'non-namespaced';
    }
  | { readonly code: 'double-object'; readonly object: ObjectName; readonly other: string }
  | {
      readonly code: 'schema';
      readonly object: ObjectName;
      /** Dotted path of the value. */
      readonly field: string;
      readonly why: ShapeFault['why'];
    }
  | {
      readonly code: 'name-form';
      readonly object: ObjectName;
      readonly field: 'name' | 'namespace';
      readonly rule: 'label' | 'subdomain';
    }
  | {
      readonly code: 'tenant-namespace';
      readonly object: ObjectName;
      readonly tenant: string;
      /** Undefined when it names none. */
      readonly namespace: string | undefined;
    }
  | { readonly code: 'tenant-cluster-scoped'; readonly object: ObjectName; readonly tenant: string }
  | { readonly code: 'clear-secret'; readonly object: ObjectName; readonly field: string }
  | { readonly code: 'credential'; readonly what: string }
  | { readonly code: 'missing-dependency'; readonly object: ObjectName; readonly wanted: string }
  | { readonly code: 'missing-source'; readonly object: ObjectName; readonly wanted: string }
  | { readonly code: 'missing-path'; readonly object: ObjectName; readonly wanted: string }
  | { readonly code: 'dependency-cycle'; readonly objects: readonly ObjectName[] }
  | { readonly code: 'missing-resource'; readonly wanted: string };

/** What is wrong with a title. */
export type TitleProblem = Extract<Problem, { readonly suggestion: string | undefined }>;

/** A problem and where it stands. */
export interface Found {
  readonly problem: Problem;
  /** Undefined for what the pull request itself says, its title. */
  readonly path: string | undefined;
  /** From 1. */
  readonly line: number;
}

export interface Finding extends Found {
  /** Whether this pull request brings it; what stood before is told apart, and fails nothing. */
  readonly isNew: boolean;
}

/** Whether a problem keeps a pull request back; the others are only told. */
export function isFailure({ problem }: Found): boolean {
  // A field that nobody knows may be newer than what is known here; one that is nearly another is a slip.
  if (problem.code !== 'schema' || problem.why.kind !== 'unknown') return true;
  return problem.why.near !== undefined;
}

/** Whether it fails the check: new, and no mere notice. */
export function failsCheck(finding: Finding): boolean {
  return finding.isNew && isFailure(finding);
}
