import { turnedSources } from '../../../src/domain/effects/turned-sources.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import { whatThisDoes } from '../../../src/views/conventions/what-this-does.ts';
import {
  configMap,
  effectsOf,
  type Files,
  fleet,
  mgmt,
  stateOf,
  without,
} from '../../domain/effects/repositories.ts';
import { gitRepository } from '../../domain/samples.ts';

const base = 'b'.repeat(40) as CommitSha;
const head = 'e'.repeat(40) as CommitSha;

function told(before: Files, after: Files): string {
  const turned = turnedSources(stateOf(before).platform, stateOf(after).platform);
  return whatThisDoes({ kind: 'effects', effects: effectsOf(before, after), turned, base, head });
}

const onRelease = { source: 'release' } as const;

describe('the comment that says what a pull request does', () => {
  it('tells what comes with the merge from what comes with the next promotion', () => {
    const before = fleet({ 'apps/one.yaml': configMap('one') }, onRelease);
    const after = fleet(
      { 'apps/one.yaml': configMap('one', '2'), 'apps/two.yaml': configMap('two') },
      onRelease,
    );
    expect(told(before, after)).toBe(`## What this does

### When it is merged

No object changes on any cluster.

### At the next promotion

#### one

- \`one/k\`
  - changed: \`ConfigMap shop/one\`
  - added: \`ConfigMap shop/two\`

_From bbbbbbb to eeeeeee; brought up to date with every push._`);
  });

  it('warns of what pruning deletes, before all else', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
    const before = fleet({ 'apps/one.yaml': configMap('one'), 'apps/ns.yaml': namespace });
    const text = told(before, without(before, 'apps/ns.yaml', 'apps/one.yaml'));
    expect(text).toContain(
      '- ⚠️ **Namespace shop** is removed with everything in it: one (when it is merged).',
    );
    expect(text).toContain('  - **deleted by pruning**: `Namespace shop`');
  });

  it('says of an object that moves that it may be deleted in between', () => {
    const k2 = { [`${mgmt}/k2.yaml`]: fleet({}, { name: 'k2', path: './more' })[`${mgmt}/k.yaml`] ?? '' };
    const before = fleet({ ...k2, 'apps/one.yaml': configMap('one') });
    const after = fleet({ ...k2, 'more/one.yaml': configMap('one') });
    expect(told(before, after)).toContain(
      'moved from `one/k` to `one/k2`, deleted in between if the first is quicker: `ConfigMap shop/one`',
    );
  });

  it('never takes what cannot be rendered for no change', () => {
    const overlay = (more: string) => ({ 'apps/kustomization.yaml': `resources: [one.yaml]\n${more}` });
    const one = { 'apps/one.yaml': configMap('one') };
    const text = told(fleet({ ...overlay(''), ...one }), fleet({ ...overlay('namePrefix: x-\n'), ...one }));
    expect(text).toContain('As far as could be rendered, no object changes on any cluster.');
    expect(text).toContain('### Not rendered');
    expect(text).toContain('`apps/kustomization.yaml`: an overlay that does more than list files');
  });

  it('says that a turned source brings more than the files tell', () => {
    const before = fleet({}, onRelease);
    const after = { ...before, [`${mgmt}/release.yaml`]: gitRepository('release', '{ tag: v2.0.0 }') };
    const text = told(before, after);
    expect(text).toContain('**flux-system/release** is turned from `v1.0.0` to `v2.0.0`');
    expect(text).toContain('one/k on one');
  });

  it('says that another branch reaches no cluster', () => {
    const text = whatThisDoes({ kind: 'other-base', branch: 'next', defaultBranch: 'main' });
    expect(text).toContain('It goes to `next`. Nothing of it reaches a cluster before it comes to `main`.');
  });

  it('fits into a comment however much it does', () => {
    const files = Object.fromEntries(
      Array.from({ length: 1_500 }, (_, n) => [
        `apps/${'x'.repeat(150)}${n}.yaml`,
        configMap(`${'x'.repeat(200)}${n}`),
      ]),
    );
    const text = told(fleet(), fleet(files));
    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text).toContain('**Cut here**');
  });
});
