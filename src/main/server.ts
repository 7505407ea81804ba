import { existsSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { countReads } from '#src/community/server/reads/count-reads.ts';
import { gatherReads } from '#src/community/server/reads/gather-reads.ts';
import { operatesElepherd, startIdentity } from '#src/identity/server/public.ts';
import { createApi } from '#src/platform/server/api.ts';
import { takeConfig } from '#src/platform/server/config.ts';
import { noOrg, systemContext } from '#src/platform/server/context.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { openFilePlace, setFilePlace } from '#src/platform/server/files/file-place.ts';
import { startListening } from '#src/platform/server/listen.ts';
import { createLog } from '#src/platform/server/log.ts';
import { createMetrics } from '#src/platform/server/metrics/metrics.ts';
import { openMetricsStore, setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { knowOperators } from '#src/platform/server/operators.ts';
import { openLanguageModel, setLanguageModel } from '#src/platform/server/language-model.ts';
import { setOutgoingNetworks } from '#src/platform/server/outgoing.ts';
import { createVault, checkVault, setVault } from '#src/platform/server/secrets.ts';
import { startAgentPort } from './agent-port.ts';
import { startAlertIntake } from './alert-engine.ts';
import { rooms } from './rooms.ts';
import { type FromMemory, mountWeb } from './web.ts';

const config = takeConfig();
if (config.DATABASE_URL === undefined)
  throw new Error('DATABASE_URL is not set. Start Elepherd with npm start, which sets it.');
const log = createLog('server', config.LOG_LEVEL);
const pool = createPool(config.DATABASE_URL, config.DATABASE_POOL);
const db = createDb(pool);
const vault = await createVault(config.home);
await checkVault(db, vault);
setVault(vault);
const listening = startListening(config.DATABASE_URL, log);
knowOperators(operatesElepherd);
setFilePlace(openFilePlace(config));
setMetricsStore(openMetricsStore(config));
setOutgoingNetworks(config.OUTGOING_NETWORKS);
setLanguageModel(openLanguageModel(config));
const permissions = rooms.flatMap((room) => room.permissions);
const { authenticate, stop: stopIdentity } = await startIdentity({ db, config, vault, permissions });

const metrics = createMetrics();
const app = createApi({ db, pool, rooms, authenticate, log, config, metrics });
const reads = gatherReads(
  async (batch) => countReads(systemContext(db, noOrg), batch),
  (err) => log.warn({ err }, 'some reads of pages were not counted'),
);
let fromMemory: FromMemory = () => false;
const buildDir = join(import.meta.dirname, '../../build');
if (existsSync(join(buildDir, 'server/index.js'))) {
  fromMemory = await mountWeb(app, {
    buildDir,
    publicUrl: config.publicUrl,
    onRead: (read, reader) => reads.tell(read, reader),
  });
}
const agents = await startAgentPort({ db, pool, vault, config, log });
const alerts = await startAlertIntake({ db, config, log });
const server = serve({
  fetch: app.fetch,
  createServer: withMemory as typeof createServer,
  // Longer than a reverse proxy keeps a connection to it that rests: or one that it takes up again is closed under its question.
  serverOptions: { keepAliveTimeout: 65_000 },
  port: config.PORT,
  hostname: config.HOST,
  overrideGlobalObjects: false,
});
log.info({ port: config.PORT, agentPort: config.AGENT_PORT }, 'server started');

/** A server where a page that is kept whole passes by everything that others need, but for being counted. */
function withMemory(options: object, listener: RequestListener) {
  return createServer(options, (incoming, outgoing) => {
    const from = performance.now();
    if (!fromMemory(incoming, outgoing)) return listener(incoming, outgoing);
    const seconds = (performance.now() - from) / 1000;
    metrics.observe({ method: 'GET', route: 'pages', status: outgoing.statusCode, seconds });
  });
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void stop());
}

/** Takes no new requests, lets those under way end for five seconds, then goes. */
async function stop(): Promise<void> {
  const hard = setTimeout(() => process.exit(0), 5000);
  hard.unref();
  stopIdentity();
  await agents.stop();
  await alerts.stop();
  server.close(() => {
    void reads
      .stop()
      .then(() => listening.stop())
      .then(() => db.destroy())
      .then(() => process.exit(0));
  });
  if ('closeIdleConnections' in server) server.closeIdleConnections();
}
