import type { OwnMember } from '#src/community/server/members/queries.ts';
import type { TestDatabase } from '#tests/support/database.ts';

type Db = TestDatabase['db'];

/** A wish of the colleague's that an organisation of the owner's claimed, and another that means the same. */
export type WishThings = { wish: string; otherWish: string; organisation: string; colleague: string };

export async function makeWishThings(
  db: Db,
  { colleague, organisation }: { colleague: OwnMember; organisation: string },
): Promise<WishThings> {
  const write = (title: string) =>
    db
      .insertInto('community.wish')
      .values({
        author_id: colleague.id,
        locale: 'en',
        title,
        industry: 'finance',
        capability: 'It does this by itself.',
        problem: 'We do it by hand.',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
  const [wish, otherWish] = [await write('A wish'), await write('The same wish')];
  await claim(db, wish.id, organisation);
  return {
    wish: String(wish.id),
    otherWish: String(otherWish.id),
    organisation,
    colleague: colleague.handle,
  };
}

/** What a route about wishes wants to find before it succeeds: both are open, and the claim is there unless it is made. */
export async function prepareWishThings(
  db: Db,
  { method, path }: { method: string; path: string },
  { wish, otherWish, organisation }: WishThings,
): Promise<void> {
  if (!path.startsWith('/api/community/wishes/')) return;
  const ids = [Number(wish), Number(otherWish)];
  await db
    .updateTable('community.wish')
    .set({ state: 'open', duplicate_of: null })
    .where('id', 'in', ids)
    .execute();
  await db.deleteFrom('community.wish_claim').where('wish_id', '=', ids[0]!).execute();
  await db.deleteFrom('community.wish_proxy_vote').where('wish_id', 'in', ids).execute();
  await db.deleteFrom('community.wish_use').where('wish_id', 'in', ids).execute();
  if (method === 'DELETE') await claim(db, ids[0]!, organisation);
}

const claim = (db: Db, wishId: number, organisation: string) =>
  db
    .insertInto('community.wish_claim')
    .values({
      wish_id: wishId,
      organisation_id: db.selectFrom('community.organisation').select('id').where('slug', '=', organisation),
      claimed_by: db.selectFrom('community.member').select('id').limit(1),
      due_on: '2099-01-01',
    })
    .execute();

const bodies: Record<string, (things: WishThings) => unknown> = {
  'POST /api/community/wishes': () => ({
    title: 'Sample wish',
    industry: 'finance',
    capability: 'It does this by itself.',
    problem: 'We do it by hand.',
    strength: 'must',
    locale: 'en',
  }),
  'PUT /api/community/wishes/{wish}/state': () => ({ state: 'planned', note: '' }),
  'POST /api/community/wishes/{wish}/merge': (t) => ({ into: Number(t.otherWish) }),
  'POST /api/community/wishes/{wish}/customer-votes': () => ({
    customer: 'Sample',
    evidence: 'A letter.',
    strength: 'nice',
  }),
  'POST /api/community/wishes/{wish}/verified-uses': (t) => ({ member: t.colleague, evidence: 'A letter.' }),
  'PUT /api/community/wishes/{wish}/claims/{organisation}': () => ({ dueOn: '2099-01-01', note: '' }),
  'PUT /api/community/wishes/{wish}/delivery': () => ({
    kind: 'extension',
    title: 'Sample',
    url: 'https://example.com/extension',
  }),
};

/** The body of a route about wishes; undefined when its schema says all. */
export const wishBody = ({ method, path }: { method: string; path: string }, things: WishThings): unknown =>
  bodies[`${method} ${path}`]?.(things);
