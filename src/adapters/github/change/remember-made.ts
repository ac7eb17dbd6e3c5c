import type { PromotionPull } from '../../../../jobs/change/change-ports.ts';
import type { CommitSha } from '../../../domain/ids.ts';
import { blobOid } from '../ledger/ledger-keys.ts';
import type { RepositoryMemory } from '../repository-memory.ts';

/** A commit that we have just made holds what the one below it holds, save the one file: nobody need ask for it. */
export function rememberMade(
  { commits, texts }: RepositoryMemory,
  { repo, onTopOf, file }: PromotionPull,
  commit: CommitSha,
): void {
  const before = commits.get(repo, onTopOf);
  const old = before?.find(({ path }) => path === file.path);
  if (before === undefined || old === undefined || old.isLink) return;
  const oid = blobOid(file.content, old.oid.length === 64 ? 64 : 40);
  const made = { ...old, oid, bytes: Buffer.byteLength(file.content) };
  commits.put(
    repo,
    commit,
    before.map((each) => (each === old ? made : each)),
  );
  texts.put(oid, file.content);
}
