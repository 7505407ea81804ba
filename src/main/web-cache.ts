import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, crc32, createDeflateRaw, gunzipSync, gzip } from 'node:zlib';
import { type Locale, negotiateLocale } from '#src/platform/contract/i18n.ts';
import { preferenceCookies } from '#src/platform/web/preferences/preferences.ts';
import type { Piece } from '#src/platform/web/public/shared-page.tsx';

/** A page for nobody in particular, whole: what is sent is settled when it is drawn, not when it is asked for. */
export type KeptPage = {
  until: number;
  etag: string;
  /** Name, value, name, value…, as Node writes them without looking; without those of the encoding. */
  headers: string[];
  packed: Buffer;
  plainBytes: number;
  /** What is counted when it is read. */
  read?: string;
};

export type PageCache = {
  find: (key: string) => KeptPage | undefined;
  keep: (key: string, page: KeptPage) => void;
};

/** Keeps the pages of the last seconds, at most `entries` of them; the oldest goes first. */
export function createPageCache(entries = 2000): PageCache {
  const pages = new Map<string, KeptPage>();
  return {
    find: (key) => {
      const page = pages.get(key);
      if (page === undefined || page.until > Date.now()) return page;
      pages.delete(key);
      return undefined;
    },
    keep: (key, page) => {
      pages.delete(key);
      if (pages.size >= entries) pages.delete(pages.keys().next().value ?? '');
      pages.set(key, page);
    },
  };
}

/**
 * Names a page as one reader without a session gets it, by all that such a page may depend on; null for a reader who may
 * have a session, whatever the cookie is called.
 */
export function anonymousKey(
  place: string,
  cookie: string | null | undefined,
  acceptLanguage: string | null | undefined,
): string | null {
  let locale: string | undefined;
  let scheme = '';
  let zone = '';
  if (cookie) {
    for (const part of cookie.split(';')) {
      const at = part.indexOf('=');
      const name = part.slice(0, at).trim();
      const value = part.slice(at + 1).trim();
      if (name === preferenceCookies.locale) locale = value === 'en' || value === 'zh-CN' ? value : undefined;
      else if (name === preferenceCookies.scheme) scheme = value;
      else if (name === preferenceCookies.zone) zone = value;
      else if (part.trim() !== '') return null;
    }
  }
  return `${locale ?? negotiated(acceptLanguage)} ${scheme} ${zone} ${place}`;
}

const languages = new Map<string, Locale>();

// Browsers send a few hundred different lines, each of them thousands of times.
function negotiated(acceptLanguage: string | null | undefined): Locale {
  const line = acceptLanguage ?? '';
  const known = languages.get(line);
  if (known !== undefined) return known;
  const locale = negotiateLocale(line);
  if (languages.size < 1000 && line.length < 200) languages.set(line, locale);
  return locale;
}

/** Whether the reader already has the page with this ETag. */
export function hasIt(ifNoneMatch: string | null | undefined, etag: string | null): boolean {
  if (!ifNoneMatch || etag === null) return false;
  const bare = (one: string) => one.trim().replace(/^W\//, '');
  return ifNoneMatch === etag || ifNoneMatch.split(',').some((one) => bare(one) === bare(etag));
}

export const takesGzip = (acceptEncoding: string | null | undefined) => /\bgzip\b/.test(acceptEncoding ?? '');

const gzipped = promisify(gzip);

const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
const lastBlock = [1, 0, 0, 0xff, 0xff];

/**
 * Packs pages for one reader each, one after the other with one compressor: a new one for each page takes 256 KB that stay
 * occupied until the next collection of garbage. Between two pieces it forgets all that it has seen, so that a piece that is
 * kept for many readers is packed once and stands in each of their pages.
 */
export function createPacker(): (pieces: readonly Piece[]) => Promise<Buffer> {
  const compressor = createDeflateRaw({ level: 1, chunkSize: 64 * 1024 });
  let chunks: Buffer[] = [];
  compressor.on('data', (chunk: Buffer) => chunks.push(chunk));
  const known = new WeakMap<Piece, PackedPiece>();
  let last: Promise<unknown> = Promise.resolve();
  const packPiece = async (piece: Piece): Promise<PackedPiece> => {
    const bytes = Buffer.from(piece.text);
    const plain = { plainBytes: bytes.length, sum: crc32(bytes), shift: shiftOf(bytes.length) };
    if (bytes.length === 0) return { ...plain, packed: bytes };
    compressor.write(bytes);
    await new Promise<void>((resolve) => compressor.flush(constants.Z_FULL_FLUSH, resolve));
    const packed = Buffer.concat(chunks);
    chunks = [];
    const made = { ...plain, packed };
    if (piece.isKept) known.set(piece, made);
    return made;
  };
  const pack = async (pieces: readonly Piece[]) => {
    const parts: Buffer[] = [gzipHead];
    let sum = 0;
    let length = 0;
    for (const piece of pieces) {
      const one = known.get(piece) ?? (await packPiece(piece));
      parts.push(one.packed);
      sum = joinSums(sum, one);
      length += one.plainBytes;
    }
    const tail = Buffer.alloc(13);
    tail.set(lastBlock);
    tail.writeUInt32LE(sum, 5);
    tail.writeUInt32LE(length % 2 ** 32, 9);
    return Buffer.concat([...parts, tail]);
  };
  return (pieces) => {
    const packed = last.then(() => pack(pieces));
    last = packed.catch(() => {});
    return packed;
  };
}

/** What is packed, the CRC-32 of what is in it, and by what a sum before it is multiplied. */
type PackedPiece = { packed: Buffer; plainBytes: number; sum: number; shift: number };

/** The product of two polynomials over GF(2) modulo that of CRC-32, lowest power in the highest bit. */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = 31; bit >= 0; bit--) {
    if ((a >>> bit) & 1) product ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ 0xedb88320 : factor >>> 1;
  }
  return product >>> 0;
}

/** x to the power of eight times so many bytes. */
function shiftOf(bytes: number): number {
  let shift = 0x80000000;
  let power = 0x00800000;
  for (let left = bytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) shift = multiply(power, shift);
    power = multiply(power, power);
  }
  return shift;
}

/** The sum of what stands before a piece and of the piece, without reading either again. */
const joinSums = (before: number, piece: { sum: number; shift: number }): number =>
  (multiply(piece.shift, before) ^ piece.sum) >>> 0;

/** Packs a page for all who read it in its seconds. */
const packForAll = async (bytes: Buffer): Promise<Buffer> => gzipped(bytes, { level: 7 });

/** Makes of an answer what is kept of it until then; `text` is its body when it has none itself. */
export async function keepable(answer: Response, until: number, text?: string): Promise<KeptPage> {
  const bytes = text === undefined ? Buffer.from(await answer.arrayBuffer()) : Buffer.from(text);
  answer.headers.delete('content-length');
  const etag =
    answer.headers.get('etag') ??
    `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 24)}"`;
  answer.headers.set('etag', etag);
  return {
    until,
    etag,
    headers: [...answer.headers].flat(),
    packed: await packForAll(bytes),
    plainBytes: bytes.length,
  };
}

/**
 * Answers a request straight from memory when it is for a page that nobody in particular has just read; false when it
 * is not, and nothing was done. It stands before everything else: a kept page costs microseconds.
 */
export function answerFromMemory(
  cache: PageCache,
  { method, url, headers }: IncomingMessage,
  outgoing: ServerResponse,
  onRead?: (read: string, headers: IncomingMessage['headers']) => void,
): boolean {
  if (method !== 'GET' || url === undefined || headers.host === undefined) return false;
  const key = anonymousKey(headers.host + url, headers.cookie, headers['accept-language']);
  const page = key === null ? undefined : cache.find(key);
  if (page === undefined) return false;
  if (hasIt(headers['if-none-match'], page.etag)) {
    outgoing.writeHead(304, page.headers).end();
  } else if (takesGzip(headers['accept-encoding'])) {
    const length = String(page.packed.length);
    outgoing
      .writeHead(200, [...page.headers, 'content-encoding', 'gzip', 'content-length', length])
      .end(page.packed);
  } else {
    outgoing
      .writeHead(200, [...page.headers, 'content-length', String(page.plainBytes)])
      .end(gunzipSync(page.packed));
  }
  if (page.read !== undefined) onRead?.(page.read, headers);
  return true;
}

/** The same as an answer that goes on through the programs. */
export function answerOf(page: KeptPage, request: Request): Response {
  const headers = new Headers();
  for (let at = 0; at < page.headers.length; at += 2)
    headers.append(page.headers[at] ?? '', page.headers[at + 1] ?? '');
  if (hasIt(request.headers.get('if-none-match'), page.etag))
    return new Response(null, { status: 304, headers });
  if (!takesGzip(request.headers.get('accept-encoding')))
    return new Response(new Uint8Array(gunzipSync(page.packed)), { headers });
  headers.set('content-encoding', 'gzip');
  return new Response(new Uint8Array(page.packed), { headers });
}
