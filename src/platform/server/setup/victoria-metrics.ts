import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { freePort } from './preflight.ts';
import type { Program } from './programs.ts';
import { checkReachable, ensureSystemUser } from './system-user.ts';

const file = '/usr/bin/victoria-metrics';
const user = 'elepherd';

/** The VictoriaMetrics of a home, ready to be started: its program, and the address with password that the others use. */
export type OwnVictoriaMetrics = { program: Program; url: string; folder: string };

/** Prepares the VictoriaMetrics of a home; undefined when the program is not on this machine. It listens on loopback only, and asks for a password. */
export async function prepareVictoriaMetrics(
  config: Pick<Config, 'home' | 'METRICS_MONTHS'>,
): Promise<OwnVictoriaMetrics | undefined> {
  if (!existsSync(file)) return undefined;
  const folder = join(config.home, 'metrics');
  const as = await ensureSystemUser();
  await mkdir(folder, { recursive: true, mode: 0o750 });
  if (as !== undefined) await chown(folder, as.uid, as.gid);
  await checkReachable(join(folder, 'data'), as);
  const password = await ensurePassword(join(config.home, 'metrics-password'));
  const port = await freePort('127.0.0.1');
  return {
    folder,
    url: `http://${user}:${password}@127.0.0.1:${port}`,
    program: {
      name: 'metrics',
      file,
      args: [
        `-storageDataPath=${join(folder, 'data')}`,
        `-retentionPeriod=${config.METRICS_MONTHS}`,
        `-httpListenAddr=127.0.0.1:${port}`,
        // What is drawn and judged is a few seconds old, not half a minute.
        '-search.latencyOffset=5s',
        // A batch that is sent again after an answer was lost is the same batch.
        '-dedup.minScrapeInterval=1ms',
        '-memory.allowedPercent=25',
        '-loggerLevel=WARN',
        // The password must not stand in an argument list, where every user of the machine reads it.
        '-envflag.enable',
      ],
      env: { PATH: '/usr/bin:/bin', httpAuth_username: user, httpAuth_password: password },
      as,
    },
  };
}

async function ensurePassword(path: string): Promise<string> {
  const known = await readFile(path, 'utf8').catch(() => '');
  if (known.trim() !== '') return known.trim();
  const made = randomBytes(24).toString('hex');
  await writeFile(path, `${made}\n`, { mode: 0o600 });
  return made;
}
