import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Kysely } from 'kysely';
import { startIdentity } from '#src/identity/server/public.ts';
import { rooms } from '#src/main/rooms.ts';
import { mountWeb } from '#src/main/web.ts';
import { createApi } from '#src/platform/server/api.ts';
import { readConfig } from '#src/platform/server/config.ts';
import type { DB } from '#src/platform/server/db.ts';
import { openFilePlace, setFilePlace } from '#src/platform/server/files/file-place.ts';
import { createLog } from '#src/platform/server/log.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';

export interface IdentityServer {
  url: string;
  /** Breaks every connection, as a proxy that restarts does. */
  cut(): void;
  stop(): Promise<void>;
}

/** The whole web and API on a free port, at `http://localhost`, where browsers allow passkeys; `env` has further settings. */
export async function startIdentityServer(
  db: Kysely<DB>,
  env: Record<string, string> = {},
): Promise<IdentityServer> {
  await ensureWebBuild(() => {});
  const home = await mkdtemp(join(tmpdir(), 'elepherd-journey-'));
  const port = await freePort('127.0.0.1');
  const url = `http://localhost:${port}`;
  const config = readConfig({ ELEPHERD_HOME: home, PUBLIC_URL: url, ...env });
  const vault = await createVault(home);
  setVault(vault);
  setFilePlace(openFilePlace(config));
  const permissions = rooms.flatMap((room) => room.permissions);
  const identity = await startIdentity({ db, config, vault, permissions });
  const app = createApi({
    db,
    rooms,
    authenticate: identity.authenticate,
    config,
    log: createLog('test', 'silent'),
  });
  const buildDir = join(import.meta.dirname, '../../../build');
  await mountWeb(app, { buildDir });
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false });
  return {
    url,
    cut: () => (server as Server).closeAllConnections(),
    async stop() {
      identity.stop();
      (server as Server).closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(home, { recursive: true, force: true });
    },
  };
}
