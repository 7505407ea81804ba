import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority, issueKeyPair } from '#src/platform/server/x509.ts';
import { whyNot } from './s3-server.ts';

/** An object store that speaks S3 over TLS, as far as pgBackRest uses it: parts, lists in pages, many deletions at once. */
export type S3Store = {
  port: number;
  bucket: string;
  /** PEM of the authority that signed its certificate. */
  authority: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** What lies in it, by key; a test may spoil it. */
  objects: Map<string, { bytes: Buffer; at: Date }>;
  stop(): Promise<void>;
};

/** Small, so that every longer list takes several pages. */
const keysAPage = 100;
type Answer = { status: number; headers?: Record<string, string>; body?: Buffer | string };

/** Starts a store on this machine's loopback that answers to these names, and takes only what is rightly signed. */
export async function startS3Store(names: readonly string[]): Promise<S3Store> {
  const authority = await createAuthority('Store of the lab');
  const pair = await issueKeyPair(authority, {
    commonName: names[0]!,
    names,
    validMs: 24 * 3600 * 1000,
    usages: ['server'],
  });
  const keys = { id: 'STOREKEY', secret: 'store/secret+of=the.lab', region: 'us-east-1' };
  const objects: S3Store['objects'] = new Map();
  const uploads = new Map<string, Map<number, Buffer>>();
  const bucket = 'herd';
  const server = createServer({ key: pair.key, cert: pair.certificate }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const refusal = whyNot(request, body, keys);
    const answer = refusal
      ? { status: 403, body: xml('Error', `<Code>${refusal}</Code>`) }
      : perform(request, body, { bucket, objects, uploads });
    const bytes = Buffer.from(answer.body ?? '');
    response.writeHead(answer.status, { 'content-length': String(bytes.length), ...answer.headers });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    bucket,
    authority: authority.certificate,
    accessKeyId: keys.id,
    secretAccessKey: keys.secret,
    objects,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function perform(
  request: IncomingMessage,
  body: Buffer,
  store: {
    bucket: string;
    objects: S3Store['objects'];
    uploads: Map<string, Map<number, Buffer>>;
  },
): Answer {
  const { objects, uploads } = store;
  const url = new URL(request.url ?? '', 'https://store');
  const [bucket, ...rest] = decodeURIComponent(url.pathname).slice(1).split('/');
  const key = rest.join('/');
  const query = url.searchParams;
  if (bucket !== store.bucket) return { status: 404, body: xml('Error', '<Code>NoSuchBucket</Code>') };
  const uploadId = query.get('uploadId');
  if (request.method === 'GET' && key === '') return { status: 200, body: list(objects, query) };
  if (request.method === 'POST' && query.has('delete')) {
    for (const [, gone] of body.toString().matchAll(/<Key>([^<]+)<\/Key>/g)) objects.delete(unescape(gone!));
    return { status: 200, body: xml('DeleteResult', '') };
  }
  if (request.method === 'POST' && query.has('uploads')) {
    const id = `upload-${String(uploads.size + 1)}`;
    uploads.set(id, new Map());
    return {
      status: 200,
      body: xml('InitiateMultipartUploadResult', `<Key>${escape(key)}</Key><UploadId>${id}</UploadId>`),
    };
  }
  if (request.method === 'PUT' && uploadId !== null) {
    uploads.get(uploadId)?.set(Number(query.get('partNumber')), body);
    return { status: 200, headers: { etag: etagOf(body) } };
  }
  if (request.method === 'POST' && uploadId !== null) {
    const parts = [...(uploads.get(uploadId) ?? [])].sort(([a], [b]) => a - b);
    uploads.delete(uploadId);
    const bytes = Buffer.concat(parts.map(([, part]) => part));
    objects.set(key, { bytes, at: new Date() });
    return { status: 200, body: xml('CompleteMultipartUploadResult', `<ETag>${etagOf(bytes)}</ETag>`) };
  }
  if (request.method === 'PUT') {
    objects.set(key, { bytes: body, at: new Date() });
    return { status: 200, headers: { etag: etagOf(body) } };
  }
  if (request.method === 'DELETE') {
    objects.delete(key);
    return { status: 204 };
  }
  const found = objects.get(key);
  if (!found) return { status: 404, body: xml('Error', '<Code>NoSuchKey</Code>') };
  const headers = { 'last-modified': found.at.toUTCString(), etag: etagOf(found.bytes) };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (request.method === 'HEAD')
    return { status: 200, headers: { ...headers, 'content-length': String(found.bytes.length) } };
  if (from === undefined) return { status: 200, headers, body: found.bytes };
  const end = to === undefined || to === '' ? found.bytes.length : Number(to) + 1;
  return { status: 206, headers, body: found.bytes.subarray(Number(from), end) };
}

/** ListObjectsV2: keys and, with a delimiter, the folders right below the prefix, in order. */
function list(objects: S3Store['objects'], query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const after = query.get('continuation-token') ?? '';
  const names = new Set<string>();
  for (const key of objects.keys()) {
    if (!key.startsWith(prefix)) continue;
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    names.add(at === -1 ? key : key.slice(0, at + 1));
  }
  const sorted = [...names].sort().filter((name) => name > after);
  const page = sorted.slice(0, keysAPage);
  const isTruncated = sorted.length > page.length;
  const parts = page.map((name) => {
    const found = objects.get(name);
    return found
      ? `<Contents><Key>${escape(name)}</Key><LastModified>${found.at.toISOString()}</LastModified><Size>${String(found.bytes.length)}</Size></Contents>`
      : `<CommonPrefixes><Prefix>${escape(name)}</Prefix></CommonPrefixes>`;
  });
  return xml(
    'ListBucketResult',
    `<IsTruncated>${String(isTruncated)}</IsTruncated>${isTruncated ? `<NextContinuationToken>${escape(page.at(-1)!)}</NextContinuationToken>` : ''}${parts.join('')}`,
  );
}

const etagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`;
const xml = (root: string, inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${inner}</${root}>`;
const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const unescape = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
