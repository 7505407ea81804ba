import { ModerationSettings } from '#src/community/contract/moderation.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireStaff } from '../members/require-staff.ts';
import { keepSetting } from '../settings/keep-setting.ts';
import { forgetModeration } from './judge-writing.ts';

/** Sets what this community decides about moderation; what is left out is as the code has it. Holds everywhere within five seconds. */
export async function changeSettings(
  ctx: Context,
  given: Partial<ModerationSettings>,
): Promise<ModerationSettings> {
  await requireStaff(ctx, 'community.setting.change');
  const settings = ModerationSettings.parse(given);
  await inTransaction(ctx, async (tx) => {
    await keepSetting(tx.db, 'moderation', settings);
    await audit(tx, 'community.setting.change', null, { name: 'moderation', ...settings });
  });
  forgetModeration();
  return settings;
}
