import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { selfBackupText } from '../../contract/self-backup.text.ts';
import { SetupProblem } from '../setup/setup-problem.ts';

/** First line of every file; a reader of another form stops here. */
const magic = 'elepherd self-backup 1\n';
const frameBytes = 256 * 1024;
const tagBytes = 16;
const lastMark = 0x8000_0000;
/** 32 MB and a tenth of a second for one guess at the key. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

const Head = z.object({ salt: z.string(), keyMark: z.string() });

/** The head of a file and the key for what follows. */
async function deriveKey(words: string, salt: Buffer): Promise<{ key: Buffer; keyMark: string }> {
  const derive = promisify(scrypt) as (p: string, s: Buffer, n: number, o: object) => Promise<Buffer>;
  const bytes = await derive(words.trim(), salt, 64, cost);
  // The mark says whether it is the right key, and costs as much to guess at as the key itself.
  const keyMark = createHash('sha256').update(bytes.subarray(32)).digest('hex').slice(0, 16);
  return { key: bytes.subarray(0, 32), keyMark };
}

/** Each frame has a nonce of its own, since each file has a key of its own; the last says that it is the last, so that nothing can be cut off. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 4);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Encrypts a stream with AES-256-GCM in frames, under a key made from the words and a fresh salt. */
export async function* sealStream(source: AsyncIterable<Buffer>, words: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(32);
  const { key, keyMark } = await deriveKey(words, salt);
  const head = JSON.stringify({ salt: salt.toString('base64'), keyMark });
  yield Buffer.from(`${magic}${head}\n`);
  const aad = createHash('sha256').update(head).digest();
  let number = 0;
  const frame = (plain: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast)).setAAD(aad);
    number += 1;
    const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE((body.length | (isLast ? lastMark : 0)) >>> 0);
    return Buffer.concat([length, body]);
  };
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < frameBytes) continue;
    const all = Buffer.concat(waiting);
    let at = 0;
    for (; all.length - at >= frameBytes; at += frameBytes)
      yield frame(all.subarray(at, at + frameBytes), false);
    waiting = [Buffer.from(all.subarray(at))];
    size = all.length - at;
  }
  yield frame(Buffer.concat(waiting), true);
}

/** Decrypts what `sealStream` made. Refuses another key, a changed byte and a file that was cut short. */
export async function* openStream(source: AsyncIterable<Buffer>, words: string): AsyncGenerator<Buffer> {
  const reader = new Reader(source);
  if ((await reader.take(magic.length)).toString('latin1') !== magic)
    throw new SetupProblem(selfBackupText.notABackup);
  const head = await reader.takeLine(4096);
  const read = Head.safeParse(parse(head));
  if (!read.success) throw new SetupProblem(selfBackupText.notABackup);
  const { key, keyMark } = await deriveKey(words, Buffer.from(read.data.salt, 'base64'));
  if (keyMark !== read.data.keyMark) throw new SetupProblem(selfBackupText.wrongKey);
  const aad = createHash('sha256').update(head).digest();
  for (let number = 0; ; number += 1) {
    const mark = (await reader.take(4)).readUInt32BE();
    const isLast = (mark & lastMark) !== 0;
    const length = mark & ~lastMark;
    if (length < tagBytes || length > frameBytes + tagBytes) throw new SetupProblem(selfBackupText.damaged);
    const body = await reader.take(length);
    let plain: Buffer;
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast), {
        authTagLength: tagBytes,
      })
        .setAAD(aad)
        .setAuthTag(body.subarray(length - tagBytes));
      plain = Buffer.concat([decipher.update(body.subarray(0, length - tagBytes)), decipher.final()]);
    } catch (cause) {
      throw new SetupProblem(selfBackupText.damaged, { cause });
    }
    yield plain;
    if (!isLast) continue;
    if (await reader.hasMore()) throw new SetupProblem(selfBackupText.damaged);
    return;
  }
}

/** Takes exact numbers of bytes out of a stream; one that ends too early is damaged. */
export class Reader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async hasMore(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done === true) return false;
      this.#rest = next.value;
    }
    return true;
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let missing = length; missing > 0;) {
      if (!(await this.hasMore())) throw new SetupProblem(selfBackupText.damaged);
      const part = this.#rest.subarray(0, missing);
      parts.push(part);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** The bytes up to the next line end, without it. */
  async takeLine(atMost: number): Promise<string> {
    const bytes: number[] = [];
    for (;;) {
      const [byte = 0] = await this.take(1);
      if (byte === 10) return Buffer.from(bytes).toString('utf8');
      bytes.push(byte);
      if (bytes.length > atMost) throw new SetupProblem(selfBackupText.damaged);
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
