import { sql } from 'kysely';
import { type Consent, consentKinds } from '#src/community/contract/privacy.ts';
import type { Db } from '#src/platform/server/db.ts';

/** How a consent stands with members who never decided. */
const usual: Record<Consent['kind'], boolean> = {
  'search-engines': true,
  leaderboards: true,
};

export type Decision = { kind: string; isGiven: boolean; at: string };

/** Every decision of a member about consents, newest first. */
export async function listDecisions(db: Db, memberId: string | undefined): Promise<Decision[]> {
  if (memberId === undefined) return [];
  const rows = await db
    .selectFrom('community.consent')
    .select(['kind', 'is_given', 'at'])
    .where('member_id', '=', memberId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({ kind: row.kind, isGiven: row.is_given, at: row.at.toISOString() }));
}

/** What a member agrees to now: the newest decision of each kind, or what is usual. */
export const consentsOf = (decisions: readonly Decision[]): Consent[] =>
  consentKinds.map((kind) => {
    const last = decisions.find((one) => one.kind === kind);
    return { kind, isGiven: last?.isGiven ?? usual[kind], at: last?.at ?? null };
  });

/** A member and those that were merged into it: one person. */
export async function listSelves(db: Db, memberId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from community.member where id = ${memberId} or merged_into = ${memberId} order by id`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** The address of an account, and whether it has a password. */
export async function getOwnAccess(
  db: Db,
  accountId: string,
): Promise<{ email: string; hasPassword: boolean }> {
  const { rows } = await sql<{ email: string; hasPassword: boolean }>`
    select a.email, exists (select from identity.credential c
      where c.account_id = a.id and c.password_hash is not null) as "hasPassword"
    from identity.account a where a.id = ${accountId}`.execute(db);
  return rows[0] ?? { email: '', hasPassword: false };
}
