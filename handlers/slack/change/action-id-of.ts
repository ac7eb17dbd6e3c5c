import { createHash } from 'node:crypto';

/**
 * Names one deed of one person: the same click, form or command gives the same name however often Slack delivers it.
 *
 * @param kind what was done, in lower case with hyphens.
 * @param parts all that tells it from other deeds of that kind.
 */
export function actionIdOf(kind: string, ...parts: readonly (string | number)[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest('hex');
  return `${kind}-${digest.slice(0, 32)}`;
}
