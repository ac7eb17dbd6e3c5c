import type { Platform, PlatformFiles } from './platform.ts';
import { type ParsedPolicy, type Policy, parsePolicy, policyPath } from './policy.ts';
import { readPlatform } from './read-platform.ts';

/** What a platform repository's files mean. */
export type Understanding =
  | { readonly kind: 'ok'; readonly policy: Policy; readonly platform: Platform }
  | Extract<ParsedPolicy, { kind: 'invalid' }>;

const understood = new WeakMap<PlatformFiles, Understanding>();

/**
 * Reads policy and platform from a repository's files. Remembered per `files` object: every click on a form asks for
 * it, and the files of one snapshot never change.
 */
export function understand(files: PlatformFiles): Understanding {
  const known = understood.get(files);
  if (known) return known;
  const parsed = parsePolicy(files.texts.get(policyPath));
  const result: Understanding =
    parsed.kind === 'ok' ? { ...parsed, platform: readPlatform(files, parsed.policy) } : parsed;
  understood.set(files, result);
  return result;
}
