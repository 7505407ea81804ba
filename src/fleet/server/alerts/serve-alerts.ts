import type { Kysely } from 'kysely';
import type { DB } from '#src/platform/server/db.ts';
import type { Log } from '#src/platform/server/log.ts';
import { serveLoopback } from '#src/platform/server/loopback-intake.ts';
import { PostedAlerts, takeAlerts } from './take-alerts.ts';

/** A storm over a thousand servers is a few megabytes. */
const bodyBytesAtMost = 32 * 1024 ** 2;

export type ServeAlertsOptions = { db: Kysely<DB>; log: Log; port: number; token: string };

/**
 * Takes alerts as Alertmanager does, at `/api/v2/alerts`, on loopback only and only from who knows the token. An answer
 * other than 200 makes the judge say it again.
 */
export function serveAlerts({
  db,
  log,
  port,
  token,
}: ServeAlertsOptions): Promise<{ port: number; stop(): Promise<void> }> {
  return serveLoopback({
    port,
    path: '/api/v2/alerts',
    token,
    bodyBytesAtMost,
    log,
    async take(body) {
      let posted;
      try {
        posted = PostedAlerts.parse(JSON.parse(body));
      } catch (err) {
        log.warn({ err }, 'alerts came that cannot be read');
        return false;
      }
      await takeAlerts(db, posted);
      return true;
    },
  });
}
