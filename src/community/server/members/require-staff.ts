import type { StaffRole } from '#src/community/contract/members.ts';
import { communityText } from '#src/community/contract/community.text.ts';
import { operatesElepherd } from '#src/identity/server/public.ts';
import { requireSignedIn, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { seatsMay } from '../committees/seats.rules.ts';
import { listOffices } from './queries.ts';
import { staffMay } from './staff.rules.ts';

/**
 * Whether the actor may look after the community in this way: by a seat in its staff or in a committee, while
 * it lasts, or by a role in the organisation that runs this Elepherd. A role in any other organisation says nothing here.
 */
export async function mayAsStaff(ctx: Context, permission: string): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind === 'system') return true;
  if (actor.kind === 'anonymous' || actor.id === null) return false;
  if (actor.may(permission) && (await operatesElepherd(ctx))) return true;
  if (actor.kind !== 'user') return false;
  const { roles, committees } = await listOffices(ctx.db, actor.id);
  return staffMay(roles as StaffRole[], permission) || seatsMay(committees, permission);
}

/** Refuses an actor who may not look after the community in this way. */
export async function requireStaff(ctx: Context, permission: string): Promise<void> {
  requireSignedIn(ctx);
  if (await mayAsStaff(ctx, permission)) return;
  throw new AppError('forbidden', communityText.notStaff);
}
