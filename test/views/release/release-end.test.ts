import {
  type ReleaseEnd,
  releaseDirect,
  releaseEnd,
  releaseTaken,
  releaseWaiting,
} from '../../../src/views/release/release-end.ts';
import {
  type ReleaseUnavailable,
  releaseLoading,
  releaseUnavailable,
} from '../../../src/views/release/release-unavailable.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { repoUrl } from './notes-samples.ts';
import { expectMessage, expectView, readAloud } from './slack-checks.ts';

const values = { version: 'v0.0.3', introduction: 'Hello *all*', leftOut: [12, 13] };
const typed = `What you typed, so that nothing is lost:
Version: v0.0.3
Left out: #12, #13
Introduction:
Hello *all*`;
const again = 'Please start again with /trunkline release.';

describe('the end of a release', () => {
  it.each<[ReleaseEnd, string]>([
    [
      { kind: 'released', tag: 'v0.0.3', url: `${repoUrl}/releases/tag/v0.0.3` },
      '✅ v0.0.3 is released. Thank you.',
    ],
    [
      { kind: 'refused', code: 'tag-exists', tag: 'v0.0.3', hasRelease: true, values },
      `⚪ v0.0.3 was released meanwhile by somebody else. Nothing of yours was written. ${again}\n${typed}`,
    ],
    [
      { kind: 'refused', code: 'tag-exists', tag: 'v0.0.3', hasRelease: false, values },
      `⚪ The tag v0.0.3 was made meanwhile, without a release; a tag is never moved. Nothing was written. ${again}\n${typed}`,
    ],
    [
      { kind: 'refused', code: 'released-meanwhile', tag: 'v0.0.4', values },
      `⚪ Somebody released v0.0.4 meanwhile, so what you saw is not what is new any more. Nothing was written. ${again}\n${typed}`,
    ],
    [
      { kind: 'refused', code: 'moved', branch: 'main', values },
      `⚪ main has moved since the form was shown. Nothing was written. ${again}\n${typed}`,
    ],
    [
      { kind: 'failed', code: 'forbidden', values },
      `🔴 This release did not work. GitHub does not let Trunkline do what a release needs. Please tell the platform team; start again when that is mended.\n${typed}`,
    ],
    [
      { kind: 'failed', code: 'not-allowed', values },
      `🔴 This release did not work. You may not cut a release. Please ask someone who may; the policy file says who.\n${typed}`,
    ],
    [
      { kind: 'failed', code: 'tag-gone', values },
      `🔴 This release did not work. The tag that the notes go on from is gone or was moved. Please look on GitHub, then start again with /trunkline release.\n${typed}`,
    ],
    [
      { kind: 'failed', code: 'odd', values },
      `🔴 This release did not work. Something that Trunkline cannot mend came between. Please tell the platform team (reason: odd).\n${typed}`,
    ],
  ])('%j is told in the form and directly', (end, said) => {
    expectView(releaseEnd(end));
    expectMessage(releaseDirect(end));
    expect(readAloud(releaseEnd(end).blocks)).toBe(said);
    expect(readAloud(releaseDirect(end).blocks)).toBe(said);
    expect(said.replace(/^\S+ /, '')).toContain(releaseDirect(end).text.slice(0, 40));
  });

  it.each(hostileTexts.map((text, index) => [index, text] as const))(
    'holds against hostile text %d',
    (_index, text) => {
      const long = {
        version: text,
        introduction: text,
        leftOut: Array.from({ length: 1000 }, (_, index) => index + 1),
      };
      for (const end of [
        { kind: 'released', tag: text, url: text },
        { kind: 'refused', code: 'tag-exists', tag: text, hasRelease: true, values: long },
        { kind: 'failed', code: 'odd', values: long },
      ] as const) {
        expectView(releaseEnd(end));
        expectMessage(releaseDirect(end));
      }
      expectView(releaseTaken(text));
      expectView(releaseUnavailable({ kind: 'which-repository', repos: [text, text] }));
    },
  );
});

describe("what stands in the release form's place", () => {
  it.each<[ReleaseUnavailable, string]>([
    [
      { kind: 'nothing-new', last: 'v0.0.3' },
      'There is nothing to release: v0.0.3, the last release, holds everything that is merged.',
    ],
    [{ kind: 'nothing-new', last: undefined }, 'There is nothing to release yet.'],
    [
      { kind: 'not-allowed' },
      'You may not cut a release. Please ask someone who may; the policy file says who.',
    ],
    [
      { kind: 'queue-away' },
      'Trunkline cannot take releases just now. Nothing was written. Please try again in a minute.',
    ],
    [
      {
        kind: 'policy-invalid',
        problems: [{ line: 3, path: 'release.versions', message: 'must be semver or patch' }],
      },
      'The policy file .github/trunkline.yaml has mistakes, so no release can be cut. Please tell the platform team (1 in all, the first in line 3: release.versions must be semver or patch).',
    ],
    [
      { kind: 'github-away' },
      'GitHub does not answer just now. Nothing was written. Please try again in a minute.',
    ],
    [
      { kind: 'failed', code: 'tag-gone' },
      'Nothing was written. The tag that the notes go on from is gone or was moved. Please look on GitHub, then start again with /trunkline release.',
    ],
    [
      { kind: 'failed', code: 'range-too-long' },
      'Nothing was written. This release would hold more commits than Trunkline reads. Please cut it on GitHub; the next works here again.',
    ],
    [
      { kind: 'which-repository', repos: ['acme/one', 'acme/two'] },
      'Please say which platform: /trunkline release followed by acme/one and acme/two.',
    ],
    [
      { kind: 'misconfigured' },
      'Trunkline is not set up for this repository. Please tell the platform team.',
    ],
  ])('%j', (why, said) => {
    const view = releaseUnavailable(why);
    expectView(view);
    expect(readAloud(view.blocks)).toBe(said);
  });

  it('is a moment, then the work', () => {
    expectView(releaseLoading());
    expect(readAloud(releaseTaken('v0.0.3').blocks)).toBe(
      '⏳ Working on v0.0.3. You will be told directly how it ends.',
    );
    expectView(releaseWaiting('v0.0.3'));
    expect(readAloud(releaseWaiting('v0.0.3').blocks)).toContain('goes on by itself');
  });
});
