import { type Wish, WishTerms, WriteWish } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { together } from '#src/platform/server/ask-together.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { slugOf } from '../posts/slug.rules.ts';
import { findSetting } from '../settings/queries.ts';
import { castWishVote, votesLocked } from './cast-wish-vote.ts';
import { getWish } from './queries.ts';
import { keepTest } from './test-wish.ts';
import { changeState, tellVendors } from './tell-voters.ts';

/**
 * Puts a wish on the wall, with the author's own vote when one is left. A public one of a newcomer, or one that looks like
 * spam, waits until somebody has looked. Refuses one to an organisation that is not verified, and a private one with a test.
 */
export async function writeWish(ctx: Context, given: WriteWish): Promise<Wish> {
  const wish = WriteWish.parse(given);
  if (wish.isPrivate && wish.test.trim() !== '') throw new AppError('conflict', wishText.testIsPublic);
  const id = await inTransaction(ctx, async (tx) => {
    // not audited: the wish and its changes are the trace
    const member = await requireWriter(tx);
    const state =
      (await judgeWriting(tx, member, {
        kind: 'question',
        title: wish.title,
        markdown: textsOf(wish).join('\n\n'),
      })) === 'pending' && !wish.isPrivate
        ? 'pending'
        : 'open';
    const vendors = await findVendors(tx, wish.vendors);
    const { id } = await tx.db
      .insertInto('community.wish')
      .values({
        author_id: member.id,
        locale: wish.locale,
        is_private: wish.isPrivate,
        hides_details: wish.hidesDetails,
        title: wish.title,
        slug: slugOf(wish.title),
        industry: wish.industry,
        capability: wish.capability,
        problem: wish.problem,
        need: wish.strength,
        need_note: wish.needNote,
        company: wish.company,
        database_size: wish.databaseSize,
        business_logic: wish.businessLogic,
        business_pains: wish.businessPains,
        database_pains: wish.databasePains,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (vendors.length > 0)
      await tx.db
        .insertInto('community.wish_vendor')
        .values(vendors.map((organisation_id) => ({ wish_id: id, organisation_id })))
        .execute();
    const terms = await findSetting(tx.db, 'wishes', WishTerms);
    const [, [votes]] = await together(tx.db, ...votesLocked(tx.db, { memberId: member.id, wishId: id }));
    const strength = wish.strength === 'must' ? 'must' : 'nice';
    await castWishVote(tx, { member, wishId: id, strength, terms, ...votes! }, 'if-any-is-left');
    await changeState(tx, { id, from: 'open', to: state, memberId: member.id });
    if (wish.test.trim() !== '') await keepTest(tx, id, wish.test, member.id);
    if (state === 'open') await tellVendors(tx, id, member);
    return id;
  });
  return getWish(ctx, id);
}

const textsOf = (wish: ReturnType<typeof WriteWish.parse>): string[] =>
  [
    wish.capability,
    wish.problem,
    wish.needNote,
    wish.company,
    wish.databaseSize,
    wish.businessLogic,
    wish.businessPains,
    wish.databasePains,
    wish.test,
  ].filter((text) => text.trim() !== '');

async function findVendors(tx: Context, slugs: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(slugs)];
  if (wanted.length === 0) return [];
  const rows = await tx.db
    .selectFrom('community.organisation')
    .select(['id', 'slug'])
    .where('slug', 'in', wanted)
    .where('state', '=', 'verified')
    .execute();
  const missing = wanted.find((slug) => !rows.some((row) => row.slug === slug));
  if (missing !== undefined) throw new AppError('conflict', wishText.noSuchVendor(missing));
  return rows.map(({ id }) => id);
}
