import type { Manifest } from '../objects.ts';
import { Failure } from './failure.ts';

/**
 * What fails for a Kustomization until it is mended: its fetching, its build, its applying, its pruning, or (only
 * where Flux looks at health) what it applied.
 */
export type Mischief = 'artifact' | 'build' | 'apply' | 'prune' | 'health';

export const MISCHIEFS = [
  'artifact',
  'build',
  'apply',
  'prune',
  'health',
] as const satisfies readonly Mischief[];

/** How Flux tells of it. */
export function mischiefFailure(
  mischief: Exclude<Mischief, 'health'>,
  objects: readonly Manifest[],
): Failure {
  switch (mischief) {
    case 'artifact':
      return new Failure('ArtifactFailed', 'failed to download artifact: dial tcp: i/o timeout');
    case 'build':
      return new Failure(
        'BuildFailed',
        "kustomize build failed: accumulating resources: accumulation err='accumulating resources from 'broken.yaml': MalformedYAMLError: yaml: line 7: mapping values are not allowed in this context in File: broken.yaml'",
      );
    case 'apply': {
      const [first] = objects;
      const called =
        first && [first.kind, first.metadata.namespace, first.metadata.name].filter(Boolean).join('/');
      return new Failure(
        'ReconciliationFailed',
        `${called} dry-run failed (InternalError): Internal error occurred: failed calling webhook "validate.sandbox.example": context deadline exceeded`,
      );
    }
    case 'prune':
      return new Failure(
        'PruneFailed',
        'delete failed, errors: admission webhook "protect.sandbox.example" denied the request',
      );
  }
}
