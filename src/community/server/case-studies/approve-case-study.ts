import { sql } from 'kysely';
import { postPath } from '#src/community/contract/addresses.ts';
import { ApproveCaseStudy } from '#src/community/contract/case-studies.ts';
import { caseStudyText } from '#src/community/contract/case-studies.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { publishPost, unpublishPost } from '../posts/publish-post.ts';
import { holdCaseStudy } from './hold-case-study.ts';

/** Stands by a case study for its customer, of which the member who acts is a manager: it is published, or goes to the reviewers. Refuses a revision that is not the last, and another file than was read. */
export async function approveCaseStudy(ctx: Context, id: number, given: ApproveCaseStudy): Promise<void> {
  const { revision, file } = ApproveCaseStudy.parse(given);
  await inTransaction(ctx, async (tx) => {
    const { study, memberId } = await lockCaseStudy(tx, id);
    if (study.revision !== revision || study.file_id !== file)
      throw new AppError('conflict', caseStudyText.changedMeanwhile);
    if (study.approved_at !== null) return;
    await tx.db
      .updateTable('community.case_study')
      .set({ approved_revision: revision, approved_by: memberId, approved_at: sql<Date>`now()` })
      .where('post_id', '=', id)
      .execute();
    if (study.state === 'draft') {
      if (study.needs_review) await unpublishPost(tx, id, 'pending');
      else await publishPost(tx, id);
    }
    await audit(tx, 'community.case-study.approve', String(id), { revision, customer: study.customer });
    await tellAuthor(tx, study, memberId, 'wasApproved');
  });
}

/** Stands by it no longer: the case study goes out of public view at once. */
export async function withdrawCaseStudy(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { study, memberId } = await lockCaseStudy(tx, id);
    if (!(await holdCaseStudy(tx, id))) return;
    await audit(tx, 'community.case-study.withdraw', String(id), { customer: study.customer });
    await tellAuthor(tx, study, memberId, 'wasWithdrawn');
  });
}

/** A case study with its article, locked, for a manager of its customer; to everybody else it is not there. */
async function lockCaseStudy(tx: Context, id: number) {
  const { id: memberId } = await requireWriter(tx);
  const study = await tx.db
    .selectFrom('community.post as p')
    .innerJoin('community.case_study as s', 's.post_id', 'p.id')
    .innerJoin('community.organisation as o', 'o.id', 's.customer_id')
    .innerJoin('community.organisation_manager as g', (join) =>
      join.onRef('g.organisation_id', '=', 's.customer_id').on('g.member_id', '=', memberId),
    )
    .select(['p.id', 'p.slug', 'p.title', 'p.state', 'p.revision', 'p.author_id'])
    .leftJoin('community.download as d', 'd.post_id', 'p.id')
    .select(['s.needs_review', 's.approved_at', 'o.slug as customer', 'd.file_id'])
    .where('p.id', '=', id)
    .where('p.state', '<>', 'removed')
    .forUpdate('p')
    .executeTakeFirst();
  if (!study) throw new AppError('not_found', caseStudyText.noSuch);
  return { study, memberId };
}

type Study = Awaited<ReturnType<typeof lockCaseStudy>>['study'];

const tellAuthor = (tx: Context, study: Study, actorId: string, what: 'wasApproved' | 'wasWithdrawn') =>
  notifyMember(tx, {
    memberId: study.author_id,
    kind: 'case-study',
    key: `case-study:${study.id}:${study.revision}:${what}:${Date.now()}`,
    actorId,
    payload: {
      words: caseStudyText[what],
      title: study.title ?? '',
      href: postPath({ kind: 'article', id: study.id, slug: study.slug }),
    },
  });
