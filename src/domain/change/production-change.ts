import { changedFiles } from '../effects/changed-files.ts';
import type { Effect, RepositoryState } from '../effects/effect.ts';
import { type TurnedSource, turnedSources } from '../effects/turned-sources.ts';
import type { Platform } from '../platform.ts';
import { type Policy, policyPath } from '../policy.ts';
import { arrivingAtOnce } from './arriving-at-once.ts';
import { type EnvironmentIndex, environmentIndex } from './environment-index.ts';
import { concernsNonProductionOnly } from './non-production-only.ts';

export type ProductionReason = 'turned-source' | 'management' | 'at-merge' | 'policy' | 'not-rendered';

/** Whether a pull request changes what production runs as soon as it merges, and by what. */
export type ProductionChange =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'production';
      /** Sources that production follows and that are turned; what that does is not in the files of the change. */
      readonly turned: readonly TurnedSource[];
      /** Production environments that it concerns; all of them where it cannot be told. */
      readonly environments: readonly string[];
      readonly why: readonly ProductionReason[];
      /** What it does by itself, the turned sources' own objects left out. */
      readonly direct: readonly Effect[];
    };

export interface ProductionQuestion {
  readonly before: RepositoryState;
  readonly after: RepositoryState;
  /** What the pull request's own files do, with the Kustomizations as it leaves them. */
  readonly effects: readonly Effect[];
  readonly policy: Policy;
}

/**
 * Decides whether a pull request changes production at once. What arrives with the next promotion does not; what cannot
 * be told counts as if it did.
 */
export function productionChange(question: ProductionQuestion): ProductionChange {
  const { before, after, effects, policy } = question;
  const index = environmentIndex([before.platform, after.platform], policy);
  const files = new Set(changedFiles(before, after).map(({ path }) => path));
  const turned = turnedSources(before.platform, after.platform).filter(
    (source) => !isHarmless(source, index),
  );
  const arriving = arrivingAtOnce(effects, before, after);
  const onManagement = arriving.flatMap((effect) => managementPart(effect, question, index, turned));
  const onClusters = arriving.filter((effect) => effect.cluster !== undefined && index.isProduction(effect));
  const unreadable = [...before.platform.unreadable, ...after.platform.unreadable].some(({ path }) =>
    files.has(path),
  );
  const why: ProductionReason[] = [
    ...(turned.length > 0 ? (['turned-source'] as const) : []),
    ...(onManagement.length > 0 ? (['management'] as const) : []),
    ...(onClusters.length > 0 ? (['at-merge'] as const) : []),
    ...(files.has(policyPath) ? (['policy'] as const) : []),
    ...(unreadable ? (['not-rendered'] as const) : []),
  ];
  if (why.length === 0) return { kind: 'none' };
  const environments = new Set([
    ...turned.flatMap(({ management, kustomizations }) =>
      kustomizations.flatMap(({ cluster }) => index.productionOf({ management, cluster })),
    ),
    ...[...onManagement, ...onClusters].flatMap((effect) => index.productionOf(effect)),
    ...(files.has(policyPath) || unreadable ? index.production : []),
  ]);
  return {
    kind: 'production',
    turned,
    environments: environments.size > 0 ? [...environments].sort() : index.production,
    why,
    direct: [...onManagement, ...onClusters],
  };
}

/** A source that only clusters of other environments follow. */
function isHarmless({ management, kustomizations }: TurnedSource, index: EnvironmentIndex): boolean {
  return kustomizations.every(
    ({ cluster }) => cluster !== undefined && !index.isProduction({ management, cluster }),
  );
}

/** What an effect does on a management cluster itself that production may hang on. */
function managementPart(
  effect: Effect,
  { before, after }: ProductionQuestion,
  index: EnvironmentIndex,
  turned: readonly TurnedSource[],
): readonly Effect[] {
  if (effect.cluster !== undefined) return [];
  const platforms: readonly Platform[] = [before.platform, after.platform];
  const objects = effect.objects.filter(
    (object) =>
      !isTurned(object, effect, turned) &&
      !concernsNonProductionOnly(object, effect.management, platforms, index),
  );
  // What is not rendered may declare anything, in whatever folder it stands.
  const { notRendered } = effect;
  return objects.length + notRendered.length === 0 ? [] : [{ ...effect, objects, notRendered }];
}

/** The turned source's own object says no more than that it is turned. */
function isTurned(
  { kind, namespace, name, change }: Effect['objects'][number],
  { management }: Effect,
  turned: readonly TurnedSource[],
): boolean {
  return turned.some(
    (source) =>
      kind === 'GitRepository' &&
      change === 'changed' &&
      source.management === management &&
      source.after.name === name &&
      source.after.namespace === (namespace ?? 'default') &&
      source.before.beyond === source.after.beyond,
  );
}
