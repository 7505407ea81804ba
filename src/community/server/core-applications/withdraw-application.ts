import { sql } from 'kysely';
import { applicationText } from '#src/community/contract/core-applications.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

/** Takes one's own application back while it is open. */
export async function withdrawApplication(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const member = await requireMember(tx);
    const withdrawn = await tx.db
      .updateTable('community.core_application')
      .set({ state: 'withdrawn', decided_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('member_id', '=', member.id)
      .where('state', '=', 'open')
      .returning('id')
      .executeTakeFirst();
    if (!withdrawn) throw new AppError('not_found', applicationText.noSuch);
    await audit(tx, 'community.core-application.withdraw', String(id));
  });
}
