import type { ProductionChange } from '../../src/domain/change/production-change.ts';
import type { PullFacts } from '../../src/domain/change/pull-facts.ts';
import type { Subject } from '../../src/domain/change/record.ts';
import { riskOf } from '../../src/domain/change/risk.ts';
import { refText } from '../../src/domain/change/subject.ts';
import type { Effect } from '../../src/domain/effects/effect.ts';
import type { TurnedSource } from '../../src/domain/effects/turned-sources.ts';
import type { CommitSha, GitHubLogin } from '../../src/domain/ids.ts';
import { comparePromotion } from '../../src/domain/promotion/compare-promotion.ts';
import { RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { CommittedPlatform } from '../known-platform.ts';
import { readEffects, stateAt } from '../state-at.ts';
import { effectsOfTurn } from './effects-of-turn.ts';
import { isAncestor } from './is-ancestor.ts';
import type { RiskRead } from './risk-read.ts';

export interface RiskWish {
  readonly pull: Pick<PullFacts, 'repo' | 'authors' | 'hasUnknownAuthors'>;
  readonly production: Extract<ProductionChange, { kind: 'production' }>;
  readonly subject: Subject;
  readonly tagCommits: ReadonlyMap<string, CommitSha>;
  readonly known: CommittedPlatform;
  readonly baseHead: CommitSha;
}

type Deps = Pick<JobDeps, 'releases' | 'memory'>;

/** What a pull request does to production, from what runs now to what it names. */
export async function readRisk(deps: Deps, wish: RiskWish): Promise<RiskRead> {
  const key = JSON.stringify([wish.pull, wish.baseHead, wish.known.commit, wish.subject]);
  const kept = deps.memory.risks.get(key);
  if (kept !== undefined) return kept;
  const read = await workOut(deps, wish);
  deps.memory.risks.put(key, read);
  return read;
}

async function workOut(deps: Deps, wish: RiskWish): Promise<RiskRead> {
  const { production, tagCommits, known, baseHead } = wish;
  const [turned] = production.turned;
  const to = turned?.after.ref;
  const target = to?.kind === 'tag' ? tagCommits.get(to.tag) : undefined;
  const from = turned?.before.ref.kind === 'tag' ? turned.before.ref.tag : undefined;
  const effects: Effect[] = [...production.direct];
  const notCompared: { readonly from: string; readonly to: string }[] = [];
  for (const one of production.turned) {
    const read = await readTurn(deps, wish, one);
    if (read === undefined) notCompared.push({ from: refText(one.before), to: refText(one.after) });
    else effects.push(...read);
  }
  const risk = riskOf({
    effects,
    turned: to?.kind === 'tag' ? { from, to: to.tag } : undefined,
    order: to?.kind === 'tag' ? comparePromotion(from, to.tag, known.policy.release.tagPrefix) : 'unknown',
    isOnDefaultBranch:
      target === undefined ? undefined : await isAncestor(deps, wish.pull.repo, target, baseHead),
    tagExists: to?.kind !== 'tag' || target !== undefined,
    touchesPolicy: production.why.includes('policy'),
    notCompared,
  });
  return { risk, authors: await authorsOf(deps, wish, turned) };
}

/**
 * What follows a turned source goes from the commit that it holds to the one that it will hold; undefined where one of
 * them is not known.
 */
async function readTurn(
  deps: Deps,
  { pull: { repo }, tagCommits, known, baseHead }: RiskWish,
  { before, after, management, kustomizations }: TurnedSource,
): Promise<readonly Effect[] | undefined> {
  const commitOf = (ref: TurnedSource['before']['ref']): CommitSha | undefined => {
    if (ref.kind === 'tag') return tagCommits.get(ref.tag);
    return ref.kind === 'branch' && ref.branch === known.platform.defaultBranch ? baseHead : undefined;
  };
  const [from, to] = [commitOf(before.ref), commitOf(after.ref)];
  if (from === undefined || to === undefined) return undefined;
  const all = await readEffects(deps, repo, {
    before: await stateAt(deps, repo, from, known.policy),
    after: await stateAt(deps, repo, to, known.policy),
    kustomizations: known.platform,
  });
  return effectsOfTurn(all, { from: before.ref, management, kustomizations });
}

/** Empty where the policy lets authors approve, for then nobody asks. */
async function authorsOf(
  { releases }: Deps,
  { pull: { repo, authors, hasUnknownAuthors }, tagCommits, known, subject }: RiskWish,
  turned: TurnedSource | undefined,
): Promise<readonly GitHubLogin[] | undefined> {
  if (known.policy.changes.authorsMayApprove) return [];
  if (turned === undefined || turned.after.ref.kind !== 'tag') return hasUnknownAuthors ? undefined : authors;
  const running = subject.turns[0]?.running;
  const { tag } = turned.after.ref;
  if (!tagCommits.has(tag)) return undefined;
  const from =
    running === undefined || turned.before.ref.kind !== 'tag'
      ? undefined
      : { name: turned.before.ref.tag, commit: running };
  try {
    const { pulls, direct } = await releases.readRange(repo, from, `refs/tags/${tag}`);
    if (pulls.some((each) => each.author === undefined)) return undefined;
    const names = [...pulls.map((each) => each.author?.login ?? ''), ...direct.map((each) => each.author)];
    return names.map((name) => name.toLowerCase() as GitHubLogin);
  } catch (error) {
    if (error instanceof RetryableError) throw error;
    return undefined;
  }
}
