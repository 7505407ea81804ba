import type { Kysely } from 'kysely';
import type { Page } from 'playwright-core';
import { createSignInLink } from '#src/identity/server/public.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { insertSampleFleet, type SampleFleet } from '#tests/support/sample-fleet.ts';
import { type Reader, startBrowser } from './browser.ts';
import { startIdentityServer } from './identity-server.ts';

export interface SampleJourney {
  url: string;
  fleet: SampleFleet;
  ctx: Context;
  /** A window whose reader is signed in as the first administrator. */
  open(reader?: Reader): Promise<Page>;
  /** Breaks every connection to the server. */
  cut(): void;
  stop(): Promise<void>;
}

/** The web and its API over a database with a sample fleet in it, whose hosts answer what pages ask. */
export async function startSampleJourney(db: Kysely<DB>): Promise<SampleJourney> {
  const server = await startIdentityServer(db);
  const cookie = await signIn(db, server.url);
  const owner = await db
    .selectFrom('identity.membership as m')
    .innerJoin('identity.account as a', 'a.id', 'm.account_id')
    .select(['a.id', 'm.org_id as orgId'])
    .executeTakeFirstOrThrow();
  const ctx: Context = {
    db,
    actor: { kind: 'user', id: owner.id, name: 'Chen Wei', orgId: owner.orgId, may: () => true },
    requestId: null,
    ip: null,
    locale: 'en',
  };
  const fleet = await insertSampleFleet(ctx);
  const hosts = fleet.answer();
  const browser = await startBrowser();
  return {
    url: server.url,
    fleet,
    ctx,
    async open(reader) {
      const page = await browser.open(reader);
      await page.context().addCookies([{ ...cookie, url: server.url }]);
      return page;
    },
    cut: server.cut,
    async stop() {
      // Whatever a page did wrong is told last, so that nothing is left running.
      const closed = browser.close().catch((error: unknown) => error);
      const wrong = await closed;
      await hosts.stop();
      await server.stop();
      if (wrong instanceof Error) throw wrong;
    },
  };
}

async function signIn(db: Kysely<DB>, url: string): Promise<{ name: string; value: string }> {
  const link = new URL(await createSignInLink(db, { publicUrl: url }));
  const answer = await fetch(`${url}/api/identity/sign-in/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
    body: JSON.stringify({ token: link.hash.slice(1) }),
  });
  const pair = answer.headers.getSetCookie().find((line) => line.startsWith('elepherd_session='));
  const [name = '', value = ''] = pair?.split(';')[0]?.split(/=(.*)/s) ?? [];
  return { name, value };
}
