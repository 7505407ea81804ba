import { sql } from 'kysely';
import type { Suggestion } from '#src/community/contract/suggestions.ts';
import { suggestionText } from '#src/community/contract/suggestions.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findLanguageModel, ModelProblem } from '#src/platform/server/language-model.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { requireWriter } from '../members/require-member.ts';
import { findSources, findSuggestion, getOpenQuestion } from './queries.ts';
import { keepCitations, messagesFor } from './rules.ts';

const ofMember = { limit: 10, windowSeconds: 3600 };
const ofAll = { limit: 500, windowSeconds: 24 * 3600 };

/**
 * Lets a language model draft an answer from the FAQ and accepted answers, for the member who asks and nobody else; in place of
 * the draft they had. Refuses where no model is set up, where nothing was found to cite, and what cites nothing that was given.
 */
export async function suggestAnswer(ctx: Context, questionId: number): Promise<Suggestion> {
  const member = await requireWriter(ctx);
  const model = findLanguageModel();
  if (!model) throw new AppError('not_found', suggestionText.off);
  const question = await getOpenQuestion(ctx.db, questionId);
  await takeRate(ctx.db, `suggestion:${member.id}`, ofMember);
  await takeRate(ctx.db, 'suggestion-of-all', ofAll);
  const sources = await findSources(ctx, questionId, question);
  if (sources.length === 0) throw new AppError('conflict', suggestionText.noSources);
  const begun = performance.now();
  const note = (tx: Context, outcome: string, more: Record<string, unknown> = {}) =>
    audit(tx, 'community.question.suggest-answer', String(questionId), {
      outcome,
      model: model.name,
      given: sources.map(({ kind, id }) => `${kind}:${id}`),
      seconds: Math.round((performance.now() - begun) / 100) / 10,
      ...more,
    });
  let written: string;
  try {
    written = await model.ask(messagesFor(question, sources));
  } catch (error) {
    if (!(error instanceof ModelProblem)) throw error;
    await inTransaction(ctx, (tx) => note(tx, error.reason));
    throw new AppError(
      'unavailable',
      error.reason === 'refused' ? suggestionText.refused : suggestionText.noAnswer,
      { cause: error },
    );
  }
  const { markdown, cited, dropped } = keepCitations(written, sources);
  if (cited.length === 0 || markdown === '') {
    await inTransaction(ctx, (tx) => note(tx, 'cites-nothing', { dropped }));
    throw new AppError('conflict', suggestionText.citesNothing);
  }
  const shown = JSON.stringify(cited.map(({ kind, id, title, path }) => ({ kind, id, title, path })));
  return inTransaction(ctx, async (tx) => {
    const values = { markdown, model: model.name, sources: shown, dropped, made_at: sql<Date>`now()` };
    await tx.db
      .insertInto('community.suggestion')
      .values({ question_id: questionId, member_id: member.id, ...values })
      .onConflict((oc) => oc.columns(['question_id', 'member_id']).doUpdateSet(values))
      .execute();
    await note(tx, 'made', { dropped, cited: cited.map(({ kind, id }) => `${kind}:${id}`) });
    const made = await findSuggestion(tx.db, questionId, member.id);
    if (!made) throw new Error('a suggestion was kept and is not there');
    return made;
  });
}
