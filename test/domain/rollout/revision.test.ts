import fc from 'fast-check';
import { parseRevision } from '../../../src/domain/rollout/revision.ts';
import { commit } from './samples.ts';

const sha = commit('a');

describe('a revision as Flux writes it', () => {
  it.each([
    [`main@sha1:${sha}`, { ref: 'main', commit: sha }],
    [`v0.0.3@sha1:${sha}`, { ref: 'v0.0.3', commit: sha }],
    [`sha1:${sha}`, { ref: undefined, commit: sha }],
    [`main/${sha}`, { ref: 'main', commit: sha }],
    [`v0.0.3/${sha}`, { ref: 'v0.0.3', commit: sha }],
    [`HEAD/${sha}`, { ref: undefined, commit: sha }],
    [`feature/one/${sha}`, { ref: 'feature/one', commit: sha }],
    [`feature/one@two@sha1:${sha}`, { ref: 'feature/one@two', commit: sha }],
    [`refs/tags/v1@sha1:${sha}`, { ref: 'v1', commit: sha }],
    [`refs/heads/main@sha1:${sha}`, { ref: 'main', commit: sha }],
    [`latest@sha256:${'b'.repeat(64)}`, { ref: 'latest', commit: 'b'.repeat(64) }],
    ['main@sha1:abc', undefined],
    ['main', undefined],
    ['', undefined],
    [`main@sha1:${sha}x`, undefined],
  ])('%s', (text, parsed) => {
    expect(parseRevision(text)).toEqual(parsed);
  });

  it('is read alike from the present and the older form, whatever the branch is called', () => {
    const ref = fc
      .stringMatching(/^[A-Za-z0-9._@/-]{1,40}$/)
      .filter((text) => !/^refs\/|^HEAD$|@sha\d/.test(text));
    fc.assert(
      fc.property(ref, fc.stringMatching(/^[0-9a-f]{40}$/), (name, id) => {
        expect(parseRevision(`${name}@sha1:${id}`)).toEqual({ ref: name, commit: id });
        expect(parseRevision(`${name}/${id}`)).toEqual({ ref: name, commit: id });
      }),
    );
  });
});
