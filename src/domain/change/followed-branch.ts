import { followersOf } from '../delivery.ts';
import { managementFolder } from '../platform/layout.ts';
import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import { environmentIndex } from './environment-index.ts';

/** The production environments that follow a branch: what is merged into it they run at once. */
export function environmentsFollowing(branch: string, platform: Platform, policy: Policy): readonly string[] {
  const index = environmentIndex([platform], policy);
  const found = platform.sources
    .filter(({ ref }) => ref.kind === 'branch' && ref.branch === branch)
    .flatMap((source) => {
      const management = managementFolder(source.path, platform.layout);
      return followersOf(source, platform)
        .filter(({ cluster }) => index.isProduction({ management, cluster }))
        .flatMap(({ cluster }) => index.productionOf({ management, cluster }));
    });
  return [...new Set(found)].sort();
}
