import { stringify } from 'yaml';
import {
  onlyVariable,
  type Slot,
  substitute,
  type Template,
  type TemplateValue,
  type Variable,
  variablesIn,
} from './template.ts';

type Values = ReadonlyMap<Variable, TemplateValue>;

/**
 * The file that a template makes. Values go into parsed scalars and are written as YAML has to write them, so that no
 * text can become anything else; a plain scalar that is nothing but one variable takes its value's type. All else stays
 * byte for byte as it stands, Flux's own variables too.
 */
export function renderTemplate(
  { file, text, slots }: Pick<Template, 'file' | 'text' | 'slots'>,
  values: Values,
): { readonly file: string; readonly content: string } {
  let content = '';
  let at = 0;
  for (const slot of slots) {
    const made = filled(slot, text.slice(slot.start, slot.end), values);
    const before = text.slice(at, slot.start);
    content += (made.startsWith('\n') ? before.trimEnd() : before) + made;
    at = slot.end;
  }
  return { file: substitute(file, values), content: content + text.slice(at) };
}

function filled(slot: Slot, source: string, values: Values): string {
  const only = slot.style === 'plain' ? onlyVariable(slot.value) : undefined;
  const value = only === undefined ? undefined : values.get(only);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return structure(value, slot.keyColumn);
  if (slot.style === 'block' && fitsBlock(slot, values)) return substitute(source, values);
  const text = substitute(slot.value, values);
  return slot.style === 'plain' && isPlain(text) ? text : quoted(text);
}

/** Within a block every character is text, as long as a value neither breaks its line nor begins or ends in space. */
function fitsBlock({ value }: Slot, values: Values): boolean {
  return variablesIn(value).every((name) => {
    const text = String(values.get(name) ?? '');
    return text !== '' && text.trim() === text && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
  });
}

/** What can be read as nothing but this text, by YAML 1.1 too, wherever it stands. */
function isPlain(text: string): boolean {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?$/.test(text)) return false;
  return stringify(text, { compat: 'yaml-1.1', lineWidth: 0 }).trimEnd() === text;
}

/** JSON's strings are YAML's double-quoted ones, but for two line ends that YAML would read as such. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u0085\u2028\u2029\uFEFF]/g, (one) => {
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Below its key where there is one, else in one line. */
function structure(value: object, keyColumn: number | undefined): string {
  const isEmpty = Object.keys(value).length === 0;
  if (keyColumn === undefined || isEmpty) return JSON.stringify(value);
  const indent = ' '.repeat(Array.isArray(value) ? keyColumn : keyColumn + 2);
  const lines = stringify(value, {
    indentSeq: false,
    lineWidth: 0,
    aliasDuplicateObjects: false,
    compat: 'yaml-1.1',
  });
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => `\n${indent}${line}`)
    .join('');
}
