import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { parseDocument } from 'yaml';

import { HISTORY } from '../../sandbox/sample/history.ts';
import { createSampleRepo } from '../../sandbox/sample-repo.ts';
import type { CommitSha } from '../../src/domain/ids.ts';
import { parsePolicy } from '../../src/domain/policy.ts';
import { readPlatform } from '../../src/domain/read-platform.ts';

const run = promisify(execFile);

/** The files as they stand once every step up to and including this one has been made. */
function filesAt(lastStep: number): ReadonlyMap<string, string> {
  return new Map(HISTORY.slice(0, lastStep + 1).flatMap(({ files }) => Object.entries(files)));
}

const now = filesAt(HISTORY.length - 1);
const released = filesAt(HISTORY.findIndex(({ tag }) => tag === 'v0.1.0'));

const manifests = [...now].filter(([file]) => file.endsWith('.yaml'));

describe('the sample platform repository', () => {
  it('is the same git repository at every start', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'sample-'));
    const heads: string[] = [];
    for (const name of ['one', 'two']) {
      const repository = await createSampleRepo(path.join(directory, name));
      heads.push((await run('git', ['-C', repository, 'rev-parse', 'main', 'v0.1.0'])).stdout);
      await run('git', ['-C', repository, 'fsck', '--strict']);
    }
    expect(heads[0]).toBe(heads[1]);
    await rm(directory, { recursive: true });
  });

  it('has a history of squash-merged pull requests, numbered without a gap', () => {
    const numbers = HISTORY.slice(1).map(({ title }) => /\(#(\d+)\)$/.exec(title)?.[1]);
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)));
    const times = HISTORY.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('holds nothing but sound YAML where it says YAML', () => {
    const problems = manifests.flatMap(([file, text]) => {
      const { errors, warnings } = parseDocument(text);
      return [...errors, ...warnings].map(({ message }) => `${file}: ${message}`);
    });
    expect(problems).toEqual([]);
  });

  it('has a policy that the bot takes', () => {
    expect(parsePolicy(now.get('.github/trunkline.yaml'))).toMatchObject({ kind: 'ok' });
  });

  it('is understood by the bot without a rest', () => {
    const policy = parsePolicy(now.get('.github/trunkline.yaml'));
    if (policy.kind !== 'ok') throw new Error('the policy is not understood');
    const files = {
      commit: 'sample' as CommitSha,
      defaultBranch: 'main',
      paths: [...now.keys()],
      texts: now,
    };
    const platform = readPlatform(files, policy.policy);
    expect(platform.unreadable).toEqual([]);
    expect(platform.clouds).toEqual([
      { name: 'aws', environments: ['non-prod', 'prod'] },
      { name: 'azure', environments: ['non-prod', 'prod'] },
    ]);
    expect(platform.clusters.toSorted()).toEqual([
      'non-prod-eu-west-1',
      'non-prod-westeurope',
      'prod-eu-west-1',
      'prod-westeurope',
    ]);
    expect(new Set(platform.tenants.map(({ tenant }) => tenant))).toEqual(new Set(['guestbook', 'weather']));
  });

  it('gives every Kustomization a folder that stands where its source points to', () => {
    const missing: string[] = [];
    for (const [file, text] of manifests) {
      const object = parseDocument(text).toJS();
      if (object?.kind !== 'Kustomization') continue;
      const folder = `${object.spec.path.replace(/^\.\//, '')}/`;
      const there = object.spec.sourceRef.name === 'release' ? released : now;
      if (![...there.keys()].some((each) => each.startsWith(folder))) missing.push(file);
    }
    expect(missing).toEqual([]);
  });
});
