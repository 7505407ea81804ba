import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { keepRules, prepareRules } from '#src/fleet/server/alert-rules/write-rules.ts';
import { serveAlerts } from '#src/fleet/server/alerts/serve-alerts.ts';
import type { Config } from '#src/platform/server/config.ts';
import type { DB } from '#src/platform/server/db.ts';
import type { Log } from '#src/platform/server/log.ts';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import type { Program } from '#src/platform/server/setup/programs.ts';
import { checkReachable, ensureSystemUser } from '#src/platform/server/setup/system-user.ts';

const file = '/usr/bin/vmalert';
const folderName = 'alert-rules';

/** How often rules are read again, and how often an alert that stands is said again. */
const checkSeconds = 5;
const resendSeconds = 60;

/** The judge of a home, ready to be started, and what the server must know to hear it. */
export type AlertEngine = { program: Program; env: { ALERT_PORT: string; ALERT_TOKEN: string } };

/**
 * Prepares the vmalert of a home, which judges the series of a store; undefined without a store, or when the program is
 * not on this machine. What it remembers it keeps in the store, so a restart forgets nothing.
 */
export async function prepareAlertEngine(
  config: Pick<Config, 'home' | 'METRICS_WRITE_URL'>,
  metricsUrl: string | undefined,
): Promise<AlertEngine | undefined> {
  if (metricsUrl === undefined || !existsSync(file)) return undefined;
  const folder = join(config.home, folderName);
  const as = await ensureSystemUser();
  await prepareRules(folder);
  await checkReachable(folder, as);
  const port = await freePort('127.0.0.1');
  const token = randomBytes(24).toString('hex');
  const read = takeApart(metricsUrl);
  const write = takeApart(config.METRICS_WRITE_URL ?? metricsUrl);
  return {
    env: { ALERT_PORT: String(port), ALERT_TOKEN: token },
    program: {
      name: 'vmalert',
      file,
      args: engineArguments({ folder, readUrl: read.url, writeUrl: write.url, intakePort: port }),
      // Secrets must not stand in an argument list, where every user of the machine reads them.
      env: {
        PATH: '/usr/bin:/bin',
        notifier_bearerToken: token,
        ...credentials('datasource', read),
        ...credentials('remoteRead', read),
        ...credentials('remoteWrite', write),
      },
      as,
    },
  };
}

/** How vmalert is called; tests and benches call it the same way. */
export function engineArguments(wish: {
  folder: string;
  readUrl: string;
  writeUrl: string;
  intakePort: number;
  resendSeconds?: number;
}): string[] {
  return [
    `-rule=${join(wish.folder, '*.yml')}`,
    `-configCheckInterval=${checkSeconds}s`,
    `-datasource.url=${wish.readUrl}`,
    `-remoteRead.url=${wish.readUrl}`,
    `-remoteWrite.url=${wish.writeUrl}`,
    `-notifier.url=http://127.0.0.1:${wish.intakePort}`,
    `-rule.resendDelay=${wish.resendSeconds ?? resendSeconds}s`,
    '-remoteRead.lookback=2h',
    // What was measured longer ago than this is no longer so: no data must be noticed soon.
    '-datasource.queryStep=2m',
    '-httpListenAddr=127.0.0.1:0',
    '-envflag.enable',
    '-loggerLevel=WARN',
  ];
}

const credentials = (flag: string, { user, password }: ReturnType<typeof takeApart>) =>
  user === '' ? {} : { [`${flag}_basicAuth_username`]: user, [`${flag}_basicAuth_password`]: password };

function takeApart(address: string): { url: string; user: string; password: string } {
  const url = new URL(address);
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  return { url: url.href.replace(/\/$/, ''), user, password };
}

/** Lets a server hear the judge, and keeps the judge's rules as the rows say; does nothing when no judge was prepared. */
export async function startAlertIntake(options: {
  db: Kysely<DB>;
  config: Pick<Config, 'home' | 'ALERT_PORT' | 'ALERT_TOKEN'>;
  log: Log;
}): Promise<{ stop(): Promise<void> }> {
  const { db, log, config } = options;
  const { ALERT_PORT: port, ALERT_TOKEN: token } = config;
  if (port === undefined || token === undefined) return { stop: async () => {} };
  const intake = await serveAlerts({ db, log, port, token });
  const rules = keepRules(db, join(config.home, folderName), log);
  return {
    async stop() {
      rules.stop();
      await intake.stop();
    },
  };
}
