import { arrivals } from '../arrival.ts';
import type { CommitSha } from '../ids.ts';
import { below } from '../platform/layout.ts';
import type { FluxKustomization, Platform, Source } from '../platform.ts';
import type { Expected } from './expected.ts';
import type { ManagementCluster } from './management-clusters.ts';
import type { DeclaredMember, Leg, ManagementPlan } from './plan.ts';

/** A merge on the default branch, and the commits known to have it among their ancestors. */
export interface MergedCommit {
  readonly commit: CommitSha;
  readonly descendants: ReadonlySet<CommitSha>;
}

/** What a promotion set: the sources that it moved to a tag, and the commit that was approved under that tag. */
export interface PromotedTag {
  readonly sources: readonly Source[];
  readonly tag: string;
  readonly commit: CommitSha;
}

/** The way of a promotion: first what applies the changed sources, then each of these with all that follow it. */
export function promotionRoutes(
  platform: Platform,
  managements: readonly ManagementCluster[],
  merged: MergedCommit,
  promoted: PromotedTag,
): readonly ManagementPlan[] {
  return managements.flatMap((management) => {
    const sources = promoted.sources.filter(({ path }) => below(path, management.folder) !== undefined);
    if (sources.length === 0) return [];
    const before = mergeLegs(
      platform,
      management,
      merged,
      sources.map(({ path }) => path),
    );
    const expected = { kind: 'tag', tag: promoted.tag, commit: promoted.commit } as const;
    const after = sources.map((source): Leg => {
      const followers = inFolder(platform, management).filter((each) => sourceId(each) === idOf(source));
      return { source: idOf(source), expected, declared: followers.map(memberOf), isOpen: true };
    });
    return [{ management: management.name, legs: [...before, ...after] }];
  });
}

/** The way of a merge: the Kustomizations that apply the files it changed and follow the default branch. */
export function mergeRoutes(
  platform: Platform,
  managements: readonly ManagementCluster[],
  merged: MergedCommit,
  files: readonly string[],
): readonly ManagementPlan[] {
  return managements.flatMap((management) => {
    const legs = mergeLegs(platform, management, merged, files);
    return legs.length === 0 ? [] : [{ management: management.name, legs }];
  });
}

function mergeLegs(
  platform: Platform,
  management: ManagementCluster,
  merged: MergedCommit,
  files: readonly string[],
): readonly Leg[] {
  const through = new Set(
    arrivals(files, platform).flatMap((arrival) =>
      arrival.when === 'at-merge' && arrival.management === management.folder ? arrival.through : [],
    ),
  );
  const applying = inFolder(platform, management).filter((each) => through.has(idOf(each)));
  const expected: Expected = { kind: 'commit', ...merged };
  return [...Map.groupBy(applying, sourceId)].map(([source, each]) => {
    return { source, expected, declared: each.map(memberOf), isOpen: false };
  });
}

function inFolder(platform: Platform, { folder }: ManagementCluster): readonly FluxKustomization[] {
  return platform.kustomizations.filter(({ management }) => management === folder);
}

function idOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

function memberOf(kustomization: FluxKustomization): DeclaredMember {
  return { id: idOf(kustomization), cluster: kustomization.cluster };
}

function sourceId({ source }: FluxKustomization): string {
  return idOf(source);
}
