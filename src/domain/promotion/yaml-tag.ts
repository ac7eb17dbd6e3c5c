import { parse } from 'yaml';

/** A tag as a scalar of YAML, quoted as what stood there before; or, where a plain one would be no text, in double quotes. */
export function yamlTag(tag: string, style: 'plain' | 'single' | 'double'): string {
  if (style === 'plain' && isPlain(tag)) return tag;
  return style === 'single' && /^[\x20-\x7e]*$/.test(tag)
    ? `'${tag.replaceAll("'", "''")}'`
    : JSON.stringify(tag);
}

/** By both versions of YAML, for Kubernetes reads something of each. */
function isPlain(tag: string): boolean {
  if (!/^[A-Za-z0-9][A-Za-z0-9._/+-]*$/.test(tag)) return false;
  return (['1.1', '1.2'] as const).every((version) => parse(tag, { version }) === tag);
}
