import { createReadStream, openAsBlob } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import type { Config } from '../config.ts';

/** Bytes that lie in a file of this machine, known whole. */
export type LocalBytes = { path: string; sizeBytes: number; sha256: Buffer; contentType: string };

/** Where the bytes of uploads lie. `place` is a name made by `newPlace`; the same bytes may be put again. */
export type FileStore = {
  /** Keeps the bytes of a local file, which may be gone afterwards. */
  put(place: string, bytes: LocalBytes): Promise<void>;
  /** Undefined when there is nothing at this place. */
  get(place: string): Promise<ReadableStream<Uint8Array> | undefined>;
  stat(place: string): Promise<{ sizeBytes: number } | undefined>;
  /** Harmless when there is nothing. */
  delete(place: string): Promise<void>;
};

/** The store the settings name: a folder, by default below the home, or an S3-compatible bucket. */
export function openFileStore(config: Config): FileStore {
  const { FILES_URL: url } = config;
  if (url !== undefined && /^https?:\/\//.test(url)) {
    const client = new AwsClient({
      accessKeyId: config.FILES_ACCESS_KEY ?? '',
      secretAccessKey: config.FILES_SECRET_KEY ?? '',
      region: config.FILES_REGION,
      service: 's3',
      retries: 3,
    });
    return bucketStore(url.replace(/\/$/, ''), client);
  }
  return folderStore(url ?? join(config.home, 'files'));
}

function folderStore(folder: string): FileStore {
  const pathOf = (place: string) => join(folder, checked(place));
  return {
    async put(place, { path }) {
      const target = pathOf(place);
      await mkdir(dirname(target), { recursive: true, mode: 0o750 });
      await rename(path, target).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EXDEV') throw error;
        // Another file system: whole under another name first, so that no reader meets half a file.
        await copyFile(path, `${target}.making`);
        await rename(`${target}.making`, target);
      });
    },
    async get(place) {
      const stream = createReadStream(pathOf(place));
      try {
        await new Promise<void>((resolve, reject) =>
          stream.once('open', () => resolve()).once('error', reject),
        );
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
      return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    },
    async stat(place) {
      const found = await stat(pathOf(place)).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      return found && { sizeBytes: found.size };
    },
    delete: (place) => rm(pathOf(place), { force: true }),
  };
}

function bucketStore(url: string, client: AwsClient): FileStore {
  const ask = async (method: string, place: string, init: RequestInit = {}) => {
    const answer = await client.fetch(`${url}/${checked(place)}`, {
      method,
      // A store that says nothing must not hold a request for ever.
      signal: AbortSignal.timeout(60_000),
      ...init,
    });
    if (answer.ok || answer.status === 404) return answer;
    throw new Error(
      `The file store answered ${answer.status} to ${method}: ${(await answer.text()).slice(0, 500)}`,
    );
  };
  return {
    async put(place, { path, sha256, contentType }) {
      // A Blob of a file is read as it is sent, and its length is known beforehand, which S3 demands.
      const body = await openAsBlob(path);
      const headers = { 'x-amz-content-sha256': sha256.toString('hex'), 'content-type': contentType };
      const answer = await ask('PUT', place, { body, headers });
      await answer.body?.cancel();
      if (answer.status === 404) throw new Error('The file store has no such bucket.');
    },
    async get(place) {
      const answer = await ask('GET', place, { signal: null });
      if (answer.status !== 404) return answer.body ?? undefined;
      await answer.body?.cancel();
      return undefined;
    },
    async stat(place) {
      const answer = await ask('HEAD', place);
      return answer.status === 404 ? undefined : { sizeBytes: Number(answer.headers.get('content-length')) };
    },
    async delete(place) {
      const answer = await ask('DELETE', place);
      await answer.body?.cancel();
    },
  };
}

/** Places are ours alone: anything else would be a way out of the folder. */
function checked(place: string): string {
  if (!/^[0-9a-f]{2}\/[0-9a-f]{32}$/.test(place)) throw new Error('This is not a place of the file store.');
  return place;
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';
