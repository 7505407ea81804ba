import { basename, dirname, join } from 'node:path';
import { run } from '../programs.ts';
import { readRoom } from './disk-room.ts';

/** Where a server's reserve lies: beside its data, never in it, or every backup and copy would carry it. */
export const reserveFile = (dataDirectory: string): string =>
  join(dirname(dataDirectory), `.elepherd-reserve-${basename(dataDirectory)}`);

/** Bytes kept aside for a server; 0 without a reserve. */
export async function readReserve(dataDirectory: string): Promise<number> {
  const { code, stdout } = await run(['stat', '--format=%b', '--', reserveFile(dataDirectory)], {
    timeoutSeconds: 3,
  });
  return code === 0 ? Number(stdout.trim()) * 512 : 0;
}

/** Sets bytes aside, as blocks that are really taken; answers what is kept, 0 where the data is on a file system of its own or it cannot be done. */
export async function keepReserve(dataDirectory: string, bytes: number): Promise<number> {
  const [data, beside] = await Promise.all([readRoom(dataDirectory), readRoom(dirname(dataDirectory))]);
  if (data === undefined || data.device !== beside?.device) return 0;
  const file = reserveFile(dataDirectory);
  const { code } = await run(['fallocate', '--length', String(bytes), file], { timeoutSeconds: 60 });
  if (code !== 0) await releaseReserve(dataDirectory);
  else await run(['chmod', '600', '--', file], { timeoutSeconds: 3 });
  return readReserve(dataDirectory);
}

/** Gives the reserve up. */
export async function releaseReserve(dataDirectory: string): Promise<void> {
  await run(['rm', '--force', '--', reserveFile(dataDirectory)], { timeoutSeconds: 10 });
}
