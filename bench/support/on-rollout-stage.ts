import { setTimeout as sleep } from 'node:timers/promises';
import type { FleetOptions } from '../../sandbox/kubernetes/fleet.ts';
import { isLarge, type LargeFleet } from '../../sandbox/kubernetes/large.ts';
import type { Member } from '../../sandbox/kubernetes/member.ts';
import type { World } from '../../sandbox/world.ts';
import { ChangePerson } from '../../test/support/change-person.ts';
import { PersonOnGitHub } from '../../test/support/person-on-github.ts';
import { type OnePull, Promotions } from '../../test/support/promotions.ts';
import { Rollouts } from '../../test/support/rollouts.ts';
import { setBenchStage } from './bench-stage.ts';

/** A world in which promotions are asked for, approved and followed. */
export interface RolloutStage {
  readonly world: World;
  /** The management cluster that they go to. */
  readonly member: Member;
  readonly promotions: Promotions;
  readonly rollouts: Rollouts;
  /** Starts the bot and lets it read the platform. */
  startBot(): Promise<void>;
  /** Both approve, and so it merges. */
  approve(one: OnePull): Promise<void>;
}

/** Sets such a stage, lets `act` use it, and clears it away whatever happens. */
export async function onRolloutStage<Result>(
  fleet: FleetOptions,
  act: (stage: RolloutStage) => Promise<Result>,
): Promise<Result> {
  const stage = await setBenchStage('socket', { fleet });
  try {
    const { world } = stage;
    await world.fleet.ready;
    const member = world.fleet.member('aws-v1');
    if (member === undefined) throw new Error('the sandbox has no cluster aws-v1');
    const pat = new ChangePerson(world);
    const approvers = ['U0APPRVR01', 'U0APPRVR02'].map((id) => new ChangePerson(world, id));
    return await act({
      world,
      member,
      promotions: new Promotions(stage, pat, new PersonOnGitHub(world, 'pat-platform')),
      rollouts: new Rollouts(pat),
      async startBot() {
        await stage.startBot().ready();
        await pat.warm();
      },
      async approve({ change }) {
        for (const approver of approvers)
          await approver.decides(change, 'change_approve', 'Your approval is recorded');
      },
    });
  } finally {
    await stage.close();
  }
}

/** Waits until every Kustomization that follows the release, but for those generated, has applied a tag's commit. */
export async function applied({ member, promotions }: RolloutStage, tag: string): Promise<void> {
  const revision = `${tag}@sha1:${promotions.commitOf(tag)}`;
  for (const deadline = performance.now() + 300_000; performance.now() < deadline; await sleep(10)) {
    const following = member.cluster.store
      .list('kustomizations')
      .filter((each) => !isLarge(each) && JSON.stringify(each.spec?.['sourceRef']).includes('"release"'));
    if (following.length > 0 && following.every(({ status }) => status?.['lastAppliedRevision'] === revision))
      return;
  }
  throw new Error(`${tag} was not applied`);
}

/** The generated Kustomizations, which from now on change only when they are told to. */
export function heldBack(world: World): LargeFleet {
  const { large } = world.fleet;
  if (large === undefined) throw new Error('the sandbox is not large');
  large.stop();
  return large;
}
