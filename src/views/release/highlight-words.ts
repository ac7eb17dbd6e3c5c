import type { EffectsSummary } from '../../domain/effects/summarise.ts';
import { canonicalJson } from '../../domain/platform/canonical.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import { placesText } from './when-words.ts';

type Highlight = EffectsSummary['highlights'][number];
type What = Highlight['what'];
type Change = Highlight['object']['change'];

/** Of one object, and of several. */
type Verb = readonly [string, string];

const verbs: Readonly<Record<What, Verb>> = {
  'namespace-removed': ['is removed with everything in it', 'are removed with everything in them'],
  pruned: ['is deleted, for no file declares it any more', 'are deleted, for no file declares them any more'],
  crd: [
    'changes, and with it every object of that kind',
    'change, and with them every object of these kinds',
  ],
  'cluster-rbac': [
    'changes what may be done in the whole cluster',
    'change what may be done in the whole cluster',
  ],
  'quota-cut': ['gives less than before', 'give less than before'],
};

/** Where it makes a difference whether an object comes, goes or changes. */
const verbsOfChange: Readonly<Partial<Record<What, Partial<Record<Change, Verb>>>>> = {
  crd: {
    added: ['is new', 'are new'],
    deleted: [
      'is deleted, and with it every object of that kind',
      'are deleted, and with them every object of these kinds',
    ],
  },
  'cluster-rbac': {
    added: ['is new and gives rights in the whole cluster', 'are new and give rights in the whole cluster'],
    deleted: [
      'is deleted and takes rights in the whole cluster away',
      'are deleted and take rights in the whole cluster away',
    ],
  },
};

/** The gravest first. */
const order: readonly What[] = ['namespace-removed', 'pruned', 'crd', 'cluster-rbac', 'quota-cut'];
const changes: readonly Change[] = ['deleted', 'changed', 'moved', 'added'];
const mostObjects = 4;

/** Something that stands out, wherever it happens. */
export interface HighlightWords {
  /** The objects, `ClusterRole reader and ClusterRole admin`. */
  readonly objects: string;
  readonly count: number;
  readonly verb: string;
  readonly where: string;
}

/**
 * What stands out, the gravest first; objects of which the same is said stand together, each once.
 *
 * @param where says the places of one object, with when it happens there.
 */
export function highlightWords(
  highlights: readonly Highlight[],
  where: (places: readonly Highlight[]) => string = placesText,
): readonly HighlightWords[] {
  return order.flatMap((what) =>
    changes.flatMap((change) => {
      const own = highlights.filter((each) => each.what === what && each.object.change === change);
      const byObject = Map.groupBy(own, ({ object }) => canonicalJson(object));
      const alike = Map.groupBy(byObject.values(), (places) => where(places));
      return [...alike].map(([places, objects]) => wordsOf(what, change, places, objects));
    }),
  );
}

function wordsOf(
  what: What,
  change: Change,
  where: string,
  objects: readonly (readonly Highlight[])[],
): HighlightWords {
  const names = objects.flatMap(([first]) => (first === undefined ? [] : [clip(objectText(first), 150)]));
  const [one, several] = verbsOfChange[what]?.[change] ?? verbs[what];
  return {
    objects: someOf(names, mostObjects),
    count: names.length,
    verb: names.length === 1 ? one : several,
    where,
  };
}

function objectText({ object: { kind, namespace, name } }: Highlight): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
