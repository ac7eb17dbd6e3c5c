/** What a node id can name; `key` is the number, the database id, the login, the slug or the object id. */
export type NodeKind = keyof typeof prefixes;

const prefixes = {
  User: 'U',
  Bot: 'BOT',
  Organization: 'O',
  Team: 'T',
  App: 'A',
  Integration: 'I',
  Installation: 'MDIz',
  Repository: 'R',
  Ref: 'REF',
  Commit: 'C',
  Tree: 'TR',
  Blob: 'B',
  Tag: 'TA',
  /** Key: number. */
  PullRequest: 'PR',
  /** Key: number. */
  Issue: 'ISS',
  /** Key: database id, as for all that follow. */
  IssueComment: 'IC',
  PullRequestReview: 'PRR',
  Label: 'LA',
  CheckRun: 'CR',
  CheckSuite: 'CS',
  StatusContext: 'SC',
  Release: 'RE',
  Deployment: 'DE',
  DeploymentStatus: 'DES',
  Ruleset: 'RRS',
  MergeQueueEntry: 'MQE',
  Milestone: 'MI',
} as const;

export interface NodeName {
  readonly kind: NodeKind;
  readonly key: string;
}

export function nodeIdOf(kind: NodeKind, key: string | number): string {
  return `${prefixes[kind]}_${Buffer.from(`${kind}:${key}`).toString('base64url')}`;
}

/** What a node id names, whether or not it exists; undefined when it is no id of ours. */
export function nodeNameOf(nodeId: string): NodeName | undefined {
  const encoded = nodeId.slice(nodeId.indexOf('_') + 1);
  const [kind, ...rest] = Buffer.from(encoded, 'base64url').toString('utf8').split(':');
  if (!isNodeKind(kind) || nodeIdOf(kind, rest.join(':')) !== nodeId) return undefined;
  return { kind, key: rest.join(':') };
}

function isNodeKind(kind: string | undefined): kind is NodeKind {
  return kind !== undefined && Object.hasOwn(prefixes, kind);
}
