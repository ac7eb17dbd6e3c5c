import { riskOf } from '../../src/domain/change/risk.ts';
import { followersOf } from '../../src/domain/delivery.ts';
import { comparePromotion } from '../../src/domain/promotion/compare-promotion.ts';
import type { PromotionPlace } from '../../src/domain/promotion/promotion-places.ts';
import { compareUrl } from '../../src/domain/release/release-urls.ts';
import { versionOf } from '../../src/domain/release/version.ts';
import { PermanentError } from '../../src/errors.ts';
import type { promotionBody } from '../../src/views/change/promotion-body.ts';
import type { JobDeps } from '../deps.ts';
import { readEffects, stateAt } from '../state-at.ts';
import { effectsOfTurn } from './effects-of-turn.ts';
import { isAncestor } from './is-ancestor.ts';
import type { ChangeScene } from './scene.ts';

type Described = Omit<Parameters<typeof promotionBody>[0], 'place' | 'to' | 'change'>;

/** What a promotion brings to one place, for the text of its pull request. */
export async function readPromotion(
  deps: Pick<JobDeps, 'releases' | 'memory'>,
  { repo, known, facts }: ChangeScene,
  { source, management }: PromotionPlace,
  tag: string,
): Promise<Described> {
  const { policy, platform } = known;
  const from = source.ref.kind === 'tag' ? source.ref.tag : undefined;
  const [before, after] = [from === undefined ? facts.baseHead : facts.tags.get(from), facts.tags.get(tag)];
  if (after === undefined) throw new PermanentError('tag-gone', `${tag} of ${repo} is gone`);
  const all =
    before === undefined
      ? []
      : await readEffects(deps, repo, {
          before: await stateAt(deps, repo, before, policy),
          after: await stateAt(deps, repo, after, policy),
          kustomizations: platform,
        });
  const kustomizations = followersOf(source, platform);
  const effects = effectsOfTurn(all, { from: source.ref, management, kustomizations });
  // Most promotions bring one release: its notes come with the list.
  const [{ url, releases }, notes] = await Promise.all([
    deps.releases.readReleaseFacts(repo),
    deps.releases.readNotes(repo, [tag]),
  ]);
  const risk = riskOf({
    effects,
    turned: { from, to: tag },
    order: comparePromotion(from, tag, policy.release.tagPrefix),
    isOnDefaultBranch: await isAncestor(deps, repo, after, facts.baseHead),
    tagExists: true,
    touchesPolicy: false,
  });
  return {
    from: source.ref,
    releases: await between(deps, {
      repo,
      heads: releases,
      notes,
      from,
      to: tag,
      prefix: policy.release.tagPrefix,
    }),
    effects,
    warnings: risk.warnings,
    compareUrl: from === undefined ? undefined : compareUrl(url, from, tag),
  };
}

interface Between {
  readonly repo: ChangeScene['repo'];
  readonly heads: Awaited<ReturnType<JobDeps['releases']['readReleaseFacts']>>['releases'];
  /** Texts that are known already, by tag. */
  readonly notes: ReadonlyMap<string, string>;
  readonly from: string | undefined;
  readonly to: string;
  readonly prefix: string;
}

/** Of older ones the notes are not read: the text has no room for them. */
const READ = 10;

/** The releases above the one that runs and up to the one that is promoted, the newest first. */
async function between(
  { releases }: Pick<JobDeps, 'releases'>,
  { repo, heads, notes, from, to, prefix }: Between,
): Promise<Described['releases']> {
  const [low, high] = [from === undefined ? undefined : versionOf(from, prefix), versionOf(to, prefix)];
  const wanted = heads
    .flatMap((head) => {
      const version = versionOf(head.tag, prefix);
      const fits =
        version !== undefined &&
        high !== undefined &&
        version.compare(high) <= 0 &&
        (low === undefined || version.compare(low) > 0);
      return fits && !head.isDraft ? [{ head, version }] : [];
    })
    .toSorted((one, other) => other.version.compare(one.version));
  const missing = wanted.slice(0, READ).flatMap(({ head }) => (notes.has(head.tag) ? [] : [head.tag]));
  const bodies = new Map([...notes, ...(await releases.readNotes(repo, missing))]);
  return wanted.map(({ head }, n) => {
    return { tag: head.tag, url: head.url, body: n < READ ? (bodies.get(head.tag) ?? '') : '' };
  });
}
