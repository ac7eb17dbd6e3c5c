import { decodeChangeButton, encodeChangeButton } from '../../../src/views/change/action-ids.ts';
import { approvedText } from '../../../src/views/change/change-buttons.ts';
import { changeComment } from '../../../src/views/change/change-comment.ts';
import { changeMessage } from '../../../src/views/change/change-message.ts';
import { changeView } from '../../../src/views/change/change-view.ts';
import { changesView } from '../../../src/views/change/changes-list.ts';
import { checkOutput } from '../../../src/views/change/check-output.ts';
import { effectsModal } from '../../../src/views/change/effects-modal.ts';
import { hostileTexts } from '../../domain/samples.ts';
import {
  ann,
  bob,
  expectMessage,
  expectView,
  hostileSheet,
  now,
  partOf,
  readAloud,
  sheetOf,
  tallyOf,
} from './change-samples.ts';

const options = { shown: 'd1', now };

function read(sheet: ReturnType<typeof sheetOf>): string {
  return readAloud(changeMessage(sheet, options).blocks);
}

describe('a change that is over', () => {
  it('still shows its number elsewhere, and the emergency that let it past', () => {
    const sheet = sheetOf({
      state: 'done',
      externalName: 'CHG',
      externalNumber: 'CHG0042',
      override: { by: ann, reason: 'customers cannot pay', confirmedBy: bob },
    });
    const { blocks } = changeMessage(sheet, { shown: '', now });
    for (const words of ['CHG: CHG0042', 'Emergency override', 'customers cannot pay'])
      expect(readAloud(blocks)).toContain(words);
  });
});

describe('the message of a change', () => {
  it('says what an approver must know, warnings first', () => {
    const sheet = sheetOf({ parts: [partOf({}, [{ kind: 'pruned', objects: 2 }])] });
    expectMessage(changeMessage(sheet, options));
    const text = read(sheet);
    expect(text).toContain('Change 12: promote v0.0.3 to aws prod');
    expect(text.indexOf('⚠️ Deletes 2 objects')).toBeLessThan(text.indexOf('v0.0.2 → v0.0.3'));
    expect(text).toContain('Clusters: prod');
    expect(text).toContain('Runs in non-prod without failure for 3 days (4 Kustomizations).');
    expect(text).toContain('0 of 2 approvals. Still needed: 2, by @S0PLATFORM.');
    expect(text).toContain('Approve\nReject\nTake back\nShow changes');
    expect(text).not.toMatch(/^Go$|Confirm emergency/m);
  });

  it('says at opening when too few people may approve', () => {
    const text = read(sheetOf({ parts: [partOf({ tally: tallyOf({ eligible: 1 }) })] }));
    expect(text).toContain('Only 1 of 2 needed can be given');
  });

  it('repeats in its confirming step exactly what is approved', () => {
    expect(approvedText(sheetOf())).toBe(
      'promote v0.0.3 to aws prod\n#31 aws-v1-prod at abcdef0: v0.0.2 (aaaaaaa) → v0.0.3 (bbbbbbb)',
    );
    const many = approvedText(sheetOf({ parts: Array.from({ length: 9 }, () => partOf()) }));
    expect(many.length).toBeLessThanOrEqual(300);
    expect(many).toMatch(/and \d more; see Show changes$/);
  });

  it('offers Go and the emergency only where they apply', () => {
    const go = read(sheetOf({ needsGo: true, parts: [partOf({ gates: [{ kind: 'go' }] })] }));
    expect(go).toContain('Show changes\nGo');
    const override = { by: ann, reason: 'fire', confirmedBy: undefined };
    expect(read(sheetOf({ override }))).toContain('Confirm emergency');
    expect(read(sheetOf({ override: { ...override, confirmedBy: bob } }))).not.toContain('Confirm emergency');
  });

  it('has no approving while the ledger is damaged', () => {
    const text = read(sheetOf({ damage: 1 }));
    expect(text).toContain('The ledger is damaged');
    expect(text).not.toContain('ApproveReject');
  });

  const given = [ann, bob].map((by) => ({ by, at: '', groups: [] }));
  const merged = partOf({ state: 'merged', gates: [], tally: tallyOf({ given, isEnough: true }) });
  it.each([
    [{ state: 'done', parts: [merged] }, 'Merged by approval of @U0ANN and @U0BOB.'],
    [{ state: 'withdrawn', endedBy: ann }, 'Withdrawn by @U0ANN.'],
    [{ state: 'superseded', supersededBy: 13 }, 'Superseded by change 13.'],
    [{ state: 'expired' }, 'Expired'],
    [{ state: 'done', parts: [partOf({ state: 'merged-unapproved', gates: [] })] }, 'MERGED UNAPPROVED: #31'],
  ] as const)('says how it ended, with nothing left to decide: %j', (more, said) => {
    const message = changeMessage(sheetOf(more), options);
    expectMessage(message);
    expect(readAloud(message.blocks)).toContain(said);
    const buttons = [...JSON.stringify(message.blocks).matchAll(/"action_id":"([a-z_]+)"/g)].map(
      ([, id]) => id,
    );
    // What was promoted can still be undone by who is on call.
    expect(buttons.filter((id) => id !== 'change_back')).toEqual([]);
  });

  const texts = [...hostileTexts, '<!channel> <https://evil.example|x> @everyone', 'x'.repeat(2000)];
  it.each(texts.map((text, index) => [index, text] as const))('takes hostile text %d', (_index, text) => {
    const sheet = hostileSheet(text);
    expectMessage(changeMessage(sheet, options));
    expectView(changeView(sheet, { now }));
    expectView(changesView(Array.from({ length: 3 }, () => sheet)));
    expectView(effectsModal(sheet));
    const [part = partOf()] = sheet.parts;
    const comment = changeComment(sheet, part);
    const check = checkOutput({ kind: 'change', sheet, part });
    expect(comment.length).toBeLessThan(60_000);
    // Within code GitHub looks for nothing.
    const said = `${comment}${check.summary}`.replace(/\\`/g, '').replace(/(`+)[^\n]*?[^`]\1(?!`)/g, '');
    expect(said).not.toMatch(/@[a-z]|<[a-z!/]|\]\(https:\/\/evil/i);
    expect(check.title.length).toBeLessThanOrEqual(200);
  });
});

it('takes a change of very many places', () => {
  const sheet = hostileSheet('a long name of something ', 40);
  expectMessage(changeMessage(sheet, options));
  expectView(changeView(sheet, { now }));
  expectView(effectsModal(sheet));
  expectView(changesView(Array.from({ length: 80 }, () => sheetOf())));
});

describe('the value of a button', () => {
  it('comes back as it was', () => {
    const value = { repo: 'sandbox-org/platform', change: 12, shown: 'abc' };
    expect(decodeChangeButton(encodeChangeButton(value))).toEqual(value);
  });

  it.each([
    '',
    '{',
    'null',
    '{"r":"x","c":1,"s":""}',
    '{"r":"a/b","c":-1,"s":""}',
    '{"r":"a/b","c":1,"s":"","x":1}',
  ])('is none of ours: %s', (text) => {
    expect(decodeChangeButton(text)).toBeUndefined();
  });
});

describe('the check and the comment on a pull request', () => {
  it('says at once that nothing in production changes', () => {
    expect(checkOutput({ kind: 'none' }).title).toBe('This changes nothing in production');
  });

  it('names what it waits for', () => {
    const sheet = sheetOf();
    const { title, summary } = checkOutput({ kind: 'change', sheet, part: partOf() });
    expect(title).toBe('Waits for 2 more approvals (change 12)');
    expect(summary).toContain('0 of 2 approvals given. 2 more people must approve.');
  });

  it('mirrors the change and says how to decide there', () => {
    const comment = changeComment(sheetOf(), partOf());
    expect(comment).toContain('### Change 12: promote v0.0.3 to aws prod');
    expect(comment).toContain('since 2026-11-21 19:00 UTC');
    expect(comment).toContain('`/approve` or `/reject <reason>`');
    expect(changeComment(sheetOf({ state: 'expired' }), partOf())).not.toContain('/approve');
  });
});
