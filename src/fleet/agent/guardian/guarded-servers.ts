import { findText } from '../files.ts';
import type { Services } from '../services/services.ts';
import { parsePatroniFile } from '../observe-servers.ts';
import type { Place } from './read-only.ts';

/** A server under Patroni whose disk is guarded. */
export type Guarded = { name: string; dataDirectory: string; place: Place | undefined };

/** Where PostgreSQL itself listens, from Patroni's file. */
export function parsePlace(yaml: string): Place | undefined {
  const postgres = /^postgresql:\n((?:[ \t]+.*\n?)*)/m.exec(yaml)?.[1] ?? '';
  const port = Number(/^\s+listen:\s*["']?\S*:(\d+)["']?\s*$/m.exec(postgres)?.[1]);
  const pgVersion = Number(
    /^\s+bin_dir:\s*["']?\/usr\/lib\/postgresql\/(\d+)\/bin["']?\s*$/m.exec(postgres)?.[1],
  );
  return Number.isInteger(port) && Number.isInteger(pgVersion) ? { port, pgVersion } : undefined;
}

/** Every server under Patroni on this host, from the files that it runs with. */
export async function listGuarded(services: Services): Promise<Guarded[]> {
  const patronis = services.list().filter((service) => service.program === 'patroni');
  const found = await Promise.all(
    patronis.map(async ({ name, args }) => {
      const file = args.find((arg) => arg.endsWith('.yml'));
      const yaml = (file && (await findText(file))) || '';
      const { dataDirectory } = parsePatroniFile(yaml);
      return dataDirectory === null ? undefined : { name, dataDirectory, place: parsePlace(yaml) };
    }),
  );
  return found.filter((one) => one !== undefined);
}
