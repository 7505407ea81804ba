import { z } from 'zod';
import {
  Article,
  ArticleSource,
  EditArticle,
  ListArticles,
  WriteArticle,
  WrittenArticle,
} from '#src/community/contract/articles.ts';
import { PostId, PostSummary } from '#src/community/contract/posts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { createArticle } from './create-article.ts';
import { editArticle } from './edit-article.ts';
import { getArticle, getArticleSource, listArticles } from './queries.ts';

const Id = z.object({ id: PostId });

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
  route('open', {
    method: 'get',
    path: '/{id}',
    summary: 'Read an article: a public one by everybody, others by their author and moderators',
    request: { params: Id },
    responses: { 200: json(Article, 'The article') },
  }),
  async (c) => c.json(await getArticle(c.var.ctx, c.req.valid('param').id), 200),
);

articleRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{id}/source',
    summary: 'The words of an article, for those who may change them',
    request: { params: Id },
    responses: { 200: json(ArticleSource, 'As it was written') },
  }),
  async (c) => c.json(await getArticleSource(c.var.ctx, c.req.valid('param').id), 200),
);

articleRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{id}',
    summary: 'Give an article other words, as its next revision',
    request: { params: Id, body: json(EditArticle, 'The article') },
    responses: { 200: json(WrittenArticle, 'Where it is') },
  }),
  async (c) => c.json(await editArticle(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 200),
);
