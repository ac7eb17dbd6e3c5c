import type { DeclaredObject } from '../platform/documents.ts';

/** Kinds of Kubernetes itself that stand in no namespace. */
const clusterScoped = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'ComponentStatus',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'IPAddress',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

/** Whether a kind is one of Kubernetes itself that stands in no namespace. */
export function isClusterScoped(kind: string): boolean {
  return clusterScoped.has(kind);
}

/** What makes an object the same one from version to version: its group, not that group's version. */
export interface Identity {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** All of that in one text. */
  readonly key: string;
}

/** @param targetNamespace of the Kustomization that applies it; it wins over what the file says. */
export function identityOf(
  { apiVersion, kind, metadata }: DeclaredObject,
  targetNamespace: string | undefined,
): Identity {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const isWide = clusterScoped.has(kind);
  const namespace = isWide ? undefined : (targetNamespace ?? metadata.namespace);
  const place = isWide ? '' : (namespace ?? 'default');
  return { group, kind, namespace, name: metadata.name, key: `${group}/${kind}/${place}/${metadata.name}` };
}
