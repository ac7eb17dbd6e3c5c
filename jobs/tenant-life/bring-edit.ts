import { arrivals } from '../../src/domain/arrival.ts';
import { formatTrailers } from '../../src/domain/convention.ts';
import { draftEdit } from '../../src/domain/tenant-life/draft-edit.ts';
import type { EditDraft } from '../../src/domain/tenant-life/edit-draft.ts';
import { editBody } from '../../src/views/tenant/edit-body.ts';
import type { EditEnd } from '../../src/views/tenant/edit-news.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import { type Content, release, type Settled, settle, type Wanted, write } from '../onboard/open-request.ts';
import type { OpenedRequest } from '../onboard/request-news.ts';
import type { Person } from '../ports.ts';
import type { EditTenantPayload } from './payloads.ts';
import { readEditFacts } from './read-edit-facts.ts';

export interface BringingEdit {
  readonly payload: EditTenantPayload;
  readonly person: Person;
  /** The second person, where one had to confirm. */
  readonly confirmedBy: Person | undefined;
}

export type EditOutcome = OpenedRequest<EditDraft> | EditEnd;

/** Brings a change of a tenant to a pull request that stands, or finds why it cannot. */
export async function bringEdit(deps: JobDeps, bringing: BringingEdit): Promise<EditOutcome> {
  const { payload } = bringing;
  const settled = await settle(deps.github, wantedEdit(payload), undefined);
  const outcome = await conclude(deps, bringing, settled);
  const pull = outcome.kind === 'opened' ? outcome.pull : undefined;
  await release(deps.github, payload.repo, settled.reserved, pull);
  return outcome;
}

/** Every change has branches of its own, so that a tenant can have any number of them. */
export function wantedEdit({ repo, requestId, name, edit }: EditTenantPayload): Wanted {
  return { repo, requestId, name: `${name}-${edit.kind}-${requestId.slice(-8)}` };
}

async function conclude(
  deps: JobDeps,
  bringing: BringingEdit,
  { facts, decision }: Settled,
): Promise<EditOutcome> {
  const { payload } = bringing;
  const { repo, name, edit } = payload;
  if (decision.kind === 'refuse') return { kind: 'failed', code: decision.code };
  // The texts are those of the commit that is written upon: nothing that came in between is undone.
  const isWritten = decision.kind === 'stands' || decision.missing === 'pull-request';
  const at = await readEditFacts(deps, repo, isWritten ? facts.base : decision.head, name);
  const known: Understood = { kind: 'ok', policy: at.policy, platform: at.platform };
  const drafted = draftEdit(name, edit, at);
  if (decision.kind === 'stands') {
    const draft = drafted.kind === 'ok' ? drafted.draft : undefined;
    return { kind: 'opened', pull: decision.pull, draft, known };
  }
  if (drafted.kind === 'refused') return drafted;
  const content = contentOf(bringing, drafted.draft, known);
  const pull = await write(deps, wantedEdit(payload), facts, decision, content);
  return { kind: 'opened', pull, draft: drafted.draft, known };
}

function contentOf(
  { payload, person, confirmedBy }: BringingEdit,
  draft: EditDraft,
  { platform }: Understood,
): Content {
  const { name, requestId, askedBy } = payload;
  const trailers = { requestId, requestedBy: { slackId: askedBy, name: person.name } };
  const paths = draft.files.map(({ path }) => path);
  return {
    title: draft.title,
    body: editBody({
      tenant: name,
      draft,
      arrivals: arrivals(paths, platform),
      trailers,
      confirmedBy: confirmedBy?.name,
    }),
    trailers: formatTrailers(trailers),
    files: draft.files.map(({ path, after }) => ({ path, content: after })),
    deletions: draft.deletions,
  };
}
