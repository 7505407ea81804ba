import { type Kysely, sql } from 'kysely';
import type { PointReplay } from '#src/community/contract/points.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db-types.gen.ts';
import { requireStaff } from '../members/require-staff.ts';
import { type Difference, type Entry, newReplay, type Rule } from './replay.rules.ts';

const entriesABatch = 20_000;
const shownAtMost = 100;

/** Works the rules over all history again and answers where the ledger or a kept balance says something else. Changes nothing. */
export async function replayPoints(ctx: Context): Promise<PointReplay> {
  await requireStaff(ctx, 'community.point.manage');
  const begun = Date.now();
  const found = await replayLedger(ctx.db);
  const { differences, balances, ...counts } = found;
  await inTransaction(ctx, (tx) =>
    audit(tx, 'community.point.replay', null, {
      entries: counts.entries,
      differences: differences.length,
      balances: balances.length,
    }),
  );
  return {
    ...counts,
    differenceCount: differences.length,
    differences: differences.slice(0, shownAtMost),
    balanceCount: balances.length,
    balances: balances.slice(0, shownAtMost),
    seconds: (Date.now() - begun) / 1000,
  };
}

/** The same over one state of the database, whoever asks. */
export function replayLedger(db: Kysely<DB>) {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const replay = newReplay(await listRules(tx));
      const differences: Difference[] = [];
      let [entries, last] = [0, 0];
      for (;;) {
        const batch = await listEntries(tx, last);
        for (const entry of batch) {
          const difference = replay.take(entry);
          if (difference) differences.push(difference);
        }
        entries += batch.length;
        last = batch.at(-1)?.id ?? last;
        if (batch.length < entriesABatch) break;
      }
      const kept = await tx
        .selectFrom('community.member')
        .select(['id', 'handle', 'reputation', 'points'])
        .execute();
      const balances = kept.flatMap(({ id, handle, reputation, points }) => {
        const expected = replay.members.get(id) ?? { growth: 0, spendable: 0 };
        return expected.growth === reputation && expected.spendable === points
          ? []
          : [{ handle, expected, found: { growth: reputation, spendable: points } }];
      });
      return { entries, members: replay.members.size, differences, balances };
    });
}

async function listRules(db: Kysely<DB>): Promise<Rule[]> {
  const { rows } = await sql<Omit<Rule, 'until'> & { until: number | null }>`
    select cause, growth, spendable, daily_cap as "dailyCap", actor_cap as "actorCap",
      (extract(epoch from lower(valid)) * 1000)::float8 as from, (extract(epoch from upper(valid)) * 1000)::float8 as until
    from community.point_rule`.execute(db);
  return rows.map((row) => ({ ...row, until: row.until ?? Infinity }));
}

async function listEntries(db: Kysely<DB>, after: number): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select id, member_id as "memberId", growth, base, weight, spendable, cause, rule_id is not null as "isByRule", actor_id as "actorId",
      reverses, again_of as "againOf", (extract(epoch from at) * 1000)::float8 as at
    from community.point_entry where id > ${after} order by id limit ${sql.lit(entriesABatch)}`.execute(db);
  return rows;
}
