import { type ExpressionBuilder, sql } from 'kysely';
import type { Mail, MailWithText } from '../../contract/mail.ts';
import { mailText } from '../../contract/mail.text.ts';
import type { Page, PageQuery } from '../../contract/pages.ts';
import { requirePermission, type Context } from '../context.ts';
import type { DB } from '../db.ts';
import { AppError } from '../errors.ts';
import { isOperator } from '../operators.ts';
import { readTimeCursor, writeCursor } from '../pages.ts';

const columns = [
  'id',
  'recipient as to',
  'subject',
  'state',
  'attempts',
  'last_error as lastError',
  'created_at as createdAt',
  'ended_at as endedAt',
] as const;

type Row = Omit<Mail, 'createdAt' | 'endedAt'> & { createdAt: Date; endedAt: Date | null };

const present = (row: Row): Mail => ({
  id: row.id,
  to: row.to,
  subject: row.subject,
  state: row.state,
  attempts: row.attempts,
  lastError: row.lastError,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});

/** Mails of the actor's organisation; those of no organisation (a reset of a password) only for who runs this Elepherd. */
export async function visibleTo(ctx: Context) {
  const seesAll = await isOperator(ctx);
  return (eb: ExpressionBuilder<DB, 'platform.mail'>) =>
    seesAll
      ? eb.or([eb('org_id', '=', ctx.actor.orgId), eb('org_id', 'is', null)])
      : eb('org_id', '=', ctx.actor.orgId);
}

/** Mails the actor may read, newest first. */
export async function listMails(ctx: Context, query: PageQuery): Promise<Page<Mail>> {
  const after = readTimeCursor(query.cursor);
  const rows = await ctx.db
    .selectFrom('platform.mail')
    .select(columns)
    .select(sql<string>`created_at::text`.as('marker'))
    .where(await visibleTo(ctx))
    .$if(after !== undefined, (qb) =>
      qb.where(sql<boolean>`(created_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: kept.map(present),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.marker, last.id]) : null,
  };
}

/** One mail with its words; one that is not the actor's to see is not found. Refuses words that would make more of the actor than they are. */
export async function getMail(ctx: Context, id: string): Promise<MailWithText> {
  const row = await ctx.db
    .selectFrom('platform.mail')
    .select([...columns, 'text', 'permission'])
    .where(await visibleTo(ctx))
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', mailText.noSuchMail);
  if (row.permission !== null) requirePermission(ctx, row.permission);
  return { ...present(row), text: row.text };
}
