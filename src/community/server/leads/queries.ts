import { sql } from 'kysely';
import type { Lead } from '#src/community/contract/downloads.ts';
import { downloadText as text } from '#src/community/contract/downloads.text.ts';
import type { Page, PageQuery } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { requireReader } from '../members/require-member.ts';
import { writeCsv } from './rules.ts';

/** The organisation whose leads a manager of it reads; to everybody else, the community's staff too, there are none. */
export async function requireLeadsOf(ctx: Context, slug: string): Promise<string> {
  const reader = await requireReader(ctx);
  const row = await ctx.db
    .selectFrom('community.organisation as o')
    .innerJoin('community.organisation_manager as g', 'g.organisation_id', 'o.id')
    .select('o.id')
    .where('o.slug', '=', slug)
    .where('o.state', '<>', 'merged')
    .where('g.member_id', '=', reader?.id ?? null)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', text.noSuchLeads);
  return row.id;
}

const selectLeads = ({ db }: Context, organisationId: string) =>
  db
    .selectFrom('community.lead as l')
    .innerJoin('community.post as p', 'p.id', 'l.post_id')
    .select(['l.id', 'l.confirmed_at', 'l.name', 'l.email', 'l.company', 'l.is_proved'])
    .select(sql<string>`l.keep_until::text`.as('keepUntil'))
    .select(['l.consent_version', 'l.consent_words', 'p.id as postId', 'p.slug', 'p.title'])
    .where('l.organisation_id', '=', organisationId)
    .where('l.confirmed_at', 'is not', null)
    // What was to be erased today is not shown until the job comes.
    .where('l.keep_until', '>', sql<string>`(now() at time zone 'UTC')::date`)
    .orderBy('l.id', 'desc');

type Row = Awaited<ReturnType<ReturnType<typeof selectLeads>['execute']>>[number];

const present = (row: Row): Lead => ({
  id: row.id,
  at: row.confirmed_at!.toISOString(),
  name: row.name,
  email: row.email,
  company: row.company,
  isProved: row.is_proved,
  article: { id: row.postId, slug: row.slug, title: row.title ?? '' },
  consentVersion: row.consent_version,
  consentWords: row.consent_words,
  keepUntil: row.keepUntil,
});

/** Leads of an organisation for its managers, the newest first. */
export async function listLeads(ctx: Context, slug: string, query: PageQuery): Promise<Page<Lead>> {
  const organisationId = await requireLeadsOf(ctx, slug);
  const before = readNumberCursor(query.cursor);
  const rows = await selectLeads(ctx, organisationId)
    .$if(before !== undefined, (q) => q.where('l.id', '<', before!))
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: kept.map(present),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.id]) : null,
  };
}

/** The same, all of them, as a table for spreadsheets in the reader's language. */
export async function exportLeads(ctx: Context, slug: string): Promise<string> {
  const organisationId = await requireLeadsOf(ctx, slug);
  const rows = await selectLeads(ctx, organisationId).execute();
  const heads = [text.date, text.name, text.company, text.email, text.proved, text.article];
  const more = [text.version, text.consent, text.keepUntil];
  return writeCsv([
    [...heads, ...more].map((words) => words[ctx.locale]),
    ...rows
      .map(present)
      .map((one) => [
        one.at,
        one.name,
        one.company,
        one.email,
        (one.isProved ? text.proved : text.notProved)[ctx.locale],
        one.article.title,
        one.consentVersion,
        one.consentWords,
        one.keepUntil,
      ]),
  ]);
}
