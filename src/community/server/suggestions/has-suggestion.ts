import { type RawBuilder, sql } from 'kysely';

/** Whether a member had a suggestion of a language model for a question: what they then write as an answer says so. */
export const hasSuggestion = (
  questionId: RawBuilder<unknown>,
  memberId: string | RawBuilder<string>,
): RawBuilder<boolean> =>
  sql<boolean>`exists (select from community.suggestion hs where hs.question_id = ${questionId} and hs.member_id = ${memberId})`;
