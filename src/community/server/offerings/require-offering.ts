import type { OfferingKind } from '#src/community/contract/offerings.ts';
import { offeringText } from '#src/community/contract/offerings.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { requireManager } from '../organisations/require-manager.ts';

/** The member who acts and the offering of an organisation they manage, both rows locked in the caller's transaction. */
export async function requireOffering(tx: Context, id: number) {
  // Who is no member is told so, whether there is such an offering or not.
  await requireWriter(tx);
  const slug = await findSlug(tx, id);
  const { member, organisation } = await requireManager(tx, slug);
  const offering = await tx.db
    .selectFrom('community.offering')
    .select(['id', 'kind', 'is_withdrawn as isWithdrawn', 'shown_revision as shownRevision'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { member, organisation, offering: offering satisfies { kind: OfferingKind } };
}

async function findSlug({ db }: Context, id: number): Promise<string> {
  const row = await db
    .selectFrom('community.offering as f')
    .innerJoin('community.organisation as o', 'o.id', 'f.organisation_id')
    .select('o.slug')
    .where('f.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', offeringText.noSuch);
  return row.slug;
}
