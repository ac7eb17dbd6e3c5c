import { type Delivery, deliveriesOf, type When } from '../delivery.ts';
import { canonicalJson } from '../platform/canonical.ts';
import type { FluxKustomization, Platform } from '../platform.ts';
import { appliedFiles, type FileIndex, fileIndex } from './applied-files.ts';
import type { EffectsQuestion } from './effect.ts';

/** A Kustomization as it is declared at one time, and the files that it applies there. */
export interface Side {
  readonly kustomization: FluxKustomization;
  readonly index: FileIndex;
}

/** Sides with one key apply the same: clusters of a fleet share their folders. */
export function sideKey(side: Side | undefined): string {
  if (side === undefined) return '';
  const { applies, targetNamespace, postBuild, alters } = side.kustomization;
  return JSON.stringify([side.index.at, applies, targetNamespace, postBuild, alters]);
}

/** One turn of what a Kustomization applies, at one time. A side is undefined where it applies nothing. */
export interface Step {
  readonly kustomization: FluxKustomization;
  readonly from: Side | undefined;
  readonly to: Side | undefined;
  readonly delivery: Delivery;
  /** Whether objects that it no longer applies are deleted from the cluster. */
  readonly prunes: boolean;
  /** The files that declare it, where what they say of it differs. */
  readonly declared: readonly string[];
}

interface Known {
  readonly question: EffectsQuestion;
  readonly before: FileIndex;
  readonly after: FileIndex;
  readonly was: ReadonlyMap<string, FluxKustomization>;
  readonly will: ReadonlyMap<string, FluxKustomization>;
  readonly now: ReadonlyMap<string, FluxKustomization>;
  readonly deliveryOf: (kustomization: FluxKustomization) => Delivery | undefined;
  readonly deliveredBefore: (kustomization: FluxKustomization) => Delivery | undefined;
}

/** What a change of the repository makes of every Kustomization, in the order of their keys. */
export function stepsOf(question: EffectsQuestion): readonly Step[] {
  const { before, after, kustomizations } = question;
  const known: Known = {
    question,
    before: fileIndex('before', before),
    after: fileIndex('after', after),
    was: byKey(before.platform),
    will: byKey(after.platform),
    now: byKey(kustomizations),
    deliveryOf: deliveriesOf(kustomizations),
    deliveredBefore: deliveriesOf(before.platform),
  };
  const keys = new Set([...known.was.keys(), ...known.now.keys()]);
  return [...keys]
    .sort()
    .flatMap((key) => stepsOfOne(key, known))
    .map((step) => (isFolderMissing(step.to) ? { ...step, prunes: false } : step));
}

/** Flux fails on a folder that is not there, and leaves what it applied before where it is. */
export function isFolderMissing(side: Side | undefined): boolean {
  return side !== undefined && !side.index.folders.has(side.kustomization.applies);
}

function byKey(platform: Platform): ReadonlyMap<string, FluxKustomization> {
  return new Map(platform.kustomizations.map((one) => [keyOf(one), one]));
}

function keyOf({ cluster, management, namespace, name }: FluxKustomization): string {
  return JSON.stringify([cluster ?? '', management, namespace, name]);
}

function stepsOfOne(key: string, known: Known): readonly Step[] {
  const { was, will, now, question } = known;
  const [old, fresh, standing] = [was.get(key), will.get(key), now.get(key)];
  if (!isSame(fresh, standing)) {
    // The default branch went on since: what it says now is what applies the change, and its past tells nothing here.
    return standing === undefined ? [] : content(standing, standing, known);
  }
  if (old !== undefined && fresh === undefined) return removal(old, known);
  if (fresh === undefined) return [];
  if (old === undefined && !isUnreadable(fresh.file, question.before.platform))
    return declaration(undefined, fresh, known);
  return old === undefined || isSame(old, fresh)
    ? content(fresh, fresh, known)
    : declaration(old, fresh, known);
}

/** Whether two declarations of one Kustomization make the same of the same files. */
function isSame(one: FluxKustomization | undefined, other: FluxKustomization | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return meaning(one) === meaning(other);
}

function meaning({ applies, targetNamespace, postBuild, alters, source }: FluxKustomization): string {
  return canonicalJson([applies, targetNamespace, postBuild, alters, source]);
}

function isUnreadable(file: string, { unreadable }: Platform): boolean {
  return unreadable.some(({ path }) => path === file);
}

/** The files change, what takes them stays. */
function content(old: FluxKustomization, fresh: FluxKustomization, known: Known): readonly Step[] {
  const delivery = known.deliveryOf(fresh);
  if (delivery === undefined) return [];
  return [
    {
      kustomization: fresh,
      from: { kustomization: old, index: known.before },
      to: { kustomization: fresh, index: known.after },
      delivery,
      prunes: fresh.prune,
      declared: [],
    },
  ];
}

/**
 * A Kustomization that is no longer declared is itself deleted, and what it applied with it, when what declared it
 * prunes. Where that does not, or its file is only broken, it goes on as it was.
 */
function removal(old: FluxKustomization, known: Known): readonly Step[] {
  const { before, after, kustomizations } = known.question;
  const declarers = declarersOf(old, before.platform, known.before);
  const pruning = declarers.filter((one) => known.now.get(keyOf(one))?.prune ?? one.prunesWhenDeleted);
  if (isUnreadable(old.file, after.platform) || pruning.length === 0) return content(old, old, known);
  const delivery = soonest(pruning, known.deliveryOf);
  if (delivery === undefined || known.deliveredBefore(old) === undefined) return [];
  const elsewhere = kustomizations.kustomizations.some(
    ({ namespace, name, management }) =>
      namespace === old.namespace && name === old.name && management === old.management,
  );
  return [
    {
      kustomization: old,
      from: { kustomization: old, index: known.before },
      to: undefined,
      delivery,
      // One that turned to another cluster leaves its objects in the one it had.
      prunes: old.prunesWhenDeleted && !elsewhere,
      declared: [old.file],
    },
  ];
}

/**
 * A Kustomization is new, or declared to be another: that acts when its own file arrives, and what it applies changes
 * when its source does. Where these are two times, each has its step.
 */
function declaration(
  old: FluxKustomization | undefined,
  fresh: FluxKustomization,
  known: Known,
): readonly Step[] {
  const own = known.deliveryOf(fresh);
  if (own === undefined) return [];
  const declarers = declarersOf(fresh, known.question.kustomizations, known.after);
  const arrives = soonest(declarers, known.deliveryOf) ?? { when: 'unknown', follows: undefined };
  const at = (kustomization: FluxKustomization | undefined, index: FileIndex): Side | undefined =>
    kustomization && { kustomization, index };
  const step = (from: Side | undefined, to: Side, delivery: Delivery, declared: readonly string[]): Step => ({
    kustomization: fresh,
    from,
    to,
    delivery,
    prunes: fresh.prune,
    declared,
  });
  const declared = [...new Set([...(old === undefined ? [] : [old.file]), fresh.file])].sort();
  const [start, end] = [at(old, known.before), { kustomization: fresh, index: known.after }];
  const order = orderOf(own.when, arrives.when);
  const halfway = { kustomization: fresh, index: known.before };
  // Of a path that is not there yet Flux applies nothing and deletes nothing: all happens with the files.
  if (order === 'declaration-first' && appliedFiles(fresh, known.before).size > 0) {
    return [step(start, halfway, arrives, declared), step(halfway, end, own, [])];
  }
  if (order === 'files-first' && old !== undefined) {
    const between = { kustomization: old, index: known.after };
    return [step(start, between, own, []), step(between, end, arrives, declared)];
  }
  return [
    step(start, end, order === 'declaration-last' || order === 'files-first' ? arrives : own, declared),
  ];
}

type Order = 'at-once' | 'declaration-first' | 'files-first' | 'declaration-last';

function orderOf(files: When, declaration: When): Order {
  if (files === 'suspended' || files === 'unknown') return 'at-once';
  if (declaration === 'at-merge') return files === 'at-merge' ? 'at-once' : 'declaration-first';
  return files === 'at-merge' ? 'files-first' : 'declaration-last';
}

/** The Kustomizations that apply the file a Kustomization is declared in, on the management cluster it stands on. */
function declarersOf(
  { file }: FluxKustomization,
  platform: Platform,
  index: FileIndex,
): readonly FluxKustomization[] {
  return platform.kustomizations.filter(
    (one) => one.cluster === undefined && appliedFiles(one, index).has(file),
  );
}

const sooner: readonly When[] = ['at-merge', 'next-promotion', 'unknown', 'suspended'];

function soonest(
  kustomizations: readonly FluxKustomization[],
  deliveryOf: Known['deliveryOf'],
): Delivery | undefined {
  return kustomizations
    .flatMap((one) => deliveryOf(one) ?? [])
    .sort((a, b) => sooner.indexOf(a.when) - sooner.indexOf(b.when))[0];
}
