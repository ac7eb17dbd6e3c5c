import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createMetrics } from '../../src/metrics.ts';
import { fencedBlocks, firstCells, ROOT, readTable, readText } from './read-docs.ts';

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** Read by Node itself or by the tools, and told of in the text below the table. */
const NOT_OURS = ['NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'NODE_COMPILE_CACHE'];

/** The variables that the configuration reads, from its source, where each stands by name. */
function knownVariables(): readonly string[] {
  const schema = [...readText('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
    ([, name = '']) => name,
  );
  const keys = [...readText('src/config-keys.ts').matchAll(/readKey\(env, '([A-Z_]+)'/g)];
  const proxies = /const proxyVariables = \[([^\]]*)\]/.exec(readText('src/config.ts'))?.[1] ?? '';
  return [
    ...schema,
    ...keys.flatMap(([, name = '']) => [name, `${name}_PATH`]),
    ...[...proxies.matchAll(/'([A-Z_]+)'/g)].map(([, name = '']) => name),
  ].toSorted();
}

describe('the list of variables', () => {
  it('holds exactly the variables that the bot reads', () => {
    expect(knownVariables()).toContain('PRIVATE_KEY_PATH');
    expect(firstCells(readTable('docs/install.md', 'variables'))).toEqual(knownVariables());
  });

  it('names all that the Kubernetes manifests set', () => {
    const deployment = readText('deploy/base/deployment.yaml');
    const set = [...deployment.matchAll(/^ {12}- name: ([A-Z_]+)$/gm)].map(([, name = '']) => name);
    expect(set).toContain('WEBHOOK_SECRET');
    for (const name of set) expect([...knownVariables(), ...NOT_OURS]).toContain(name);
  });
});

describe('the list of metrics', () => {
  it('holds exactly the metrics of the bot', async () => {
    const { text } = await (await createMetrics()).scrape();
    const all = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
    const own = all.filter((name) => !/^trunkline_(?:process|nodejs)_/.test(name)).toSorted();
    expect(firstCells(readTable('docs/operations.md', 'metrics'))).toEqual(own);
  });
});

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readText(document);

  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
    const missing = links.filter((link) => !existsSync(path.join(ROOT, path.dirname(document), link)));
    expect(missing).toEqual([]);
  });

  it('links to headings that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#\s:]*)#([^)\s]+)\)/g)];
    const missing = links.filter(([, file = '', anchor = '']) => {
      const target = file === '' ? document : path.join(path.dirname(document), file);
      return !anchorsOf(readText(target)).includes(anchor);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  it('names files of the project that exist', () => {
    const names = [...text.matchAll(/`((?:src|jobs|handlers|test|deploy|sandbox|scripts|docs)\/[\w./-]+)`/g)];
    const missing = names.map(([, name = '']) => name).filter((name) => !existsSync(path.join(ROOT, name)));
    expect(missing).toEqual([]);
  });

  it('names commands of npm that exist', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: object };
    const commands = [...text.matchAll(/npm run ([a-z]+)/g)].map(([, name = '']) => name);
    for (const command of commands) expect(Object.keys(scripts)).toContain(command);
  });

  it('shows JSON that is JSON', () => {
    for (const block of fencedBlocks(text, 'json')) expect(() => JSON.parse(block)).not.toThrow();
  });
});

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  const withoutCode = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...withoutCode.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
