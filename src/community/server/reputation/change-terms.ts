import { ReputationTerms } from '#src/community/contract/privileges.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireStaff } from '../members/require-staff.ts';
import { keepSetting } from '../settings/keep-setting.ts';
import { getReputationTerms } from './queries.ts';

/**
 * Decides from which reputation on members may do what, and what it comes and goes for; nobody's reputation changes by it.
 * Refuses all but who may change settings.
 */
export async function changeTerms(ctx: Context, given: ReputationTerms): Promise<ReputationTerms> {
  await requireStaff(ctx, 'community.setting.change');
  const terms = ReputationTerms.parse(given);
  return inTransaction(ctx, async (tx) => {
    const before = await getReputationTerms(tx.db);
    await keepSetting(tx.db, 'privileges', terms.privileges);
    await keepSetting(tx.db, 'reputation', terms.amounts);
    await keepSetting(tx.db, 'questions', terms.questions);
    await audit(tx, 'community.setting.change', null, { name: 'reputation', before, after: terms });
    return terms;
  });
}
