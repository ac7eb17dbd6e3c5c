import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { formatTitle } from '../convention.ts';
import { isBelow, isRemote, normalisePath } from '../platform/layout.ts';
import type { Overlay } from '../platform.ts';
import type { DraftedEdit, EditFacts, OffboardingRefusal } from './edit-draft.ts';
import { removalsOf } from './removals.ts';
import type { EditedFile } from './resize.ts';
import { type Splice, splice } from './splice.ts';
import { tenantStanding } from './tenant-standing.ts';
import { folderOf, tenantFolders } from './tenant-texts.ts';

/** What keeps a folder in git that Flux applies: it deletes nothing while the folder itself is missing. */
const keptFile = '.gitkeep';
const keptText = 'Flux fails without this folder, and then deletes nothing.\n';

/**
 * Takes a tenant out of the repository: deletes its files and what lists them.
 *
 * A folder that a Kustomization applies is kept, with one file in it where it would be empty, for Flux prunes nothing
 * when the path is gone: https://github.com/fluxcd/flux2/issues/2660
 */
export function draftOffboarding(tenant: string, facts: EditFacts): DraftedEdit {
  const { platform, policy, paths, texts } = facts;
  const places = platform.tenants.filter((place) => place.tenant === tenant);
  const folders = places.map((place) => folderOf(place, policy));
  const isOurs = (path: string) => folders.some((folder) => path === folder || isBelow(path, folder));
  const deletions = paths.filter(isOurs);
  const standing = tenantStanding(tenantFolders(tenant, texts, policy), policy);
  const unreadable = [
    ...standing.flatMap((one) => one.unreadable),
    ...deletions.filter((path) => /\.ya?ml$/.test(path) && !texts.has(path)),
  ];
  if (unreadable.length > 0) return refused({ code: 'tenant-unreadable', paths: unreadable });
  const lists = [...platform.overlays]
    .filter(([folder]) => !isOurs(folder))
    .map(([folder, overlay]) => unlist(folder, overlay, isOurs, texts));
  const referring = [
    ...lists.flatMap((list) => (list.kind === 'stays' ? [list.path] : [])),
    ...platform.kustomizations
      .filter(({ applies, file }) => isOurs(applies) && !isOurs(file))
      .map(({ file }) => file),
  ];
  if (referring.length > 0)
    return refused({ code: 'still-referenced', paths: [...new Set(referring)].sort() });
  const clouds = [...new Set(places.map(({ cloud }) => cloud))].sort();
  const subject = `offboarding namespace from ${clouds.join(', ')}`;
  return {
    kind: 'ok',
    draft: {
      kind: 'offboard',
      title: formatTitle({ scope: 'tenants', area: tenant, subject }),
      files: [
        ...lists.flatMap((list) => (list.kind === 'edited' ? [list.file] : [])),
        ...kept(facts, isOurs),
      ],
      deletions,
      figures: [],
      removals: removalsOf(
        deletions,
        standing.flatMap(({ objects }) => objects),
        platform,
      ),
    },
  };
}

function refused(refusal: OffboardingRefusal): DraftedEdit {
  return { kind: 'refused', refusals: [refusal] };
}

type Unlisted =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'edited'; readonly file: EditedFile }
  | { readonly kind: 'stays'; readonly path: string };

/** Takes the tenant out of a kustomization file's lists, where it stands in them as one line each. */
function unlist(
  folder: string,
  { file: path, listed, mentions }: Overlay,
  isOurs: (path: string) => boolean,
  texts: ReadonlyMap<string, string>,
): Unlisted {
  const names = (resource: string) => {
    const at = isRemote(resource) ? undefined : normalisePath(resource, folder);
    return at !== undefined && isOurs(at);
  };
  const named = listed.filter(names);
  if (named.length === 0 && !mentions.some(names)) return { kind: 'untouched' };
  const before = texts.get(path);
  const isMoreThanListed = mentions.some((text) => names(text) && !named.includes(text));
  // An empty list makes kustomize fail.
  if (before === undefined || isMoreThanListed || named.length === listed.length)
    return { kind: 'stays', path };
  const splices = itemLines(before, names);
  if (splices.length !== named.length) return { kind: 'stays', path };
  return { kind: 'edited', file: { path, before, after: splice(before, splices) } };
}

function itemLines(text: string, isWanted: (resource: string) => boolean): readonly Splice[] {
  const [document] = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' });
  const root = document && 'contents' in document ? document.contents : undefined;
  if (!isMap(root)) return [];
  return ['resources', 'bases', 'components'].flatMap((key) => {
    const list = root.get(key, true);
    if (!isSeq(list) || list.flow === true) return [];
    const wanted = list.items.filter((item) => isScalar(item) && isWanted(String(item.value)));
    // A list that this would leave without an item has to be taken out by hand.
    if (wanted.length === list.items.length) return [];
    return wanted.flatMap((item) => (isScalar(item) && item.range ? [lineAround(text, item.range[0])] : []));
  });
}

function lineAround(text: string, at: number): Splice {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  // The last line of a text without a line end takes the one before it along.
  if (end < 0)
    return {
      start: Math.max(0, text[start - 2] === '\r' ? start - 2 : start - 1),
      end: text.length,
      text: '',
    };
  return { start, end: end + 1, text: '' };
}

function kept({ platform, paths }: EditFacts, isOurs: (path: string) => boolean): readonly EditedFile[] {
  const applied = new Set(platform.kustomizations.map(({ applies }) => applies));
  return [...applied]
    .filter((folder) => {
      const within = paths.filter((path) => isBelow(path, folder));
      return within.length > 0 && within.every(isOurs);
    })
    .sort()
    .map((folder) => ({ path: `${folder}/${keptFile}`, before: '', after: keptText }));
}
