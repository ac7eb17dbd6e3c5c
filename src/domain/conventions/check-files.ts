import { readDocuments } from '../platform/documents.ts';
import { isBelow, isKustomizationFile } from '../platform/layout.ts';
import { tenantPlaceOf } from '../platform/places.ts';
import type { Platform } from '../platform.ts';
import { type Policy, parsePolicy, policyPath } from '../policy.ts';
import { type Appliers, appliersOf } from './appliers.ts';
import { checkDoubles } from './check-doubles.ts';
import { checkObject, type ObjectRules } from './check-object.ts';
import { checkPlace, type Places, placesOf } from './check-place.ts';
import { checkCredentials, checkSecret } from './check-secrets.ts';
import { type BlobTexts, type ConventionState, textOf } from './convention-state.ts';
import type { Found } from './finding.ts';
import { knownKinds } from './kinds/known-kinds.ts';
import type { Shape } from './kinds/shape.ts';
import { type DefinedKind, definedKind, shapesOfDefinition } from './kinds/shapes-of-definition.ts';
import { type LineFinder, lineFinder } from './line-finder.ts';
import { type LocatedItem, locatedItems } from './located-objects.ts';

export interface FilesQuestion {
  readonly state: ConventionState;
  /** The platform that a pull request starts from. */
  readonly standing: Platform;
  /** The files to be checked. */
  readonly paths: readonly string[];
  readonly policy: Policy;
  readonly texts: BlobTexts;
}

interface Checking extends FilesQuestion {
  readonly places: Places;
  readonly appliers: Appliers;
  readonly rules: ObjectRules;
}

/** What is against the conventions in these files. A file whose text is not at hand is passed over. */
export function checkFiles(question: FilesQuestion): readonly Found[] {
  const { state, standing, policy, paths, texts } = question;
  const appliers = appliersOf(state);
  const rules = { policy, ...kindsIn(state, texts), appliers };
  const places = placesOf(standing, state.platform, [...state.oids.keys()], policy);
  const checking = { ...question, places, appliers, rules };
  const shown = new Set(paths.filter(holdsObjects));
  const doubles = checkDoubles(appliers, shown, (path) => {
    const text = holdsObjects(path) ? textOf(path, state, texts) : undefined;
    return text === undefined ? undefined : locatedItems(text);
  });
  return [
    ...paths.flatMap((path) => checkFile(path, checking)),
    ...doubles.map(({ path, item, problem }) => ({
      problem,
      path,
      line: lineFinder(textOf(path, state, texts) ?? '').lineOf(item.document, [
        ...item.at,
        'metadata',
        'name',
      ]),
    })),
  ];
}

/** The kinds that definitions of the repository declare, as far as their texts are at hand. */
function kindsIn(state: ConventionState, texts: BlobTexts): Pick<ObjectRules, 'kinds' | 'defined'> {
  const shapes = new Map<string, Shape>();
  const defined = new Map<string, DefinedKind>();
  for (const path of state.oids.keys()) {
    const text = holdsObjects(path) ? textOf(path, state, texts) : undefined;
    if (text === undefined || !text.includes('CustomResourceDefinition')) continue;
    for (const { value } of locatedItems(text) ?? []) {
      const kind = definedKind(value);
      if (kind === undefined) continue;
      defined.set(`${kind.group} ${kind.kind}`, kind);
      for (const [name, shape] of shapesOfDefinition(value)) shapes.set(name, shape);
    }
  }
  return { kinds: knownKinds(shapes), defined };
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path) || isKustomizationFile(path);
}

/** Hidden files and folders are for other tools. */
function holdsObjects(path: string): boolean {
  return /\.ya?ml$/.test(path) && !/(?:^|\/)\./.test(path);
}

function checkFile(path: string, checking: Checking): readonly Found[] {
  const text = textOf(path, checking.state, checking.texts);
  if (text === undefined || isLeftAlone(path, checking)) return [];
  const credentials = checkCredentials(text).map((each) => ({ ...each, path }));
  if (!isYaml(path)) return credentials;
  if (path === policyPath) return [...credentials, ...checkPolicy(text)];
  const items = locatedItems(text);
  let finder: LineFinder | undefined;
  const lines = () => {
    finder ??= lineFinder(text);
    return finder;
  };
  if (items === undefined)
    return [...credentials, ...mistakesOf(path, lines(), readDocuments(text).why ?? 'it cannot be read')];
  if (!holdsObjects(path)) return credentials;
  return [...credentials, ...checkItems(path, items, lines, checking)];
}

/** What the policy leaves out, and templates of Helm's charts, which are no YAML before Helm has filled them in. */
function isLeftAlone(path: string, { policy, state }: Checking): boolean {
  if (policy.conventions.ignore.some((folder) => isBelow(path, folder))) return true;
  const chart = /^(.*\/)?templates\//.exec(path)?.[1];
  return path.includes('templates/') && state.oids.has(`${chart ?? ''}Chart.yaml`);
}

/** The policy's own mistakes, told before they decide nothing. */
function checkPolicy(text: string): readonly Found[] {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'ok') return [];
  return parsed.problems.map(({ line, path: key, message }) => ({
    problem: { code: 'policy-mistake', key, message },
    path: policyPath,
    line,
  }));
}

const mostMistakes = 5;

/** What does not parse for a reason that the parser does not place stands in the first line. */
function mistakesOf(path: string, lines: LineFinder, message: string): readonly Found[] {
  const found = lines.mistakes().map((each): Found => {
    const code = each.isDoubleKey ? 'yaml-double-key' : 'yaml-broken';
    return { problem: { code, message: each.message }, path, line: each.line };
  });
  if (found.length > 0) return found.slice(0, mostMistakes);
  return [{ problem: { code: 'yaml-broken', message }, path, line: 1 }];
}

function checkItems(
  path: string,
  items: readonly LocatedItem[],
  lines: () => LineFinder,
  { places, appliers, rules, policy }: Checking,
): readonly Found[] {
  const isListing =
    isKustomizationFile(path) && !items.some(({ object }) => isFluxObject(object?.apiVersion));
  if (isListing) return [];
  const found: Found[] = items.flatMap((item) =>
    [...checkObject(path, item, rules), ...checkSecret(item)].map(({ problem, at }) => ({
      problem,
      path,
      line: lines().lineOf(item.document, at),
    })),
  );
  const misplaced = items.some(({ object }) => object !== undefined) ? checkPlace(path, places) : undefined;
  if (misplaced !== undefined) found.push({ problem: misplaced, path, line: 1 });
  const role = appliers.roleOf(path);
  // A tenant's files are applied as soon as its place is.
  const mustBeObjects =
    role === 'whole' || (role === 'none' && tenantPlaceOf(path, policy.layout) !== undefined);
  for (const { object, document, at } of mustBeObjects ? items : []) {
    if (object !== undefined) continue;
    found.push({ problem: { code: 'not-an-object' }, path, line: lines().lineOf(document, at) });
  }
  return found;
}

function isFluxObject(apiVersion: string | undefined): boolean {
  return apiVersion?.startsWith('kustomize.toolkit.fluxcd.io/') === true;
}
