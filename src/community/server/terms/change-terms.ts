import { type CommunityTerms, termSettings } from '#src/community/contract/terms.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireStaff } from '../members/require-staff.ts';
import { keepSetting } from '../settings/keep-setting.ts';
import { findSetting } from '../settings/queries.ts';

/**
 * Decides about wishes, rewards or levels of organisations from now on; votes that were cast keep their weight. For who may
 * change settings.
 */
export async function changeTerms<P extends keyof CommunityTerms>(
  ctx: Context,
  part: P,
  given: CommunityTerms[P],
): Promise<void> {
  await requireStaff(ctx, 'community.setting.change');
  const { name, schema } = termSettings[part];
  const after = schema.parse(given);
  await inTransaction(ctx, async (tx) => {
    const before = await findSetting(tx.db, name, schema);
    await keepSetting(tx.db, name, after);
    await audit(tx, 'community.setting.change', null, { name, before, after });
  });
}
