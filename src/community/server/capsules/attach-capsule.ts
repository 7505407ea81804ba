import { AttachCapsule, type Capsule } from '#src/community/contract/capsules.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember, requireWriter } from '../members/require-member.ts';
import { sanitiseCapsule } from './sanitise.rules.ts';

/** What a capsule would hold of what was pasted: without names, values and comments. Keeps nothing. */
export async function previewCapsule(ctx: Context, given: AttachCapsule): Promise<Capsule> {
  await requireMember(ctx);
  return capsuleOf(given);
}

function capsuleOf(given: AttachCapsule): Capsule {
  const { pgVersion, ...pasted } = AttachCapsule.parse(given);
  return { ...sanitiseCapsule(pasted), pgVersion };
}

/** Attaches a capsule to a question of one's own, in the place of one that it had; answers what was kept. */
export async function attachCapsule(
  ctx: Context,
  questionId: number,
  given: AttachCapsule,
): Promise<Capsule> {
  const member = await requireWriter(ctx);
  const capsule = capsuleOf(given);
  // not audited: the capsule is the trace
  return inTransaction(ctx, async (tx) => {
    const question = await tx.db
      .selectFrom('community.post')
      .select('id')
      .where('id', '=', questionId)
      .where('kind', '=', 'question')
      .where('author_id', '=', member.id)
      .where('state', '<>', 'removed')
      .executeTakeFirst();
    if (!question) throw new AppError('not_found', questionText.noSuchQuestion);
    const content = {
      author_id: member.id,
      schema_sql: capsule.schema,
      settings: capsule.settings,
      plan: capsule.plan,
      pg_version: capsule.pgVersion,
    };
    await tx.db
      .insertInto('community.capsule')
      .values({ question_id: questionId, ...content })
      .onConflict((oc) => oc.column('question_id').doUpdateSet(content))
      .execute();
    return capsule;
  });
}
