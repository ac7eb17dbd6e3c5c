import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checked, lines } from './pull.ts';

const bundle = fileURLToPath(new URL('../../../../shared/platform-repo.bundle', import.meta.url));
const isHere = existsSync(bundle);

(isHere ? describe : describe.skip)(
  `the model's own pull requests${isHere ? '' : ' (skipped: the model repository is not beside this one)'}`,
  () => {
    let dir = '';
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', dir, ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 64 * 1024 * 1024,
      });
    const blobs = new Map<string, string>();
    const textOf = (oid: string) => {
      const text = blobs.get(oid) ?? git('cat-file', 'blob', oid);
      blobs.set(oid, text);
      return text;
    };
    const treeOf = (commit: string) => {
      const listed = git('ls-tree', '-r', '-z', commit).split('\0').filter(Boolean);
      return Object.fromEntries(
        listed.map((line) => {
          const [, oid = '', path = ''] = /^\S+ blob (\S+)\t(.*)$/.exec(line) ?? [];
          return [path, textOf(oid)];
        }),
      );
    };

    beforeAll(() => {
      dir = mkdtempSync(join(tmpdir(), 'trunkline-conventions-'));
      execFileSync('git', ['clone', '-q', '--bare', bundle, dir], { stdio: 'ignore' });
    });

    afterAll(() => rmSync(dir, { recursive: true, force: true }));

    it('all follow the conventions, in the history that was rewritten too', () => {
      const log = git('log', '--reverse', '--format=%H %P %s', 'main', 'v0.0.2').trim().split('\n');
      let count = 0;
      const told = log.flatMap((line) => {
        const [, commit = '', parent, subject = ''] = /^(\S+) (?:(\S{40}) )?(.*)$/.exec(line) ?? [];
        if (parent === undefined) return [];
        count += 1;
        const title = subject.replace(/ \(#\d+\)$/, '');
        const { findings, unread } = checked(treeOf(parent), treeOf(commit), title);
        return [...lines(findings), ...unread].map((each) => `${subject}: ${each}`);
      });
      expect(told).toEqual([]);
      // Fourteen, and two of them again before the history was rewritten.
      expect(count).toBe(16);
    });
  },
);
