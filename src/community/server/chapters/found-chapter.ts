import { FoundChapter } from '#src/community/contract/chapters.ts';
import { chapterText } from '#src/community/contract/chapters.text.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { findOrganisation } from '../organisations/queries.ts';
import { countWaiting, takeAddress } from '../organisations/take-address.ts';
import { maxWaitingChapters } from './rules.ts';

/** Founds a chapter, led by the member; others see it once it was approved. Refuses an address that is taken. */
export async function foundChapter(ctx: Context, given: FoundChapter): Promise<{ slug: string }> {
  const wish = FoundChapter.parse(given);
  return inTransaction(ctx, async (tx) => {
    // not audited: the row and whoever approves it are the trace
    const member = await requireWriter(tx);
    const count = await countWaiting(tx, 'community.chapter', member.id);
    if (count >= maxWaitingChapters) throw new AppError('conflict', chapterText.tooManyWaiting(count));
    const made = await insert(tx, member.id, wish);
    await tx.db
      .insertInto('community.chapter_member')
      .values({ chapter_id: made.id, member_id: member.id, is_leader: true })
      .execute();
    return { slug: made.slug };
  });
}

/** What a page says, as columns. */
export async function columnsOf(tx: Context, wish: Omit<ReturnType<typeof FoundChapter.parse>, 'slug'>) {
  const carrier = wish.organisation === null ? undefined : await findOrganisation(tx, wish.organisation);
  if (wish.organisation !== null && carrier?.state !== 'verified')
    throw new AppError('conflict', organisationText.noSuch);
  return {
    name: wish.name,
    country: wish.country,
    city: wish.city,
    locale: wish.locale,
    about_markdown: wish.about,
    about_html: renderMarkdown(wish.about).html,
    website: wish.website,
    organisation_id: carrier?.id ?? null,
  };
}

async function insert(tx: Context, memberId: string, wish: ReturnType<typeof FoundChapter.parse>) {
  const columns = await columnsOf(tx, wish);
  return takeAddress(wish, chapterText.addressTaken, (slug) =>
    tx.db
      .insertInto('community.chapter')
      .values({ slug, created_by: memberId, ...columns })
      .onConflict((oc) => oc.column('slug').doNothing())
      .returning(['id', 'slug'])
      .executeTakeFirst(),
  );
}
