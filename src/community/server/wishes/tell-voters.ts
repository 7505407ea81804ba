import { sql } from 'kysely';
import type { WishState } from '#src/community/contract/wishes.ts';
import { wishNoticeText } from '#src/community/contract/wishes.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { indexDocument } from '../search/index-document.ts';

/** Enters a state and notes when, in the caller's transaction, and lets it be found as it is then. A wish that is new stands in its first one already. */
export async function changeState(
  tx: Context,
  change: {
    id: number;
    from: WishState;
    to: WishState;
    memberId: string | null;
    note?: string;
    duplicateOf?: number;
  },
): Promise<void> {
  const { id, from, to, memberId, note = '', duplicateOf = null } = change;
  await tx.db
    .updateTable('community.wish')
    .set({ state: to, state_since: sql<Date>`now()`, duplicate_of: duplicateOf })
    .where('id', '=', id)
    .execute();
  await tx.db
    .insertInto('community.wish_change')
    .values({ wish_id: id, from_state: from, to_state: to, member_id: memberId, note })
    .execute();
  await indexDocument(tx, 'wish', id);
}

/**
 * Tells the author, who voted for it and who follows it of a wish's new state. Of a private one only those who may see it still: a vote
 * does not keep the door open.
 */
export async function tellVoters(
  tx: Context,
  wish: Concerning & { state: WishState },
  note: string,
  actorId: string | null,
): Promise<void> {
  const { id: change } = await tx.db
    .selectFrom('community.wish_change')
    .select((eb) => eb.fn.max('id').as('id'))
    .where('wish_id', '=', wish.id)
    .executeTakeFirstOrThrow();
  for (const memberId of await listConcerned(tx, wish))
    await notifyMember(tx, {
      memberId,
      kind: 'wish',
      key: `wish:${wish.id}:${change}`,
      actorId,
      payload: {
        href: `/wishes/${wish.id}`,
        title: wish.title,
        words: wishNoticeText[wish.state],
        ...(note !== '' && { excerpt: note.slice(0, 300) }),
      },
    });
}

/** Tells the same that a version of PostgreSQL passes the wish's test, in the caller's transaction; once a version. */
export async function tellOfTruth(tx: Context, wish: Concerning, major: number): Promise<void> {
  for (const memberId of await listConcerned(tx, wish))
    await notifyMember(tx, {
      memberId,
      kind: 'wish',
      key: `wish:${wish.id}:true-on:${major}`,
      payload: { href: `/wishes/${wish.id}`, title: wish.title, words: wishNoticeText.trueOn(major) },
    });
}

/** Tells the same something else of a wish, in the caller's transaction; once a key. */
export async function tellConcerned(
  tx: Context,
  wish: Concerning,
  { key, actorId, words, excerpt }: { key: string; actorId: string; words: Text; excerpt: string },
): Promise<void> {
  for (const memberId of await listConcerned(tx, wish))
    await notifyMember(tx, {
      memberId,
      kind: 'wish',
      key: `wish:${wish.id}:${key}`,
      actorId,
      payload: { href: `/wishes/${wish.id}`, title: wish.title, words, excerpt: excerpt.slice(0, 300) },
    });
}

type Concerning = { id: number; title: string; author_id: string; is_private: boolean };

/** The author, who voted and who follows; of a private wish those whom it names. */
async function listConcerned(tx: Context, wish: Concerning): Promise<Set<string>> {
  if (wish.is_private) return listNamed(tx, wish);
  const { rows } = await sql<{ id: string }>`
    select member_id as id from community.wish_vote where wish_id = ${wish.id}
    union select member_id from community.follow where kind = 'wish' and key = ${String(wish.id)}`.execute(
    tx.db,
  );
  return new Set([wish.author_id, ...rows.map(({ id }) => id)]);
}

/** The author of a wish and those who manage the organisations that it names. */
export async function listNamed(
  tx: Context,
  wish: Pick<Concerning, 'id' | 'author_id'>,
): Promise<Set<string>> {
  return new Set([wish.author_id, ...(await listVendorManagers(tx, wish.id))]);
}

/** Tells those who manage the organisations that a wish names that it is there. */
export async function tellVendors(tx: Context, wishId: number, author: { id: string }): Promise<void> {
  const { title } = await tx.db
    .selectFrom('community.wish')
    .select('title')
    .where('id', '=', wishId)
    .executeTakeFirstOrThrow();
  for (const memberId of await listVendorManagers(tx, wishId))
    await notifyMember(tx, {
      memberId,
      kind: 'wish',
      key: `wish:${wishId}:addressed`,
      actorId: author.id,
      payload: { href: `/wishes/${wishId}`, title, words: wishNoticeText.addressed },
    });
}

async function listVendorManagers(tx: Context, wishId: number): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('community.wish_vendor as wv')
    .innerJoin('community.organisation_manager as om', 'om.organisation_id', 'wv.organisation_id')
    .innerJoin('community.organisation as o', 'o.id', 'wv.organisation_id')
    .select('om.member_id')
    .distinct()
    .where('wv.wish_id', '=', wishId)
    .where('o.state', '=', 'verified')
    .execute();
  return rows.map(({ member_id }) => member_id);
}
