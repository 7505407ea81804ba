import { committeeText } from '#src/community/contract/committees.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requirePerson } from '../members/require-member.ts';
import { getSeatOf } from './queries.ts';

/** The committee, for somebody with a seat in it or who looks after all; refuses everybody else. */
export async function requireSeat(ctx: Context, slug: string) {
  requirePerson(ctx);
  const found = await getSeatOf(ctx, slug);
  if (found.office === null && !found.managesAll) throw new AppError('forbidden', committeeText.noSeat);
  return found;
}
