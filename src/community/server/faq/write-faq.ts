import { sql } from 'kysely';
import { type Faq, WriteFaq } from '#src/community/contract/faq.ts';
import { faqText } from '#src/community/contract/faq.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { hashOf, type Runnable } from '../markdown/runnable.rules.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { slugOf } from '../posts/slug.rules.ts';
import { indexDocument } from '../search/index-document.ts';
import { noteRunnables } from '../runs/note-runnables.ts';
import { getFaq } from './queries.ts';

/** Adds an entry to the FAQ, or with its number gives one other words; whoever writes it has verified it. For staff who curate. */
export async function writeFaq(ctx: Context, given: WriteFaq, id?: number): Promise<Faq> {
  await requireStaff(ctx, 'community.faq.curate');
  const member = await requireMember(ctx);
  const wish = WriteFaq.parse(given);
  return inTransaction(ctx, async (tx) => {
    if (wish.answerId !== null) await refuseMissing(tx, wish.answerId);
    const { html, excerpt, runnables } = renderMarkdown(wish.markdown);
    const values = {
      title: wish.title,
      slug: slugOf(wish.title),
      locale: wish.locale,
      markdown: wish.markdown.trim(),
      html,
      excerpt,
      tags: wish.tags,
      signals: wish.signals,
      pg_from: wish.pgFrom,
      pg_to: wish.pgTo,
      proof_sql: wish.proofSql.trim(),
      answer_id: wish.answerId,
      verified_at: sql<Date>`now()`,
      verified_by: member.id,
      proved_on: null,
      broke_on: null,
    };
    const row =
      id === undefined
        ? await tx.db
            .insertInto('community.faq')
            .values({ ...values, curator_id: member.id })
            .returning(['id', 'revision'])
            .executeTakeFirst()
        : await tx.db
            .updateTable('community.faq')
            .set({
              ...values,
              revision: sql<number>`revision + 1`,
              changed_at: sql<Date>`now()`,
              is_retired: false,
            })
            .where('id', '=', id)
            .returning(['id', 'revision'])
            .executeTakeFirst();
    if (!row) throw new AppError('not_found', faqText.noSuchEntry);
    await tx.db
      .insertInto('community.faq_verification')
      .values({ faq_id: row.id, member_id: member.id, revision: row.revision })
      .execute();
    await indexDocument(tx, 'faq', row.id);
    const proof = proofOf(values.proof_sql);
    await noteRunnables(tx, { kind: 'faq', id: row.id }, null, [
      ...proof,
      ...runnables.filter(({ hash }) => hash !== proof[0]?.hash),
    ]);
    await audit(tx, 'community.faq.curate', String(row.id), { title: wish.title, revision: row.revision });
    return getFaq(tx, row.id);
  });
}

/** A proof runs as a block of its own. */
function proofOf(code: string): (Runnable & { isProof: true })[] {
  return code === '' ? [] : [{ hash: hashOf('', code), setup: '', code, majors: [], isProof: true }];
}

async function refuseMissing(tx: Context, answerId: number): Promise<void> {
  const answer = await tx.db
    .selectFrom('community.post')
    .select('id')
    .where('id', '=', answerId)
    .where('kind', '=', 'answer')
    .where('state', '=', 'published')
    .executeTakeFirst();
  if (!answer) throw new AppError('conflict', faqText.noSuchAnswer);
}
