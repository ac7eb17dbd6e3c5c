import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';

import { build } from 'esbuild';

import type { Site } from './site.ts';

const SOURCE = path.join(import.meta.dirname, 'page');

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Only what the sandbox itself serves may run on the page; messages may show pictures from anywhere. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src * data:; frame-ancestors 'none'";

/** The page at the sandbox's address, bundled in memory (less than a second) when it is first asked for. */
export function pageSite(): Site {
  let files: Promise<Bundle> | undefined;
  return {
    handle: async (request, response) => {
      files ??= bundle();
      serve(await files, request, response);
    },
    close: async () => void (await files?.catch(() => undefined)),
  };
}

type Bundle = ReadonlyMap<string, string | Uint8Array>;

async function bundle(): Promise<Bundle> {
  const result = await build({
    entryPoints: [path.join(SOURCE, 'main.tsx')],
    outdir: SOURCE,
    tsconfig: path.join(SOURCE, 'tsconfig.json'),
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const files = result.outputFiles.map((file) => [`/${path.basename(file.path)}`, file.contents] as const);
  return new Map<string, string | Uint8Array>([...files, ['/', HTML], ['/icon.svg', ICON]]);
}

function serve(files: Bundle, request: IncomingMessage, response: ServerResponse): void {
  const [pathname = '/'] = (request.url ?? '/').split('?');
  const file = files.get(pathname);
  if (file === undefined || !['GET', 'HEAD'].includes(request.method ?? 'GET')) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing here. The page is at /.\n');
    return;
  }
  const extension = pathname === '/' ? 'html' : pathname.slice(pathname.lastIndexOf('.') + 1);
  response.writeHead(200, {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'cache-control': 'no-cache',
  });
  response.end(file);
}

const HTML = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Trunkline sandbox</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/main.css">
<div id="root"></div>
<noscript>This page needs JavaScript.</noscript>
<script type="module" src="/main.js"></script>
</html>
`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0f766e"/><path d="M8 10h16M16 10v14M10 17l6 7 6-7" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
