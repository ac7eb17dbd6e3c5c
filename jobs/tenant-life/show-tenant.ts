import { arrivals } from '../../src/domain/arrival.ts';
import { parseTitle } from '../../src/domain/convention.ts';
import { draftEdit } from '../../src/domain/tenant-life/draft-edit.ts';
import { sizeNameOf } from '../../src/domain/tenant-life/size-name.ts';
import type { TenantEdit } from '../../src/domain/tenant-life/tenant-edit.ts';
import {
  type FolderStanding,
  quotasOf,
  tenantStanding,
} from '../../src/domain/tenant-life/tenant-standing.ts';
import { type TenantFolder, tenantFolders } from '../../src/domain/tenant-life/tenant-texts.ts';
import { PermanentError } from '../../src/errors.ts';
import { editPreview, editRefused } from '../../src/views/tenant/edit-preview.ts';
import { portsForm } from '../../src/views/tenant/ports-form.ts';
import { resizeForm } from '../../src/views/tenant/resize-form.ts';
import { tenantUnavailable, tenantView } from '../../src/views/tenant/tenant-view.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { freshPlatform, type KnownPlatform } from '../known-platform.ts';
import { showInView } from '../show-in-view.ts';
import { mayEdit } from './may-edit.ts';
import { type ShowTenantPayload, showTenantPayload } from './payloads.ts';
import { readEditFacts } from './read-edit-facts.ts';

/** Draws a tenant, the form of a change, or what a change would bring, into the view that a person opened. */
export function showTenant(deps: JobDeps): Job {
  return job({
    name: 'show-tenant',
    queue: 'intents',
    schema: showTenantPayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload),
        instead: (error) =>
          tenantUnavailable(
            error instanceof PermanentError ? { kind: 'failed', code: error.code } : { kind: 'github-away' },
          ),
      }),
  });
}

type Known = Extract<KnownPlatform, { kind: 'ok' }>;

async function draw(deps: JobDeps, payload: ShowTenantPayload): Promise<object> {
  const { repo, askedBy, name, what } = payload;
  if (!(await authorise(deps.people, 'members', askedBy))) return tenantUnavailable({ kind: 'not-allowed' });
  const known = await freshPlatform(deps, repo);
  if (known.kind === 'invalid')
    return tenantUnavailable({ kind: 'policy-invalid', problems: known.problems });
  const tenants = [...new Set(known.platform.tenants.map(({ tenant }) => tenant))].sort();
  if (!tenants.includes(name)) return tenantUnavailable({ kind: 'unknown', name, known: tenants });
  if (what.kind === 'preview') return drawPreview(deps, payload, known, what.edit);
  const { texts } = await readEditFacts(deps, repo, known.commit, name);
  const { policy } = known;
  const folders = tenantFolders(name, texts, policy);
  const standing = tenantStanding(folders, policy);
  const about = { repo, name };
  if (what.kind === 'ports-form') {
    const open = folders.filter((folder) => hasPolicies(folder, standing));
    return open.length > 0 ? portsForm(about, policy, open) : tenantUnavailable({ kind: 'no-policies' });
  }
  if (what.kind === 'resize-form') {
    const quotas = quotasOf(standing);
    if (quotas.length > 0)
      return resizeForm(about, policy, quotas, quotas[0] && sizeNameOf(quotas[0].compute, policy));
    return editRefused(
      standing.flatMap(({ quota, cloud, folder }) => ('code' in quota ? [{ ...quota, cloud, folder }] : [])),
    );
  }
  return tenantView({
    about,
    shared: policy.layout.shared,
    standing,
    sizeOf: (compute) => sizeNameOf(compute, policy),
    openPulls: pullsAbout(name, known),
  });
}

function hasPolicies(folder: TenantFolder, standing: readonly FolderStanding[]): boolean {
  return standing.some(
    (one) =>
      one.cloud === folder.cloud &&
      one.folder === folder.folder &&
      one.objects.some(({ kind }) => kind === 'NetworkPolicy'),
  );
}

async function drawPreview(
  deps: JobDeps,
  { repo, askedBy, name }: ShowTenantPayload,
  known: Known,
  edit: TenantEdit,
): Promise<object> {
  if (!(await mayEdit(deps, known.policy, edit.kind, { repo, name, askedBy })))
    return tenantUnavailable({ kind: 'may-not-change' });
  const facts = await readEditFacts(deps, repo, known.commit, name);
  const drafted = draftEdit(name, edit, facts);
  if (drafted.kind === 'refused') return editRefused(drafted.refusals);
  const paths = drafted.draft.files.map(({ path }) => path);
  return editPreview({
    about: { repo, name, edit },
    draft: drafted.draft,
    arrivals: arrivals(paths, facts.platform),
    openPulls: pullsAbout(name, known),
  });
}

function pullsAbout(name: string, { openPulls }: Known): Known['openPulls'] {
  return openPulls.filter(({ title }) => {
    const parsed = parseTitle(title);
    return parsed?.scope === 'tenants' && parsed.area === name;
  });
}
