import { Privileges, type Privilege } from '#src/community/contract/privileges.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { OwnMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findSetting } from '../settings/queries.ts';

/** Refuses a member whose reputation does not reach what a privilege takes, and who does not look after posts either. */
export async function requirePrivilege(ctx: Context, member: OwnMember, privilege: Privilege): Promise<void> {
  const { [privilege]: needed } = await findSetting(ctx.db, 'privileges', Privileges);
  if (member.reputation >= needed || (await mayAsStaff(ctx, 'community.post.moderate'))) return;
  throw new AppError('conflict', questionText.needsReputation(needed, member.reputation));
}
