import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { Readable } from 'node:stream';

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.data': 'application/octet-stream',
};

// An SVG opened by itself is a document: it may not run anything.
const inert = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/** A thread of a page goes by its own policy: only here may WebAssembly be compiled, and nothing else runs with it. */
const workerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const isWorker = /^\/assets\/run-worker-[\w-]+\.js$/;

type Variant = { path: string; bytes: number };
type File = {
  type: string;
  policy: string;
  etag: string;
  immutable: boolean;
  plain: Variant;
  br?: Variant;
  gzip?: Variant;
};

/**
 * Answers requests for the files of the browser's build. The list is made once, so a path is either a known name or
 * no file at all. Answers undefined when the path is not ours.
 */
export async function staticFiles(root: string): Promise<(request: Request) => Response | undefined> {
  const files = new Map<string, File>();
  for (const name of await readdir(root, { recursive: true })) {
    const type = types[extname(name)];
    const path = join(root, name);
    // `.vite` holds the build's own notes.
    if (!type || name.startsWith('.') || !(await stat(path)).isFile()) continue;
    const br = await variant(`${path}.br`);
    const gzip = await variant(`${path}.gz`);
    const address = `/${name.split(sep).join('/')}`;
    files.set(address, {
      type,
      policy: isWorker.test(address) ? workerPolicy : inert,
      etag: `"${createHash('sha256')
        .update(await readFile(path))
        .digest('base64url')
        .slice(0, 24)}"`,
      immutable: name.startsWith(`assets${sep}`),
      plain: { path, bytes: (await stat(path)).size },
      ...(br ? { br } : {}),
      ...(gzip ? { gzip } : {}),
    });
  }
  return (request) => {
    const { pathname } = new URL(request.url);
    const file = files.get(pathname);
    if (!file) {
      // A build's assets never come back under an old name, and no page lives there.
      if (pathname.startsWith('/assets/') || pathname === '/favicon.ico')
        return new Response(null, { status: 404 });
      return undefined;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
    }
    return answer(request, file);
  };
}

async function variant(path: string): Promise<Variant | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && { path, bytes: found.size };
}

function answer(request: Request, file: File): Response {
  const headers = new Headers({
    'content-type': file.type,
    etag: file.etag,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    'x-content-type-options': 'nosniff',
    'content-security-policy': file.policy,
  });
  if (file.br || file.gzip) headers.set('vary', 'accept-encoding');
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const accepts = request.headers.get('accept-encoding') ?? '';
  let chosen = file.plain;
  if (file.br && /\bbr\b/.test(accepts)) {
    chosen = file.br;
    headers.set('content-encoding', 'br');
  } else if (file.gzip && /\bgzip\b/.test(accepts)) {
    chosen = file.gzip;
    headers.set('content-encoding', 'gzip');
  }
  headers.set('content-length', String(chosen.bytes));
  if (request.method === 'HEAD') return new Response(null, { headers });
  return new Response(Readable.toWeb(createReadStream(chosen.path)) as ReadableStream, { headers });
}
