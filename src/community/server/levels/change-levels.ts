import { LevelTerms } from '#src/community/contract/levels.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireStaff } from '../members/require-staff.ts';
import { keepSetting } from '../settings/keep-setting.ts';
import { findSetting } from '../settings/queries.ts';

/** Says what each level takes. Who falls below by it keeps theirs for the days of grace. */
export async function changeLevels(ctx: Context, given: LevelTerms): Promise<void> {
  await requireStaff(ctx, 'community.point.manage');
  const after = LevelTerms.parse(given);
  await inTransaction(ctx, async (tx) => {
    const before = await findSetting(tx.db, 'levels', LevelTerms);
    await keepSetting(tx.db, 'levels', after);
    await audit(tx, 'community.setting.change', null, { name: 'levels', before, after });
  });
}
