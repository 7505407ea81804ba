import { sql } from 'kysely';
import { CreateOrganisation } from '#src/community/contract/organisations.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { maxWaiting } from './rules.ts';
import { countWaiting, takeAddress } from './take-address.ts';
import { writeRevision } from './write-revision.ts';

/**
 * Brings an organisation into the community, with the member as its first manager. Nobody else sees it until it is
 * verified. Refuses an address that is taken, and a member with too many that wait.
 */
export async function createOrganisation(ctx: Context, given: CreateOrganisation): Promise<{ slug: string }> {
  const wish = CreateOrganisation.parse(given);
  return inTransaction(ctx, async (tx) => {
    // not audited: the row, its revision and whoever verifies it are the trace
    const member = await requireWriter(tx);
    const count = await countWaiting(tx, 'community.organisation', member.id);
    if (count >= maxWaiting) throw new AppError('conflict', organisationText.tooManyWaiting(count));
    const made = await insert(tx, member.id, wish);
    await tx.db
      .insertInto('community.organisation_manager')
      .values({ organisation_id: made.id, member_id: member.id })
      .execute();
    await writeRevision(tx, made.id, member.id, '');
    return { slug: made.slug };
  });
}

const insert = (tx: Context, memberId: string, wish: ReturnType<typeof CreateOrganisation.parse>) =>
  takeAddress(wish, organisationText.addressTaken, (slug) =>
    tx.db
      .insertInto('community.organisation')
      .values({
        slug,
        name: wish.name,
        kind: wish.kind,
        about_markdown: wish.about,
        about_html: renderMarkdown(wish.about).html,
        website: wish.website,
        country: wish.country,
        size: wish.size ?? '',
        industry: wish.industry ?? '',
        evidence: wish.evidence,
        created_by: memberId,
        created_at: sql<Date>`now()`,
      })
      .onConflict((oc) => oc.column('slug').doNothing())
      .returning(['id', 'slug'])
      .executeTakeFirst(),
  );
