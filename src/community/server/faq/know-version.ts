import { KnowVersion } from '#src/community/contract/faq.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';

/** Notes a major version of PostgreSQL with its days: from its release on, what was not verified since is stale. For staff who curate. */
export async function knowVersion(ctx: Context, given: KnowVersion): Promise<void> {
  await requireStaff(ctx, 'community.faq.curate');
  await requireMember(ctx);
  const { major, releasedOn, endsOn } = KnowVersion.parse(given);
  await inTransaction(ctx, async (tx) => {
    const days = { released_on: releasedOn, ends_on: endsOn };
    await tx.db
      .insertInto('community.postgres_version')
      .values({ major, ...days })
      .onConflict((oc) => oc.column('major').doUpdateSet(days))
      .execute();
    await audit(tx, 'community.faq.curate', `version ${major}`, { releasedOn, endsOn });
  });
}
