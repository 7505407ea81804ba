import { sql } from 'kysely';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { type Employment, StateEmployment } from '#src/community/contract/employments.ts';
import { employmentText } from '#src/community/contract/employments.text.ts';
import { organisationNoticeText, organisationText } from '#src/community/contract/organisations.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { findOrganisation } from '../organisations/queries.ts';
import { tellManagers } from '../organisations/tell-managers.ts';
import { attributePosts, lockEmployment } from './attribute-posts.ts';
import { findOverlap, getEmployment } from './queries.ts';
import { maxEmployments } from './rules.ts';

/**
 * Says that the member worked at an organisation from one day to another, effective at once for every post of those days. A
 * time that goes on ends the one that went on before it, the day before. Refuses any other overlap.
 */
export async function stateEmployment(ctx: Context, given: StateEmployment): Promise<Employment> {
  const wish = StateEmployment.parse(given);
  return inTransaction(ctx, async (tx) => {
    // not audited: the row and who confirms it are the trace
    const member = await requireWriter(tx);
    await lockEmployment(tx, [member.id]);
    const organisation = await findOrganisation(tx, wish.organisation);
    if (!organisation) throw new AppError('not_found', organisationText.noSuch);
    const isOpen =
      organisation.state === 'verified' || (organisation.state === 'pending' && organisation.isManager);
    if (!isOpen) throw new AppError('conflict', organisationText.isClosed);
    const { count } = await tx.db
      .selectFrom('community.employment')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('member_id', '=', member.id)
      .executeTakeFirstOrThrow();
    if (count >= maxEmployments) throw new AppError('conflict', employmentText.tooMany(maxEmployments));
    if (wish.until === null) {
      await sql`update community.employment set period = daterange(lower(period), ${wish.from}::date)
        where member_id = ${member.id} and upper_inf(period) and lower(period) < ${wish.from}::date`.execute(
        tx.db,
      );
    }
    const overlap = await findOverlap(tx, member.id, wish);
    if (overlap !== undefined) throw new AppError('conflict', employmentText.overlaps(overlap));
    const { rows } = await sql<{ id: string }>`
      insert into community.employment (member_id, organisation_id, period, title)
      values (${member.id}, ${organisation.id}, daterange(${wish.from}::date, ${wish.until}::date, '[]'), ${wish.title})
      returning id`.execute(tx.db);
    const { id = '' } = rows[0] ?? {};
    await attributePosts(tx, [member.id]);
    await tellManagers(tx, organisation.id, {
      kind: 'employment-stated',
      key: `employment-stated:${id}`,
      actorId: member.id,
      payload: {
        href: `${organisationPath(organisation.slug)}/people`,
        title: organisation.name,
        words: organisationNoticeText.employmentStated,
      },
    });
    return getEmployment(tx, member.id, id);
  });
}
