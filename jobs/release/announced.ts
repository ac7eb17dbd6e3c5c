import { z } from 'zod';
import type { RepoName } from '../../src/domain/ids.ts';
import type { ReleaseHead } from '../../src/domain/release/release-facts.ts';
import type { Marks } from '../ports.ts';
import { announcedMark } from './keys.ts';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** As many as the pulse shows: one that is older cannot be missed there. */
const MOST = 20;

const shape = z.array(
  z.object({
    id: z.number(),
    tag: z.string(),
    url: z.string(),
    publishedAt: z.string(),
    /** How many messages of its thread. */
    parts: z.number(),
    /** Channels of the teams that were told. */
    teams: z.array(z.string()),
  }),
);

/** A release whose announcement stands. */
export type Announced = Readonly<z.output<typeof shape>[number]>;

/** The releases that stand announced, as far as is remembered; forgotten ones are found by their messages' keys. */
export async function readAnnounced(
  marks: Pick<Marks, 'get'>,
  repo: RepoName,
): Promise<readonly Announced[]> {
  const text = await marks.get(announcedMark(repo));
  const parsed = shape.safeParse(text === undefined ? [] : JSON.parse(text));
  return parsed.success ? parsed.data : [];
}

/** Remembers that a release stands announced, with how much of it stands where. */
export async function rememberAnnounced(marks: Marks, repo: RepoName, announced: Announced): Promise<void> {
  const others = (await readAnnounced(marks, repo)).filter(({ id }) => id !== announced.id);
  const all = [...others, announced].toSorted((a, b) => a.publishedAt.localeCompare(b.publishedAt));
  await marks.put(announcedMark(repo), JSON.stringify(all.slice(-MOST)), KEPT_MS);
}

export async function forgetAnnounced(marks: Marks, repo: RepoName, id: number): Promise<void> {
  const others = (await readAnnounced(marks, repo)).filter((each) => each.id !== id);
  await marks.put(announcedMark(repo), JSON.stringify(others), KEPT_MS);
}

/** Announced releases that GitHub's list of the newest ones should show and does not, so that they may be gone. */
export function missing(
  announced: readonly Announced[],
  listed: readonly Pick<ReleaseHead, 'id' | 'publishedAt'>[],
): readonly Announced[] {
  const oldest =
    listed.length < MOST ? '' : (listed.flatMap(({ publishedAt }) => publishedAt ?? []).toSorted()[0] ?? '');
  return announced.filter(
    ({ id, publishedAt }) => publishedAt > oldest && !listed.some((each) => each.id === id),
  );
}
