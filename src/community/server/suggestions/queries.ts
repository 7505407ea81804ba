import { sql } from 'kysely';
import { faqPath, postPath } from '#src/community/contract/addresses.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import type { Suggestion, SuggestionPage, SuggestionSource } from '#src/community/contract/suggestions.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireMember } from '../members/require-member.ts';
import { tagNames } from '../posts/queries.ts';
import { searchCommunity } from '../search/queries.ts';
import { segmentText } from '../search/segment-text.ts';
import { type Asked, type Source, wishesOf } from './rules.ts';

const sourcesAtMost = 6;

/** A public question that still takes answers. */
export async function getOpenQuestion(db: Db, id: number): Promise<Asked & { slug: string }> {
  const row = await db
    .selectFrom('community.post as p')
    .select(['p.title', 'p.slug', 'p.markdown as text', 'p.locale', 'p.closed_at as closedAt'])
    .select(tagNames.as('tags'))
    .where('p.id', '=', id)
    .where('p.kind', '=', 'question')
    .where('p.state', '=', 'published')
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', questionText.noSuchQuestion);
  if (row.closedAt !== null) throw new AppError('conflict', questionText.isClosed);
  const { title, locale, closedAt: _closed, ...rest } = row;
  return { ...rest, title: title ?? '', locale: locale as Asked['locale'] };
}

/** Entries of the FAQ and accepted answers that the search finds for a question, as anybody may read them; best first. */
export async function findSources(ctx: Context, id: number, question: Asked): Promise<Source[]> {
  const everybody = { ...ctx, actor: anonymous };
  const ranks = new Map<string, number>();
  for (const q of wishesOf(question.title, segmentText(question.title), question.tags)) {
    for (const kind of ['faq', 'answer', 'question'] as const) {
      const { items } = await searchCommunity(everybody, { q, kind, limit: 5 });
      for (const [at, hit] of items.entries()) {
        const found = /^\/(faq|questions)\/(\d+)/.exec(hit.path);
        if (!found || (found[1] === 'questions' && (!hit.isAccepted || Number(found[2]) === id))) continue;
        const place = `${found[1]}:${found[2]}`;
        ranks.set(place, (ranks.get(place) ?? 0) + 1 / (at + 1));
      }
    }
  }
  const best = [...ranks]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, sourcesAtMost)
    .map(([place]) => place);
  const idsOf = (kind: string) =>
    best.flatMap((place) => (place.startsWith(`${kind}:`) ? [Number(place.split(':')[1])] : []));
  const sources = [
    ...(await loadFaq(ctx.db, idsOf('faq'))),
    ...(await loadAccepted(ctx.db, idsOf('questions'))),
  ];
  const placeOf = ({ kind, id: own, questionId }: Source) =>
    best.indexOf(kind === 'faq' ? `faq:${own}` : `questions:${questionId}`);
  return sources.toSorted((a, b) => placeOf(a) - placeOf(b));
}

async function loadFaq(db: Db, ids: readonly number[]): Promise<Source[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('community.faq')
    .select(['id', 'title', 'slug', 'markdown', 'pg_from', 'pg_to'])
    .where('id', 'in', [...ids])
    .where('is_retired', '=', false)
    .execute();
  return rows.map(({ id, title, slug, markdown, pg_from, pg_to }) => ({
    kind: 'faq',
    id,
    title,
    path: faqPath({ id, slug }),
    questionId: null,
    text: `PostgreSQL ${pg_from}${pg_to === null ? '+' : `–${pg_to}`}. ${markdown}`,
  }));
}

async function loadAccepted(db: Db, questionIds: readonly number[]): Promise<Source[]> {
  if (questionIds.length === 0) return [];
  const rows = await db
    .selectFrom('community.post as q')
    .innerJoin('community.post as a', 'a.id', 'q.accepted_answer_id')
    .select(['a.id', 'a.markdown', 'q.id as questionId', 'q.title', 'q.slug'])
    .where('q.id', 'in', [...questionIds])
    .where('q.state', '=', 'published')
    .where('a.state', '=', 'published')
    .execute();
  return rows.map(({ id, markdown, questionId, title, slug }) => ({
    kind: 'answer',
    id,
    title: title ?? '',
    path: postPath({ kind: 'answer', id, parentId: questionId, slug }),
    questionId,
    text: markdown,
  }));
}

/** The suggestion that a member has for a question; undefined for everybody else's. */
export async function findSuggestion(
  db: Db,
  questionId: number,
  memberId: string,
): Promise<Suggestion | undefined> {
  const row = await db
    .selectFrom('community.suggestion')
    .select(['markdown', 'model', 'dropped', 'made_at'])
    .select(sql<SuggestionSource[]>`sources`.as('sources'))
    .where('question_id', '=', questionId)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { made_at, ...rest } = row;
  return { ...rest, html: renderMarkdown(row.markdown).html, madeAt: made_at.toISOString() };
}

/** A question with the reader's own suggestion for it. */
export async function getSuggestionPage(ctx: Context, questionId: number): Promise<SuggestionPage> {
  const member = await requireMember(ctx);
  const { title, slug } = await getOpenQuestion(ctx.db, questionId);
  const suggestion = await findSuggestion(ctx.db, questionId, member.id);
  return { question: { id: questionId, title, slug }, suggestion: suggestion ?? null };
}
