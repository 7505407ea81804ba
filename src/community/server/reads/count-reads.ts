import { sql } from 'kysely';
import type { PageRead } from '#src/community/contract/reads.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';

/** Reads of one page by one reader; the account is told to leave out its own pages, and is not kept. */
export type Counted = PageRead & { accountId: string | null; count: number };

/** Adds reads to the counts of today. Those of an author's own posts, of a manager's organisation, and of what is not public are left out. */
export async function countReads(ctx: Context, reads: readonly Counted[]): Promise<void> {
  const of = (kind: Counted['kind']) =>
    JSON.stringify(
      reads
        .filter((read) => read.kind === kind)
        .map(({ name, accountId, count }) => ({ name, account: accountId, count })),
    );
  // open to: the server itself, for whoever reads a page
  // not audited: the counts are the trace
  await inTransaction(ctx, async (tx) => {
    // Two servers write one after the other: their batches name the same posts, each in an order of its own.
    await sql`select pg_advisory_xact_lock(hashtextextended('community.page-reads', 0))`.execute(tx.db);
    await sql`
      with posts as (
        select p.id, sum(g.count) as count
        from jsonb_to_recordset(${of('post')}::jsonb) as g (name bigint, account uuid, count bigint)
        join community.post p on p.id = g.name and p.state = 'published'
        left join community.member m on m.account_id = g.account
        where m.id is distinct from p.author_id
        group by p.id),
      organisations as (
        select o.id, sum(g.count) as count
        from jsonb_to_recordset(${of('organisation')}::jsonb) as g (name text, account uuid, count bigint)
        join community.organisation o on o.slug = g.name
        left join community.member m on m.account_id = g.account
        where not exists (select from community.organisation_manager om where om.organisation_id = o.id and om.member_id = m.id)
        group by o.id),
      counted as (
        insert into community.page_read as r (post_id, organisation_id, count)
        select id, null::uuid, count from posts union all select null::bigint, id, count from organisations
        on conflict on constraint page_read_once do update set count = r.count + excluded.count)
      update community.post p set view_count = p.view_count + posts.count from posts where p.id = posts.id`.execute(
      tx.db,
    );
  });
}
