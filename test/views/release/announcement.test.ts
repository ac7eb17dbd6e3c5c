import type { EffectsSummary } from '../../../src/domain/effects/summarise.ts';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import {
  type AnnouncementState,
  announcement,
  withdrawnText,
} from '../../../src/views/release/announcement.ts';
import { parseReleaseBody } from '../../../src/views/release/parse-release-body.ts';
import { releaseBody } from '../../../src/views/release/release-body.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { clusterOf, noEffects, placeOf } from './effects-samples.ts';
import { longTitle, manyPulls, notesOf, rangeOf, repoUrl, shortTitle } from './notes-samples.ts';
import { expectMessage, readAloud } from './slack-checks.ts';

const effects: EffectsSummary = {
  ...noEffects,
  clusters: [clusterOf({ cluster: 'prod-eu-west-1', kustomizations: [], changed: 1, tenants: ['dummy'] })],
  changesProduction: true,
  tenants: [{ name: 'dummy', clusters: [placeOf('prod-eu-west-1', 'next-promotion')] }],
};

function stateOf(body: string, more: Partial<AnnouncementState> = {}): AnnouncementState {
  return {
    release: { tag: 'v0.0.2', name: 'v0.0.2', url: `${repoUrl}/releases/tag/v0.0.2`, isPrerelease: false },
    previous: 'v0.0.1',
    body: parseReleaseBody(body, repoUrl),
    effects,
    by: { slackId: 'U0RELEASE1' as SlackUserId, login: 'berndonline' },
    compareUrl: `${repoUrl}/compare/v0.0.1...v0.0.2`,
    ...more,
  };
}

function notesBody(count: number, title: (index: number) => string, introduction = ''): string {
  return releaseBody({
    notes: notesOf('v0.0.2', rangeOf({ pulls: manyPulls(count, title) })),
    introduction,
    effects: undefined,
    compareUrl: undefined,
  });
}

describe("a release's announcement", () => {
  it('says all of a small release in one message', () => {
    const { message, parts } = announcement(stateOf(notesBody(2, shortTitle, 'More room for **dummy**.')));
    expectMessage(message);
    expect(parts).toEqual([]);
    expect(readAloud(message.blocks)).toBe(
      `🚀 Release v0.0.2
2 pull requests: Tenants 1, Features 1.
More room for dummy.
Tenants (1)
dummy: increase compute quota once more (#1) by @berndonline
Features (1)
ingress: increase compute quota once more (#2) by @berndonline
What it will do: Changes prod-eu-west-1 when it is promoted. Tenant: dummy.
Released by @U0RELEASE1 · Release on GitHub · Changes since v0.0.1`,
    );
    expect(message.text).toBe(
      'Release v0.0.2. 2 pull requests: Tenants 1, Features 1. Changes prod-eu-west-1 when it is promoted. Tenant: dummy.',
    );
  });

  it.each([
    ['- one', '1 entry.'],
    ['- #1\n- #2', '2 pull requests.'],
    ['- #1\n- one\n- two', '1 pull request and 2 other changes.'],
    [
      '- #1\n## Fixes\n- #1 and #2\n## New Contributors\n- @x with #1',
      '2 pull requests: Features 1, Fixes 1.',
    ],
  ])('counts what is listed: %j', (listed, said) => {
    expect(readAloud(announcement(stateOf(`## Features\n${listed}`)).message.blocks)).toContain(
      `\n${said}\n`,
    );
  });

  it('begins a new line below a heading, and leaves one free between paragraphs', () => {
    const { message } = announcement(stateOf('a\n\nb\n\n## Promotions\n\nc\n\nd'));
    expect(JSON.stringify(message.blocks)).toContain(
      '{"type":"text","text":"Promotions","style":{"bold":true}},{"type":"text","text":"\\n"},{"type":"text","text":"c"},{"type":"text","text":"\\n\\n"},{"type":"text","text":"d"}',
    );
  });

  it.each([
    [1, shortTitle, 0],
    [30, shortTitle, 0],
    [30, longTitle, 1],
    [500, shortTitle, 5],
    [500, longTitle, 10],
  ])('of %d pull requests is whole, here or in the thread', (count, title, least) => {
    const { message, parts } = announcement(stateOf(notesBody(count, title)));
    for (const each of [message, ...parts]) expectMessage(each);
    const whole = (parts.length > 0 ? parts : [message]).map(({ blocks }) => JSON.stringify(blocks)).join('');
    const listed = [...whole.matchAll(/"text":"#(\d+)"}/g)].map(([, number]) => Number(number));
    expect(listed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(parts.length).toBeGreaterThanOrEqual(least);
    expect(parts.length).toBeLessThanOrEqual(25);
    expect(whole).not.toContain('…');
  });

  it('stands in one message with thirty pull requests', () => {
    const body = notesBody(30, shortTitle);
    expect(announcement(stateOf(body)).parts).toEqual([]);
    expect(announcement(stateOf(notesBody(31, shortTitle))).parts.length).toBe(1);
  });

  it('shows the head of each section where all is too long, and where the rest stands', () => {
    const { message } = announcement(stateOf(notesBody(300, shortTitle)));
    const said = readAloud(message.blocks);
    for (const head of [
      'Breaking (50)',
      'Tenants (50)',
      'Features (50)',
      'Clusters and providers (50)',
      'Fixes (50)',
      'Other (50)',
    ]) {
      expect(said).toContain(head);
    }
    expect(said).toContain('All of it stands in the thread.');
    expect(said).toContain('and 48 more');
  });

  it('says a heading again where a section goes on in the next message', () => {
    const { parts } = announcement(stateOf(notesBody(300, () => 'tenants(dummy): more')));
    expect(parts.length).toBeGreaterThan(1);
    for (const { blocks } of parts.slice(0, -1)) expect(readAloud(blocks)).toContain('Tenants (300)');
  });

  it('announces what was written by hand, however long', () => {
    for (const body of [
      '',
      'w '.repeat(60_000),
      '# h\n'.repeat(3000),
      '## h\n\ntext\n\n'.repeat(400),
      '> q\n\n'.repeat(2000),
      '- a\n  - b\n'.repeat(1500),
      `- a\n${'  - b\n'.repeat(2000)}`,
      'a\n\n- b\n\n'.repeat(1000),
      '```\nx\n```\n- a\n'.repeat(500),
      `- [${'x'.repeat(900)}](https://a.example/${'y'.repeat(900)})\n`.repeat(60),
      ...hostileTexts,
    ]) {
      const { message, parts } = announcement(stateOf(body, { effects: undefined }));
      for (const each of [message, ...parts]) expectMessage(each);
    }
  });

  it('leads to GitHub where even the thread would have no end', () => {
    const { parts } = announcement(stateOf('- a\n'.repeat(20_000)));
    expect(parts.length).toBe(60);
    for (const part of parts) expectMessage(part);
    expect(readAloud(parts.at(-1)?.blocks ?? [])).toContain('There is even more: the release on GitHub');
  });

  it('has a long introduction whole in the thread', () => {
    const introduction = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ');
    const { message, parts } = announcement(stateOf(notesBody(2, shortTitle, introduction)));
    expect(readAloud(message.blocks)).toContain('All of it stands in the thread.');
    const [part] = parts;
    expect(parts.length).toBe(1);
    expect(readAloud(part?.blocks ?? []).replace(/\s+/g, ' ')).toContain(introduction);
    expect(readAloud(part?.blocks ?? [])).toContain('Tenants (1)');
  });

  it('holds against hostile names', () => {
    for (const text of hostileTexts) {
      const state = stateOf(`## ${text}\n- ${text}`, {
        release: { tag: text, name: text, url: `${repoUrl}/releases/tag/v1`, isPrerelease: true },
        previous: text,
        by: { login: text },
        running: text,
        compareUrl: text,
      });
      expectMessage(announcement(state).message);
      expectMessage(withdrawnText({ tag: text, url: text }, 'deleted'));
    }
  });

  it('says what a promotion brings besides, where production runs an older tag', () => {
    const { message } = announcement(stateOf('', { running: 'v0.0.0' }));
    expect(readAloud(message.blocks)).toContain(
      'Production runs v0.0.0, older than v0.0.1: a promotion brings what lies between them too.',
    );
  });

  it.each([
    [{ login: 'octocat' }, 'Released by octocat on GitHub · '],
    [undefined, 'Release on GitHub'],
  ])('names who released: %j', (by, said) => {
    expect(readAloud(announcement(stateOf('', { by })).message.blocks)).toContain(said);
  });

  it.each([
    [
      'deleted',
      'Withdrawn: this release was deleted on GitHub. Its tag may still stand, and what runs does not change by it.',
    ],
    [
      'unpublished',
      'Withdrawn: this release is a draft again. Its tag may still stand, and what runs does not change by it.',
    ],
  ] as const)('%s keeps its version, struck out', (why, said) => {
    const { release } = stateOf('');
    const message = withdrawnText(release, why);
    expectMessage(message);
    expect(readAloud(message.blocks)).toBe(`⚪ Release v0.0.2\n${said}`);
    expect(JSON.stringify(message.blocks)).toContain('"strike":true');
    expect(message.text).toBe(`Release v0.0.2. ${said}`);
  });
});
