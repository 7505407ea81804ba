import { z } from 'zod';
import { page } from '#src/platform/contract/pages.ts';
import { PostId, PostSummary } from '#src/community/contract/posts.ts';
import {
  AcceptAnswer,
  AnswerQuestion,
  AskQuestion,
  CloseQuestion,
  CloseStanding,
  EditPost,
  InviteMember,
  Posted,
  PostSource,
  QuestionPage,
  QuestionQuery,
  QuestionsQuery,
  ResponseBoard,
  SimilarQuery,
  SimilarQuestion,
} from '#src/community/contract/questions.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { getQuestionPage } from '../threads/queries.ts';
import { acceptAnswer } from './accept-answer.ts';
import { answerQuestion } from './answer-question.ts';
import { askQuestion } from './ask-question.ts';
import { closeQuestion, reopenQuestion } from './close-question.ts';
import { editPost } from './edit-post.ts';
import { inviteExpert } from './invite-expert.ts';
import { getPostSource, getResponseBoard, listQuestions, listSimilar } from './queries.ts';

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

// Before the number of a question: names are no numbers.
questionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/similar',
    summary: 'Questions that may be the same as one with this title',
    request: { query: SimilarQuery },
    responses: { 200: json(z.array(SimilarQuestion), 'At most five, the most alike first') },
  }),
  async (c) => c.json(await listSimilar(c.var.ctx, c.req.valid('query').title), 200),
);

questionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/board',
    summary: 'How many questions wait for an answer, and how soon those of the last weeks got one',
    responses: { 200: json(ResponseBoard, 'The board') },
  }),
  async (c) => c.json(await getResponseBoard(c.var.ctx), 200),
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

questionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{question}/close',
    summary: 'Close a question, or say that it should be',
    request: { params, body: json(CloseQuestion, 'Why, and which question it repeats') },
    responses: { 200: json(CloseStanding, 'Whether it is closed now') },
  }),
  async (c) =>
    c.json(await closeQuestion(c.var.ctx, c.req.valid('param').question, c.req.valid('json')), 200),
);

questionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{question}/reopen',
    summary: 'Open a closed question again, or say that it should be',
    request: { params },
    responses: { 200: json(CloseStanding, 'Whether it is closed now') },
  }),
  async (c) => c.json(await reopenQuestion(c.var.ctx, c.req.valid('param').question), 200),
);

questionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{question}/invitations',
    summary: 'Ask a member for an answer',
    request: { params, body: json(InviteMember, 'Who is asked') },
    responses: { 204: empty('Invited') },
  }),
  async (c) => {
    await inviteExpert(c.var.ctx, c.req.valid('param').question, c.req.valid('json'));
    return c.body(null, 204);
  },
);

/** Questions and answers by their number: their words, and changing them. */
export const threadPostRoutes = newRoutes();

const post = z.object({ post: PostId });

threadPostRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{post}/source',
    summary: 'The words of a question or an answer, for a change',
    request: { params: post },
    responses: { 200: json(PostSource, 'The words') },
  }),
  async (c) => c.json(await getPostSource(c.var.ctx, c.req.valid('param').post), 200),
);

threadPostRoutes.openapi(
  route('signed-in', {
    method: 'patch',
    path: '/{post}',
    summary: 'Give a question or an answer other words, as its next revision',
    request: { params: post, body: json(EditPost, 'The words, and the revision they are made from') },
    responses: { 200: json(Posted, 'The post') },
  }),
  async (c) => c.json(await editPost(c.var.ctx, c.req.valid('param').post, c.req.valid('json')), 200),
);
