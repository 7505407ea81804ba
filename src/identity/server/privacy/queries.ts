import { sql } from 'kysely';
import type { Db } from '#src/platform/server/db.ts';
import { accountColumns, type PersonalColumn } from './rules.ts';

type Rows = Record<string, unknown>[];

/** Rows of a table that are somebody's, as JSON, without what the list keeps back. Names come from our own lists alone. */
export async function listPersonalRows(
  db: Db,
  { table, column, without = [] }: PersonalColumn,
  value: string,
): Promise<Rows> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) - ${[...without]}::text[] as row from ${sql.table(table)} t
    where t.${sql.ref(column)}::text = ${value} order by t.ctid`.execute(db);
  return rows.map(({ row }) => row);
}

/** Everything that schema identity has about an account, what it did in the audit log, and mails to it, by table. */
export async function exportAccount(db: Db, accountId: string): Promise<Record<string, Rows>> {
  const { email } = await db
    .selectFrom('identity.account')
    .select('email')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const everything: Record<string, Rows> = {};
  const wider: PersonalColumn[] = [
    ...accountColumns,
    { table: 'platform.audit', column: 'actor_id', without: ['hash', 'previous_hash'] },
    { table: 'platform.file', column: 'created_by', without: ['sha256', 'place'] },
    { table: 'platform.mail', column: 'recipient' },
  ];
  for (const one of wider) {
    if (one.keptBack !== undefined) continue;
    const value = one.column === 'email' || one.column === 'recipient' ? email : accountId;
    (everything[one.table] ??= []).push(...(await listPersonalRows(db, one, value)));
  }
  return everything;
}

/** Organisations whose only owner is this account. */
export async function listOwnedAlone(db: Db, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select o.name from identity.membership m join identity.organisation o on o.id = m.org_id
    where m.account_id = ${accountId} and m.role = 'owner'
      and not exists (select from identity.membership x
        where x.org_id = m.org_id and x.role = 'owner' and x.account_id <> m.account_id)
    order by o.name`.execute(db);
  return rows.map(({ name }) => name);
}
