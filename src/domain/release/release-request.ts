import { z } from 'zod';
import type { CommitSha } from '../ids.ts';

/** What is typed into the release form, as it stands there. */
export const releaseValuesSchema = z.object({
  version: z.string().max(200),
  introduction: z.string().max(3000),
  /** Numbers of pull requests that the notes leave out. */
  leftOut: z.array(z.number().int().positive()).max(1000),
});

export type ReleaseValues = Readonly<z.output<typeof releaseValuesSchema>>;

/** The most characters of an introduction; Slack gives a text field 3,000. */
export const longestIntroduction = 3000;

/** What a person saw before pressing the button: that, and nothing newer, is released. */
export interface ShownRelease {
  /** The commit to be tagged. */
  readonly commit: CommitSha;
  /** The tag that the notes go on from; undefined for the first release. */
  readonly previous?: string | undefined;
  /** What that tag pointed to then. */
  readonly previousCommit?: CommitSha | undefined;
}
