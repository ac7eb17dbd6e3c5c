import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { configMapText, openFiles, pushFile } from '../support/convention-person.ts';
import { eventually } from '../support/eventually.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let pat: PersonOnGitHub;

beforeAll(async () => {
  stage = await setStage();
  pat = new PersonOnGitHub(stage.world, 'pat-platform');
}, 60_000);
afterAll(async () => stage?.close(), 60_000);

/** The newest check `conventions` of a pull request's head, once it has come to an end that `holds`. */
function check(pull: number, conclusion: string, ms = 10_000) {
  const { state } = stage.world.github.world;
  return eventually(
    `the conventions of #${pull} are ${conclusion}`,
    () => {
      const head = state.pulls.get(pull)?.headSha;
      const run = [...state.checkRuns.values()].findLast(
        ({ name, headSha }) => name === 'conventions' && headSha === head,
      );
      return run?.conclusion === conclusion ? run : undefined;
    },
    ms,
  );
}

function comments(pull: number) {
  const { state } = stage.world.github.world;
  return [...state.comments.values()].filter(
    ({ issueNumber, body }) => issueNumber === pull && body.includes('## What this does'),
  );
}

describe('everyone’s pull request', () => {
  it('is told what is wrong at its line, and is green once that is mended, with one comment all the while', async () => {
    const folder = 'tenants/aws/common/alpha';
    const pull = await openFiles(pat, 'by-hand', 'Give alpha a configuration', {
      [`${folder}/configmap-one.yaml`]: `${configMapText('one', 'alpha')}other: [\n`,
      [`${folder}/configmap-two.yaml`]: configMapText('Two', 'alpha'),
    });
    const failed = await check(pull, 'failure');
    expect(failed.output.annotations).toMatchObject([
      { path: `${folder}/configmap-one.yaml`, level: 'failure' },
      { path: `${folder}/configmap-two.yaml`, startLine: 4, level: 'failure' },
    ]);
    expect(failed.output.summary).toContain('The title does not follow the convention');
    expect(comments(pull)).toMatchObject([{ body: expect.stringContaining('it is no readable YAML') }]);

    await pushFile(pat, 'by-hand', `${folder}/configmap-one.yaml`, configMapText('one', 'alpha'));
    await pushFile(pat, 'by-hand', `${folder}/configmap-two.yaml`, configMapText('two', 'alpha'));
    await eventually('only the title is left to mend', () => {
      const run = [...stage.world.github.world.state.checkRuns.values()].findLast(
        ({ name }) => name === 'conventions',
      );
      return run?.output.title === '1 thing to mend' && run.output.annotations.length === 0;
    });

    const { id, actions } = await check(pull, 'failure');
    expect(actions).toMatchObject([{ identifier: 'mend-title' }]);
    await pat.press(id, 'mend-title');
    await check(pull, 'success');
    expect(stage.world.github.world.state.pulls.get(pull)?.title).toBe(
      'tenants(alpha): give alpha a configuration',
    );
    expect(comments(pull)).toHaveLength(1);
    const [comment] = comments(pull);
    expect(comment?.body).toContain('added: `ConfigMap alpha/one`');
    expect(comment?.body).toContain('added: `ConfigMap alpha/two`');
    expect(comment?.body).not.toContain('readable');
  }, 60_000);

  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const hasTool = ['kustomize', 'kubectl'].some((name) =>
    folders.some((each) => existsSync(join(each, name))),
  );
  (hasTool ? it : it.skip)(
    'has its overlays rendered, where kustomize or kubectl is here',
    async () => {
      const folder = 'tenants/aws/non-prod/patched';
      const pull = await openFiles(pat, 'overlay', 'tenants(patched): add an overlay', {
        [`${folder}/kustomization.yaml`]: 'namePrefix: my-\nnamespace: patched\nresources: [one.yaml]\n',
        [`${folder}/one.yaml`]: configMapText('one', 'patched'),
      });
      await check(pull, 'success');
      await eventually('the comment names what kustomize made', () =>
        comments(pull).some(({ body }) => body.includes('added: `ConfigMap patched/my-one`')),
      );
    },
    60_000,
  );

  it('is told in a comment what can be done', async () => {
    const pull = await openFiles(pat, 'asks', 'docs: add a note', { 'docs/note.md': '# Note\n' });
    await pat.call('POST', `/issues/${pull}/comments`, { body: '/trunkline help' });
    const { state } = stage.world.github.world;
    await eventually('it is answered', () =>
      [...state.comments.values()].some(
        ({ issueNumber, body }) => issueNumber === pull && body.includes('Mend the title'),
      ),
    );
  }, 60_000);

  it('is looked at though every webhook was lost', async () => {
    const { faults } = stage.world;
    faults.add({ service: 'github', on: 'delivery', effect: { kind: 'drop' }, times: 1_000 });
    const pull = await openFiles(pat, 'unheard', 'docs: add another', { 'docs/another.md': '# Another\n' });
    await check(pull, 'success', 45_000);
    faults.clear();
  }, 90_000);
});
