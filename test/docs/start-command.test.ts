import { readFileSync } from 'node:fs';

const text = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

describe('the bot', () => {
  it('is started in the container, by npm, in the sandbox and in the tests with the same words', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: { start: string } };
    const [, listed = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(text('Dockerfile')) ?? [];
    const words = JSON.parse(listed) as string[];
    expect(words.at(-1)).toBe('src/main.ts');
    expect(scripts.start).toBe(words.join(' '));
    const given = words.slice(1).map((word) => `'${word}'`);
    for (const file of ['sandbox/bot-process.ts', 'test/support/bot.ts'])
      expect(text(file)).toContain(`[${given.join(', ')}]`);
    expect(text('bench/support/start-script.ts')).toContain(`[${given.slice(0, -1).join(', ')}]`);
  });
});
