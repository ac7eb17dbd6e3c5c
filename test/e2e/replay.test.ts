import { existsSync } from 'node:fs';
import path from 'node:path';
import { PersonInSlack } from '../support/person.ts';
import { Repository } from '../support/repository.ts';
import { type Stage, setStage } from '../support/stage.ts';

// The model lies beside the checkout and is no part of the project.
const MODEL = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'platform-repo.bundle');
/** The tree of 79fcdbd, which is #8 as it was merged. */
const TREE_OF_8 = '7c23fe3eaaf9f594089398235ff80a1e25ab8752';
const isThere = existsSync(MODEL);
const when = isThere ? describe : describe.skip;

when(
  `the model repository at the commit before its pull request #8${isThere ? '' : ` (../shared/platform-repo.bundle is missing)`}`,
  () => {
    let stage: Stage;

    beforeAll(async () => {
      stage = await setStage({ repo: MODEL, at: '239e556' });
    }, 90_000);

    afterAll(async () => stage?.close(), 60_000);

    it('gets the very branch, title and tree of #8 from a request for dummy on aws', async () => {
      const tess = new PersonInSlack(stage.world, 'U0TENANT01');
      const repository = new Repository(stage.world);
      await tess.warm();
      await tess.onboard('dummy');
      await tess.told('dummy', 'The pull request is open');
      const pull = repository.pull('tenant-dummy');
      expect(pull).toMatchObject({
        headRef: 'tenant-dummy',
        title: 'tenants(dummy): onboarding namespace to aws',
      });
      expect(await repository.git('rev-parse', 'tenant-dummy^{tree}')).toBe(TREE_OF_8);
      expect(pull.body).toContain('no Kustomization applies this path yet');
    }, 60_000);
  },
);
