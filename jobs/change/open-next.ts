import type { GateKind } from '../../src/domain/change/gates.ts';
import type { PlaceRef } from '../../src/domain/change/record.ts';
import { placeTitle, promotionTitle } from '../../src/domain/promotion/promotion-names.ts';
import { type PromotionPlace, promotionPlaces } from '../../src/domain/promotion/promotion-places.ts';
import { turnSource } from '../../src/domain/promotion/turn-source.ts';
import { PermanentError, RetryableError } from '../../src/errors.ts';
import { promotionBody } from '../../src/views/change/promotion-body.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { readPromotion } from './read-promotion.ts';
import { rememberOwnPush } from './read-pusher.ts';
import type { ChangeScene, Part, Step } from './scene.ts';

type Deps = JobDeps & { readonly log: Log };

/**
 * Opens the next pull request of a promotion whose wave may open. Its branch is named by what it promotes where, and is
 * made only where there is none, so that a run may end anywhere and be run again.
 */
export async function openNext(deps: Deps, scene: ChangeScene): Promise<Step> {
  const { change, known } = scene;
  if (change.ended !== undefined || change.what.kind !== 'promotion') return false;
  const next = scene.parts.find(
    (part) => part.pull === undefined && part.place !== undefined && mayOpen(part),
  );
  const ref = change.places.find(({ name }) => name === next?.place);
  if (ref === undefined) return false;
  const places = promotionPlaces(known.platform, known.policy);
  const place = places.find(({ name }) => name === ref.name);
  if (place === undefined) {
    throw new PermanentError(
      'place-gone',
      `${ref.name} of ${scene.repo} is no place of a promotion any more`,
    );
  }
  await open(deps, scene, ref, place, places, change.what.tag);
  return { next: undefined };
}

const KEEPS_CLOSED: readonly GateKind[] = ['wave', 'soak', 'tag-missing', 'superseded'];

/** Nothing but the order of waves keeps a pull request from being opened. */
function mayOpen({ gates }: Part): boolean {
  return !gates.some(({ kind }) => KEEPS_CLOSED.includes(kind));
}

async function open(
  deps: Deps,
  scene: ChangeScene,
  { branch }: PlaceRef,
  place: PromotionPlace,
  places: readonly PromotionPlace[],
  tag: string,
): Promise<void> {
  const { repo, known, facts, change } = scene;
  const { source } = place;
  const text = await readSource(deps, scene, source.path);
  const turned = turnSource(text ?? '', source, tag);
  if (turned.kind === 'refuse') {
    throw new PermanentError(`turn-${turned.code}`, `failed to turn ${source.path} of ${repo} to ${tag}`);
  }
  const described = await readPromotion(deps, scene, place, tag);
  const opened = await deps.changes.openPromotion({
    repo,
    branch,
    base: facts.defaultBranch,
    onTopOf: facts.baseHead,
    file: { path: source.path, content: turned.text },
    title: promotionTitle(tag, place, places),
    body: promotionBody({ ...described, place: placeTitle(place, places), to: tag, change: change.number }),
    labels: known.policy.pullRequest.labels,
  });
  if (opened.kind === 'taken') {
    throw new PermanentError('branch-taken', `${branch} of ${repo} is somebody else's`);
  }
  if (opened.kind === 'lost-race') throw new RetryableError(`${repo} moved on`, { retryInMs: 1_000 });
  deps.memory.pulls.put(`${repo} ${branch}`, opened.number);
  if (opened.isMade) rememberOwnPush(deps, { repo, branch, head: opened.head });
  deps.log.info({ repo, change: change.number, pull: opened.number }, 'promotion opened');
}

/** What is at hand of the very commit that is built on need not be asked for. */
async function readSource(
  { changes, snapshots }: Deps,
  { repo, facts }: ChangeScene,
  path: string,
): Promise<string | undefined> {
  const files = (await snapshots.current(repo))?.files;
  const known = files?.commit === facts.baseHead ? files.texts.get(path) : undefined;
  return known ?? (await changes.readFile(repo, facts.baseHead, path));
}
