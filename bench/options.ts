import { parseArgs } from 'node:util';
import type { Measurement } from './measurement.ts';

export interface BenchOptions {
  readonly asJson: boolean;
  readonly chosen: readonly Measurement[];
}

export type OptionsResult =
  | { readonly kind: 'ok'; readonly options: BenchOptions }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Reads the command line; `--only` takes the name of a measurement or of one of its figures, and may be repeated. */
export function readOptions(args: readonly string[], all: readonly Measurement[]): OptionsResult {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
    });
    const wanted = values.only ?? [];
    const unknown = wanted.find((name) => !all.some((each) => isMeantBy(name, each)));
    if (unknown !== undefined) return wrong(`there is no measurement ${unknown}`, all);
    const chosen = all.filter((each) => wanted.length === 0 || wanted.some((name) => isMeantBy(name, each)));
    return { kind: 'ok', options: { asJson: values.json, chosen } };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error), all);
  }
}

function isMeantBy(name: string, { name: own, figures }: Measurement): boolean {
  return own === name || figures.includes(name);
}

function wrong(problem: string, all: readonly Measurement[]): OptionsResult {
  const names = all.map(({ name }) => name).join(', ');
  return { kind: 'wrong', problem: `${problem}\nusage: npm run bench -- [--json] [--only <${names}>]…` };
}
