import { FileMatter } from '#src/community/contract/committees.ts';
import { committeeText } from '#src/community/contract/committees.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { lockMembers } from '../points/lock-members.ts';
import { getSeatOf } from './queries.ts';
import { maxOpenMatters } from './matters.rules.ts';

/** Brings something before a committee; its queue holds it until it is closed with an answer. Refuses too many open ones of one member. */
export async function fileMatter(ctx: Context, slug: string, given: FileMatter): Promise<{ id: number }> {
  const { title, markdown } = FileMatter.parse(given);
  return inTransaction(ctx, async (tx) => {
    // not audited: the row is the trace
    const member = await requireWriter(tx);
    const { committee } = await getSeatOf(tx, slug);
    await lockMembers(tx, [member.id]);
    const { count } = await tx.db
      .selectFrom('community.committee_matter')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('filed_by', '=', member.id)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    if (count >= maxOpenMatters) throw new AppError('conflict', committeeText.tooManyMatters(count));
    return tx.db
      .insertInto('community.committee_matter')
      .values({
        committee_id: committee.id,
        title,
        markdown,
        html: renderMarkdown(markdown).html,
        filed_by: member.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
  });
}
