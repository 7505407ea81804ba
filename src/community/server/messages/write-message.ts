import { sql } from 'kysely';
import type { WriteMessage } from '#src/community/contract/people.ts';
import { peopleText } from '#src/community/contract/people.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { blocksBetween } from '../blocks/queries.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { findConversation } from './queries.ts';
import { mayWriteIn } from './rules.ts';

/**
 * Writes the next message of a conversation that was accepted. Refuses one that was not, and members one of whom blocked the
 * other; somebody else's conversation is not found.
 */
export async function writeMessage(ctx: Context, id: number, { markdown }: WriteMessage): Promise<void> {
  const member = await requireWriter(ctx);
  const { html } = renderMarkdown(markdown);
  await inTransaction(ctx, async (tx) => {
    // not audited: between two people
    await tx.db
      .selectFrom('community.conversation')
      .select('id')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    const found = await findConversation(tx, id, member.id);
    if (!found) throw new AppError('not_found', peopleText.noConversation);
    const isStarter = found.starterId === member.id;
    const otherId = isStarter ? found.otherId : found.starterId;
    if (!mayWriteIn(found.state))
      throw new AppError('conflict', isStarter ? peopleText.waitForAnswer : peopleText.acceptFirst);
    const blocks = await blocksBetween(tx.db, member.id, otherId);
    if (blocks.byOne || blocks.byOther) throw new AppError('conflict', peopleText.notPossible);
    await judgeWriting(tx, member, { kind: 'message', markdown, isReply: true });
    const message = await tx.db
      .insertInto('community.message')
      .values({ conversation_id: id, author_id: member.id, markdown, html, at: sql<Date>`clock_timestamp()` })
      .returning(['id', 'at'])
      .executeTakeFirstOrThrow();
    await tx.db
      .updateTable('community.conversation')
      .set({
        active_at: message.at,
        ...(isStarter ? { starter_read_at: message.at } : { other_read_at: message.at }),
      })
      .where('id', '=', id)
      .execute();
    await notifyMember(tx, {
      memberId: otherId,
      kind: 'message',
      key: `message:${message.id}`,
      actorId: member.id,
      payload: { href: `/messages/${id}`, title: member.name },
    });
  });
}
