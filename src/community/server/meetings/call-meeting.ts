import { CallMeeting } from '#src/community/contract/meetings.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';

/** Calls a meeting of a committee or of all members; those whom it is for may join until it is opened. */
export async function callMeeting(ctx: Context, given: CallMeeting): Promise<{ id: number }> {
  const wish = CallMeeting.parse(given);
  return inTransaction(ctx, async (tx) => {
    const { committee, reader } = await requireSeat(tx, wish.committee);
    const made = await tx.db
      .insertInto('community.meeting')
      .values({
        committee_id: committee.id,
        title: wish.title,
        starts_at: wish.startsAt,
        for_all: wish.forAll,
        agenda_markdown: wish.agenda,
        agenda_html: renderMarkdown(wish.agenda).html,
        called_by: reader?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'community.meeting.call', String(made.id), {
      committee: committee.slug,
      title: wish.title,
    });
    return made;
  });
}
