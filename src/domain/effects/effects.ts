import { tenantPlaceOf } from '../platform/places.ts';
import { changedFiles } from './changed-files.ts';
import { type Compared, compare, readerOf, type Turn } from './compare.ts';
import { beyondFiles, type Differences, differencesOf } from './differences.ts';
import type { Effect, EffectsQuestion, NotRendered, ObjectChange } from './effect.ts';
import { highlightsOf } from './highlights.ts';
import { mergeEffects } from './merge-effects.ts';
import { findMoves, type Moves } from './moves.ts';
import { type Step, sideKey, stepsOf } from './steps.ts';
import { findSubstituted, type Substituted } from './substituted.ts';

/**
 * The blobs whose texts are needed to tell the effects, once each: of the YAML files that some Kustomization begins,
 * ceases or goes on to apply, those that differ.
 */
export function textsNeeded(
  question: EffectsQuestion,
): readonly { readonly path: string; readonly oid: string }[] {
  const needed = new Map<string, string>();
  const differences = onceForEachPair(differencesOf);
  for (const step of stepsOf(question)) {
    for (const { path, before, after } of differences(step).toCompare) {
      if (before !== undefined && !needed.has(before)) needed.set(before, path);
      if (after !== undefined && !needed.has(after)) needed.set(after, path);
    }
  }
  return [...needed].map(([oid, path]) => ({ path, oid }));
}

/**
 * What a change of the repository does to clusters, through each Kustomization.
 * @param texts blob id -> text, of what `textsNeeded` names; a file whose text is missing is told as not rendered.
 * @returns by cluster, management cluster and Kustomization; none where no file that is applied differs.
 */
export function effects(question: EffectsQuestion, texts: ReadonlyMap<string, string>): readonly Effect[] {
  const read = readerOf(texts);
  const changed = new Set(changedFiles(question.before, question.after).map(({ path }) => path));
  const compared = onceForEachPair((step) => {
    const differences = differencesOf(step);
    return { differences, compared: compare(differences, step.from, step.to, read) };
  });
  const all = stepsOf(question).map((step) => {
    const known = compared(step);
    return { ...known, step, turns: known.compared.turns.map((turn) => ({ ...turn })) };
  });
  const facts: Facts = {
    changed,
    moves: findMoves(all),
    tenantOf: (path) => tenantPlaceOf(path, question.kustomizations.layout)?.tenant,
  };
  const told = all
    .map((one) => effectOf(one, facts))
    .filter(({ files, objects, notRendered }) => files.length + objects.length + notRendered.length > 0);
  const substituted = findSubstituted(all, question.kustomizations).map((one) =>
    effectOfVariables(one, facts),
  );
  return mergeEffects([...told, ...substituted]);
}

/** Many Kustomizations apply the same folders: what two sides give is found out once. */
function onceForEachPair<Found>(find: (step: Step) => Found): (step: Step) => Found {
  const known = new Map<string, Found>();
  return (step) => {
    const key = `${sideKey(step.from)} ${sideKey(step.to)}`;
    const found = known.get(key) ?? find(step);
    known.set(key, found);
    return found;
  };
}

interface Facts {
  readonly changed: ReadonlySet<string>;
  readonly moves: Moves;
  readonly tenantOf: (path: string) => string | undefined;
}

interface Outcome {
  readonly step: Step;
  readonly differences: Differences;
  readonly compared: Compared;
  readonly turns: readonly Turn[];
}

function effectOf({ step, differences, compared, turns }: Outcome, facts: Facts): Effect {
  const { kustomization, delivery, declared } = step;
  const declaredBy = declared.filter((path) => facts.changed.has(path));
  const files = [...differences.paths.filter((path) => facts.changed.has(path)), ...declaredBy];
  const notRendered: readonly NotRendered[] = [...compared.notRendered, ...beyondFiles(step)].map((one) => ({
    ...one,
    tenant: facts.tenantOf(one.path),
  }));
  return {
    ...delivery,
    kustomization: nameOf(step),
    cluster: kustomization.cluster,
    management: kustomization.management,
    files: [...new Set(files)].sort(),
    objects: turns
      .filter((turn) => !facts.moves.left.has(turn))
      .map((turn) => changeOf(turn, step, facts))
      .sort(byPlace),
    notRendered,
  };
}

function effectOfVariables({ kustomization, delivery, from }: Substituted, facts: Facts): Effect {
  const { cluster, management, file: path } = kustomization;
  const files = facts.changed.has(from) ? [from] : [];
  const notRendered = [{ path, why: 'substitution', tenant: facts.tenantOf(path) } as const];
  return {
    ...delivery,
    kustomization: nameOf({ kustomization }),
    cluster,
    management,
    files,
    objects: [],
    notRendered,
  };
}

function nameOf({ kustomization: { namespace, name } }: Pick<Step, 'kustomization'>): string {
  return `${namespace}/${name}`;
}

function changeOf(turn: Turn, step: Step, { moves, tenantOf }: Facts): ObjectChange {
  const move = moves.arrived.get(turn);
  const { identity, path } = turn;
  const change = move === undefined ? turn.change : 'moved';
  const left = move ?? { from: step, turn };
  const pruned = left.turn.change === 'deleted' && left.from.prunes && !left.turn.before?.kept;
  const [before, after] = [left.turn.before?.declared, turn.after?.declared];
  return {
    apiVersion: (after ?? before)?.apiVersion ?? '',
    kind: identity.kind,
    namespace: identity.namespace,
    name: identity.name,
    path,
    change,
    moved: move && { from: nameOf(move.from), to: nameOf(step) },
    pruned,
    tenant: tenantOf(path),
    highlights: highlightsOf({ change, pruned, before, after }),
  };
}

function byPlace(a: ObjectChange, b: ObjectChange): number {
  return placeText(a) < placeText(b) ? -1 : 1;
}

function placeText({ path, kind, namespace, name }: ObjectChange): string {
  return JSON.stringify([path, kind, namespace, name]);
}
