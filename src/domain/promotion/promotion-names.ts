import { formatTitle } from '../convention.ts';
import type { PromotionPlace } from './promotion-places.ts';

/** The branch of a promotion's pull request: `promote-<tag>-<cloud>-<version>-<environment>`. */
export function promotionBranch(tag: string, place: Pick<PromotionPlace, 'name'>): string {
  return refPart(`promote-${tag}-${place.name}`);
}

/**
 * Letters, digits, dots, dashes and underscores only, and nothing that git forbids.
 * https://git-scm.com/docs/git-check-ref-format
 */
function refPart(text: string): string {
  return text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/(?:\.lock|\.)+$/i, '');
}

type Named = Pick<PromotionPlace, 'name' | 'cloud' | 'version' | 'environment'>;

/** A place in words: `aws prod`, with the version where its cloud has several: `aws v1 prod`. */
export function placeTitle(place: Named, places: readonly Named[]): string {
  const { name, cloud, version, environment } = place;
  const versions = new Set(places.filter((each) => each.cloud === cloud).map((each) => each.version));
  versions.add(version);
  const plain = [cloud, version, environment].filter((part) => part !== '').join('-');
  const words = [
    cloud,
    versions.size > 1 ? version : '',
    environment,
    name.startsWith(`${plain}-`) ? name.slice(plain.length + 1) : '',
  ];
  return words.filter((word) => word !== '').join(' ');
}

/** Title and commit headline of a promotion: `chore(release): promote v0.0.3 to aws prod`. */
export function promotionTitle(tag: string, place: Named, places: readonly Named[]): string {
  return formatTitle({
    scope: 'chore',
    area: 'release',
    subject: `promote ${tag} to ${placeTitle(place, places)}`,
  });
}
