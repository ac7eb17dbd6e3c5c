import { conditionOf } from '../flux/conditions.ts';
import { below, type Fields, type KubeObject } from '../objects.ts';
import type { Plural } from '../resources.ts';

interface Column {
  readonly name: string;
  cell(object: KubeObject): string;
}

/** Whether the client wants to be told in columns, as `kubectl get` does. */
export function wantsTable(accept: string | undefined): boolean {
  return /\bas=Table\b/.test(accept ?? '');
}

/** Objects as rows with the columns that their definition names; a client needs no schema to print them. */
export function table(
  plural: Plural,
  objects: readonly KubeObject[],
  metadata: unknown,
  now: number,
): Fields {
  const columns = [NAME, ...COLUMNS[plural], age(now)];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name }, at) => ({
      name,
      type: 'string',
      format: at === 0 ? 'name' : '',
      description: name,
      priority: 0,
    })),
    rows: objects.map((object) => ({
      cells: columns.map(({ cell }) => cell(object)),
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
    })),
  };
}

const NAME: Column = { name: 'Name', cell: ({ metadata }) => metadata.name };

const FLUX: readonly Column[] = [
  { name: 'Ready', cell: (object) => conditionOf(object, 'Ready')?.status ?? '' },
  { name: 'Status', cell: (object) => conditionOf(object, 'Ready')?.message ?? '' },
];

const COLUMNS: Readonly<Record<Plural, readonly Column[]>> = {
  kustomizations: FLUX,
  gitrepositories: [{ name: 'URL', cell: ({ spec }) => text(spec, 'url') }, ...FLUX],
  helmreleases: FLUX,
  clusters: [
    { name: 'Available', cell: (object) => conditionOf(object, 'Available')?.status ?? '' },
    { name: 'Phase', cell: ({ status }) => text(status, 'phase') },
  ],
  clusterdeployments: [{ name: 'PowerState', cell: ({ status }) => text(status, 'powerState') }],
  namespaces: [{ name: 'Status', cell: ({ status }) => text(status, 'phase') }],
  events: [
    { name: 'Type', cell: (object) => text(object, 'type') },
    { name: 'Reason', cell: (object) => text(object, 'reason') },
    {
      name: 'Object',
      cell: (object) => {
        const about = below(object, 'involvedObject');
        return `${text(about, 'kind').toLowerCase()}/${text(about, 'name')}`;
      },
    },
    { name: 'Message', cell: (object) => text(object, 'message') },
  ],
};

function text(fields: Fields | undefined, name: string): string {
  const value = fields?.[name];
  return typeof value === 'string' ? value : '';
}

function age(now: number): Column {
  return {
    name: 'Age',
    cell: ({ metadata }) => {
      const seconds = Math.max(0, Math.round((now - Date.parse(metadata.creationTimestamp)) / 1_000));
      if (seconds < 120) return `${seconds}s`;
      if (seconds < 7_200) return `${Math.floor(seconds / 60)}m`;
      return seconds < 172_800 ? `${Math.floor(seconds / 3_600)}h` : `${Math.floor(seconds / 86_400)}d`;
    },
  };
}
