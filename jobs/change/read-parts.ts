import type { Change } from '../../src/domain/change/change.ts';
import { type ApprovalPart, countApprovals } from '../../src/domain/change/count-approvals.ts';
import { decideGates, type EarlierPart } from '../../src/domain/change/decide-gates.ts';
import { environmentsFollowing } from '../../src/domain/change/followed-branch.ts';
import { currentFreeze } from '../../src/domain/change/freeze-of.ts';
import type { ProductionChange } from '../../src/domain/change/production-change.ts';
import type { PullFacts } from '../../src/domain/change/pull-facts.ts';
import { newerAt, replacedPlaces } from '../../src/domain/change/replaced-places.ts';
import { subjectOf } from '../../src/domain/change/subject.ts';
import type { CommitSha } from '../../src/domain/ids.ts';
import { promotionPlaces } from '../../src/domain/promotion/promotion-places.ts';
import type { JobDeps } from '../deps.ts';
import type { ChangeFactsRead } from './change-ports.ts';
import { classifyPull } from './classify-pull.ts';
import { readPusher } from './read-pusher.ts';
import { readRisk } from './read-risk.ts';
import { readRefusal } from './refused-merges.ts';
import type { ChangeScene, Part, SceneBase } from './scene.ts';

type Deps = Pick<JobDeps, 'releases' | 'changes' | 'people' | 'memory' | 'marks'>;

/** Works out each pull request of a change: what it does, who agreed to exactly that, and what keeps it. */
export async function readParts(deps: Deps, base: SceneBase): Promise<readonly Part[]> {
  const parts: Part[] = [];
  const seeds = seedsOf(base);
  const isMerged = (name: string) =>
    seeds.some(({ place, pull }) => place === name && pull?.state === 'merged');
  const replaced = replacedPlaces(base.change, base.changes.values(), isMerged);
  for (const seed of seeds) {
    const replacedBy = seed.place === undefined ? undefined : replaced.get(seed.place);
    parts.push(await readPart(deps, base, { ...seed, replacedBy }, parts));
  }
  return parts;
}

type Seed = Pick<Part, 'place' | 'branch' | 'wave' | 'pull'>;

/** The places of a promotion by their waves, or the one pull request that somebody opened. */
function seedsOf({ change, facts }: SceneBase): readonly Seed[] {
  if (change.pull !== undefined) {
    return [{ place: undefined, branch: undefined, wave: 0, pull: facts.pulls.get(change.pull) }];
  }
  return change.places
    .toSorted((one, other) => one.wave - other.wave)
    .map(({ name, branch, wave }) => ({ place: name, branch, wave, pull: ownPull(facts, branch) }));
}

/** Only a pull request that this App opened is the place's; a branch of that name can be anybody's. */
function ownPull(facts: ChangeFactsRead, branch: string): PullFacts | undefined {
  const number = facts.byBranch.get(branch);
  const pull = number === undefined ? undefined : facts.pulls.get(number);
  return pull?.ours ? pull : undefined;
}

async function readPart(
  deps: Deps,
  base: SceneBase,
  seed: Seed & Pick<Part, 'replacedBy'>,
  before: readonly Part[],
): Promise<Part> {
  const { facts, known, ledger } = base;
  const { pull } = seed;
  const isOpen = pull?.state === 'open';
  const read = isOpen ? await readOpen(deps, base, pull) : undefined;
  const replacedBy = seed.replacedBy ?? replacedByHand(base, read?.production);
  const gates = decideGates({
    change: base.change,
    pull,
    subject: read?.subject,
    tally: read?.tally,
    earlier: before.filter(({ wave }) => wave < seed.wave).map((part) => earlierOf(part, base.change)),
    freeze: currentFreeze(ledger.records, known.policy.changes.freezes, facts.at),
    now: facts.at,
    policy: known.policy,
    damage: ledger.damage.length,
    defaultBranch: facts.defaultBranch,
    environments: read?.production?.kind === 'production' ? read.production.environments : undefined,
    replacedBy,
    baseIsFollowed:
      pull !== undefined && environmentsFollowing(pull.base, known.platform, known.policy).length > 0,
    refusal: isOpen ? await readRefusal(deps, pull) : undefined,
  });
  return {
    ...seed,
    production: undefined,
    subject: undefined,
    risk: undefined,
    tally: undefined,
    approval: undefined,
    ...read,
    replacedBy,
    gates,
  };
}

/** The newer promotion, still open, to a place that a pull request opened by somebody turns, too. */
function replacedByHand({ change, changes, known }: SceneBase, production: ProductionChange | undefined) {
  if (change.pull === undefined || change.what.kind !== 'promotion' || production?.kind !== 'production')
    return undefined;
  const places = promotionPlaces(known.platform, known.policy).filter(({ source, management }) =>
    production.turned.some(
      ({ before, management: folder }) =>
        folder === management && before.namespace === source.namespace && before.name === source.name,
    ),
  );
  const newer = newerAt(
    change,
    places.map(({ name }) => name),
    [...changes.values()].filter(({ ended }) => ended === undefined),
  );
  return newer?.number;
}

async function readOpen(
  deps: Deps,
  { change, facts, known, ledger, repo, membership }: SceneBase,
  pull: PullFacts,
): Promise<Pick<Part, 'production' | 'subject' | 'risk' | 'tally' | 'approval'>> {
  const production = await classifyPull(deps, pull, facts.baseHead, known);
  if (production.kind === 'none')
    return { production, subject: undefined, risk: undefined, tally: undefined, approval: undefined };
  const tagCommits = await withTags(deps, repo, facts, production);
  const subject = subjectOf({
    pull: pull.number,
    head: pull.head,
    turned: production.turned,
    tagCommits,
  });
  const pusher = await readPusher(deps, pull);
  const { risk, authors } = await readRisk(deps, {
    pull: { repo, authors: pull.authors, hasUnknownAuthors: pull.hasUnknownAuthors },
    production,
    subject,
    tagCommits,
    known,
    baseHead: facts.baseHead,
  });
  const approval: ApprovalPart = {
    subject,
    environments: production.environments,
    author: pull.ours ? undefined : pull.author,
    pusher,
    authors,
    headSince: pusher.kind === 'person' ? pusher.at : undefined,
  };
  const tally = countApprovals({
    change,
    part: approval,
    policy: known.policy,
    membership,
    isDamaged: ledger.damage.length > 0,
  });
  return { production, subject, risk, tally, approval };
}

/** Tags that the pull request names and the default branch does not are read once they are known. */
async function withTags(
  { changes }: Deps,
  repo: ChangeScene['repo'],
  { tags }: ChangeFactsRead,
  { turned }: Extract<ProductionChange, { kind: 'production' }>,
): Promise<ReadonlyMap<string, CommitSha>> {
  const named = turned.flatMap(({ before, after }) =>
    [before.ref, after.ref].flatMap((ref) => (ref.kind === 'tag' ? [ref.tag] : [])),
  );
  const missing = [...new Set(named)].filter((tag) => !tags.has(tag));
  if (missing.length === 0) return tags;
  const more = await changes.readChangeFacts(repo, { pulls: [], branches: [], tags: missing });
  return new Map([...tags, ...more.tags]);
}

function earlierOf({ place, wave, pull }: Part, change: Change): EarlierPart {
  return {
    place: place ?? '',
    wave,
    isMerged: pull?.state === 'merged',
    rollout: pull === undefined ? undefined : change.applied.get(pull.number),
  };
}
