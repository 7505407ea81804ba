import { z } from 'zod';
import { page } from '#src/platform/contract/pages.ts';
import { PostId, PostSummary } from '#src/community/contract/posts.ts';
import {
  AcceptAnswer,
  AnswerQuestion,
  AskQuestion,
  Posted,
  QuestionPage,
  QuestionQuery,
  QuestionsQuery,
} from '#src/community/contract/questions.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { getQuestionPage } from '../threads/queries.ts';
import { acceptAnswer } from './accept-answer.ts';
import { answerQuestion } from './answer-question.ts';
import { askQuestion } from './ask-question.ts';
import { listQuestions } from './queries.ts';

export const questionRoutes = newRoutes();

const params = z.object({ question: PostId });

questionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Questions: the newest, the active, those long without an answer, or those with the most votes',
    request: { query: QuestionsQuery },
    responses: { 200: json(page(PostSummary), 'Questions') },
  }),
  async (c) => c.json(await listQuestions(c.var.ctx, c.req.valid('query')), 200),
);

questionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Ask a question',
    request: { body: json(AskQuestion, 'The question') },
    responses: { 201: json(Posted, 'The question, and whether others see it already') },
  }),
  async (c) => c.json(await askQuestion(c.var.ctx, c.req.valid('json')), 201),
);

questionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{question}',
    summary: 'A question with its answers, comments, and what you did and may do',
    request: { params, query: QuestionQuery },
    responses: { 200: json(QuestionPage, 'The question') },
  }),
  async (c) =>
    c.json(await getQuestionPage(c.var.ctx, c.req.valid('param').question, c.req.valid('query')), 200),
);

questionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{question}/answers',
    summary: 'Answer a question',
    request: { params, body: json(AnswerQuestion, 'The answer') },
    responses: { 201: json(Posted, 'The answer, and whether others see it already') },
  }),
  async (c) =>
    c.json(await answerQuestion(c.var.ctx, c.req.valid('param').question, c.req.valid('json')), 201),
);

questionRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{question}/accepted',
    summary: 'Say which answer solved your question, or that none does',
    request: { params, body: json(AcceptAnswer, 'The answer') },
    responses: { 204: empty('Accepted') },
  }),
  async (c) => {
    await acceptAnswer(c.var.ctx, c.req.valid('param').question, c.req.valid('json'));
    return c.body(null, 204);
  },
);
