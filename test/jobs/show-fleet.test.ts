import { showFleet } from '../../jobs/show-fleet.ts';
import type { SlackUserId } from '../../src/domain/ids.ts';
import type { SeenManagement } from '../../src/domain/rollout/objects.ts';
import { RetryableError } from '../../src/errors.ts';
import { kustomization, source, view } from '../domain/rollout/samples.ts';
import { FakeFleet } from '../support/fake-fleet.ts';
import { FakeGitHub } from '../support/fake-github.ts';
import { REPO, samplePlatform, sampleSnapshot } from '../support/sample-platform.ts';

const TESS = 'U0TESS' as SlackUserId;
const NAME = 'aws-v1-mgmt';

class Scene {
  readonly fleet = new FakeFleet();
  readonly shown: string[] = [];
  policy: string | undefined;
  isMember = true;
  /** What the form's update meets. */
  trouble: Error | undefined;
  isReadable = true;
  isClosed = false;

  async run(attempt = 1): Promise<string> {
    const github = new FakeGitHub(samplePlatform(this.policy));
    const job = showFleet({
      repos: [REPO],
      github,
      snapshots: {
        current: async () => {
          if (!this.isReadable) throw new RetryableError('failed to read');
          return sampleSnapshot(this.policy);
        },
        put: async () => {},
      },
      people: {
        find: async () => ({ id: TESS, name: 'Tess', isMember: this.isMember }),
        findByEmail: async () => undefined,
        membersOf: async () => [],
      },
      fleet: this.fleet,
      views: {
        update: async (_id, drawn) => {
          if (this.trouble !== undefined) throw this.trouble;
          if (this.isClosed) return 'gone';
          this.shown.push(JSON.stringify(drawn));
          return 'shown';
        },
      },
    });
    const log = { info() {}, warn() {}, error() {} };
    await job.run(
      { v: 1, viewId: 'V1', askedBy: TESS },
      { attempt, signal: new AbortController().signal, log },
    );
    return this.shown.at(-1) ?? '';
  }

  show(more: Partial<SeenManagement> = {}): void {
    const kustomizations = [
      kustomization('v1@a', { id: 'prod-1/tenants-prod', cluster: 'prod-1' }),
      kustomization('v1@a', { id: 'prod-1/tenants-common', cluster: 'prod-1', suspended: true }),
    ];
    const seen = view({ at: 1, management: NAME, sources: [source('v1@a')], kustomizations });
    this.fleet.shown.set(NAME, { ...seen, ...more });
  }
}

describe('showing the fleet', () => {
  it('shows every cluster of every management cluster with what it runs', async () => {
    const scene = new Scene();
    scene.show({ hidden: ['helmreleases'] });
    const shown = await scene.run();
    expect(shown).toContain('prod-1');
    expect(shown).toContain('non-prod-1');
    expect(shown).toContain('1 of 2 Kustomizations applied');
    expect(shown).toContain('prod-1/tenants-common is suspended');
    expect(shown).toContain('Not readable for Trunkline: helmreleases.');
  });

  it('says plainly that there is no access to any cluster', async () => {
    expect(await new Scene().run()).toContain('Trunkline has no access to a cluster yet.');
  });

  it('shows a cluster that does not answer as unknown, and the others all the same', async () => {
    const scene = new Scene();
    scene.policy = `clusters:\n- { name: ${NAME}, provider: aws, version: v1 }\n- { name: dark, folder: clusters/dark }\n`;
    scene.show();
    const shown = await scene.run();
    expect(shown).toContain('Management cluster dark');
    expect(shown).toContain('because the kubeconfig has no access to it');
    expect(shown).toContain('1 of 2 Kustomizations applied');
  });

  it('shows nothing to guests', async () => {
    const scene = new Scene();
    scene.show();
    scene.isMember = false;
    expect(await scene.run()).toContain('Guests cannot see the fleet.');
  });

  it('says that the policy has mistakes, and that the repository cannot be read', async () => {
    const scene = new Scene();
    scene.policy = 'clusters: 7';
    expect(await scene.run()).toContain('The policy file has mistakes.');
    scene.isReadable = false;
    expect(await scene.run()).toContain('The platform repository cannot be read just now.');
  });

  it('ends when the form was closed, comes back when Slack is away, and not for ever', async () => {
    const scene = new Scene();
    scene.show();
    scene.isClosed = true;
    expect(await scene.run()).toBe('');
    scene.trouble = new RetryableError('failed to update a form');
    await expect(scene.run()).rejects.toThrow('failed to update a form');
    expect(await scene.run(5)).toBe('');
  });
});
