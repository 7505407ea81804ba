import { sql } from 'kysely';
import type { Person, World } from './world.ts';

type Named = Person & { memberId: string };

/** Whom a private wish names: its author, and who manages `vendor`, a verified organisation. */
export async function openNamedPeople(world: World): Promise<{ author: Named; manager: Named }> {
  const { db } = world.database;
  const person = async (name: string): Promise<Named> => {
    const { id } = await db
      .insertInto('identity.account')
      .values({ name, email: `${name}@example.com`, email_verified: true })
      .returning('id')
      .executeTakeFirstOrThrow();
    const member = await db
      .insertInto('community.member')
      .values({
        account_id: id,
        handle: name,
        name,
        trust_level: 3,
        joined_at: sql<Date>`now() - interval '1 year'`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { ...(await world.signIn(id)), memberId: member.id };
  };
  const author = await person('author');
  const manager = await person('manager');
  const vendor = await db
    .insertInto('community.organisation')
    .values({ slug: 'vendor', name: 'Vendor', kind: 'database-vendor', state: 'verified' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('community.organisation_manager')
    .values({ organisation_id: vendor.id, member_id: manager.memberId })
    .execute();
  return { author, manager };
}
