import type { Stage } from '../stage.ts';
import { recordsNow } from '../world/ledger-truth.ts';
import { NAMES } from '../world/people.ts';

/** What must hold of changes once all has been quiet. */
export function checkChange(stage: Stage): void {
  nothingIsForged(stage);
  nobodyApprovesUnseen(stage);
  noMoreChangesThanWishes(stage);
  mergesAreRecorded(stage);
  whatIsPutRightMerges(stage);
  messagesAreRight(stage);
}

const ACTIONS: Readonly<Record<string, string>> = {
  approved: 'change_approve',
  rejected: 'change_reject',
  'taken-back': 'change_take_back',
};

/** I5 */
function nothingIsForged(stage: Stage): void {
  for (const { deed } of recordsNow(stage.world.github)) {
    const action = ACTIONS[deed.kind];
    if (action === undefined || !('by' in deed) || !('change' in deed)) continue;
    if (!stage.people.done.has(`${deed.by?.slack} ${action} ${deed.change}`))
      stage.accuse('I5', `${NAMES[deed.by?.slack ?? '']} ${deed.kind} change ${deed.change} and never did`);
  }
}

/** I3: nobody approves a head that came after their last click. */
function nobodyApprovesUnseen(stage: Stage): void {
  for (const { deed } of recordsNow(stage.world.github)) {
    if (deed.kind !== 'approved') continue;
    for (const { head, pull } of deed.subjects)
      if (!stage.people.done.has(`${deed.by.slack} saw ${head}`))
        stage.accuse(
          'I3',
          `${NAMES[deed.by.slack ?? '']} approved ${head.slice(0, 7)} of #${pull} without having seen it`,
        );
  }
}

/** I1: one pull request per place, one change per command. */
function noMoreChangesThanWishes(stage: Stage): void {
  const { world, people } = stage;
  const opened = recordsNow(world.github).filter(
    ({ deed }) => deed.kind === 'opened' && deed.pull === undefined,
  );
  if (opened.length > people.commands)
    stage.accuse('I1', `${opened.length} changes of ${people.commands} commands`);
  const branches = new Set<string>();
  for (const { headRef, number } of world.github.state.pulls.values()) {
    if (!headRef.startsWith('promote-')) continue;
    if (branches.has(headRef)) stage.accuse('I1', `#${number} is the second pull request from ${headRef}`);
    branches.add(headRef);
  }
}

function mergesAreRecorded(stage: Stage): void {
  const records = recordsNow(stage.world.github);
  for (const { number, merged, headRef } of stage.world.github.state.pulls.values()) {
    if (!merged || !(headRef.startsWith('promote-') || headRef === 'turn')) continue;
    const count = records.filter(({ deed }) => deed.kind === 'merged' && deed.pull === number).length;
    if (count !== 1) stage.accuse('I6', `#${number} is merged and has ${count} records of that`);
  }
}

/** I6: what everybody has agreed to gets there. */
function whatIsPutRightMerges(stage: Stage): void {
  const { world } = stage;
  const right = [...world.marks].find((mark) => mark.startsWith('put right '));
  if (right === undefined || !world.github.state.refs.has('refs/tags/v0.2.0')) return;
  const change = Number(right.slice('put right '.length));
  const ends = recordsNow(world.github).some(
    ({ deed }) => (deed.kind === 'ended' || deed.kind === 'merged') && deed.change === change,
  );
  if (!ends) stage.accuse('I6', `change ${change} is approved by all and does not merge`);
}

/** I7: what the channel shows is how it ended. */
function messagesAreRight(stage: Stage): void {
  const records = recordsNow(stage.world.github);
  for (const { deed } of records) {
    if (deed.kind !== 'ended') continue;
    const message = stage.people.message(deed.change);
    if (message === undefined) stage.accuse('I7', `change ${deed.change} has ended and has no message`);
    else if (JSON.stringify(message.blocks).includes('change_approve'))
      stage.accuse('I7', `change ${deed.change} has ended (${deed.why}) and can still be approved`);
  }
}
