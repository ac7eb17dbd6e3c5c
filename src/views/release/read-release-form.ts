import { z } from 'zod';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import {
  longestIntroduction,
  type ReleaseValues,
  releaseValuesSchema,
  type ShownRelease,
} from '../../domain/release/release-request.ts';
import { fieldsOf } from '../form-state.ts';

/** What stands in the form; `upTo` where it asked which of two commits is to be released. */
export type ReleaseFormValues = ReleaseValues & { readonly upTo?: CommitSha };

/**
 * Reads what was put into the form.
 * @param viewState `view.state` as Slack sends it.
 * @throws when it is not the state of the form.
 */
export function readReleaseForm(viewState: unknown): ReleaseFormValues {
  const fields = fieldsOf(viewState);
  const upTo = fields.get('upTo')?.selected_option?.value;
  const values = releaseValuesSchema.parse({
    version: fields.get('version')?.value ?? '',
    // Slack counts some characters otherwise than we do.
    introduction: (fields.get('introduction')?.value ?? '').slice(0, longestIntroduction),
    leftOut: (fields.get('leftOut')?.selected_options ?? []).map(({ value }) => Number(value)),
  });
  return upTo === undefined ? values : { ...values, upTo: shaSchema.parse(upTo) };
}

const shaSchema = z.custom<CommitSha>((text) => typeof text === 'string' && /^[0-9a-f]{40,64}$/.test(text));
const repoSchema = z.custom<RepoName>(
  (text) => typeof text === 'string' && text.length <= 200 && /^[^/\s]+\/[^/\s]+$/.test(text),
);

const metadataSchema = z.object({
  repo: repoSchema,
  shown: z.object({
    commit: shaSchema,
    previous: z.string().max(300).optional(),
    previousCommit: shaSchema.optional(),
  }),
  proposed: z.string().max(300),
  prefix: z.string().max(40),
  tags: z.array(z.object({ name: z.string().max(300) })).max(50),
  released: z.array(z.string().max(300)).max(50),
});

/** What a form keeps of what it shows, for whoever receives it. */
export interface ReleaseMetadata {
  readonly repo: RepoName;
  readonly shown: ShownRelease;
  /** The tag that was proposed. */
  readonly proposed: string;
  /** What stands before the version in a tag. */
  readonly prefix: string;
  /** The last version's tag, and what stands above it. */
  readonly tags: readonly { readonly name: string }[];
  /** Those that a release or a draft stands for. */
  readonly released: readonly string[];
}

// https://docs.slack.dev/reference/views/modal-views
const longestMetadata = 3000;
const mostOfLongTags = 5;

/** As text for `private_metadata`. Of tags too long for it the first few stay; cutting a release looks at all of them. */
export function packReleaseMetadata(metadata: ReleaseMetadata): string {
  const whole = JSON.stringify(metadata);
  if (whole.length <= longestMetadata) return whole;
  const [tags, released] = [
    metadata.tags.slice(0, mostOfLongTags),
    metadata.released.slice(0, mostOfLongTags),
  ];
  return JSON.stringify({ ...metadata, tags, released });
}

/** @throws when the text is not of a release form. */
export function readReleaseMetadata(text: string): ReleaseMetadata {
  return metadataSchema.parse(JSON.parse(text));
}
