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

/** A source that a merge turned to a tag, and the commit that was approved under that tag. */
export interface PromotedTag {
  readonly source: Source;
  readonly tag: string;
  readonly commit: CommitSha;
}

/** What a merge changed. */
export interface Merge {
  /** Paths of the files that differ from before. */
  readonly files: readonly string[];
  /** The sources among them that it turned to a tag. */
  readonly promoted: readonly PromotedTag[];
}

/**
 * The way of a merge through the clusters: the Kustomizations that follow the default branch and apply its files; and
 * of a promotion, first what applies the turned source, then that source at its tag with all that follow it.
 */
export function rolloutRoutes(
  platform: Platform,
  managements: readonly ManagementCluster[],
  merged: MergedCommit,
  { files, promoted }: Merge,
): readonly ManagementPlan[] {
  return managements.flatMap((management) => {
    const turned = promoted.filter(({ source }) => below(source.path, management.folder) !== undefined);
    const paths = turned.map(({ source }) => source.path);
    const ways = mergeLegs(platform, management, merged, paths);
    const onTheWay = new Set(ways.flatMap(({ declared }) => declared.map(({ id }) => id)));
    const direct = mergeLegs(
      platform,
      management,
      merged,
      files.filter((file) => !paths.includes(file)),
    ).flatMap((leg) => {
      const declared = leg.declared.filter(({ id }) => !onTheWay.has(id));
      return declared.length === 0 ? [] : [{ ...leg, declared }];
    });
    const legs = [
      ...ways.map((leg) => ({ ...leg, isWay: turned.length > 0 })),
      ...direct,
      ...turned.map((each) => tagLeg(platform, management, each)),
    ];
    return legs.length === 0 ? [] : [{ management: management.name, legs }];
  });
}

function tagLeg(
  platform: Platform,
  management: ManagementCluster,
  { source, tag, commit }: PromotedTag,
): Leg {
  const followers = inFolder(platform, management).filter((each) => sourceId(each) === idOf(source));
  return {
    source: idOf(source),
    expected: { kind: 'tag', tag, commit },
    declared: followers.map(memberOf),
    isOpen: true,
    isWay: false,
  };
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
    return { source, expected, declared: each.map(memberOf), isOpen: false, isWay: false };
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
