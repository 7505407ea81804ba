import { providePostgres } from '#src/community/server/runs/provide-postgres.ts';
import { takeConfig } from '#src/platform/server/config.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { createLog } from '#src/platform/server/log.ts';
import { openMetricsStore, setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { setOutgoingNetworks } from '#src/platform/server/outgoing.ts';
import { createVault, checkVault, setVault } from '#src/platform/server/secrets.ts';
import { startWorker } from '#src/platform/server/worker.ts';
import { pglitePostgres } from './pglite-postgres.ts';
import { sandboxPostgres } from './sandbox-postgres.ts';
import { work } from './work.ts';

const config = takeConfig();
if (config.DATABASE_URL === undefined)
  throw new Error('DATABASE_URL is not set. Start Elepherd with npm start, which sets it.');
const log = createLog('worker', config.LOG_LEVEL);
// graphile-worker keeps some connections for itself, beside one for each step that runs.
const pool = createPool(config.DATABASE_URL, config.WORKER_CONCURRENCY + 6);
const db = createDb(pool);
const vault = await createVault(config.home);
await checkVault(db, vault);
setVault(vault);
setMetricsStore(openMetricsStore(config));
setOutgoingNetworks(config.OUTGOING_NETWORKS);
providePostgres({ sandbox: sandboxPostgres(db), pglite: pglitePostgres() });
const worker = await startWorker({ pool, db, rooms: work, config, log });
log.info({ concurrency: config.WORKER_CONCURRENCY }, 'worker started');

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void worker
      .stop()
      .then(() => db.destroy())
      .then(() => process.exit(0));
  });
}

// A worker that stopped by itself (its database connection cannot be trusted any more) is better begun anew.
void worker.ended.catch(() => process.exit(1));
