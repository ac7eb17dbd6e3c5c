import { below, type KubeObject } from '../objects.ts';
import type { Plural } from '../resources.ts';
import { badRequest } from '../status.ts';

export type Chosen = (object: KubeObject) => boolean;

/** What `labelSelector` and `fieldSelector` leave. @throws StatusError 400 for what nobody understands. */
export function chosenBy(plural: Plural, query: URLSearchParams): Chosen {
  const rules = [
    ...requirements(query.get('labelSelector')).map(labelRule),
    ...requirements(query.get('fieldSelector')).map((text) => fieldRule(plural, text)),
  ];
  return (object) => rules.every((rule) => rule(object));
}

/** Commas separate requirements, but not those within parentheses. */
function requirements(selector: string | null): readonly string[] {
  return (selector ?? '')
    .split(/,(?![^(]*\))/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function labelRule(text: string): Chosen {
  const label = (name: string) => (object: KubeObject) => object.metadata.labels?.[name];
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text);
  if (set) {
    const [, name = '', word, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return (object) => values.includes(label(name)(object) ?? '\0') === (word === 'in');
  }
  const equal = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/.exec(text);
  if (equal) {
    const [, name = '', sign, value] = equal;
    return (object) => (label(name)(object) === value) === (sign !== '!=');
  }
  const there = /^(!?)\s*([^\s=!]+)$/.exec(text);
  if (!there) throw badRequest(`unable to parse requirement: ${text}`);
  const [, not, name = ''] = there;
  return (object) => (label(name)(object) !== undefined) === (not === '');
}

const OF_EVENTS = [
  'reason',
  'type',
  'involvedObject.kind',
  'involvedObject.name',
  'involvedObject.namespace',
  'involvedObject.uid',
];

/** Custom resources can be chosen by name and namespace only; events also by whom they are about. */
function fieldRule(plural: Plural, text: string): Chosen {
  const parts = /^([^=!]+)(==|=|!=)(.*)$/.exec(text);
  if (!parts) throw badRequest(`invalid field selector: "${text}"`);
  const [, path = '', sign, value] = parts;
  const known = ['metadata.name', 'metadata.namespace', ...(plural === 'events' ? OF_EVENTS : [])];
  if (!known.includes(path)) throw badRequest(`field label not supported: ${path}`);
  return (object) => (fieldAt(object, path) === value) === (sign !== '!=');
}

function fieldAt(object: KubeObject, path: string): unknown {
  const [first = '', second] = path.split('.');
  return second === undefined ? object[first] : below(object, first)[second];
}
