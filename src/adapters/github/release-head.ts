import { z } from 'zod';
import type { ReleaseHead } from '../../domain/release/release-facts.ts';

export const releaseHeadFragment = `
fragment ReleaseHead on Release { databaseId tagName url isDraft isPrerelease publishedAt updatedAt }`;

export const releaseHead = z.object({
  databaseId: z.number().int().nullable(),
  tagName: z.string(),
  url: z.url(),
  isDraft: z.boolean(),
  isPrerelease: z.boolean(),
  publishedAt: z.string().nullable(),
  updatedAt: z.string(),
});

export type ReleaseHeadShape = z.output<typeof releaseHead>;

/** Releases in the domain's words; one without a number cannot be named to GitHub's REST API and is left out. */
export function toReleaseHeads(releases: readonly ReleaseHeadShape[]): readonly ReleaseHead[] {
  return releases.flatMap(({ databaseId: id, tagName: tag, publishedAt, ...same }) => {
    // What GitHub tells of a draft's publication is of an earlier one, before it was taken back.
    const at = same.isDraft ? undefined : (publishedAt ?? undefined);
    return id === null ? [] : [{ id, tag, ...same, publishedAt: at }];
  });
}
