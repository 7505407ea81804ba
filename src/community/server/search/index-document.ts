import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { knowWords, wordsOf } from './know-words.ts';
import { plainText } from './plain-text.rules.ts';
import { indexedAs, segmentText } from './segment-text.ts';
import { type FindableName, type FindableRow, findableKinds } from './findable-kinds.ts';
import { standingOf } from './standing.rules.ts';

/**
 * Makes anything but a post findable as it stands now, in the caller's transaction; what not everybody may see is no longer
 * found. With a member goes what is said of them as an expert, with an organisation what it offers.
 */
export async function indexDocument(
  tx: Context,
  name: Exclude<FindableName, 'post'>,
  id: string | number,
): Promise<void> {
  const { column, kinds, rows } = findableKinds[name];
  const { rows: found } = await sql<FindableRow>`select * from (${rows}) r where r.id = ${id}`.execute(tx.db);
  if (found[0] === undefined)
    await sql`delete from community.search_document
      where ${sql.ref(column)} = ${id} and kind = any(${[...kinds]})`.execute(tx.db);
  else await keepDocument(tx, column, found[0]);
  if (name === 'member') await indexDocument(tx, 'expert', id);
  if (name === 'organisation')
    for (const offering of await listOfferings(tx, String(id))) await indexDocument(tx, 'offering', offering);
}

async function keepDocument(
  tx: Context,
  column: (typeof findableKinds)[Exclude<FindableName, 'post'>]['column'],
  row: FindableRow,
): Promise<void> {
  const { title, names, tags } = row;
  const content = {
    locale: row.locale ?? (/\p{Script=Han}/u.test(title + row.lead) ? 'zh-CN' : 'en'),
    tags,
    words: wordsOf({ title: `${title} ${names}`, tags, body: readableText(row) }),
    standing: standingOf({
      ...row,
      // An entry of the FAQ is an answer that was chosen.
      isAccepted: row.isAccepted || row.kind === 'faq',
      publishedAt: row.at.getTime(),
    }),
    indexed_as: indexedAs,
  };
  await tx.db
    .insertInto('community.search_document')
    .values({ kind: row.kind, ...content, [column]: row.id })
    .onConflict((oc) =>
      // Of a member there may be two: one as a member, one as an expert.
      (column === 'member_id' ? oc.columns(['member_id', 'kind']) : oc.column(column)).doUpdateSet(content),
    )
    .execute();
  await knowWords(tx, [...segmentText(`${title} ${names}`), ...tags]);
}

/** What is read of it beside its title, without marks. */
export function readableText(row: Pick<FindableRow, 'lead' | 'html' | 'markdown'>): string {
  const html = row.html ?? (row.markdown === '' ? '' : renderMarkdown(row.markdown).html);
  return [row.lead, plainText(html)].filter(Boolean).join(' · ');
}

async function listOfferings({ db }: Context, organisationId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('community.offering')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
