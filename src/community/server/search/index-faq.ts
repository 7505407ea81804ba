import type { Context } from '#src/platform/server/context.ts';
import { knowWords, wordsOf } from './index-post.ts';
import { plainText } from './plain-text.rules.ts';
import { indexedAs, segmentText } from './segment-text.ts';
import { standingOf } from './standing.rules.ts';

/** Makes an entry of the FAQ findable as it stands now, in the caller's transaction; a retired one is no longer found. */
export async function indexFaq(tx: Context, faqId: number): Promise<void> {
  const entry = await tx.db
    .selectFrom('community.faq')
    .select(['title', 'locale', 'tags', 'html', 'verified_at', 'is_retired'])
    .where('id', '=', faqId)
    .executeTakeFirst();
  if (!entry || entry.is_retired) {
    await tx.db.deleteFrom('community.search_document').where('faq_id', '=', faqId).execute();
    return;
  }
  const { title, locale, tags } = entry;
  const content = {
    locale,
    tags,
    words: wordsOf({ title, tags, body: plainText(entry.html) }),
    standing: standingOf({
      score: 0,
      isAccepted: true,
      isVerified: true,
      isFeatured: false,
      publishedAt: entry.verified_at.getTime(),
    }),
    indexed_as: indexedAs,
  };
  await tx.db
    .insertInto('community.search_document')
    .values({ kind: 'faq', faq_id: faqId, ...content })
    .onConflict((oc) => oc.column('faq_id').doUpdateSet(content))
    .execute();
  await knowWords(tx, [...segmentText(title), ...tags]);
}
