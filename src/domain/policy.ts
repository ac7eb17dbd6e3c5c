import { z } from 'zod';
import { checkIdentities } from './policy/change-problems.ts';
import { changesSection, identitiesSection, ledgerSection } from './policy/change-sections.ts';
import { conventionsSection } from './policy/convention-section.ts';
import { clustersSection, rolloutSection } from './policy/fleet-sections.ts';
import { annotationsSection, labelsSection, namesSection } from './policy/form-sections.ts';
import { environmentsSection, layoutSection } from './policy/layout-sections.ts';
import {
  channelsSection,
  onboardingSection,
  pullRequestSection,
  tenantsSection,
} from './policy/people-sections.ts';
import { findPolicyProblems, type PolicyProblem, readPolicyText } from './policy/problems.ts';
import { releaseSection, teamsSection } from './policy/release-sections.ts';
import {
  accessSection,
  containersSection,
  ingressSection,
  objectsSection,
  sizesSection,
} from './policy/tenant-sections.ts';
import { compareAmounts, parseQuantity } from './quantity.ts';

/** Where the policy stands in the platform repository. */
export const policyPath = '.github/trunkline.yaml';

const sections = z.strictObject({
  layout: layoutSection,
  environments: environmentsSection,
  sizes: sizesSection,
  containers: containersSection,
  objects: objectsSection,
  access: accessSection,
  names: namesSection,
  labels: labelsSection,
  annotations: annotationsSection,
  ingress: ingressSection,
  pullRequest: pullRequestSection,
  onboarding: onboardingSection,
  tenants: tenantsSection,
  channels: channelsSection,
  conventions: conventionsSection,
  release: releaseSection,
  teams: teamsSection,
  clusters: clustersSection,
  rollout: rolloutSection,
  changes: changesSection,
  people: identitiesSection,
  ledger: ledgerSection,
});

/** The policy file: every key has a default, so that an empty file works on a repository in the model's layout. */
export const policySchema = sections.superRefine((policy, context) => {
  const complain = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  checkLevels(policy, complain);
  checkSizes(policy, complain);
  checkRepeats(policy, complain);
  checkIdentities(policy.people, complain);
});

export type Policy = z.output<typeof policySchema>;

type Complain = (path: (string | number)[], message: string) => void;

function checkLevels(policy: z.output<typeof sections>, complain: Complain): void {
  const known = Object.keys(policy.access.roles);
  const unknown = (level: string) => `"${level}" is not a level of access.roles (${known.join(', ')})`;
  policy.environments.forEach(({ access }, index) => {
    if (!known.includes(access)) complain(['environments', index, 'access'], unknown(access));
  });
  if (!known.includes(policy.access.default)) complain(['access', 'default'], unknown(policy.access.default));
}

function checkSizes(policy: z.output<typeof sections>, complain: Complain): void {
  const { named, maximum } = policy.sizes;
  if (named[policy.sizes.default] === undefined) {
    complain(
      ['sizes', 'default'],
      `"${policy.sizes.default}" is not one of sizes.named (${Object.keys(named).join(', ')})`,
    );
  }
  if (named['own'] !== undefined)
    complain(['sizes', 'named', 'own'], '"own" stands for own figures; choose another name');
  for (const [name, size] of Object.entries(named)) {
    for (const key of ['requestsMemory', 'limitsMemory', 'requestsCpu', 'limitsCpu'] as const) {
      const [amount, most] = [parseQuantity(size[key]), parseQuantity(maximum[key])];
      if (amount !== undefined && most !== undefined && compareAmounts(amount, most) > 0) {
        complain(['sizes', 'named', name, key], `${size[key]} is above sizes.maximum (${maximum[key]})`);
      }
    }
  }
}

function checkRepeats(policy: z.output<typeof sections>, complain: Complain): void {
  repeats(policy.environments.map(({ name }) => name)).forEach((index) => {
    complain(['environments', index, 'name'], 'stands twice');
  });
  repeats(policy.labels.map(({ key }) => key)).forEach((index) => {
    complain(['labels', index, 'key'], 'stands twice');
  });
  repeats(policy.access.groups.map(({ name }) => name)).forEach((index) => {
    complain(['access', 'groups', index, 'name'], 'stands twice');
  });
  repeats(policy.release.sections.map(({ title }) => title)).forEach((index) => {
    complain(['release', 'sections', index, 'title'], 'stands twice');
  });
  repeats(policy.teams.map(({ channel }) => channel)).forEach((index) => {
    complain(['teams', index, 'channel'], 'stands twice');
  });
  repeats(policy.clusters.map(({ name }) => name)).forEach((index) => {
    complain(['clusters', index, 'name'], 'stands twice');
  });
}

function repeats(names: readonly string[]): number[] {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
}

export type ParsedPolicy =
  | { readonly kind: 'ok'; readonly policy: Policy }
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] };

/**
 * Reads the policy file.
 * @param text the file's text; undefined when there is none, which is the same as an empty one.
 * @returns the policy with all defaults, or every problem at once, each with its line (from 1) and its path.
 */
export function parsePolicy(text: string | undefined): ParsedPolicy {
  const read = readPolicyText(text ?? '');
  if (read.kind === 'invalid') return read;
  const parsed = policySchema.safeParse(read.value);
  if (parsed.success) return { kind: 'ok', policy: parsed.data };
  const issues = [...parsed.error.issues, ...issuesBeyond(parsed.error.issues, read.value)];
  return { kind: 'invalid', problems: findPolicyProblems(issues, read, policyJsonSchema()) };
}

/** Rules between keys are checked only once all keys are sound: so once more without the sections that are not. */
function issuesBeyond(issues: readonly z.core.$ZodIssue[], value: unknown): readonly z.core.$ZodIssue[] {
  const unsound = new Set(
    issues.flatMap((issue) => [issue.path[0], ...(issue.code === 'unrecognized_keys' ? issue.keys : [])]),
  );
  const levels = ['access', 'environments'];
  // Levels are named in one of these sections and used in the other.
  if (levels.some((section) => unsound.has(section))) for (const section of levels) unsound.add(section);
  const sound = Object.fromEntries(Object.entries(value ?? {}).filter(([section]) => !unsound.has(section)));
  const beyond = policySchema.safeParse(sound).error?.issues ?? [];
  return beyond.filter(
    (issue) => issue.code === 'custom' && !issues.some((known) => known.path.join() === issue.path.join()),
  );
}

/** The policy file's JSON schema (draft 2020-12), for editors and for the documentation. */
export function policyJsonSchema(): object {
  return z.toJSONSchema(policySchema, { io: 'input' });
}

/** What the policy says of an environment; one that it does not list counts as production. */
export function environmentRules(
  policy: Policy,
  name: string,
): { readonly production: boolean; readonly access: string } {
  const listed = policy.environments.find((environment) => environment.name === name);
  return listed ?? { production: true, access: policy.access.default };
}
