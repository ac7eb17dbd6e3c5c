/** `v0.0.3@sha1:29bea00…` as `v0.0.3 29bea00`. */
export function shortRevision(revision: string): string {
  const [, name = '', sha = ''] = /^(?:(.*)@)?sha1:([0-9a-f]{7})/.exec(revision) ?? [];
  return sha === '' ? revision || 'nothing yet' : `${name} ${sha}`.trim();
}
