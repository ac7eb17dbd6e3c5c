import type { CommitSha, RepoName } from '../../../src/domain/ids.ts';
import type { NotesDifference } from '../../../src/domain/release/release-notes.ts';
import type { VersionReason, VersionRefusal } from '../../../src/domain/release/version.ts';
import { differenceText } from '../../../src/views/release/difference-words.ts';
import {
  packReleaseMetadata,
  readReleaseForm,
  readReleaseMetadata,
} from '../../../src/views/release/read-release-form.ts';
import { type ReleaseFormState, releaseForm } from '../../../src/views/release/release-form.ts';
import { type ReleaseNotice, releaseNoticeText } from '../../../src/views/release/release-notices.ts';
import { proposalText, versionErrors } from '../../../src/views/release/version-words.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { highlightOf, noEffects, notRenderedOf } from './effects-samples.ts';
import {
  direct,
  longTitle,
  manyPulls,
  notesOf,
  pull,
  rangeOf,
  repo,
  repoUrl,
  sha,
  shortTitle,
} from './notes-samples.ts';
import { expectView, readAloud } from './slack-checks.ts';

const head = { commit: sha('29bea00'), url: `${repoUrl}/commit/${sha('29bea00')}` };
const pulls = [
  pull(11, 'chore(release): promote v0.0.2 to aws prod'),
  pull(12, 'providers(aws): apply access-control feature to mgmt cluster'),
  pull(13, 'feat(aws): more'),
];

function stateOf(more: Partial<ReleaseFormState> = {}, range = rangeOf({ pulls })): ReleaseFormState {
  const notes = notesOf('v0.0.3', range);
  return {
    previous: { tag: 'v0.0.2', url: `${repoUrl}/releases/tag/v0.0.2` },
    defaultBranch: 'main',
    head,
    proposal: { tag: 'v0.0.3', reason: { kind: 'always-patch' } },
    notes,
    choices: notes.sections,
    values: undefined,
    notices: [],
    effects: noEffects,
    metadata: '',
    ...more,
  };
}

const entry = notesOf('v1', rangeOf({ pulls: [pull(12, 'feat(x)!: an area')] })).sections[0]?.entries[0];
if (entry === undefined) throw new Error('no entry');

describe('the release form', () => {
  it('shows what will be released before anything is written', () => {
    const form = releaseForm(stateOf());
    expectView(form);
    expect(readAloud(form.blocks)).toBe(
      `Last release: v0.0.2
3 pull requests since
To be tagged: 29bea00 of main
Nothing is written yet.
Version
Proposed: v0.0.3, since the policy always raises the last number.
Introduction
A few words above the notes, for whoever reads them. Markdown works.
Leave out of the notes
They are released all the same; the notes just do not tell of them.
What it will do
Nothing changes on any cluster. Nothing changes in production.
Notes
Features (1)
aws: more (#13) by @berndonline
Clusters and providers (1)
aws: apply access-control feature to mgmt cluster (#12) by @berndonline
Promotions (1)
release: promote v0.0.2 to aws prod (#11) by @berndonline`,
    );
  });

  it('says that there was no release yet', () => {
    const form = releaseForm(stateOf({ previous: undefined }, rangeOf({ from: undefined, pulls })));
    expect(readAloud(form.blocks)).toContain('Last release: none yet\n3 pull requests so far');
  });

  it('keeps what was typed', () => {
    const form = releaseForm(
      stateOf({ values: { version: 'v0.9.0', introduction: 'Hello', leftOut: [12, 99] } }),
    );
    expectView(form);
    const json = JSON.stringify(form);
    expect(json).toContain('"initial_value":"v0.9.0"');
    expect(json).toContain('"initial_value":"Hello"');
    expect(json).toMatch(/"initial_options":\[\{[^\]]*"value":"12"\}\]/);
  });

  it('asks again where the default branch has moved, and proposes what was shown before', () => {
    const moved = { shown: sha('29bea00'), now: sha('1ab8e99'), entries: [entry] };
    const form = releaseForm(stateOf({ moved }));
    expectView(form);
    expect(readAloud(form.blocks)).toContain(
      `⚠️ main has moved since this was shown. Nothing was released.
What came on top:
x: an area (#12) by @berndonline
What is to be releasedOnly what was shown before (29bea00)
All of main as it is now (1ab8e99)`,
    );
    expect(JSON.stringify(form)).toContain(
      `"initial_option":{"text":{"type":"plain_text","text":"Only what was shown before (29bea00)","emoji":false},"value":"${sha('29bea00')}"}`,
    );
  });

  it.each([
    [1, shortTitle],
    [30, longTitle],
    [60, longTitle],
    [500, longTitle],
    [500, () => '漢'.repeat(250)],
    [500, () => 'tenants(dummy): \u0001"'.padEnd(250, '"')],
    [2000, longTitle],
    [9000, longTitle],
  ])('holds %d pull requests within what Slack takes', (count, title) => {
    const form = releaseForm(
      stateOf(
        { values: { version: '', introduction: 'ß'.repeat(3000), leftOut: [1, 2, 3] } },
        rangeOf({ pulls: manyPulls(count, title) }),
      ),
    );
    expectView(form);
    if (count <= 2000) {
      const said = readAloud(form.blocks);
      for (const number of [1, Math.ceil(count / 2), count])
        expect(said).toMatch(new RegExp(`#${number}\\b`));
    }
  });

  it.each(hostileTexts.map((text, index) => [index, text] as const))(
    'holds against hostile text %d',
    (_index, text) => {
      const range = rangeOf({
        pulls: [pull(1, text), pull(2, `feat: ${text}`)],
        direct: [direct('abc1234', text, text)],
      });
      const notes = notesOf('v1', range).sections.flatMap(({ entries }) => entries);
      const form = releaseForm(
        stateOf(
          {
            previous: { tag: text, url: text },
            defaultBranch: text,
            values: { version: text, introduction: text, leftOut: [] },
            notices: [
              { kind: 'tag-without-release', tags: [text, text] },
              { kind: 'release-without-tag', tags: [text] },
              { kind: 'draft', tags: [text] },
              { kind: 'not-ancestor', tag: text, branch: text },
            ],
            moved: { shown: sha('a'), now: sha('b'), entries: notes },
            effects: {
              ...noEffects,
              highlights: [highlightOf('crd', `Role ${text}/${text}`, text, 'unknown')],
              notRendered: [notRenderedOf(text)],
            },
            proposal: { tag: 'v1', reason: { kind: 'feature', entry: notes[0] ?? entry } },
          },
          range,
        ),
      );
      expectView(form);
    },
  );

  it.each<[ReleaseNotice, string]>([
    [
      { kind: 'draft', tags: ['v0.1.0'] },
      'A draft of v0.1.0 waits on GitHub. Publish or delete it there; its version is not free here.',
    ],
    [
      { kind: 'draft', tags: ['v0.1.0', 'v0.2.0'] },
      'Drafts of v0.1.0 and v0.2.0 wait on GitHub. Publish or delete them there; their versions are not free here.',
    ],
    [
      { kind: 'tag-without-release', tags: ['v0.0.2'] },
      'Tag v0.0.2 has no release on GitHub. It counts as released; publish a release there if it should be announced.',
    ],
    [
      { kind: 'tag-without-release', tags: ['v1', 'v2'] },
      'Tags v1 and v2 have no release on GitHub. They count as released; publish a release there if it should be announced.',
    ],
    [
      { kind: 'release-without-tag', tags: ['v0.0.2'] },
      'Release v0.0.2 on GitHub has no tag, so it does not count here.',
    ],
    [
      { kind: 'not-ancestor', tag: 'v0.0.2', branch: 'main' },
      'v0.0.2 is not in the history of main, which was rewritten since. What is new was told by pull request, not by commit.',
    ],
  ])('notices %j', (notice, said) => {
    expect(releaseNoticeText(notice)).toBe(said);
    expect(readAloud(releaseForm(stateOf({ notices: [notice] })).blocks)).toContain(said);
  });

  it.each<[NotesDifference, string]>([
    [
      { kind: 'held-before', tag: 'v0.0.2', numbers: [9, 10] },
      "GitHub's own generator also lists #9 and #10: v0.0.2 holds them already, the history was rewritten since.",
    ],
    [
      { kind: 'held-before', tag: 'v0.0.2', numbers: [9] },
      "GitHub's own generator also lists #9: v0.0.2 holds it already, the history was rewritten since.",
    ],
    [
      { kind: 'left-out-by-github', numbers: [3] },
      "GitHub's own generator does not list #3, as its configuration may say or since commits were rewritten.",
    ],
    [
      { kind: 'left-out', numbers: [3, 4, 5] },
      'Left out of these notes, though part of the release: #3, #4 and #5.',
    ],
    [
      { kind: 'without-pull-request', count: 1 },
      "1 commit came without a pull request; GitHub's own generator does not list it.",
    ],
    [
      { kind: 'without-pull-request', count: 2 },
      "2 commits came without a pull request; GitHub's own generator does not list them.",
    ],
    [
      { kind: 'unknown' },
      "GitHub's own generator could not be asked, so these notes were not compared with it.",
    ],
  ])('explains the difference %j', (difference, said) => {
    expect(differenceText(difference)).toBe(said);
  });

  it.each<[VersionReason, string]>([
    [{ kind: 'first' }, 'v1.0.0, since it is the first release.'],
    [{ kind: 'always-patch' }, 'v1.0.0, since the policy always raises the last number.'],
    [{ kind: 'breaking', entry }, 'v1.0.0, since feat(x)!: an area (#12) is a breaking change.'],
    [
      { kind: 'feature', entry: { ...entry, isBreaking: false } },
      'v1.0.0, since feat(x): an area (#12) is a feature.',
    ],
    [{ kind: 'rest' }, 'v1.0.0, since nothing in it is a feature or a breaking change.'],
  ])('says why a version is proposed: %j', (reason, said) => {
    expect(proposalText({ tag: 'v1.0.0', reason })).toBe(said);
  });

  it.each<[VersionRefusal, string]>([
    [{ code: 'version-empty' }, 'Give the release a version.'],
    [
      { code: 'version-form', example: 'v0.0.3' },
      'Write three numbers with dots between them, such as v0.0.3.',
    ],
    [
      { code: 'version-low', last: 'v0.0.2', example: 'v0.0.3' },
      'It has to be higher than v0.0.2. For example: v0.0.3',
    ],
    [
      { code: 'tag-exists', tag: 'v0.0.2', hasRelease: true, example: 'v0.0.3' },
      'v0.0.2 is released already. Please choose a higher version. For example: v0.0.3',
    ],
    [
      { code: 'tag-exists', tag: 'v0.0.2', hasRelease: false, example: 'v0.0.3' },
      'The tag v0.0.2 exists already, without a release; it is never moved. Please choose a higher version, or publish a release for it on GitHub. For example: v0.0.3',
    ],
  ])('refuses a version: %j', (refusal, said) => {
    expect(versionErrors(refusal)).toBe(said);
  });
});

describe('what stands in the release form', () => {
  const values = {
    version: { value: { type: 'plain_text_input', value: ' v0.0.3 ' } },
    introduction: { value: { type: 'plain_text_input', value: null } },
    leftOut: { value: { type: 'multi_static_select', selected_options: [{ value: '12' }, { value: '13' }] } },
  };
  it('is read as it stands there', () => {
    expect(readReleaseForm({ values })).toEqual({ version: ' v0.0.3 ', introduction: '', leftOut: [12, 13] });
  });

  it('tells which commit was chosen', () => {
    const upTo = { value: { type: 'radio_buttons', selected_option: { value: sha('a') } } };
    expect(readReleaseForm({ values: { ...values, upTo } }).upTo).toBe(sha('a'));
  });

  it.each([
    [undefined],
    [{ values: { leftOut: { value: { selected_options: [{ value: 'x' }] } } } }],
    [{ values: { upTo: { value: { selected_option: { value: 'main' } } } } }],
  ])('%j is no release form', (state) => {
    expect(() => readReleaseForm(state)).toThrow();
  });

  it.each([['v0.0.2'], [undefined]])('keeps what was shown, after %s', (previous) => {
    const metadata = {
      repo: repo as RepoName,
      shown: { commit: sha('abc') as CommitSha, previous },
      proposed: 'v0.0.3',
      prefix: 'v',
      tags: [{ name: 'v0.0.2' }, { name: 'v0.0.3-rc.1' }],
      released: ['v0.0.2'],
    };
    expect(readReleaseMetadata(packReleaseMetadata(metadata))).toEqual(metadata);
    const longest = packReleaseMetadata({
      ...metadata,
      repo: `${'o'.repeat(39)}/${'n'.repeat(100)}` as RepoName,
      proposed: 'v'.repeat(100),
      tags: Array.from({ length: 20 }, (_, index) => ({ name: `v0.0.${index}-${'x'.repeat(90)}` })),
      released: Array.from({ length: 20 }, (_, index) => `v0.0.${index}-${'x'.repeat(90)}`),
    });
    expect(longest.length).toBeLessThan(3000);
  });

  it.each(['', '{}', '{"repo":"x"}', 'null'])('%j is not of a release form', (text) => {
    expect(() => readReleaseMetadata(text)).toThrow();
  });
});
