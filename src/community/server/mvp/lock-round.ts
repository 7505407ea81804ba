import { mvpText } from '#src/community/contract/mvp.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { phaseOf } from './rules.ts';

/** A round that nobody else changes meanwhile, with where it stands now, in the caller's transaction. */
export async function lockRound(tx: Context, id: number) {
  const round = await tx.db
    .selectFrom('community.mvp_round')
    .select(['id', 'kind', 'year', 'winners'])
    .select(['nominate_until as nominateUntil', 'score_until as scoreUntil', 'published_at as publishedAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!round) throw new AppError('not_found', mvpText.noSuchRound);
  return { ...round, phase: phaseOf(round, new Date()) };
}
