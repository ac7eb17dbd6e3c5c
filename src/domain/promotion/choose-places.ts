import type { PromotionPlace } from './promotion-places.ts';

export type ChosenPlaces =
  | { readonly kind: 'chosen'; readonly places: readonly PromotionPlace[] }
  | {
      readonly kind: 'refuse';
      readonly code: 'unknown-place';
      /** The word that fits no place; all of them where each fits one and no place fits all. */
      readonly word: string;
      /** Names of all places. */
      readonly known: readonly string[];
    };

const kinds = ['cloud', 'version', 'environment'] as const;
type Kind = (typeof kinds)[number];

/**
 * The places that words name, upper or lower case: by a place's whole name, or by cloud, version and environment.
 * Words of one kind add places, words of another narrow them down: `aws azure prod` is production of both clouds.
 *
 * @param words none stand for all places.
 */
export function choosePlaces(words: readonly string[], places: readonly PromotionPlace[]): ChosenPlaces {
  const refuse = (word: string): ChosenPlaces => ({
    kind: 'refuse',
    code: 'unknown-place',
    word,
    known: places.map(({ name }) => name),
  });
  const told = words.map((word) => ({ word: word.toLowerCase(), kind: kindOf(word.toLowerCase(), places) }));
  const unknown = told.findIndex(({ kind }) => kind === undefined);
  if (unknown >= 0) return refuse(words[unknown] ?? '');
  const chosen = places.filter((place) => isChosen(place, told));
  return chosen.length === 0 && words.length > 0
    ? refuse(words.join(' '))
    : { kind: 'chosen', places: chosen };
}

interface Told {
  readonly word: string;
  readonly kind: Kind | 'name' | undefined;
}

function kindOf(word: string, places: readonly PromotionPlace[]): Told['kind'] {
  if (places.some(({ name }) => name.toLowerCase() === word)) return 'name';
  return kinds.find((kind) => places.some((place) => fits(place, kind, word)));
}

function isChosen(place: PromotionPlace, told: readonly Told[]): boolean {
  const named = told.filter(({ kind }) => kind === 'name');
  if (named.some(({ word }) => word === place.name.toLowerCase())) return true;
  if (named.length > 0 && named.length === told.length) return false;
  return kinds.every((kind) => {
    const own = told.filter((each) => each.kind === kind);
    return own.length === 0 || own.some(({ word }) => fits(place, kind, word));
  });
}

function fits(place: PromotionPlace, kind: Kind, word: string): boolean {
  const values = kind === 'environment' ? [place.environment, ...place.environments] : [place[kind]];
  return values.some((value) => value.toLowerCase() === word);
}
