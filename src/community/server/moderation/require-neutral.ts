import { sql } from 'kysely';
import type { Conflict } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Subject } from './find-subject.ts';
import { conflictOf, type Employer } from './review.rules.ts';
import { lookAt } from './text.rules.ts';

/** Refuses a reviewer who would decide about themselves, a colleague, or who employs them; the refusal says which. */
export async function requireNeutral(tx: Context, reviewerId: string, subject: Subject): Promise<void> {
  const conflict = await findConflict(
    tx.db,
    { id: reviewerId, employers: await listEmployers(tx.db, reviewerId) },
    subject,
  );
  if (conflict) throw refusalOf(conflict);
}

/** The sentence that a conflict is refused with. */
export function refusalOf({ kind, organisation }: Conflict): AppError {
  if (kind === 'self') return new AppError('conflict', reviewText.ownWriting);
  return new AppError(
    'conflict',
    kind === 'colleague' ? reviewText.ofColleague(organisation) : reviewText.aboutEmployer(organisation),
  );
}

type Asked = Pick<Subject, 'authorId' | 'ownerId' | 'organisationId' | 'postId' | 'title' | 'markdown'>;

/** What stands between a reviewer and a writing. */
export async function findConflict(
  db: Db,
  reviewer: { id: string; employers: readonly Employer[] },
  subject: Asked,
): Promise<Conflict | undefined> {
  if (subject.ownerId === reviewer.id) return { kind: 'self', organisation: '' };
  if (reviewer.employers.length === 0) return conflictOf(reviewer, { ...bare, authorId: subject.authorId });
  const [theirs, tags] = [
    await listEmployers(db, subject.authorId),
    subject.postId === null ? [] : await listTags(db, subject.postId),
  ];
  const look = lookAt(renderMarkdown(subject.markdown).html, subject.title);
  return conflictOf(reviewer, {
    authorId: subject.authorId,
    organisationIds: [subject.organisationId, ...theirs.map(({ id }) => id)],
    title: subject.title,
    plain: look.plain,
    hosts: look.hosts,
    tags,
  });
}

const bare = { organisationIds: [], title: '', plain: '', hosts: [], tags: [] };

/** Whom a member works for today, and whose page they manage. */
export async function listEmployers(db: Db, memberId: string): Promise<Employer[]> {
  const { rows } = await sql<Employer>`
    select o.id, o.name, o.slug, o.website from community.organisation o
    where o.id in (
      select e.organisation_id from community.employment e
      where e.member_id = ${memberId} and e.period @> current_date and e.standing <> 'disputed'
      union all select g.organisation_id from community.organisation_manager g where g.member_id = ${memberId})`.execute(
    db,
  );
  return rows;
}

async function listTags(db: Db, postId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('community.post_tag as pt')
    .innerJoin('community.tag as t', 't.id', 'pt.tag_id')
    .select('t.name')
    .where('pt.post_id', '=', postId)
    .execute();
  return rows.map(({ name }) => name);
}
