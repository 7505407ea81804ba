import { meetingText } from '#src/community/contract/meetings.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requirePerson } from '../members/require-member.ts';
import { lockMeeting } from './queries.ts';

/** Writes the minutes of a meeting, until it is closed: then they stand. */
export async function writeMinutes(ctx: Context, id: number, minutes: string): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const { state, slug } = await lockMeeting(tx, id);
    await requireSeat(tx, slug);
    if (state === 'closed') throw new AppError('conflict', meetingText.isClosed);
    await tx.db
      .updateTable('community.meeting')
      .set({ minutes_markdown: minutes, minutes_html: renderMarkdown(minutes).html })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.meeting.write-minutes', String(id), { committee: slug });
  });
}
