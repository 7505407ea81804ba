import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { fileTypes } from '../../contract/files.ts';
import { filesText } from '../../contract/files.text.ts';
import { AppError } from '../errors.ts';
import type { LocalBytes } from './file-store.ts';

type FileType = (typeof fileTypes)[number];

const signatures: [FileType, (head: Buffer) => boolean][] = [
  ['image/png', (head) => head.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))],
  ['image/jpeg', (head) => head.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))],
  ['image/gif', (head) => /^GIF8[79]a/.test(head.toString('latin1', 0, 6))],
  [
    'image/webp',
    (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP',
  ],
  ['application/pdf', (head) => head.toString('latin1', 0, 5) === '%PDF-'],
  ['application/zip', (head) => head.subarray(0, 4).equals(Buffer.from('504b0304', 'hex'))],
  ['application/gzip', (head) => head.subarray(0, 3).equals(Buffer.from('1f8b08', 'hex'))],
];
const headBytes = 16;
const leftoverAfterMs = 24 * 3600 * 1000;

/** What kind of file begins like this; undefined when its first bytes say nothing, as those of text do not. */
export function typeOfHead(head: Buffer): FileType | undefined {
  return signatures.find(([, fits]) => fits(head))?.[0];
}

/**
 * Writes a stream into a file of `folder` as it comes and says what it is; the caller removes the file. Refuses an empty
 * one, one above the limit as soon as it passes it, and every kind that is not on the list.
 */
export async function receiveBytes(
  stream: ReadableStream<Uint8Array> | null,
  folder: string,
  bytesAtMost: number,
): Promise<LocalBytes> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeLeftovers(folder);
  const path = join(folder, randomBytes(16).toString('hex'));
  const hash = createHash('sha256');
  const text = makeTextCheck();
  let head = Buffer.alloc(0);
  let sizeBytes = 0;
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const piece of (stream ?? []) as AsyncIterable<Uint8Array>) {
        sizeBytes += piece.length;
        if (sizeBytes > bytesAtMost)
          throw new AppError('too_large', filesText.tooLarge(Math.floor(bytesAtMost / 1024 ** 2)));
        if (head.length < headBytes) head = Buffer.concat([head, piece]).subarray(0, headBytes);
        hash.update(piece);
        text.add(piece);
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (sizeBytes === 0) throw new AppError('invalid', filesText.empty);
    const contentType = typeOfHead(head) ?? (text.isText() ? 'text/plain; charset=utf-8' : undefined);
    if (contentType === undefined) throw new AppError('invalid', filesText.wrongType);
    return { path, sizeBytes, sha256: hash.digest(), contentType };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Text is valid UTF-8 without control characters other than tab, line feed, form feed and carriage return. */
function makeTextCheck() {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let good = true;
  const look = (decode: () => string) => {
    if (!good) return;
    try {
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      good = !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(decode());
    } catch {
      good = false;
    }
  };
  return {
    add: (piece: Uint8Array) => look(() => decoder.decode(piece, { stream: true })),
    isText() {
      look(() => decoder.decode());
      return good;
    },
  };
}

/** What uploads left behind when their process was killed. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > leftoverAfterMs) await rm(path, { force: true });
  }
}
