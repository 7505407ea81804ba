import { sql } from 'kysely';
import {
  consentVersion,
  type Download,
  type DownloadPage,
  leadMonths,
} from '#src/community/contract/downloads.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { contentTypeOf, keepUntilFrom } from './rules.ts';

/** How readers stand to the file of a case study, in a row with `p`, `s` and `d`. */
const isAuthor = (readerId: string | null) =>
  sql<boolean>`p.author_id is not distinct from ${readerId}::uuid`;
const managesCustomer = (readerId: string | null) =>
  sql<boolean>`exists (select from community.organisation_manager g
    where g.organisation_id = s.customer_id and g.member_id = ${readerId})`;
const managesPublisher = (readerId: string | null) =>
  sql<boolean>`exists (select from community.organisation_manager g
    where g.organisation_id = d.publisher_id and g.member_id = ${readerId})`;
const isGranted = (readerId: string | null) =>
  sql<boolean>`exists (select from community.download_grant a where a.post_id = d.post_id and a.member_id = ${readerId})`;

/** The file of a case study, as this reader may have it; null where there is none. Whether they see the case study is asked before. */
export async function findDownload(
  { db }: Context,
  postId: number,
  readerId: string | undefined,
): Promise<Download | null> {
  const reader = readerId ?? null;
  const row = await db
    .selectFrom('community.download as d')
    .innerJoin('community.case_study as s', 's.post_id', 'd.post_id')
    .innerJoin('community.post as p', 'p.id', 'd.post_id')
    .innerJoin('platform.file as f', 'f.id', 'd.file_id')
    .leftJoin('community.organisation as o', 'o.id', 'd.publisher_id')
    .select(['f.id', 'f.name', 'f.content_type', 'f.size_bytes', 'd.is_gated', 'd.count'])
    .select(['o.slug as publisherSlug', 'o.name as publisherName'])
    .select([isAuthor(reader).as('isAuthor'), managesCustomer(reader).as('managesCustomer')])
    .select([managesPublisher(reader).as('managesPublisher'), isGranted(reader).as('isGranted')])
    .where('d.post_id', '=', postId)
    .executeTakeFirst();
  if (!row) return null;
  const mayMark = row.isAuthor || row.managesPublisher;
  return {
    file: row.id,
    name: row.name,
    contentType: contentTypeOf(row.content_type, row.name),
    sizeBytes: row.size_bytes,
    isGated: row.is_gated,
    publisher: row.publisherSlug === null ? null : { slug: row.publisherSlug, name: row.publisherName ?? '' },
    // Who is to stand by a case study reads all of it.
    isOpen: !row.is_gated || mayMark || row.managesCustomer || row.isGranted,
    mayMark,
    count: mayMark ? row.count : null,
  };
}

/** The organisation by which this author may ask readers for their names: verified, and it knows the author. */
export async function findPublisher(db: Db, authorId: string) {
  return (
    db
      .selectFrom('community.organisation as o')
      .select(['o.id', 'o.slug', 'o.name'])
      .where('o.state', '=', 'verified')
      .where((eb) =>
        eb.or([
          sql<boolean>`exists (select from community.organisation_manager g
          where g.organisation_id = o.id and g.member_id = ${authorId})`,
          sql<boolean>`exists (select from community.employment e where e.organisation_id = o.id
          and e.member_id = ${authorId} and e.standing = 'confirmed' and e.period @> current_date)`,
        ]),
      )
      // Where the author works comes before what else they look after.
      .orderBy(sql`o.id is not distinct from community.employer_on(${authorId}, current_date)`, 'desc')
      .orderBy('o.name')
      .orderBy('o.id')
      .executeTakeFirst()
  );
}

/** What the form begins with: what is known of a person who is signed in. */
export async function findKnown({ db, actor }: Context): Promise<DownloadPage['known']> {
  if (actor.kind !== 'user' || actor.id === null) return null;
  const { rows } = await sql<{ name: string; email: string; company: string | null }>`
    select a.name, a.email, (select o.name from community.member m
      join community.organisation o on o.id = community.employer_on(coalesce(m.merged_into, m.id), current_date)
      where m.account_id = a.id) as company
    from identity.account a where a.id = ${actor.id}`.execute(db);
  const row = rows[0];
  return row ? { name: row.name, email: row.email, company: row.company ?? '' } : null;
}

/** Which words of consent are asked for now. */
export const consentNow = (): DownloadPage['consent'] => ({
  version: consentVersion,
  keepUntil: keepUntilFrom(new Date(), leadMonths),
});
