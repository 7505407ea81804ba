/**
 * npm run bench -- points [entries]
 * A ledger of a million point entries of ten thousand members, one in ten of them reversed, worked again by the rules; then
 * awards one after the other from eight connections.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { awardPoints } from '#src/community/server/points/change-points.ts';
import { replayLedger } from '#src/community/server/points/replay-points.ts';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { percentile, print, rounded, say } from './support/figures.ts';

const [entries = 1_000_000] = process.argv.slice(2).map(Number);
const connections = 8;
const awards = 4000;

const home = await mkdtemp(join(tmpdir(), 'elepherd-bench-'));
const postgres = await startEmbeddedPostgres({
  home,
  log: () => {},
  runtimeFolder: '/var/cache/elepherd/runtime',
});
const db = createDb(createPool(postgres.url, connections));
try {
  await migrate(postgres.url);
  say(`entering ${entries} entries`);
  await fill();
  const begun = performance.now();
  const found = await replayLedger(db);
  const seconds = (performance.now() - begun) / 1000;
  if (found.differences.length + found.balances.length > 0)
    throw new Error(
      `the ledger of the bench is wrong: ${JSON.stringify(found.differences[0] ?? found.balances[0])}`,
    );
  print({
    name: 'points/replay',
    ours: seconds,
    unit: 's',
    bar: 60,
    entries: found.entries,
    members: found.members,
    peakMegabytes: rounded(process.resourceUsage().maxRSS / 1024),
  });
  await award();
} finally {
  await db.destroy();
  await postgres.stop();
  await rm(home, { recursive: true, force: true });
}

/** Entries as votes and acceptances over three years would have left them, with balances that are their sums. */
async function fill(): Promise<void> {
  const given = Math.floor((entries * 10) / 11);
  await sql`insert into community.member (handle, name)
    select 'member-' || n, 'Member ' || n from generate_series(1, 10000) n`.execute(db);
  await sql`with numbered as (select id, row_number() over (order by id) - 1 as n from community.member),
      rule as (select cause, id, growth, spendable from community.point_rule where cause in ('accepted', 'featured'))
    insert into community.point_entry (member_id, contra, base, spendable, cause, cause_key, rule_id, at)
    select m.id, 'mint', r.growth, r.spendable, r.cause, g.n::text, r.id, now() - make_interval(secs => 94608000.0 * (1 - g.n::float8 / ${given}))
    from generate_series(1, ${given}::integer) as g (n)
    join numbered m on m.n = (g.n * 7919::bigint) % 10000
    join rule r on r.cause = case when g.n % 9 = 0 then 'featured' else 'accepted' end
    order by g.n`.execute(db);
  await sql`insert into community.point_entry (member_id, contra, base, spendable, cause, cause_key, rule_id, reverses)
    select member_id, contra, -base, -spendable, cause, cause_key, rule_id, id
    from community.point_entry where id % 10 = 0 order by id`.execute(db);
  await sql`update community.member m set reputation = s.growth, points = s.spendable from (
      select member_id, sum(growth) as growth, sum(spendable) as spendable from community.point_entry group by 1) s
    where m.id = s.member_id`.execute(db);
  await sql`analyze`.execute(db);
}

/** What a vote adds to the time of its transaction: both statements of an award, under the cap of a day. */
async function award(): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from community.member order by id limit 1000`.execute(
    db,
  );
  const times: number[] = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      for (let at = connection; at < awards; at += connections) {
        const memberId = rows[(at * 7919) % rows.length]!.id;
        const from = performance.now();
        await inTransaction(systemContext(db, noOrg), (tx) =>
          awardPoints(tx, {
            memberId,
            cause: 'up-vote',
            key: `bench:${at}`,
            actorId: rows[at % rows.length]!.id,
          }),
        );
        times.push(performance.now() - from);
      }
    }),
  );
  print({
    name: 'points/award',
    ours: percentile(times, 50),
    unit: 'ms',
    p99: rounded(percentile(times, 99)),
    awardsPerSecond: rounded((awards * 1000) / (performance.now() - begun)),
    connections,
  });
}
