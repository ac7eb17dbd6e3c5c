import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { PEOPLE } from './people.ts';
import { HISTORY, type Step } from './sample/history.ts';

const run = promisify(execFile);

/**
 * Writes the sample platform repository, with its history, as a bare git repository.
 *
 * Dates and authors are fixed, so that every run makes the same commits.
 *
 * @param directory an existing folder; the repository becomes `sample-platform.git` in it.
 * @returns the repository's path.
 */
export async function createSampleRepo(directory: string): Promise<string> {
  const target = path.join(directory, 'sample-platform.git');
  await mkdir(target, { recursive: true });
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', target]);
  const git = spawn('git', ['-C', target, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  git.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const ended = once(git, 'close');
  git.stdin.end(HISTORY.map(importCommands).join(''));
  const [code] = await ended;
  if (code !== 0) throw new Error(`failed to write the sample repository: ${complaint.trim()}`);
  return target;
}

/** One commit (and its tag) in the language of `git fast-import` (https://git-scm.com/docs/git-fast-import). */
function importCommands(step: Step): string {
  const person = PEOPLE.find(({ handle }) => handle === step.by);
  if (!person) throw new Error(`the sample history names ${step.by}, who is none of the sample people`);
  const seconds = Math.floor(Date.parse(step.at) / 1000);
  const signature = `${person.name} <${person.email}> ${seconds} +0000`;
  const message = step.body ? `${step.title}\n\n${step.body}\n` : `${step.title}\n`;
  const files = Object.entries(step.files).map(([file, text]) => `M 100644 inline ${file}\n${data(text)}`);
  const tag = step.tag ? `reset refs/tags/${step.tag}\nfrom refs/heads/main\n\n` : '';
  return `commit refs/heads/main\nauthor ${signature}\ncommitter ${signature}\n${data(message)}${files.join('')}\n${tag}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
