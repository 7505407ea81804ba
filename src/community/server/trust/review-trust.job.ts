import { sql } from 'kysely';
import { z } from 'zod';
import type { ModerationSettings } from '#src/community/contract/moderation.ts';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { readSettings } from '../moderation/queries.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { readDeeds } from './queries.ts';
import { type Deeds, nextLevel } from './trust.rules.ts';

const batch = 200;

/**
 * Every hour: levels follow what members did. Looks at those who were here since yesterday, who are at level 3, or whose time
 * of grace runs; nobody else's deeds can have changed what they are.
 */
export const reviewTrust = defineJob(
  'community.review-trust',
  z.object({}),
  async ({ db }) => {
    const settings = await readSettings(db);
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const ids = await listCandidates(db, after);
      if (ids.length === 0) return;
      const deeds = await readDeeds(db, ids);
      for (const [id, done] of deeds) await reviewMember(systemContext(db, noOrg), id, done, settings);
      after = ids.at(-1) ?? after;
    }
  },
  { schedule: '29 * * * *' },
);

async function listCandidates(db: Db, after: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.id from community.member m
    where m.id > ${after} and m.erased_at is null and not m.trust_locked and m.trust_level < 4
      and (m.seen_at > now() - interval '1 day' or m.trust_level = 3 or m.trust_grace_until is not null
        or exists (select from community.writing_pace w where w.member_id = m.id
          and greatest(w.topics_at, w.replies_at) > now() - interval '1 day')
        or exists (select from community.flag f where f.author_id = m.id and f.state = 'agreed'
          and f.decided_at > now() - interval '1 day'))
    order by m.id limit ${batch}`.execute(db);
  return rows.map(({ id }) => id);
}

async function reviewMember(
  ctx: Context,
  memberId: string,
  deeds: Deeds,
  settings: ModerationSettings,
): Promise<void> {
  // open to: the schedule alone
  // not audited: the change of level is its own trace.
  await inTransaction(ctx, async (tx) => {
    const member = await tx.db
      .selectFrom('community.member')
      .select(['trust_level', 'trust_locked', 'trust_grace_until'])
      .where('id', '=', memberId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!member || member.trust_locked) return;
    const from = member.trust_level;
    const verdict = nextLevel(from, deeds, { until: member.trust_grace_until, now: new Date() });
    if (verdict.change === 'none') return;
    const set =
      verdict.change === 'begin-grace'
        ? { trust_grace_until: sql<Date>`now() + make_interval(days => ${settings.trustGraceDays})` }
        : { trust_grace_until: null, ...('to' in verdict && { trust_level: verdict.to }) };
    await tx.db.updateTable('community.member').set(set).where('id', '=', memberId).execute();
    if (verdict.change === 'end-grace') return;
    const change =
      'to' in verdict
        ? await tx.db
            .insertInto('community.trust_change')
            .values({ member_id: memberId, from_level: from, to_level: verdict.to })
            .returning('id')
            .executeTakeFirstOrThrow()
        : undefined;
    await notifyMember(tx, {
      memberId,
      kind: 'trust',
      key: change ? `trust:${change.id}` : `trust:grace:${new Date().toISOString().slice(0, 10)}`,
      payload: {
        href: '/moderation/mine',
        what: verdict.change,
        level: 'to' in verdict ? verdict.to : from,
        ...(verdict.change === 'begin-grace' && { days: settings.trustGraceDays }),
      },
    });
  });
}
