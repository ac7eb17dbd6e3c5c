import { z } from 'zod';
import type { ReleasePlan } from '../../../jobs/release/release-ports.ts';
import { AmbiguousWriteError, PermanentError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';

type Published =
  | { readonly kind: 'published'; readonly id: number; readonly url: string }
  | { readonly kind: 'exists' };

const shape = z.object({ id: z.number().int(), html_url: z.url() });

const refusal = z.object({
  message: z.string().catch(''),
  errors: z
    .array(
      z
        .object({ code: z.string().catch(''), message: z.string().catch('') })
        .catch({ code: '', message: '' }),
    )
    .catch([]),
});

/**
 * Publishes a release on a tag that stands. Which release is the latest GitHub decides by version, so that one of an
 * older line does not become it.
 * @see https://docs.github.com/rest/releases/releases#create-a-release
 */
export async function publishRelease({ client }: GitHubContext, plan: ReleasePlan): Promise<Published> {
  const { repo, tag, commit, body, isPrerelease } = plan;
  const what = `publish release ${tag} of ${repo}`;
  const { owner, name } = ownerAndName(repo);
  const parameters = {
    owner,
    repo: name,
    tag_name: tag,
    target_commitish: commit,
    name: tag,
    body,
    draft: false,
    prerelease: isPrerelease,
    make_latest: 'legacy',
  };
  const answer = await client.post(repo, what, '/repos/{owner}/{repo}/releases', parameters, [422]);
  if (answer.status === 422) return readRefusal(what, answer.data);
  const read = shape.safeParse(answer.data);
  if (read.success) return { kind: 'published', id: read.data.id, url: read.data.html_url };
  // It was done all the same; a later look reads it.
  throw new AmbiguousWriteError(`failed to ${what}: unexpected answer`, { cause: read.error });
}

function readRefusal(what: string, data: unknown): Published {
  const { message, errors } = refusal.catch({ message: '', errors: [] }).parse(data);
  if (errors.some(({ code }) => code === 'already_exists')) return { kind: 'exists' };
  const why = [message, ...errors.map((each) => each.message || each.code)].filter((text) => text !== '');
  throw new PermanentError('refused', `failed to ${what}: GitHub refused (${why.join('; ').slice(0, 300)})`);
}
