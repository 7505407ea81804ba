import type { Context } from '#src/platform/server/context.ts';
import { knowWords, wordsOf } from './index-post.ts';
import { plainText } from './plain-text.rules.ts';
import { indexedAs, segmentText } from './segment-text.ts';
import { standingOf } from './standing.rules.ts';

/** Makes an organisation findable as its page stands now, in the caller's transaction; one that is not verified is not found. */
export async function indexOrganisation(tx: Context, organisationId: string): Promise<void> {
  const organisation = await tx.db
    .selectFrom('community.organisation')
    .select(['name', 'slug', 'kind', 'about_html', 'country', 'state', 'created_at'])
    .where('id', '=', organisationId)
    .executeTakeFirst();
  if (organisation?.state !== 'verified') {
    await tx.db
      .deleteFrom('community.search_document')
      .where('organisation_id', '=', organisationId)
      .execute();
    return;
  }
  const { name, slug, country, about_html } = organisation;
  const content = {
    locale: /\p{Script=Han}/u.test(name) ? ('zh-CN' as const) : ('en' as const),
    words: wordsOf({ title: `${name} ${slug}`, tags: [], body: `${country} ${plainText(about_html)}` }),
    standing: standingOf({
      score: 0,
      isAccepted: false,
      isVerified: true,
      isFeatured: false,
      publishedAt: organisation.created_at.getTime(),
    }),
    indexed_as: indexedAs,
  };
  await tx.db
    .insertInto('community.search_document')
    .values({ kind: 'organisation', organisation_id: organisationId, ...content })
    .onConflict((oc) => oc.column('organisation_id').doUpdateSet(content))
    .execute();
  await knowWords(tx, segmentText(name));
}
