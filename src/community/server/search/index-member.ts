import type { Context } from '#src/platform/server/context.ts';
import { knowWords, wordsOf } from './index-post.ts';
import { plainText } from './plain-text.rules.ts';
import { indexedAs, segmentText } from './segment-text.ts';
import { standingOf } from './standing.rules.ts';

/** Makes a member findable as the profile stands now, in the caller's transaction; an erased one is no longer found. */
export async function indexMember(tx: Context, memberId: string): Promise<void> {
  const member = await tx.db
    .selectFrom('community.member')
    .select(['name', 'handle', 'headline', 'about_html', 'skills', 'reputation', 'joined_at', 'erased_at'])
    .where('id', '=', memberId)
    .executeTakeFirst();
  if (!member || member.erased_at !== null) {
    await tx.db.deleteFrom('community.search_document').where('member_id', '=', memberId).execute();
    return;
  }
  const content = {
    locale: /\p{Script=Han}/u.test(member.name + member.headline) ? ('zh-CN' as const) : ('en' as const),
    tags: member.skills,
    words: wordsOf({
      title: `${member.name} ${member.handle}`,
      tags: member.skills,
      body: `${member.headline} ${plainText(member.about_html)}`,
    }),
    standing: standingOf({
      score: Math.floor(member.reputation / 10),
      isAccepted: false,
      isVerified: false,
      isFeatured: false,
      publishedAt: member.joined_at.getTime(),
    }),
    indexed_as: indexedAs,
  };
  await tx.db
    .insertInto('community.search_document')
    .values({ kind: 'member', member_id: memberId, ...content })
    .onConflict((oc) => oc.column('member_id').doUpdateSet(content))
    .execute();
  await knowWords(tx, [...segmentText(member.name), member.handle]);
}
