import { z } from 'zod';
import {
  Article,
  ArticleSource,
  EditArticle,
  ListArticles,
  WriteArticle,
  WrittenArticle,
} from '#src/community/contract/articles.ts';
import { NewArticleForm } from '#src/community/contract/drafts.ts';
import { PostId, PostSummary } from '#src/community/contract/posts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { createArticle } from './create-article.ts';
import { editArticle } from './edit-article.ts';
import { featureArticle, unfeatureArticle } from './feature-article.ts';
import { requireMember } from '../members/require-member.ts';
import { getArticle, getNewArticleForm, getArticleSource, listArticles } from './queries.ts';

const Id = z.object({ article: PostId });

export const articleRoutes = newRoutes();

articleRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Published articles, the newest first or in the order asked for',
    request: { query: ListArticles },
    responses: { 200: json(page(PostSummary), 'Articles') },
  }),
  async (c) => c.json(await listArticles(c.var.ctx, c.req.valid('query')), 200),
);

articleRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Publish an article, now or at a time',
    request: { body: json(WriteArticle, 'The article') },
    responses: { 201: json(WrittenArticle, 'Where it is') },
  }),
  async (c) => c.json(await createArticle(c.var.ctx, c.req.valid('json')), 201),
);

articleRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/new',
    summary: 'What the form of a new article begins with: my draft and my series',
    responses: { 200: json(NewArticleForm, 'The form') },
  }),
  async (c) => c.json(await getNewArticleForm(c.var.ctx, await requireMember(c.var.ctx)), 200),
);

articleRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{article}',
    summary: 'Read an article: a public one by everybody, others by their author and moderators',
    request: { params: Id },
    responses: { 200: json(Article, 'The article') },
  }),
  async (c) => c.json(await getArticle(c.var.ctx, c.req.valid('param').article), 200),
);

articleRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{article}/source',
    summary: 'The words of an article, for those who may change them',
    request: { params: Id },
    responses: { 200: json(ArticleSource, 'As it was written') },
  }),
  async (c) => {
    const reader = await requireMember(c.var.ctx);
    return c.json(await getArticleSource(c.var.ctx, reader, c.req.valid('param').article), 200);
  },
);

articleRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{article}',
    summary: 'Give an article other words, as its next revision',
    request: { params: Id, body: json(EditArticle, 'The article') },
    responses: { 200: json(WrittenArticle, 'Where it is') },
  }),
  async (c) => c.json(await editArticle(c.var.ctx, c.req.valid('param').article, c.req.valid('json')), 200),
);

articleRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{article}/featured',
    summary: 'Put an article among the featured ones; by editors',
    request: { params: Id },
    responses: { 204: empty('Featured') },
  }),
  async (c) => {
    await featureArticle(c.var.ctx, c.req.valid('param').article);
    return c.body(null, 204);
  },
);

articleRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{article}/featured',
    summary: 'Take an article out of the featured ones; by editors',
    request: { params: Id },
    responses: { 204: empty('Not featured') },
  }),
  async (c) => {
    await unfeatureArticle(c.var.ctx, c.req.valid('param').article);
    return c.body(null, 204);
  },
);
