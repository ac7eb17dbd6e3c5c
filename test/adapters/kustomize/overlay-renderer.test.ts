import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createOverlayRenderer } from '../../../src/adapters/kustomize/overlay-renderer.ts';
import { keptLog } from '../../support/quiet-log.ts';

const folders = (process.env['PATH'] ?? '').split(delimiter);
const tool = ['kustomize', 'kubectl'].find((name) =>
  folders.some((folder) => existsSync(join(folder, name))),
);
const real = tool === undefined ? describe.skip : describe;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`;

function renderer(from = folders) {
  return createOverlayRenderer(from, keptLog().log);
}

async function leftOver(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('trunkline-overlay-'));
}

real(`overlays rendered by ${tool ?? 'nothing, for neither kustomize nor kubectl is here'}`, () => {
  it('are what kustomize makes of base and patch', async () => {
    const before = await leftOver();
    const files = new Map([
      ['base/kustomization.yaml', 'resources: [web.yaml]\n'],
      ['base/web.yaml', deployment],
      [
        'prod/kustomization.yaml',
        'namePrefix: prod-\nresources: [../base]\npatches: [{ path: more.yaml }]\n',
      ],
      [
        'prod/more.yaml',
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }\n',
      ],
    ]);
    const text = await renderer().render('prod', files);
    expect(text).toContain('name: prod-web');
    expect(text).toContain('replicas: 3');
    expect(await leftOver()).toEqual(before);
  }, 20_000);

  it('are none where a file is missing, stands outside, or has to be fetched', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end(deployment);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.yaml`;
    for (const list of ['gone.yaml', '/etc/hostname', '../../../../etc/hostname', url]) {
      const files = new Map([['apps/kustomization.yaml', `namePrefix: x-\nresources: ["${list}"]\n`]]);
      expect(await renderer().render('apps', files)).toBeUndefined();
    }
    expect(asked).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  }, 30_000);
});

describe('the tool that renders overlays', () => {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tools-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function install(name: string, script: string): Promise<void> {
    await writeFile(join(dir, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(dir, name), 0o755);
  }

  const files = new Map([['apps/kustomization.yaml', 'namePrefix: x-\n']]);

  it('is none where there is none, and nothing is rendered', async () => {
    expect(await renderer([dir]).isThere()).toBe(false);
    expect(await renderer([dir]).render('apps', files)).toBeUndefined();
  });

  it('is kustomize rather than kubectl, and knows nothing of our environment', async () => {
    await install('kubectl', 'echo kubectl');
    await install('kustomize', 'echo "$1 $(/usr/bin/basename "$2")"; /usr/bin/env');
    process.env['CANARY'] = 'a secret';
    const text = await renderer([dir]).render('apps', files);
    delete process.env['CANARY'];
    expect(text).toMatch(/^build apps\n/);
    expect(text).not.toContain('a secret');
  });

  it('is asked once for the same files', async () => {
    await install('kubectl', `echo x >> '${dir}/asked'; echo done`);
    const its = renderer([dir]);
    expect(await its.render('apps', files)).toBe('done\n');
    expect(await its.render('apps', new Map(files))).toBe('done\n');
    expect((await readdir(dir)).includes('asked')).toBe(true);
    const other = new Map([['apps/kustomization.yaml', 'namePrefix: y-\n']]);
    await its.render('apps', other);
    const { readFile } = await import('node:fs/promises');
    expect(await readFile(join(dir, 'asked'), 'utf8')).toBe('x\nx\n');
  });

  it('writes nothing outside its folder', async () => {
    await install('kubectl', 'echo done');
    const odd = new Map([['../x.yaml', 'x']]);
    expect(await renderer([dir]).render('apps', odd)).toBeUndefined();
    expect(await renderer([dir]).render('..', files)).toBeUndefined();
  });
});
