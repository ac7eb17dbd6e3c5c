import type { Stage } from '../stage.ts';
import { recordsNow } from '../world/ledger-truth.ts';
import { NAMES } from '../world/people.ts';

/** Something that the bot told a person in an open view. */
export interface Told {
  readonly who: string;
  readonly change: number;
  readonly kind:
    | 'approved'
    | 'rejected'
    | 'taken-back'
    | 'held'
    | 'hold-lifted'
    | 'ended'
    | 'frozen'
    | 'unfrozen';
  readonly at: number;
}

const SENTENCES: readonly (readonly [Told['kind'], string])[] = [
  ['approved', 'Your approval is recorded'],
  ['rejected', 'Your rejection is recorded'],
  ['taken-back', 'What you had said is taken back'],
  ['held', 'This change is held'],
  ['hold-lifted', 'The hold is lifted'],
  ['ended', 'The change is withdrawn'],
  ['frozen', 'Production is frozen'],
  ['unfrozen', 'The freeze is lifted'],
];

const tolds = new WeakMap<Stage, Told[]>();

/** Everything that people were told in this seed. */
export function toldIn(stage: Stage): readonly Told[] {
  return tolds.get(stage) ?? [];
}

/** Hears what people are told the moment they are, and checks that it stands on the ledger by then (I5). */
export function watchTold(stage: Stage): void {
  const heard: Told[] = [];
  const seen = new Set<string>();
  tolds.set(stage, heard);
  const { world } = stage;
  world.slack.workspace.on((who, change) => {
    if (change.kind !== 'views') return;
    for (const view of world.slack.workspace.stack(who)) {
      const text = JSON.stringify(view.blocks);
      const kind = SENTENCES.find(([, sentence]) => text.includes(sentence))?.[0];
      const key = `${view.id} ${kind ?? text}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (kind === undefined) {
        world.story.tell(`${NAMES[who]} reads: ${wordsOf(view.blocks)}`);
        continue;
      }
      const title = JSON.stringify(view.body['title']);
      const told = {
        who,
        kind,
        change: Number(/Change (\d+)/.exec(title)?.[1] ?? 0),
        at: world.scheduler.now,
      };
      heard.push(told);
      world.story.tell(`${NAMES[who]} is told: ${kind} (change ${told.change})`);
      standsOnLedger(stage, told);
    }
  });
}

/** The beginning of what a view says. */
function wordsOf(blocks: readonly object[]): string {
  const texts = [...JSON.stringify(blocks).matchAll(/"text":"((?:[^"\\\\]|\\\\.)*)"/g)].map(
    ([, text]) => text,
  );
  return texts.join(' ').slice(0, 140);
}

function standsOnLedger(stage: Stage, { who, change, kind }: Told): void {
  const stands = recordsNow(stage.world.github).some(
    ({ deed }) =>
      deed.kind === kind &&
      (!('change' in deed) || deed.change === change) &&
      'by' in deed &&
      deed.by?.slack === who,
  );
  if (!stands)
    stage.accuse(
      'I5',
      `${NAMES[who]} was told "${kind}" of change ${change}, and the ledger says nothing of it`,
    );
}
