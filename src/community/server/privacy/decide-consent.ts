import type { Consent, ConsentKind } from '#src/community/contract/privacy.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { consentsOf, listDecisions } from './queries.ts';

/** Notes that a member agrees to something, or no longer, with the time; what was decided before stays in the record. */
export async function decideConsent(ctx: Context, kind: ConsentKind, isGiven: boolean): Promise<Consent[]> {
  const member = await requireMember(ctx);
  return inTransaction(ctx, async (tx) => {
    const before = consentsOf(await listDecisions(tx.db, member.id)).find((one) => one.kind === kind);
    if (before?.isGiven !== isGiven || before.at === null) {
      await tx.db
        .insertInto('community.consent')
        .values({ member_id: member.id, kind, is_given: isGiven })
        .execute();
      await audit(tx, 'community.consent.decide', member.id, { kind, isGiven });
    }
    return consentsOf(await listDecisions(tx.db, member.id));
  });
}
