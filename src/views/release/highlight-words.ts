import type { EffectsSummary } from '../../domain/effects/summarise.ts';
import { canonicalJson } from '../../domain/platform/canonical.ts';
import { clip } from '../clip.ts';
import { placesText } from './when-words.ts';

type Highlight = EffectsSummary['highlights'][number];
type What = Highlight['what'];

const verbs: Readonly<Record<What, string>> = {
  'namespace-removed': 'is removed with everything in it',
  pruned: 'is deleted, for no file declares it any more',
  crd: 'changes, and with it every object of that kind',
  'cluster-rbac': 'changes what may be done in the whole cluster',
  'quota-cut': 'gives less than before',
};

/** The gravest first. */
const order: readonly What[] = ['namespace-removed', 'pruned', 'crd', 'cluster-rbac', 'quota-cut'];

/** One thing that stands out, wherever it happens. */
export interface HighlightWords {
  readonly object: string;
  readonly verb: string;
  readonly where: string;
}

/** What stands out, the gravest first, each object once. */
export function highlightWords(highlights: readonly Highlight[]): readonly HighlightWords[] {
  return order.flatMap((what) => {
    const own = highlights.filter((each) => each.what === what);
    return [...Map.groupBy(own, ({ object }) => canonicalJson(object)).values()].flatMap((places) => {
      const [first] = places;
      if (first === undefined) return [];
      return [{ object: clip(objectText(first), 150), verb: verbs[what], where: placesText(places) }];
    });
  });
}

function objectText({ object: { kind, namespace, name } }: Highlight): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
