import { z } from 'zod';
import { PostId } from '#src/community/contract/posts.ts';
import { Suggestion, SuggestionPage } from '#src/community/contract/suggestions.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { getSuggestionPage } from './queries.ts';
import { suggestAnswer } from './suggest-answer.ts';

const Question = z.object({ question: PostId });

export const suggestionRoutes = newRoutes();

suggestionRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{question}',
    summary: 'What a language model suggested to me as an answer to a question',
    request: { params: Question },
    responses: { 200: json(SuggestionPage, 'The question with my suggestion, if there is one') },
  }),
  async (c) => c.json(await getSuggestionPage(c.var.ctx, c.req.valid('param').question), 200),
);

suggestionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{question}',
    summary: 'Let the language model that is set up draft an answer for me; nothing is published by it',
    request: { params: Question },
    responses: { 200: json(Suggestion, 'The draft') },
  }),
  async (c) => c.json(await suggestAnswer(c.var.ctx, c.req.valid('param').question), 200),
);
