import type { PersonRef } from '../../src/domain/change/record.ts';
import { parseTrailers } from '../../src/domain/convention.ts';
import type { GitHubLogin } from '../../src/domain/ids.ts';
import type { Release } from '../../src/domain/release/release-facts.ts';
import type { JobDeps } from '../deps.ts';
import type { CommittedPlatform } from '../known-platform.ts';
import type { Log } from '../ports.ts';
import { ledgerPlace } from './ledger-place.ts';
import { lookAtReplaced } from './look-at-replaced.ts';
import { openAlready, openedPromotion, planPromotion } from './plan-promotion.ts';
import { recordId } from './record-id.ts';
import { actorRef } from './resolve-actor.ts';

type Deps = Pick<JobDeps, 'changes' | 'book' | 'hints' | 'people'> & { readonly log: Log };

/** Promotes a published release by itself, where the policy says so. Who released counts as who asked. */
export async function promoteRelease(deps: Deps, release: Release, known: CommittedPlatform): Promise<void> {
  const { repo, tag, id } = release;
  if (!known.policy.changes.automatic || release.isPrerelease) return;
  const at = ledgerPlace(repo, known.policy);
  const [ledger, facts] = await Promise.all([
    deps.book.read(at),
    deps.changes.readChangeFacts(repo, { pulls: [], branches: [], tags: [tag] }),
  ]);
  const action = recordId(repo, `release-${id}`);
  // Once only: a change that was withdrawn is not opened again.
  if (ledger.records.some((record) => record.id === action)) return;
  const wish = { repo, tag, backFrom: undefined, where: [], externalNumber: undefined };
  const plan = await planPromotion(deps, wish, { known, ledger, facts });
  if ('code' in plan) {
    deps.log.info({ repo, tag, code: plan.code }, 'a release is not promoted by itself');
    return;
  }
  const requester = await whoReleased(deps, release, known);
  const { record, ledger: after } = await deps.book.append(at, (current) => {
    if (openAlready(current, plan) !== undefined) return undefined;
    const by = {
      requester,
      automatic: true,
      back: false,
      externalNumber: undefined,
    };
    return {
      id: action,
      at: new Date(plan.now).toISOString(),
      policy: known.commit,
      deed: openedPromotion(current, plan, by),
    };
  });
  if (record?.deed.kind !== 'opened') return;
  deps.log.info({ repo, tag, change: record.deed.change }, 'a release is promoted by itself');
  await deps.hints.lookAtChange(repo, record.deed.change);
  await lookAtReplaced(deps.hints, repo, after, record.deed.change);
}

/** For a release of ours its trailers tell who pressed the button. */
async function whoReleased(
  deps: Deps,
  { repo, ours, body, author }: Release,
  known: CommittedPlatform,
): Promise<PersonRef> {
  const slack = ours ? parseTrailers(body).requestedBy : undefined;
  if (slack !== undefined) return actorRef(deps, repo, { slack }, known);
  if (ours || author === undefined) return { slack: undefined, login: undefined };
  return actorRef(deps, repo, { login: author.toLowerCase() as GitHubLogin }, known);
}
