import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { PolicyProblem } from '../../domain/policy/problems.ts';
import type { QuotaRefusal } from '../../domain/tenant-life/compute-quota.ts';
import type { FolderStanding } from '../../domain/tenant-life/tenant-standing.ts';
import type { ComputeQuota } from '../../domain/tenant-request.ts';
import { clip } from '../clip.ts';
import { failureText } from '../failure-text.ts';
import { someOf } from '../listing.ts';
import { noteView, policyText } from '../note-view.ts';
import { safeLink } from '../release/safe-link.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { plain } from '../slack-text.ts';
import { placeText } from './place-text.ts';
import { renameWords } from './removal-text.ts';
import { offboardAction, portsAction, resizeAction, type TenantAbout } from './tenant-actions.ts';

export const tenantTitle = 'Tenant';
const mostFolders = 20;
const mostAccess = 5;
const mostPulls = 20;

export interface TenantView {
  readonly about: TenantAbout;
  /** The name of the layout's shared folder. */
  readonly shared: string;
  readonly standing: readonly FolderStanding[];
  /** Name of the policy's size that a folder's quota is, where it is one. */
  sizeOf(compute: Partial<ComputeQuota>): string | undefined;
  readonly openPulls: readonly { readonly number: number; readonly url: string; readonly title: string }[];
}

/** Why a tenant, or a change of it, cannot be shown. */
export type TenantUnavailable =
  | { readonly kind: 'policy-invalid'; readonly problems: readonly PolicyProblem[] }
  | { readonly kind: 'no-name' | 'which-repository'; readonly repos: readonly string[] }
  | { readonly kind: 'unknown'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'failed'; readonly code: string }
  | {
      readonly kind:
        | 'not-allowed'
        | 'may-not-change'
        | 'queue-away'
        | 'github-away'
        | 'stray'
        | 'no-policies';
    };

/** What stands while a tenant's files are read. */
export function tenantLoading(): ModalView {
  return noteView(tenantTitle, 'One moment: reading what the tenant has…');
}

/** What stands in its place when it cannot be shown. */
export function tenantUnavailable(why: TenantUnavailable): ModalView {
  return noteView(tenantTitle, unavailableText(why));
}

function unavailableText(why: TenantUnavailable): string {
  switch (why.kind) {
    case 'policy-invalid':
      return policyText(why.problems, 'no tenant can be shown');
    case 'no-name':
      return `Please say which tenant: /trunkline tenant name${why.repos.length > 1 ? ` owner/name, the platform being one of ${someOf(why.repos, 10)}` : ''}.`;
    case 'which-repository':
      return `Please say which platform: /trunkline tenant name followed by ${someOf(why.repos, 10)}.`;
    case 'unknown':
      return `The repository has no tenant ${clip(why.name, 63)}. ${why.known.length === 0 ? 'It has none at all.' : `It has ${someOf(why.known, 30)}.`} A new one is asked for with /onboard-tenant.`;
    case 'failed':
      return failureText(why.code);
    case 'not-allowed':
      return 'Guests cannot see tenants. Please ask a full member.';
    case 'may-not-change':
      return 'You may not change this tenant. Whoever asked for it may, and whoever the policy names; please ask them or the platform team.';
    case 'queue-away':
      return 'Trunkline cannot answer just now. Nothing was sent. Please try again in a minute.';
    case 'github-away':
      return 'GitHub does not answer just now. Please try again in a minute.';
    case 'no-policies':
      return 'No file of this tenant holds a network policy, so nothing is closed that a port could open. Please change that in a pull request of your own.';
    case 'stray':
      return 'This button or form is not one that Trunkline can read. Please start again with /trunkline tenant.';
  }
}

/** What a tenant has in every cloud and environment, what is under way, and what can be done. */
export function tenantView(view: TenantView): ModalView {
  const more = view.standing.length - mostFolders;
  return {
    type: 'modal',
    title: plain(tenantTitle),
    close: plain('Close'),
    notify_on_close: false,
    private_metadata: JSON.stringify(view.about),
    blocks: [
      { type: 'header', text: plain(view.about.name, 150) },
      ...view.standing.slice(0, mostFolders).map((one) => folderBlock(one, view)),
      ...(more > 0 ? [richText(line(words(`and ${more} more folders`)))] : []),
      ...pullBlocks(view.openPulls),
      {
        type: 'actions',
        elements: [
          button('Change size', resizeAction, view),
          button('Change ports', portsAction, view),
          button('Offboard', offboardAction, view),
        ],
      },
      { type: 'context', elements: [plain(renameWords, 2000)] },
    ],
  };
}

function button(text: string, action: string, { about }: TenantView): Button {
  return { type: 'button', action_id: action, text: plain(text, 75), value: JSON.stringify(about) };
}

function folderBlock(standing: FolderStanding, { shared, sizeOf }: TenantView): KnownBlock {
  const { quota, access, objects, unreadable } = standing;
  const kinds = Map.groupBy(objects, ({ kind }) => kind);
  const held = [...kinds].map(([kind, all]) =>
    all.length === 1 ? clip(kind, 60) : `${all.length} ${clip(kind, 60)}`,
  );
  return richText(
    line(words(placeText(standing, shared), { bold: true })),
    bullets([
      ...('code' in quota
        ? quota.code === 'quota-missing'
          ? []
          : [line(words(`Quota: ${quotaFault[quota.code]}`))]
        : [line(words(`Quota: ${computeText(quota.compute, sizeOf(quota.compute))}`))]),
      ...access.slice(0, mostAccess).map(({ role, groups }) =>
        line(
          words(
            `Access: ${clip(role, 80)}${
              groups.length > 0
                ? ` for ${someOf(
                    groups.map((group) => clip(group, 80)),
                    5,
                  )}`
                : ''
            }`,
          ),
        ),
      ),
      line(words(`Holds ${held.length === 0 ? 'nothing that can be read' : someOf(held, 12)}.`)),
      ...(unreadable.length > 0
        ? [
            line(
              words(
                `⚠️ Not sound YAML: ${someOf(
                  unreadable.map((path) => clip(path, 120)),
                  5,
                )}`,
              ),
            ),
          ]
        : []),
    ]),
  );
}

const quotaFault = {
  'quota-twice': 'several files name it',
  'quota-by-hand': 'written in a way that only a person can change',
  'file-unreadable': 'a file is not sound YAML',
} as const satisfies Record<Exclude<QuotaRefusal['code'], 'quota-missing'>, string>;

function computeText(compute: Partial<ComputeQuota>, size: string | undefined): string {
  const { requestsCpu = 'any', limitsCpu = 'any', requestsMemory = 'any', limitsMemory = 'any' } = compute;
  const figures = `CPU ${clip(requestsCpu, 30)}, at most ${clip(limitsCpu, 30)}; memory ${clip(requestsMemory, 30)}, at most ${clip(limitsMemory, 30)}`;
  return size === undefined ? figures : `${size} (${figures})`;
}

function pullBlocks(pulls: TenantView['openPulls']): readonly KnownBlock[] {
  if (pulls.length === 0) return [richText(line(words('No open pull request is about it.')))];
  const lines = pulls
    .slice(0, mostPulls)
    .map(({ number, url, title }) => line(safeLink(url, `#${number}`), words(` ${clip(title, 250)}`)));
  return [richText(line(words('Open pull requests about it', { bold: true })), bullets(lines))];
}
