/**
 * node tests/support/sample-server.ts [port]: the whole web on a throw-away database with a sample fleet in it, for looking
 * at pages without machines. Prints an address that signs in. BUILD names another build of the pages than `build/`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createSignInLink, startIdentity } from '#src/identity/server/public.ts';
import { rooms } from '#src/main/rooms.ts';
import { mountWeb } from '#src/main/web.ts';
import { createApi } from '#src/platform/server/api.ts';
import { readConfig } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { openFilePlace, setFilePlace } from '#src/platform/server/files/file-place.ts';
import { createLog } from '#src/platform/server/log.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import { insertSampleBackups } from './sample-backups.ts';
import { insertSampleCommunity } from './sample-community.ts';
import { insertSampleFleet } from './sample-fleet.ts';
import { insertSampleGovernment } from './sample-government.ts';
import { insertSampleOrganisations } from './sample-organisations.ts';
import { insertSampleModeration } from './sample-moderation.ts';
import { insertSampleWishes } from './sample-wishes.ts';
import { insertSamplePoints } from './sample-points.ts';

const port = Number(process.argv[2] ?? 7600);
const url = `http://localhost:${port}`;
const home = await mkdtemp(join(tmpdir(), 'elepherd-sample-'));
const postgres = await startEmbeddedPostgres({ home, log: () => {}, durable: false });
await migrate(postgres.url);
const db = createDb(createPool(postgres.url, 8));
const config = readConfig({ ELEPHERD_HOME: home, PUBLIC_URL: url });
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
  log: createLog('sample', 'warn'),
});
const buildDir = process.env['BUILD'] ?? join(import.meta.dirname, '../../build');
if (process.env['BUILD'] === undefined) await ensureWebBuild(() => {});
await mountWeb(app, { buildDir });

const link = await createSignInLink(db, { publicUrl: url });
const owner = await db
  .selectFrom('identity.membership')
  .innerJoin('identity.account', 'identity.account.id', 'identity.membership.account_id')
  .select(['identity.account.id', 'identity.membership.org_id as orgId'])
  .executeTakeFirstOrThrow();
await db
  .updateTable('identity.organisation')
  .set({ name: process.env['COMPANY'] ?? 'Morninglight Retail' })
  .execute();
await db
  .updateTable('identity.account')
  .set({ name: 'Chen Wei', email: 'chen.wei@morninglight.example', setup_pending: false })
  .where('id', '=', owner.id)
  .execute();
const ctx: Context = {
  db,
  actor: { kind: 'user', id: owner.id, name: 'Chen Wei', orgId: owner.orgId, may: () => true },
  requestId: null,
  ip: null,
  locale: 'en',
};
const fleet = await insertSampleFleet(ctx);
await insertSampleBackups(ctx, fleet);
await insertSampleCommunity(ctx);
await insertSampleOrganisations(ctx);
await insertSampleWishes(ctx);
await insertSampleModeration(ctx);
await insertSamplePoints(ctx);
await insertSampleGovernment(ctx);
const agents = fleet.answer();
const heart = setInterval(() => void fleet.beat(), 2000);
const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false });
console.log(link);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    clearInterval(heart);
    identity.stop();
    server.close();
    void (async () => {
      await agents.stop();
      await db.destroy();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
      process.exit(0);
    })();
  });
}
