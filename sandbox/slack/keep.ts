import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Person } from '../people.ts';
import type { Channel, Message, UserGroup, View } from './state.ts';
import type { Workspace } from './workspace.ts';

/** How long changes are gathered before they are written, in ms. */
const GATHER_MS = 200;

interface Kept {
  readonly version: 1;
  readonly tokens: { readonly bot: string; readonly app: string };
  readonly people: Person[];
  readonly channels: Channel[];
  readonly groups: UserGroup[];
  readonly messages: Message[];
  readonly homes: View[];
}

const envelope = z.looseObject({
  version: z.literal(1),
  tokens: z.object({ bot: z.string(), app: z.string() }),
  people: z.array(z.looseObject({ slackId: z.string() })),
  channels: z.array(z.looseObject({ id: z.string(), members: z.array(z.string()) })),
  groups: z.array(z.looseObject({ id: z.string(), users: z.array(z.string()) })),
  messages: z.array(z.looseObject({ channel: z.string(), ts: z.string() })),
  homes: z.array(z.looseObject({ id: z.string(), owner: z.string() })),
});

/**
 * Keeps the workspace in a file: loads what an earlier start left, writes after every change. Open forms, triggers and
 * messages for one person only go, as they do when Slack's client is closed.
 *
 * @returns what writes the last changes and ends the keeping.
 * @throws when the file is there but is none of this version.
 */
export function keep(workspace: Workspace, file: string): () => void {
  load(workspace, file);
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    write(file, keptOf(workspace));
  };
  const end = workspace.on(() => {
    timer ??= setTimeout(save, GATHER_MS).unref();
  });
  save();
  return () => {
    end();
    save();
  };
}

function load(workspace: Workspace, file: string): void {
  if (!existsSync(file)) return;
  const parsed = envelope.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`failed to load the kept Slack from ${file}`, { cause: parsed.error });
  const kept = parsed.data as unknown as Kept;
  workspace.tokens = { ...kept.tokens };
  workspace.people = kept.people;
  workspace.channels = kept.channels;
  workspace.groups = kept.groups;
  workspace.messages = kept.messages;
  for (const home of kept.homes) workspace.homes.set(home.owner, home);
  const newest = kept.messages
    .map((each) => each.ts)
    .sort()
    .at(-1);
  if (newest !== undefined) workspace.nextTs(newest);
}

function keptOf(workspace: Workspace): Kept {
  return {
    version: 1,
    tokens: workspace.tokens,
    people: workspace.people,
    channels: workspace.channels,
    groups: workspace.groups,
    messages: workspace.messages.filter((each) => each.ephemeralFor === undefined),
    homes: [...workspace.homes.values()],
  };
}

function write(file: string, kept: Kept): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
