import { parseArgs } from 'node:util';

export interface StartOptions {
  readonly port: number;
  readonly repo?: string;
  readonly at?: string;
  readonly keep?: string;
  readonly slackMode: 'socket' | 'http';
  readonly verbose: boolean;
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
    const { repo, at, keep, http, verbose } = values;
    return {
      kind: 'start',
      options: {
        port,
        slackMode: http ? 'http' : 'socket',
        verbose,
        ...(repo === undefined ? {} : { repo }),
        ...(at === undefined ? {} : { at }),
        ...(keep === undefined ? {} : { keep }),
      },
    };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function wrong(message: string): ParsedOptions {
  return { kind: 'wrong', message };
}
