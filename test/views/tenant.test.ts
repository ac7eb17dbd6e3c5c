import type { Json } from '../../sandbox/slack/client-types.ts';
import { messageBlocks } from '../../sandbox/slack/kit/check-blocks.ts';
import { viewFaults } from '../../sandbox/slack/kit/check-view.ts';
import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import type { EditDraft } from '../../src/domain/tenant-life/edit-draft.ts';
import type { FolderStanding } from '../../src/domain/tenant-life/tenant-standing.ts';
import type { SlackMessage } from '../../src/views/request-message.ts';
import { diffText } from '../../src/views/tenant/diff-text.ts';
import { editBody } from '../../src/views/tenant/edit-body.ts';
import {
  editDirect,
  editThread,
  offboardCalledOff,
  offboardWaiting,
} from '../../src/views/tenant/edit-news.ts';
import { editPreview, editRefused } from '../../src/views/tenant/edit-preview.ts';
import { portsForm } from '../../src/views/tenant/ports-form.ts';
import { resizeForm } from '../../src/views/tenant/resize-form.ts';
import { tenantUnavailable, tenantView } from '../../src/views/tenant/tenant-view.ts';
import { hostileTexts, policyOf } from '../domain/samples.ts';

const TESS = 'U0TENANT01' as SlackUserId;
const ID = 'req-00000000000000aa' as RequestId;
const about = { repo: 'acme/platform', name: 'old' };

function expectView(view: object): void {
  expect(viewFaults(JSON.parse(JSON.stringify(view)) as Json, 'modal')).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
}

function expectMessage({ text, blocks }: SlackMessage): void {
  expect(messageBlocks(JSON.parse(JSON.stringify(blocks)) as Json).length).toBeGreaterThan(0);
  expect(text).not.toMatch(/[<>]/);
  expect(JSON.stringify(blocks).length).toBeLessThan(13_200);
}

/** As much of everything as a repository may hold, with this text wherever a file decides. */
function huge(text: string) {
  const many = Array.from({ length: 35 }, (_, index) => index);
  const path = (index: number) => `tenants/aws/${index}/old/${text.slice(0, 200)}.yaml`;
  const objects = many.map((index) => ({ kind: text || 'Secret', name: text || 'x', path: path(index) }));
  const standing: FolderStanding[] = many.map((index) => ({
    cloud: text.slice(0, 60) || 'aws',
    folder: `environment-${index}`,
    objects,
    quota:
      index % 2
        ? {
            cloud: 'aws',
            folder: `e${index}`,
            path: path(index),
            compute: { limitsCpu: text, limitsMemory: '1Gi' },
          }
        : { code: 'file-unreadable', path: path(index), why: text },
    access: many.slice(0, 5).map(() => ({ role: text, groups: many.map(() => text) })),
    unreadable: [path(index)],
  }));
  const draft: EditDraft = {
    kind: 'offboard',
    title: 'tenants(old): offboarding namespace from aws',
    files: many.map((index) => ({ path: path(index), before: 'a: 1\n', after: `a: ${text}\n` })),
    deletions: many.map(path),
    figures: many.map(() => ({
      cloud: 'aws',
      folder: text,
      figure: 'limitsCpu' as const,
      before: text,
      after: text,
    })),
    removals: many.map((index) => ({
      cluster: `${text.slice(0, 100)}-${index}`,
      management: 'mgmt',
      when: 'at-merge' as const,
      objects,
      prunes: index % 2 === 0,
    })),
  };
  return {
    standing,
    draft,
    openPulls: many.map((number) => ({ number: number + 1, url: text, title: text })),
  };
}

describe('what is shown of a tenant stays within what Slack and GitHub take', () => {
  it.each([...hostileTexts, 'x'.repeat(5000)].map((text, index) => [index, text] as const))(
    'with hostile text %d',
    (_index, text) => {
      const { standing, draft, openPulls } = huge(text);
      expectView(tenantView({ about, shared: 'common', standing, sizeOf: () => undefined, openPulls }));
      const quotas = standing.flatMap(({ quota }) => ('code' in quota ? [] : [quota]));
      const folders = standing.map(({ cloud, folder }) => ({ cloud, folder, texts: new Map([['x', text]]) }));
      expectView(portsForm(about, policyOf(), folders));
      expectView(resizeForm(about, policyOf(), quotas, undefined));
      const isGone = { ...draft, kind: 'ports' as const };
      for (const one of [draft, isGone]) {
        expectView(
          editPreview({
            about: { ...about, edit: { kind: 'offboard' } },
            draft: one,
            arrivals: [],
            openPulls,
          }),
        );
        expectMessage(editThread('old', one, []));
      }
      const waiting = { ...about, id: ID, by: TESS, at: 1 };
      expectMessage(offboardWaiting(waiting, TESS, draft));
      expectMessage(offboardCalledOff('old', TESS, TESS));
      const refusals = [{ code: 'tenant-unreadable' as const, paths: draft.deletions }];
      expectMessage(editDirect('old', { kind: 'refused', refusals }));
      expectView(editRefused(refusals));
      expectView(tenantUnavailable({ kind: 'unknown', name: text, known: draft.deletions }));
      const trailers = {
        requestId: ID,
        requestedBy: { slackId: TESS, name: text },
      };
      const body = editBody({ tenant: 'old', draft, arrivals: [], trailers, confirmedBy: text });
      expect(body.length).toBeLessThan(65_536);
      expect(body.split('\n\n').at(-1)).toMatch(/^Request-Id: \S+\nRequested-by: .+\(Slack U0TENANT01\)$/);
    },
  );
});

describe('what changes in a file', () => {
  it('is shown line against line, with what stands around it', () => {
    const before = 'a\nb\nc\nd: 1\ne\nf: 1\ng\nh\ni\nj\nk: 1\n';
    const after = before.replaceAll('1', '2');
    expect(diffText({ path: 'x', before, after })).toBe(
      [
        '…',
        '  b',
        '  c',
        '- d: 1',
        '+ d: 2',
        '  e',
        '- f: 1',
        '+ f: 2',
        '  g',
        '  h',
        '  i',
        '  j',
        '- k: 1',
        '+ k: 2',
      ].join('\n'),
    );
  });

  it('is all of a new file, and the lines that go of a shorter one', () => {
    expect(diffText({ path: 'x', before: '', after: 'a\nb\n' })).toBe('+ a\n+ b');
    expect(diffText({ path: 'x', before: 'a\nb\nc\n', after: 'a\nc\n' })).toBe('  a\n- b\n  c');
  });
});
