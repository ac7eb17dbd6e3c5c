import { cleanLine } from '../domain/form/clean-text.ts';
import type { TenantFile } from '../domain/tenant.ts';
import { clip } from './clip.ts';

const uses = {
  namespace: 'the namespace itself',
  'limit-range': 'what a container gets that asks for nothing',
  'compute-quota': 'how much processor and memory all pods together may use',
  'objects-quota': 'how many objects of each kind there may be',
  'service-account': "the tenant's service account",
  'deny-default': 'closes the namespace to everything that no other file lets in',
  'allow-same-namespace': 'lets pods of the namespace reach each other',
  'allow-ingress': 'lets the ingress controller in',
} as const;

/** What a file is for, in a few words. */
export function fileWords({ what, folder }: Pick<TenantFile, 'what' | 'folder'>): string {
  if (what.kind === 'allow-port') return `lets the sources it names reach TCP port ${what.port}`;
  if (what.kind === 'role-binding') return `gives the level ${what.level} (${what.role}) in ${folder}`;
  if (what.kind === 'template') return clip(cleanLine(what.holds), 100);
  return uses[what.kind];
}
