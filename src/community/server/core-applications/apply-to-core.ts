import { sql } from 'kysely';
import { coreApplicationPath } from '#src/community/contract/addresses.ts';
import type { ApplyToCore } from '#src/community/contract/core-applications.ts';
import { applicationNoticeText, applicationText } from '#src/community/contract/core-applications.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getSeatOf, listElectors } from '../committees/queries.ts';
import { requireWriter } from '../members/require-member.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { votingDays } from './rules.ts';

/** Asks to join the core group; the committee votes. Refuses who holds a seat there or has asked already, and the board, which is elected. */
export async function applyToCore(ctx: Context, wish: ApplyToCore): Promise<{ id: number }> {
  return inTransaction(ctx, async (tx) => {
    const member = await requireWriter(tx);
    const { committee, office } = await getSeatOf(tx, wish.committee);
    if (committee.slug === 'board') throw new AppError('conflict', applicationText.boardIsElected);
    if (office !== null) throw new AppError('conflict', applicationText.hasSeat);
    const made = await tx.db
      .insertInto('community.core_application')
      .values({
        committee_id: committee.id,
        member_id: member.id,
        who_i_am: wish.whoIAm,
        reason: wish.reason,
        value_offered: wish.valueOffered,
        view_of_present: wish.viewOfPresent,
        area: wish.area,
        yearly_measure: wish.yearlyMeasure,
        consequence: wish.consequence,
        votes_until: sql<Date>`now() + make_interval(days => ${votingDays})`,
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) throw new AppError('conflict', applicationText.hasApplied);
    for (const elector of await listElectors(tx, committee.id))
      await notifyMember(tx, {
        memberId: elector,
        kind: 'core-application',
        key: `core-application:${made.id}`,
        actorId: member.id,
        payload: {
          href: coreApplicationPath(made.id),
          words: applicationNoticeText.applied({ en: committee.name_en, 'zh-CN': committee.name_zh }),
        },
      });
    await audit(tx, 'community.core-application.apply', String(made.id), { committee: committee.slug });
    return made;
  });
}
