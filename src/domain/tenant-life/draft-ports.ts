import { formatTitle } from '../convention.ts';
import { readPorts } from '../form/ports.ts';
import { allowPortManifest, writeManifest } from '../manifests.ts';
import { canonicalJson } from '../platform/canonical.ts';
import type { PortRule } from '../tenant-request.ts';
import type { DraftedEdit, EditFacts, EditRefusal } from './edit-draft.ts';
import { type PortPolicy, portPolicies } from './port-policies.ts';
import { removalsOf } from './removals.ts';
import type { EditedFile } from './resize.ts';
import type { PortsEdit } from './tenant-edit.ts';
import { folderOf, type TenantFolder, tenantFolders } from './tenant-texts.ts';
import { yamlObjects } from './yaml-objects.ts';

interface PortChange {
  readonly verb: 'open' | 'close' | 'change';
  readonly port: number;
  readonly file?: EditedFile;
  readonly deletion?: PortPolicy;
}

/** Opens and closes further TCP ports of a tenant. Files that the form could not have written stay. */
export function draftPorts(tenant: string, edit: PortsEdit, facts: EditFacts): DraftedEdit {
  const parts = edit.places.map((place) => changesAt(tenant, place, facts));
  const refusals = parts.flatMap((part) => ('refusals' in part ? part.refusals : []));
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const changes = parts.flatMap((part) => ('changes' in part ? part.changes : []));
  if (changes.length === 0) return { kind: 'refused', refusals: [{ code: 'ports-same' }] };
  const deletions = changes.flatMap(({ deletion }) => deletion?.path ?? []);
  const objects = changes.flatMap(({ deletion, port }) =>
    deletion === undefined ? [] : [{ kind: 'NetworkPolicy', name: `allow-tcp-${port}`, path: deletion.path }],
  );
  return {
    kind: 'ok',
    draft: {
      kind: 'ports',
      title: formatTitle({ scope: 'tenants', area: tenant, subject: subjectOf(changes) }),
      files: changes.flatMap(({ file }) => file ?? []),
      deletions,
      figures: [],
      removals: removalsOf(deletions, objects, facts.platform),
    },
  };
}

type PlaceChanges =
  | { readonly changes: readonly PortChange[] }
  | { readonly refusals: readonly EditRefusal[] };

function changesAt(
  tenant: string,
  { cloud, folder, ports: text }: PortsEdit['places'][number],
  { policy, platform, texts }: EditFacts,
): PlaceChanges {
  const { ports, refusals } = readPorts(text);
  if (refusals.length > 0) return { refusals };
  const found = tenantFolders(tenant, texts, policy).find(
    (one) => one.cloud === cloud && one.folder === folder,
  );
  if (found === undefined) return { refusals: [{ code: 'place-gone', cloud, folder }] };
  const at = folderOf({ tenant, cloud, folder }, policy);
  const changes = portChanges(tenant, at, portPolicies(tenant, found), ports);
  const list = platform.overlays.get(at);
  if (changes.length > 0 && list !== undefined)
    return { refusals: [{ code: 'folder-listed', path: list.file }] };
  const byHand = changes.flatMap(({ file, deletion, port }) => {
    const path = `${at}/networkpolicy-allow-tcp-${port}.yaml`;
    if (deletion !== undefined) return [];
    if (file === undefined) return [path];
    const standing = holderOf(`allow-tcp-${port}`, found);
    return file.before === '' ? (standing ?? (texts.has(path) ? [path] : [])) : [];
  });
  return byHand.length > 0 ? { refusals: [{ code: 'ports-by-hand', paths: byHand }] } : { changes };
}

/** The file that holds a network policy of this name, which the form did not read as one of its own. */
function holderOf(name: string, { texts }: TenantFolder): string | undefined {
  return [...texts].find(([, text]) => {
    const file = yamlObjects(text);
    return (
      file.kind === 'read' && file.objects.some((one) => one.kind === 'NetworkPolicy' && one.name === name)
    );
  })?.[0];
}

function portChanges(
  tenant: string,
  at: string,
  stand: readonly PortPolicy[],
  wanted: readonly PortRule[],
): readonly PortChange[] {
  const ports = [...new Set([...stand, ...wanted].map(({ port }) => port))].sort((a, b) => a - b);
  return ports.flatMap((port): readonly PortChange[] => {
    const rules = wanted.filter((rule) => rule.port === port);
    const known = stand.find((one) => one.port === port);
    if (known !== undefined && rules.length === 0) return [{ verb: 'close', port, deletion: known }];
    if (known !== undefined && isSame(known.rules, rules)) return [];
    const verb = known === undefined ? 'open' : 'change';
    if (known?.isPlain === false) return [{ verb, port }];
    const written = (some: readonly PortRule[]) =>
      writeManifest(allowPortManifest({ name: tenant }, port, some));
    const path = known?.path ?? `${at}/networkpolicy-allow-tcp-${port}.yaml`;
    const before = known === undefined ? '' : written(known.rules);
    return [{ verb, port, file: { path, before, after: written(rules) } }];
  });
}

function isSame(some: readonly PortRule[], others: readonly PortRule[]): boolean {
  const key = (rules: readonly PortRule[]) => canonicalJson(rules.map(canonicalJson).sort());
  return key(some) === key(others);
}

/** `open TCP port 8080`, `close TCP ports 80, 81`; what is mixed, or much, is told by the files. */
function subjectOf(changes: readonly PortChange[]): string {
  const verbs = new Set(changes.map(({ verb }) => verb));
  const ports = [...new Set(changes.map(({ port }) => port))];
  const [verb = 'change'] = verbs;
  if (verbs.size > 1 || ports.length > 3) return 'change open TCP ports';
  return `${verb} TCP ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`;
}
