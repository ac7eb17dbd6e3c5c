import path from 'node:path';

import type { Manifest } from '../objects.ts';
import { idOf } from './inventory.ts';
import { kustomizationFile } from './kustomization-file.ts';
import type { Manifests } from './manifests.ts';
import type { Child, Repository } from './repository.ts';
import { transformed } from './transform.ts';

/** Why a path could not be built, with Flux's reason. */
export class BuildFailure extends Error {
  readonly reason: 'ArtifactFailed' | 'BuildFailed';

  constructor(reason: BuildFailure['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface Sources {
  readonly repository: Repository;
  readonly manifests: Manifests;
}

/** Where kustomize-controller unpacks artifacts; its messages name files there. */
const WORK = '/tmp/kustomization-2840817317';

/**
 * What a path of a commit applies: by its kustomization file, or else every manifest below it, as Flux generates one.
 *
 * @throws BuildFailure when the path is missing, a file is broken, or two files hold one object.
 */
export async function build(sources: Sources, commit: string, folder: string): Promise<readonly Manifest[]> {
  const place = path.posix.normalize(folder).replace(/^\/|\/$/g, '');
  const found = await sources.repository.at(commit, place === '.' ? '' : place);
  if (found?.type !== 'tree') {
    const message = `kustomization path not found: stat ${WORK}/${place}: no such file or directory`;
    throw new BuildFailure('ArtifactFailed', message);
  }
  const objects = await folderObjects({ sources, commit }, place === '.' ? '' : place, found.oid);
  refuseDoubles(objects);
  return objects;
}

interface Scope {
  readonly sources: Sources;
  readonly commit: string;
}

const FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

async function folderObjects(scope: Scope, place: string, tree: string): Promise<readonly Manifest[]> {
  const children = await scope.sources.repository.children(tree);
  const file = children.find(({ name, type }) => FILES.includes(name) && type === 'blob');
  return file ? kustomized(scope, place, file) : generated(scope, place, children);
}

/** What Flux's generator would list: manifests of all folders below; a folder with a file of its own as one. */
async function generated(
  scope: Scope,
  place: string,
  children: readonly Child[],
): Promise<readonly Manifest[]> {
  const objects: Manifest[] = [];
  for (const { name, type, oid } of children.toSorted(byName)) {
    const inside = place === '' ? name : `${place}/${name}`;
    if (IGNORED.has(name)) continue;
    if (type === 'tree') objects.push(...(await folderObjects(scope, inside, oid)));
    else if (/\.ya?ml$/.test(name)) objects.push(...(await fileObjects(scope, inside, oid)));
  }
  return objects;
}

/** Files of version control and CI that Flux leaves out of an artifact. */
const IGNORED = new Set([
  '.git',
  '.github',
  '.circleci',
  '.travis.yml',
  '.gitlab-ci.yml',
  '.sops.yaml',
  '.flux.yaml',
]);

async function kustomized(scope: Scope, place: string, file: Child): Promise<readonly Manifest[]> {
  const text = await scope.sources.repository.text(file.oid);
  const read = kustomizationFile(text);
  if (typeof read === 'string') throw failed(`invalid Kustomization: ${read}`);
  const objects: Manifest[] = [];
  for (const resource of [...read.resources, ...read.bases, ...read.components])
    objects.push(...(await resourceObjects(scope, place, resource)));
  const patches = await Promise.all(
    read.patches.map(async ({ path: from, ...patch }) =>
      from === undefined ? patch : { ...patch, patch: await textOf(scope, place, from) },
    ),
  );
  const result = transformed(objects, { ...read, patches });
  if (typeof result === 'string') throw failed(result);
  return result;
}

async function resourceObjects(scope: Scope, place: string, resource: string): Promise<readonly Manifest[]> {
  if (/^[a-z]+:\/\//.test(resource))
    throw failed(accumulating(resource, 'the sandbox reaches no other host'));
  const target = path.posix.join(place, resource).replace(/\/$/, '');
  const found = target.startsWith('..') ? undefined : await scope.sources.repository.at(scope.commit, target);
  if (found?.type === 'tree') {
    const children = await scope.sources.repository.children(found.oid);
    const file = children.find(({ name }) => FILES.includes(name));
    if (file) return kustomized(scope, target, file);
    throw failed(
      accumulating(
        resource,
        `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${WORK}/${target}'`,
      ),
    );
  }
  if (found) return fileObjects(scope, target, found.oid);
  throw failed(accumulating(resource, `open ${WORK}/${target}: no such file or directory`));
}

async function fileObjects(scope: Scope, file: string, blob: string): Promise<readonly Manifest[]> {
  const parsed = await scope.sources.manifests.read(blob);
  if (parsed.kind === 'objects') return parsed.objects;
  throw new BuildFailure(
    'BuildFailed',
    `failed to decode Kubernetes YAML from ${WORK}/${file}: ${parsed.message}`,
  );
}

async function textOf({ sources, commit }: Scope, place: string, file: string): Promise<string> {
  const target = path.posix.join(place, file);
  const found = await sources.repository.at(commit, target);
  if (found?.type !== 'blob')
    throw failed(`unable to read patch file ${WORK}/${target}: no such file or directory`);
  return sources.repository.text(found.oid);
}

function refuseDoubles(objects: readonly Manifest[]): void {
  const seen = new Set<string>();
  for (const object of objects) {
    const id = idOf(object);
    if (seen.has(id)) {
      const { kind, apiVersion, metadata } = object;
      throw failed(
        `accumulating resources: may not add resource with an already registered id: ${kind}.${apiVersion}/${metadata.name}.${metadata.namespace ?? '[noNs]'}`,
      );
    }
    seen.add(id);
  }
}

function accumulating(resource: string, why: string): string {
  return `accumulating resources: accumulation err='accumulating resources from '${resource}': ${why}'`;
}

function failed(message: string): BuildFailure {
  return new BuildFailure('BuildFailed', `kustomize build failed: ${message}`);
}

function byName(a: Child, b: Child): number {
  return a.name < b.name ? -1 : 1;
}
