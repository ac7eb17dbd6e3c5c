import type { NotRenderedWhy } from '../../domain/effects/effect.ts';

/** Why it cannot be told what a file does, in a few words. */
export const notRenderedWords: Readonly<Record<NotRenderedWhy, string>> = {
  overlay: 'an overlay that does more than list files',
  'remote-base': 'it takes something from outside the repository',
  'missing-resource': 'it lists something that is not there',
  'missing-path': 'its folder is not there',
  patched: 'its Kustomization alters what it applies',
  'other-source': 'it comes from another source now',
  encrypted: 'it is encrypted',
  substitution: 'Flux fills in values',
  unreadable: 'it is no readable YAML',
  'missing-text': 'its text could not be read',
  'not-an-object': 'it is no Kubernetes object',
};
