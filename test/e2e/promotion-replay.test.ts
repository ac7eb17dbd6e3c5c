import { existsSync } from 'node:fs';
import path from 'node:path';
import { ChangePerson } from '../support/change-person.ts';
import { eventually } from '../support/eventually.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { Repository } from '../support/repository.ts';
import { Rollouts } from '../support/rollouts.ts';
import { type Stage, setStage } from '../support/stage.ts';

// The model lies beside the checkout and is no part of the project.
const MODEL = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'platform-repo.bundle');
const isThere = existsSync(MODEL);
const when = isThere ? describe : describe.skip;

/** The model's promotions: the commit before each, and the tree that each left. */
const PROMOTIONS = [
  { number: 9, tag: 'v0.0.1', before: '3a9fe65', tree: 'e653757cb3ca919b9db610a743989faaa4d62c8d' },
  { number: 11, tag: 'v0.0.2', before: '4afc762', tree: 'e2f0a9894bb6b745aa6866144a1865f8dbd244e1' },
  { number: 14, tag: 'v0.0.3', before: '29bea00', tree: '092ebf5bc7b6f7c950771a6483992973fa3b9b63' },
] as const;

when(
  `the model repository before its promotions${isThere ? '' : ' (../shared/platform-repo.bundle is missing)'}`,
  () => {
    let stage: Stage | undefined;

    afterEach(async () => {
      await stage?.close();
      stage = undefined;
    }, 60_000);

    it.each(PROMOTIONS)(
      'gets the very title and tree of #$number from a promotion of $tag',
      async ({ tag, before, tree }) => {
        stage = await setStage({ repo: MODEL, at: before });
        const pat = new ChangePerson(stage.world);
        const repository = new Repository(stage.world);
        await pat.warm();
        await pat.asks(`promote ${tag} aws prod`, 'The change is opened');
        const branch = `promote-${tag}-aws-v1-prod`;
        const { state } = stage.world.github.world;
        const pull = await eventually('the pull request', () =>
          [...state.pulls.values()].find(({ headRef }) => headRef === branch),
        );
        expect(pull.title).toBe(`chore(release): promote ${tag} to aws prod`);
        expect(await repository.git('rev-parse', `${branch}^{tree}`)).toBe(tree);
        expect(pull.body).toContain(tag);
      },
      120_000,
    );

    it('rolls the eight Kustomizations that follow the release once its promotion is merged', async () => {
      const [, , { tag, before }] = PROMOTIONS;
      stage = await setStage({ repo: MODEL, at: before });
      await stage.world.fleet.ready;
      const pat = new ChangePerson(stage.world);
      const github = new PersonOnGitHub(stage.world, 'pat-platform');
      const rollouts = new Rollouts(pat);
      await pat.warm();
      await pat.asks(`promote ${tag} aws prod`, 'The change is opened');
      const { state } = stage.world.github.world;
      const pull = await eventually('the pull request', () =>
        [...state.pulls.values()].find(({ headRef, state: is }) => headRef.includes(tag) && is === 'open'),
      );
      // The model's policy names no approvers, so it is merged past Trunkline, and told all the same.
      await github.call('PUT', `/pulls/${pull.number}/merge`, { merge_method: 'squash' });
      const text = await rollouts.says(1, `${tag} runs everywhere`, 60_000);
      expect(text).toContain('prod-eu-west-1');
      expect(text).toContain('all 7 applied');
      expect(text).toContain('merged past Trunkline');
      expect(text).toMatch(/management cluster aws-v1-mgmt.{0,60}applied/);
    }, 120_000);
  },
);
