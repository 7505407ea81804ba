import { randomUUID } from 'node:crypto';
import { grants } from '#src/identity/contract/roles.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { testDatabase } from './database.ts';

/** The database that all contexts of one test file share; dropped after the file. */
export const database = await testDatabase();

export interface TestContextOptions {
  /** Permissions or patterns, as in `fleet.cluster.create`, `fleet.*`, `*`. */
  may: readonly string[];
  /** An organisation made before (`ctx.actor.orgId`), for a second person in it. */
  orgId?: string;
  locale?: Locale;
}

/** A signed-in person with the given permissions, in an organisation of their own. */
export async function testContext(options: TestContextOptions): Promise<Context> {
  const { db } = database;
  const account = await db
    .insertInto('identity.account')
    .values({ name: 'Test Person', email: `${randomUUID()}@example.com`, email_verified: true })
    .returning('id')
    .executeTakeFirstOrThrow();
  const orgId = options.orgId ?? (await newOrganisation());
  await db
    .insertInto('identity.membership')
    .values({ org_id: orgId, account_id: account.id, role: options.orgId ? 'viewer' : 'owner' })
    .execute();
  return {
    db,
    actor: {
      kind: 'user',
      id: account.id,
      name: 'Test Person',
      orgId,
      may: (permission) => grants(options.may, permission),
    },
    requestId: null,
    ip: null,
    locale: options.locale ?? 'en',
  };
}

async function newOrganisation(): Promise<string> {
  const row = await database.db
    .insertInto('identity.organisation')
    .values({ name: `Test ${randomUUID().slice(0, 8)}` })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
