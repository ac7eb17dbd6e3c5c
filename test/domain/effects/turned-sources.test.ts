import { turnedSources } from '../../../src/domain/effects/turned-sources.ts';
import { gitRepository, kustomization, platformOf } from '../samples.ts';
import { type Files, fleet, mgmt } from './repositories.ts';

const release = (ref: string, more = ''): Files => ({
  [`${mgmt}/release.yaml`]: gitRepository('release', ref, more),
});

function turned(before: Files, after: Files, source = 'release'): readonly string[] {
  const [old, fresh] = [before, after].map((more) => platformOf(fleet(more, { source })));
  if (old === undefined || fresh === undefined) throw new Error('two platforms');
  return turnedSources(old, fresh).map(
    (one) =>
      `${one.management} ${one.after.name} ${JSON.stringify(one.before.ref)} ${JSON.stringify(one.after.ref)}: ${one.kustomizations.map(({ name }) => name)}`,
  );
}

describe('a source that is turned', () => {
  const management = 'providers/aws/v1/mgmt';

  it.each([
    [
      'to another tag is named with what follows it',
      turned(release('{ tag: v1 }'), release('{ tag: v2 }')),
      [`${management} release {"kind":"tag","tag":"v1"} {"kind":"tag","tag":"v2"}: k`],
    ],
    [
      'from a branch to its first tag is named',
      turned(release('{ branch: main }'), release('{ tag: v1 }')),
      [`${management} release {"kind":"branch","branch":"main"} {"kind":"tag","tag":"v1"}: k`],
    ],
    ['that nothing follows is not', turned(release('{ tag: v1 }'), release('{ tag: v2 }'), 'main'), []],
    [
      'that only rests is not',
      turned(release('{ tag: v1 }'), release('{ tag: v1 }', '  suspend: true\n')),
      [],
    ],
    ['that is new is not', turned({}, { [`${mgmt}/s.yaml`]: gitRepository('s', '{ tag: v1 }') }), []],
    [
      'in another file is the same one',
      turned(
        {
          [`${mgmt}/release.yaml`]: '# nothing\n',
          [`${mgmt}/other.yaml`]: gitRepository('release', '{ tag: v1 }'),
        },
        release('{ tag: v1 }'),
      ),
      [],
    ],
    [
      'on another management cluster is another one',
      turned(
        { 'providers/azure/v1/mgmt/x/release.yaml': gitRepository('release', '{ tag: v1 }') },
        {
          'providers/azure/v1/mgmt/x/release.yaml': gitRepository('release', '{ tag: v2 }'),
          'providers/azure/v1/mgmt/x/z.yaml': kustomization({ name: 'z', path: './apps', source: 'release' }),
        },
      ),
      ['providers/azure/v1/mgmt release {"kind":"tag","tag":"v1"} {"kind":"tag","tag":"v2"}: z'],
    ],
  ])('%s', (_what, told, expected) => {
    expect(told).toEqual(expected);
  });
});
