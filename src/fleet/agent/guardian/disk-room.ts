import { join } from 'node:path';
import { run } from '../programs.ts';

export type Room = {
  sizeBytes: number;
  freeBytes: number;
  /** The same for everything on one file system. */
  device: string;
};

const timeoutSeconds = 3;
/** A disk that did not answer is left in peace for a while: each look at it may leave a process that cannot even be killed. */
const restMs = 60_000;
const restUntil = new Map<string, number>();

/**
 * Room on the file system of a folder, asked by a process of its own, so that a mount that hangs blocks nothing here;
 * undefined when it does not answer. Free is what PostgreSQL may take, without what is kept back for root.
 */
export async function readRoom(folder: string): Promise<Room | undefined> {
  if ((restUntil.get(folder) ?? 0) > Date.now()) return undefined;
  const { code, stdout, timedOut } = await run(
    ['stat', '--file-system', '--format=%S %b %a %i', '--', `${folder}/.`],
    { timeoutSeconds },
  );
  if (timedOut) restUntil.set(folder, Date.now() + restMs);
  const said = /^(\d+) (\d+) (\d+) (\S+)/.exec(stdout);
  if (code !== 0 || said === null) return undefined;
  const [block, size, free] = [Number(said[1]), Number(said[2]), Number(said[3])];
  return { sizeBytes: block * size, freeBytes: block * free, device: said[4]! };
}

/** Room for a server: of the file systems of its data and of its WAL, the one with the smaller share free. */
export async function readServerRoom(dataDirectory: string): Promise<Room | undefined> {
  const [data, wal] = await Promise.all([readRoom(dataDirectory), readRoom(join(dataDirectory, 'pg_wal'))]);
  // Before the database is made there is no pg_wal; when it cannot be asked, the data alone decides.
  if (data === undefined || wal === undefined || wal.device === data.device) return data;
  return wal.freeBytes / wal.sizeBytes < data.freeBytes / data.sizeBytes ? wal : data;
}
