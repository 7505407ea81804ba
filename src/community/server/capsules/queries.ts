import type { Capsule } from '#src/community/contract/capsules.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** The capsule of a public question. */
export async function getCapsule(ctx: Context, questionId: number): Promise<Capsule> {
  const row = await ctx.db
    .selectFrom('community.capsule as c')
    .innerJoin('community.post as p', 'p.id', 'c.question_id')
    .select(['c.schema_sql as schema', 'c.settings', 'c.plan', 'c.pg_version as pgVersion'])
    .where('c.question_id', '=', questionId)
    .where('p.state', '=', 'published')
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', questionText.noSuchCapsule);
  return row;
}
