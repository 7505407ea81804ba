import { sql } from 'kysely';
import { memberText } from '#src/community/contract/members.text.ts';
import type { BeginConversation } from '#src/community/contract/people.ts';
import { peopleText } from '#src/community/contract/people.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { blocksBetween } from '../blocks/queries.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { hasPictures } from './rules.ts';
import { writeMessage } from './write-message.ts';

/**
 * Asks a member to exchange messages, with a first one; where the two already do, it is the next message. Refuses newcomers,
 * pictures, oneself, and members one of whom blocked the other.
 */
export async function beginConversation(ctx: Context, input: BeginConversation): Promise<{ id: number }> {
  const member = await requireWriter(ctx);
  const { html } = renderMarkdown(input.markdown);
  return inTransaction(ctx, async (tx) => {
    // not audited: between two people
    const other = await tx.db
      .selectFrom('community.member')
      .select('id')
      .where('handle', '=', input.handle)
      .where('erased_at', 'is', null)
      .where('merged_into', 'is', null)
      .executeTakeFirst();
    if (!other) throw new AppError('not_found', memberText.noSuchMember);
    if (other.id === member.id) throw new AppError('conflict', peopleText.notYourself);
    const blocks = await blocksBetween(tx.db, member.id, other.id);
    if (blocks.byOne || blocks.byOther) throw new AppError('conflict', peopleText.notPossible);
    const known = await tx.db
      .selectFrom('community.conversation')
      .select('id')
      .where((eb) =>
        eb.or([
          eb('starter_id', '=', member.id).and('other_id', '=', other.id),
          eb('starter_id', '=', other.id).and('other_id', '=', member.id),
        ]),
      )
      .executeTakeFirst();
    if (known) {
      await writeMessage(tx, known.id, input);
      return { id: known.id };
    }
    if (hasPictures(html)) throw new AppError('conflict', peopleText.noPicturesYet);
    await judgeWriting(tx, member, { kind: 'message', markdown: input.markdown });
    const { id } = await tx.db
      .insertInto('community.conversation')
      .values({ starter_id: member.id, other_id: other.id })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst()
      .then((made) => {
        // Both began at the same moment: the other's request is there now, to be accepted.
        if (!made) throw new AppError('conflict', peopleText.acceptFirst);
        return made;
      });
    await tx.db
      .insertInto('community.message')
      .values({ conversation_id: id, author_id: member.id, markdown: input.markdown, html })
      .execute();
    await tx.db
      .updateTable('community.conversation')
      .set({ starter_read_at: sql<Date>`active_at` })
      .where('id', '=', id)
      .execute();
    await notifyMember(tx, {
      memberId: other.id,
      kind: 'message-request',
      key: `message-request:${id}`,
      actorId: member.id,
      payload: { href: `/messages/${id}`, title: member.name },
    });
    return { id };
  });
}
