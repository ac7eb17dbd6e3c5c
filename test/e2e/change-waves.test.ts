import { type ChangeStage, setChangeStage } from '../support/change-stage.ts';
import { eventually } from '../support/eventually.ts';
import type { OnePull } from '../support/promotions.ts';

let set: ChangeStage | undefined;
afterEach(async () => set?.stage.close(), 60_000);

/** What comes of time is looked at every minute; a tag that is pushed has everything looked at now. */
async function lookNow({ promotions }: ChangeStage): Promise<void> {
  await promotions.tag();
}

/** Asks for a promotion everywhere; the number of the change. */
async function promoteAll({ pat, promotions }: ChangeStage): Promise<{ change: number; tag: string }> {
  const tag = await promotions.tag();
  await pat.command('/trunkline', `promote ${tag}`);
  const view = await pat.sees('The change is opened');
  await pat.closeAll();
  return { change: Number(/\d+/.exec(view.title)?.[0]), tag };
}

describe('a promotion in waves', () => {
  let shift = 0;

  it('opens the next wave once the one before runs everywhere and its time has passed', async () => {
    shift = 0;
    const stage = await setChangeStage({
      changes: '  waves: [{ places: ["aws-*"], soakMinutes: 2 }, { places: ["*"] }]',
      now: () => Date.now() + shift,
    });
    set = stage;
    const { ana, ben, promotions } = stage;
    const { change, tag } = await promoteAll(stage);
    const pulls = () => promotions.pulls.filter(({ headRef }) => headRef.startsWith(`promote-${tag}-`));
    const first = await eventually('the first wave', () => pulls()[0]);
    expect(first.headRef).toContain('-aws-');
    await ana.change(change, 'to come');
    const one: OnePull = { change, tag, pull: first.number };
    await stage.bothApprove(one);
    await promotions.merged(one);
    await ana.change(change, 'must run without failure until', 40_000);
    expect(pulls()).toHaveLength(1);
    shift = 3 * 60_000;
    await lookNow(stage);
    const second = await eventually('the second wave', () => pulls()[1], 20_000);
    // What was approved was the first pull request, and no other.
    await ana.change(change, '0 of 2');
    expect(promotions.pull(second.number).merged).toBe(false);
    await ana.decides(change, 'change_approve', 'recorded');
    await ben.decides(change, 'change_approve', 'recorded');
    await promotions.merged({ change, tag, pull: second.number });
    await ana.change(change, 'Merged by approval of');
  }, 120_000);
});

describe('a change with a number of another system', () => {
  it('waits for it, takes only one that fits, and shows it', async () => {
    set = await setChangeStage({ changes: '  externalNumber: { name: CHG number, pattern: "CHG[0-9]+" }' });
    const { pat, promotions, says, bothApprove, isUnmerged } = set;
    const one = await promotions.promote();
    await bothApprove(one);
    await says(one, 'CHG number is missing');
    isUnmerged(one);
    const give = async (externalNumber: string, words: string) => {
      await pat.press(one.change, 'change_external_number');
      await pat.submit(await pat.form(`Change ${one.change}`), { externalNumber });
      await pat.sees(words);
      await pat.closeAll();
    };
    await give('INC7', 'does not fit');
    isUnmerged(one);
    await give('CHG0042', 'recorded');
    await promotions.merged(one);
    await pat.command('/trunkline', `change ${one.change}`);
    await pat.sees('CHG0042');
  }, 90_000);
});

describe('a change that needs a Go', () => {
  it('merges by the Go of an operator, once all else holds', async () => {
    set = await setChangeStage({ changes: '  go: true' });
    const { ana, olli, promotions, says, bothApprove, isUnmerged } = set;
    const one = await promotions.promote();
    await bothApprove(one);
    await says(one, 'waits for the Go');
    isUnmerged(one);
    await ana.decides(one.change, 'change_go', 'operators');
    isUnmerged(one);
    await olli.decides(one.change, 'change_go', 'Go');
    await promotions.merged(one);
  }, 90_000);
});

describe('an emergency', () => {
  it('merges past a freeze by the word of two people, and shows that everywhere', async () => {
    set = await setChangeStage();
    const { pat, ana, ben, promotions, says, bothApprove, threadSays, isUnmerged } = set;
    const one = await promotions.promote();
    await pat.asks('freeze the year ends', 'frozen');
    await bothApprove(one);
    await says(one, 'frozen');
    isUnmerged(one);
    await ana.asks(`override ${one.change} customers cannot pay`, 'second person');
    await says(one, 'customers cannot pay');
    await ana.decides(one.change, 'change_confirm_override', 'takes two people');
    await pat.decides(one.change, 'change_confirm_override', 'You asked for this change');
    isUnmerged(one);
    await ben.decides(one.change, 'change_confirm_override', 'confirmed');
    await promotions.merged(one);
    await says(one, 'customers cannot pay');
    await threadSays(one, 'confirmed the emergency override');
    await pat.asks('unfreeze', 'lifted');
  }, 90_000);
});

describe('the ledger', () => {
  const branch = 'trunkline/ledger';

  it.each<[string, (text: string) => string | undefined]>([
    ['edited', (text) => text.replace('ana-approver', 'ben-approver')],
    ['deleted', () => undefined],
  ])(
    'that somebody %s lets nothing merge, says so, and does again when it is mended',
    async (_how, spoil) => {
      set = await setChangeStage();
      const stage = set;
      const { pat, ana, ben, olliOnGitHub, promotions, approves, says, isUnmerged } = stage;
      const one = await promotions.promote();
      await approves(ana, one);
      const path = await lastRecord(stage);
      const text = await promotions.read(branch, path);
      await promotions.write(olliOnGitHub, branch, path, spoil(text));
      await approves(ben, one, 'ledger of decisions is damaged');
      await says(one, 'ledger is damaged');
      isUnmerged(one);
      await pat.asks('doctor', 'The ledger is damaged');
      await promotions.write(olliOnGitHub, branch, path, text);
      await lookNow(stage);
      await says(one, '1 of 2');
      await approves(ben, one);
      await promotions.merged(one);
    },
    90_000,
  );
});

/** The file of the record that was written last. */
async function lastRecord({ olliOnGitHub }: ChangeStage): Promise<string> {
  const { tree } = (await olliOnGitHub.call('GET', '/git/trees/trunkline%2Fledger?recursive=1')) as {
    tree: readonly { readonly path: string; readonly type: string }[];
  };
  const records = tree.filter(({ type, path }) => type === 'blob' && path.includes('/approve-'));
  const [first] = records;
  if (first === undefined) throw new Error(`no record of an approval in ${JSON.stringify(tree)}`);
  return first.path;
}
