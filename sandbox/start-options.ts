import { parseArgs } from 'node:util';
import type { FleetOptions } from './kubernetes/fleet.ts';
import { parseDuration } from './kubernetes/flux/duration.ts';

export interface StartOptions {
  readonly port: number;
  readonly repo?: string;
  readonly at?: string;
  readonly keep?: string;
  readonly slackMode: 'socket' | 'http';
  readonly verbose: boolean;
  readonly fleet: FleetOptions;
}

export type ParsedOptions =
  | { readonly kind: 'start'; readonly options: StartOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

export const DEFAULT_PORT = 4000;

export const HELP = `npm run sandbox [-- options]

Starts the real bot in a world on this machine: a Slack, a GitHub and a page to use both. No account is needed.

  --repo <path, URL or bundle>  serve this platform repository instead of the sample
  --at <commit>                 the default branch stands at this commit (with --repo)
  --keep <folder>               keep everything there, and go on from it next time
  --port <number>               the page's port (${DEFAULT_PORT}; a free one when it is taken)
  --flux <2.6 or 2.9>           the clusters' Flux; the one that the repository was written for when left out
  --interval <duration>         Flux looks at least so often (10s), whatever the repository says
  --apply <duration>            how long Flux takes to apply a Kustomization (2s)
  --large <clusters>x<number>   further workload clusters, each with so many Kustomizations (100x100)
  --http                        Slack delivers by signed HTTP requests instead of Socket Mode
  --verbose                     show the bot's log here, not only in .sandbox/bot.log
  --help                        show this
`;

/** Reads the command line; `wrong` says what is wrong with it in one sentence. */
export function parseOptions(args: readonly string[]): ParsedOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        repo: { type: 'string' },
        at: { type: 'string' },
        keep: { type: 'string' },
        flux: { type: 'string' },
        interval: { type: 'string' },
        apply: { type: 'string' },
        large: { type: 'string' },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        http: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535)
      return wrong(`--port wants a number up to 65535, not "${values.port}"`);
    if (values.at !== undefined && values.repo === undefined)
      return wrong('--at names a commit of --repo, which is missing');
    const fleet = fleetOptions(values);
    if (typeof fleet === 'string') return wrong(fleet);
    const { repo, at, keep, http, verbose } = values;
    return {
      kind: 'start',
      options: {
        port,
        slackMode: http ? 'http' : 'socket',
        verbose,
        fleet,
        ...(repo === undefined ? {} : { repo }),
        ...(at === undefined ? {} : { at }),
        ...(keep === undefined ? {} : { keep }),
      },
    };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

interface FleetValues {
  readonly flux?: string | undefined;
  readonly interval?: string | undefined;
  readonly apply?: string | undefined;
  readonly large?: string | undefined;
}

/** What the command line says of the clusters, or what is wrong with it. */
function fleetOptions({ flux, interval, apply, large }: FleetValues): FleetOptions | string {
  if (flux !== undefined && flux !== '2.6' && flux !== '2.9') return `--flux wants 2.6 or 2.9, not "${flux}"`;
  const longestIntervalMs = interval === undefined ? undefined : parseDuration(interval);
  const applyMs = apply === undefined ? undefined : parseDuration(apply);
  if (interval !== undefined && !longestIntervalMs)
    return `--interval wants a duration such as 10s, not "${interval}"`;
  if (apply !== undefined && applyMs === undefined)
    return `--apply wants a duration such as 2s, not "${apply}"`;
  const size = large === undefined ? undefined : /^(\d{1,4})x(\d{1,5})$/.exec(large);
  if (size === null) return `--large wants something like 100x100, not "${large}"`;
  return {
    ...(flux === undefined ? {} : { flux }),
    ...(longestIntervalMs === undefined && applyMs === undefined
      ? {}
      : {
          timing: {
            ...(longestIntervalMs === undefined ? {} : { longestIntervalMs }),
            ...(applyMs === undefined ? {} : { applyMs }),
          },
        }),
    ...(size ? { large: { workloadClusters: Number(size[1]), kustomizations: Number(size[2]) } } : {}),
  };
}

function wrong(message: string): ParsedOptions {
  return { kind: 'wrong', message };
}
