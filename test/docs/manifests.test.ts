import { parse } from 'yaml';
import { z } from 'zod';
import { registerGitHubHandlers } from '../../handlers/github/index.ts';
import { appPermissions, botScopes } from '../../src/compose/start-checks.ts';
import { firstCells, readTable, readText } from './read-docs.ts';

const slackManifest = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), url: z.string().optional() })),
  }),
  oauth_config: z.object({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.object({
    interactivity: z.object({ is_enabled: z.literal(true), request_url: z.string().optional() }),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

const gitHubManifest = z.object({
  hook_attributes: z.object({ url: z.string(), active: z.literal(true) }),
  public: z.literal(false),
  default_permissions: z.record(z.string(), z.string()),
  default_events: z.array(z.string()),
});

function readSlack(file: string) {
  return slackManifest.parse(parse(readText(file)));
}

/** The commands that the code answers to, from its source: Bolt tells nobody what was registered. */
function registeredCommands(): readonly string[] {
  const source = readText('handlers/slack/index.ts');
  return [...source.matchAll(/app\.command\('([^']+)'/g)].map(([, command = '']) => command).toSorted();
}

function registeredEvents(): readonly string[] {
  const events: string[] = [];
  const app = { on: (names: string | readonly string[]) => void events.push(...[names].flat()) };
  registerGitHubHandlers(app as never, { repos: [], intake: {} as never, ownLogin: () => undefined });
  return events.toSorted();
}

describe.each(['deploy/slack-app.yaml', 'deploy/slack-app-http.yaml'])('the Slack manifest %s', (file) => {
  const manifest = readSlack(file);

  it('asks for exactly the scopes that the bot checks at start', () => {
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(Object.keys(botScopes).toSorted());
  });

  it('names exactly the commands that the bot answers to', () => {
    const commands = manifest.features.slash_commands.map(({ command }) => command);
    expect(commands.toSorted()).toEqual(registeredCommands());
  });
});

describe('the two Slack manifests', () => {
  it('differ in how Slack delivers, and in nothing else', () => {
    const address = 'https://trunkline.example.com/slack/events';
    const [socket, http] = [readSlack('deploy/slack-app.yaml'), readSlack('deploy/slack-app-http.yaml')];
    expect(http).toEqual({
      ...socket,
      features: {
        slash_commands: socket.features.slash_commands.map((command) => ({ ...command, url: address })),
      },
      settings: {
        ...socket.settings,
        interactivity: { is_enabled: true, request_url: address },
        socket_mode_enabled: false,
      },
    });
    expect(socket.settings.socket_mode_enabled).toBe(true);
  });
});

describe('the GitHub manifest', () => {
  const manifest = gitHubManifest.parse(JSON.parse(readText('deploy/github-app.json')));

  it('asks for exactly the permissions that the bot checks at start', () => {
    expect(manifest.default_permissions).toEqual(appPermissions);
  });

  it('subscribes to exactly the events that the bot handles', () => {
    expect(manifest.default_events.toSorted()).toEqual(registeredEvents());
  });

  it('sends webhooks to the path that the bot listens on', () => {
    expect(new URL(manifest.hook_attributes.url).pathname).toBe('/api/github/webhooks');
  });
});

describe('the installation guide', () => {
  it('gives a reason for every scope, and for no other', () => {
    const rows = readTable('docs/install.md', 'scopes');
    expect(firstCells(rows)).toEqual(Object.keys(botScopes).toSorted());
    for (const [scope, why] of rows)
      expect({ scope, hasReason: (why ?? '').length > 10 }).toMatchObject({ hasReason: true });
  });

  it('names every event to subscribe to, and no other, as GitHub’s settings call them', () => {
    const [, listed = ''] = /^- events: (.*);$/m.exec(readText('docs/install.md')) ?? [];
    const events = [...listed.matchAll(/\*([^*]+)\*/g)].map(([, name = '']) =>
      name.toLowerCase().replaceAll(' ', '_'),
    );
    const { default_events } = gitHubManifest.parse(JSON.parse(readText('deploy/github-app.json')));
    expect(events.toSorted()).toEqual(default_events.toSorted());
  });

  it('gives level and reason of every permission, and of no other', () => {
    const rows = readTable('docs/install.md', 'permissions');
    expect(Object.fromEntries(rows.map(([name, level]) => [name, level]))).toEqual(appPermissions);
    for (const [name, , why] of rows)
      expect({ name, hasReason: (why ?? '').length > 10 }).toMatchObject({ hasReason: true });
  });
});
