import type { Place, Refusal } from '../domain/form/refusal.ts';
import { clip } from './clip.ts';
import { listing, someOf } from './listing.ts';
import { portText } from './port-text.ts';
import { quantityText } from './quantity-text.ts';

/** Why something cannot be taken and what to do about it: one or two sentences without markup. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.code) {
    case 'name-empty':
      return 'Give the namespace a name.';
    case 'name-form':
      return `Use lower-case letters, digits and dashes, with a letter or digit at both ends.${suggestion(refusal.suggestion)}`;
    case 'name-reserved':
      return refusal.reserved.includes('*')
        ? `Names like ${refusal.reserved} are reserved for the platform. Please choose another.`
        : 'This name is reserved for the platform. Please choose another.';
    case 'name-pattern':
      return `Names here have to match ${clip(refusal.pattern, 100)}. Please choose one that does.`;
    case 'name-taken':
      return `${takenBy[refusal.by]} has this name already. Please choose another.`;
    case 'template-mistake': {
      const { path, line, message, all } = refusal;
      const more = all > 1 ? ` (and ${all - 1} more)` : '';
      return `The platform's own templates have mistakes, so no request can be taken. ${clip(path, 150)}, line ${line}: ${clip(message, 200)}${more}. Please tell the platform team.`;
    }
    case 'request-open':
      return `A request for this name is open: ${refusal.url} . Wait until it is merged or closed, or choose another name.`;
    case 'tenant-exists':
      return existsText(refusal.name, refusal.places, refusal.free);
    case 'none-chosen':
      return refusal.field === 'size' ? 'Choose a size.' : `Choose at least one ${nouns[refusal.field]}.`;
    case 'unknown-choice':
      return choiceText(refusal.field, refusal.choice, refusal.known);
    case 'environment-unknown':
      return `${refusal.cloud} has no environment ${clip(refusal.environment, 60)}. It has ${someOf(refusal.known, 8)}.`;
    case 'quantity-empty':
    case 'quantity-unreadable':
    case 'above-maximum':
    case 'requests-above-limits':
      return quantityText(refusal);
    case 'text-empty':
      return emptyTexts.get(refusal.field) ?? 'Please fill this in.';
    case 'text-too-long':
    case 'name-too-long':
      return `At most ${refusal.maximum} characters fit here; this has ${refusal.length}. Please shorten it.`;
    case 'port-line':
    case 'too-many-ports':
      return portText(refusal);
    case 'label-form':
      return 'Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends.';
    case 'label-pattern':
      return refusal.hint === undefined
        ? `This has to match ${clip(refusal.pattern, 100)}.`
        : `This does not fit. ${refusal.hint}`;
    case 'label-option':
      return `Choose ${optionsText(refusal.options)}.`;
    case 'too-much-together':
      return `All fields together are ${refusal.excess} characters too long. Please shorten this one by that much.`;
  }
}

const takenBy = {
  cluster: 'A cluster',
  feature: 'A feature of the platform',
  namespace: "One of the platform's own namespaces",
} as const;

const nouns = { clouds: 'cloud', environments: 'environment' } as const;

const emptyTexts = new Map<string, string>([
  ['owner', 'Name the team that owns it.'],
  ['contact', 'Say how the team can be reached, such as a channel or an address.'],
  ['purpose', 'Say in a sentence or two what it is for.'],
]);

function suggestion(name: string | undefined): string {
  return name === undefined ? '' : ` For example: ${name}`;
}

function existsText(name: string, places: readonly Place[], free: readonly Place[]): string {
  const standing = `${name} stands in ${listPlaces(places)} already.`;
  return free.length === 0
    ? `${standing} Choose another name.`
    : `${standing} Still free: ${listPlaces(free)}. Choose only what is free, or another name.`;
}

function listPlaces(places: readonly Place[]): string {
  return someOf(
    places.map(({ cloud, environment }) => `${cloud} ${environment}`),
    6,
  );
}

function choiceText(field: string, choice: string, known: readonly string[]): string {
  const [kind = field] = field.split('.');
  const noun = choices.get(kind) ?? 'choice';
  const rest = known.length === 0 ? 'There is none yet.' : `There is ${listing(known.slice(0, 8))}.`;
  return `There is no ${noun} "${clip(choice, 60)}". ${rest}`;
}

const choices = new Map([
  ['clouds', 'cloud'],
  ['size', 'size'],
  ['access', 'level'],
  ['groups', 'group'],
]);

function optionsText(options: readonly string[]): string {
  return options.length > 8 ? 'one of the values that the form offers' : listing(options, 'or');
}
