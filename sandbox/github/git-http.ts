import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Actor } from './actor.ts';
import { gitEnvironment } from './git/run.ts';
import { zeroOid } from './git.ts';
import { afterMoves } from './operations/move-refs.ts';
import { may } from './permissions.ts';
import { judgePush, type PushVerdict } from './push-rules.ts';
import { readBody } from './read-body.ts';
import { actorLogin, type GitHubWorld } from './world.ts';

const unzip = promisify(gunzip);

interface CgiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Git's smart HTTP below `/git/<owner>/<repo>.git/`, by `git http-backend`. Everybody may fetch; to push one gives a
 * token as password. A push goes through the rules and has the same consequences as a change through the API.
 */
export async function handleGit(
  world: GitHubWorld,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { owner, name } = world.state.repo;
  const inside = /^\/git\/([^/]+)\/([^/]+?)(?:\.git)?(\/.*)$/.exec(url.pathname);
  if (
    !inside ||
    inside[1]?.toLowerCase() !== owner.toLowerCase() ||
    inside[2]?.toLowerCase() !== name.toLowerCase()
  ) {
    return plain(response, 404, 'Repository not found.');
  }
  const path = inside[3] ?? '/';
  const pushes = path === '/git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack';
  const actor = await world.tokens.actor(request.headers.authorization);
  if (pushes && !may(world, actor, { name: 'contents', level: 'write' })) {
    if (actor.kind !== 'anonymous') return plain(response, 403, `Permission to ${owner}/${name}.git denied.`);
    response.setHeader('www-authenticate', 'Basic realm="GitHub"');
    return plain(response, 401, 'Authentication required.');
  }
  const body = await bodyOf(request);
  const call = { world, request, path, query: url.search.slice(1), body, actor };
  const answer = path === '/git-receive-pack' ? await receive(call) : await runBackend(call);
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

interface GitCall {
  readonly world: GitHubWorld;
  readonly request: IncomingMessage;
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
  readonly actor: Actor;
}

function receive(call: GitCall): Promise<CgiAnswer> {
  const { world, actor } = call;
  return world.exclusive(async () => {
    const verdict = await judgePush(world, actor, call.body);
    const answer = await runBackend(call, verdict);
    const now = await world.git.readRefs();
    const names = new Set([...now.keys(), ...world.state.refs.keys()]);
    const moves = [...names]
      .map((ref) => ({ ref, from: world.state.refs.get(ref) ?? zeroOid, to: now.get(ref) ?? zeroOid }))
      .filter((move) => move.from !== move.to);
    if (moves.length > 0) await afterMoves(world, actor, moves);
    return answer;
  });
}

async function runBackend(call: GitCall, verdict?: PushVerdict): Promise<CgiAnswer> {
  const { world, request, body } = call;
  const child = spawn('git', ['http-backend'], {
    cwd: world.git.dir,
    env: {
      ...gitEnvironment,
      GIT_PROJECT_ROOT: join(world.git.dir, '..'),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${world.state.repo.name}.git${call.path}`,
      QUERY_STRING: call.query,
      REQUEST_METHOD: request.method ?? 'GET',
      REMOTE_USER: actorLogin(world, call.actor),
      REMOTE_ADDR: '127.0.0.1',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: String(body.length),
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      ...verdict?.environment,
    },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.resume();
  child.stdin.on('error', () => undefined);
  child.stdin.end(body);
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return parseCgi(Buffer.concat(chunks));
}

function parseCgi(output: Buffer): CgiAnswer {
  const end = output.indexOf('\r\n\r\n');
  const lines = output.subarray(0, Math.max(0, end)).toString('latin1').split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines)
    headers[line.slice(0, line.indexOf(':')).toLowerCase()] = line.slice(line.indexOf(':') + 1).trim();
  const { status = end < 0 ? '500' : '200', ...rest } = headers;
  return { status: Number(status.slice(0, 3)), headers: rest, body: output.subarray(end + 4) };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request);
  return request.headers['content-encoding'] === 'gzip' ? unzip(body) : body;
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
}
