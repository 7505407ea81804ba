import { PlanSomething } from '#src/community/contract/plan.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { findByHandle } from '../members/queries.ts';

/** Puts something into the plan of a committee. Only for those with a seat in it. */
export async function planSomething(ctx: Context, given: PlanSomething): Promise<{ id: number }> {
  const wish = PlanSomething.parse(given);
  return inTransaction(ctx, async (tx) => {
    const { committee, reader } = await requireSeat(tx, wish.committee);
    const made = await tx.db
      .insertInto('community.plan_entry')
      .values({
        ...(await columnsOf(tx, wish)),
        committee_id: committee.id,
        planned_on: wish.startsOn,
        planned_until: wish.endsOn,
        starts_on: wish.startsOn,
        ends_on: wish.endsOn,
        created_by: reader?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'community.plan.enter', String(made.id), {
      committee: committee.slug,
      title: wish.title,
    });
    return made;
  });
}

type Words = Pick<ReturnType<typeof PlanSomething.parse>, 'kind' | 'title' | 'note' | 'place' | 'owner'>;

/** What an entry says, as columns. */
export async function columnsOf(tx: Context, wish: Words) {
  const owner = wish.owner === null ? undefined : await findByHandle(tx.db, wish.owner);
  if (wish.owner !== null && !owner) throw new AppError('not_found', memberText.noSuchMember);
  return {
    kind: wish.kind,
    title: wish.title,
    note_markdown: wish.note,
    note_html: renderMarkdown(wish.note).html,
    place: wish.place,
    owner_id: owner?.id ?? null,
  };
}
