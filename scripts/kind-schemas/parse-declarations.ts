import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Shape } from './shapes-of-definition.ts';

const INTERFACE = /export interface (I\w+)(?: extends \w+)? \{/;
const ALIAS = /export declare type (I\w+) = ([^;]+);/;
const IMPORT = /import \{ (\w+) \} from "([^"]+)";/g;

/** Written by clusters only, or of no use to check. */
const LEFT_OUT: ReadonlySet<string> = new Set(['status', 'managedFields']);

/**
 * Reads the one type that a file of declarations is about, and those that it needs, into `types`.
 *
 * @returns its name there.
 */
export function parseDeclarations(file: string, modules: string, types: Record<string, Shape>): string {
  const name = path.relative(modules, file).replace(/^@kubernetes-models\/|^kubernetes-models\//, '');
  const key = name.replace(/\.d\.ts$/, '').replace(/^apimachinery\/(?:apis|api|util)\//, '');
  if (types[key] !== undefined) return key;
  types[key] = '*';
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const files = new Map([...text.matchAll(IMPORT)].map(([, type = '', from = '']) => [type, from]));
  const reader = new Reader((type) => {
    const own = INTERFACE.exec(text)?.[1] ?? ALIAS.exec(text)?.[1];
    if (type === own) return `#${key}`;
    const from = files.get(type);
    if (from === undefined) throw new Error(`${file}: where ${type} comes from is not said`);
    const target = from.startsWith('.') ? path.join(path.dirname(file), from) : path.join(modules, from);
    return `#${parseDeclarations(`${target}.d.ts`, modules, types)}`;
  });
  const found = INTERFACE.exec(text);
  const alias = ALIAS.exec(text)?.[2];
  if (found !== null) {
    const body = reader.read(text.slice(found.index + found[0].length - 1));
    // An interface without fields stands for anything: JSON, a schema or a boolean.
    const isEmpty = typeof body === 'object' && 'p' in body && Object.keys(body.p).length === 0;
    types[key] = isEmpty ? '*' : body;
  } else if (alias !== undefined) types[key] = reader.read(`${alias};`);
  return key;
}

/** Reads the types of declarations: what the package writes, and nothing else of TypeScript. */
class Reader {
  readonly #refer: (type: string) => Shape;
  #rest = '';

  constructor(refer: (type: string) => Shape) {
    this.#refer = refer;
  }

  read(text: string): Shape {
    this.#rest = text;
    return this.#union();
  }

  #take(pattern: RegExp): string | undefined {
    const found = new RegExp(`^\\s*(?:${pattern.source})`).exec(this.#rest);
    if (found === null) return undefined;
    this.#rest = this.#rest.slice(found[0].length);
    return found[1] ?? found[0];
  }

  #union(): Shape {
    const shapes = [this.#one()];
    while (this.#take(/\|/) !== undefined) shapes.push(this.#one());
    if (shapes.length === 1 && shapes[0] !== undefined) return shapes[0];
    if (shapes.every((one) => typeof one === 'object' && 'e' in one)) {
      return { e: shapes.flatMap((one) => (typeof one === 'object' && 'e' in one ? one.e : [])) };
    }
    return shapes.includes('s') && shapes.includes('n') ? 'q' : '*';
  }

  #one(): Shape {
    if (this.#take(/\{/) !== undefined) return this.#object();
    if (this.#take(/Array</) !== undefined) {
      const a = this.#union();
      this.#take(/>/);
      return { a };
    }
    const literal = this.#take(/"([^"]*)"/);
    if (literal !== undefined) return { e: [literal] };
    const word = this.#take(/(\w+)/);
    if (word === 'string') return 's';
    if (word === 'number') return 'n';
    if (word === 'boolean') return 'b';
    if (word === 'any' || word === 'unknown' || word === undefined) return '*';
    return this.#refer(word);
  }

  #object(): Shape {
    const p: Record<string, Shape> = {};
    const r: string[] = [];
    for (;;) {
      if (this.#take(/\}/) !== undefined) return r.length > 0 ? { p, r } : { p };
      if (this.#take(/\[key: string\]:/) !== undefined) {
        const m = this.#union();
        this.#take(/;/);
        this.#take(/\}/);
        return { m };
      }
      const name = this.#take(/"([^"]+)"/);
      if (name === undefined) throw new Error(`cannot read ${this.#rest.slice(0, 80)}`);
      const isOptional = this.#take(/\?/) !== undefined;
      this.#take(/:/);
      const shape = this.#union();
      this.#take(/;/);
      p[name] = LEFT_OUT.has(name) ? '*' : shape;
      if (!isOptional) r.push(name);
    }
  }
}
