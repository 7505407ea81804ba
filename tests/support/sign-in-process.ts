/** A server process of its own for tests: serves the identity API on a free port and prints it. */
import { serve } from '@hono/node-server';
import { startIdentity } from '#src/identity/server/public.ts';
import { identity } from '#src/identity/server/room.ts';
import { createApi } from '#src/platform/server/api.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { startListening } from '#src/platform/server/listen.ts';
import { createLog } from '#src/platform/server/log.ts';

const config = readConfig(process.env);
const url = config.DATABASE_URL ?? '';
const log = createLog('test', 'silent');
const db = createDb(createPool(url, 4));
startListening(url, log);
const { authenticate } = await startIdentity({ db, config, permissions: identity.permissions });
const app = createApi({ db, rooms: [identity], authenticate, config, log });
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false }, ({ port }) =>
  console.log(port),
);
process.stdin.on('end', () => process.exit(0)).resume();
