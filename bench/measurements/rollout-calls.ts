import { setTimeout as sleep } from 'node:timers/promises';
import { largeStatus } from '../../sandbox/kubernetes/large-objects.ts';
import type { Measurement, Say } from '../measurement.ts';
import { applied, heldBack, onRolloutStage, type RolloutStage } from '../support/on-rollout-stage.ts';

const FEW = { workloadClusters: 10, kustomizations: 1 };
const MANY = { workloadClusters: 100, kustomizations: 100 };
/** How long they take to apply one after the other, in milliseconds. */
const ROLL_MS = 60_000;
const TICK_MS = 50;
/** Pages of the thread that tells of a hundred clusters: at the end all are brought up to date. */
const PAGES = 5;

/** How many calls to Slack a rollout of a minute brings about, by how many Kustomizations it goes to. */
export const rolloutCalls: Measurement = {
  name: 'rollout-calls',
  figures: ['rollout-slack-calls'],
  async measure(say) {
    const few = await countOne(FEW, say);
    const many = await countOne(MANY, say);
    return {
      'rollout-slack-calls': {
        value: many,
        unit: 'calls',
        against: few,
        of: 'with 10 Kustomizations',
        ratio: Math.round((many / few) * 1_000) / 1_000,
        bound: `as many, give or take ${PAGES} pages`,
        ok: Math.abs(many - few) <= PAGES,
      },
    };
  },
};

function countOne(large: typeof FEW, say: Say): Promise<number> {
  return onRolloutStage({ large }, async (stage) => {
    const { world, member, promotions, rollouts } = stage;
    heldBack(world);
    await stage.startBot();
    const one = await promotions.promote();
    await stage.approve(one);
    const revision = `${one.tag}@sha1:${promotions.commitOf(one.tag)}`;
    await applied(stage, one.tag);
    // So that the message has been quiet for as long as it wants to be.
    await sleep(5_000);
    const before = world.faults.calls().at(-1)?.id ?? 0;
    await roll(member.cluster.store, revision);
    await rollouts.says(one.change, `${one.tag} runs everywhere`, 60_000);
    const calls = world.faults
      .calls()
      .filter(({ id, service, name }) => id > before && service === 'slack' && name.startsWith('chat.'));
    const kinds = Object.entries(Object.groupBy(calls, ({ name }) => name));
    const told = kinds.map(([name, some]) => `${some?.length} ${name}`).join(', ');
    say(`${large.workloadClusters * large.kustomizations} Kustomizations: ${told}`);
    return calls.length;
  });
}

/** Lets all that were made apply the revision one after the other: each begins in its part of the time, and is done. */
async function roll(store: RolloutStage['member']['cluster']['store'], revision: string): Promise<void> {
  const waiting = store
    .list('kustomizations')
    .filter(({ metadata }) => metadata.namespace?.startsWith('large-'));
  const steps = waiting.flatMap(({ metadata }) => [false, true].map((done) => ({ ...metadata, done })));
  const began = performance.now();
  for (let at = 0; at < steps.length; ) {
    const due = Math.ceil(((performance.now() - began) / ROLL_MS) * steps.length);
    for (; at < Math.min(due, steps.length); at += 1) {
      const { namespace = '', name = '', done = false } = steps[at] ?? {};
      const object = store.get('kustomizations', namespace, name);
      if (object === undefined) throw new Error(`there is no ${namespace}/${name}`);
      const status = largeStatus(object, { revision, done, broken: undefined, time: store.time() });
      store.writeStatus('kustomizations', namespace, name, status);
    }
    await sleep(TICK_MS);
  }
}
