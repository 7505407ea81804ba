import { z } from 'zod';
import { Chapter, ChapterList, EditChapter, FoundChapter } from '#src/community/contract/chapters.ts';
import { Handle } from '#src/community/contract/members.ts';
import { Reason, Slug } from '#src/community/contract/organisations.ts';
import { PublishedPost, PublishedQuery } from '#src/community/contract/published.ts';
import { page } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { appointLeader } from './appoint-leader.ts';
import { decideChapter } from './decide-chapter.ts';
import { editChapter } from './edit-chapter.ts';
import { foundChapter } from './found-chapter.ts';
import { joinChapter } from './join-chapter.ts';
import { leaveChapter } from './leave-chapter.ts';
import { getChapter, listChapterPosts, listChapters } from './queries.ts';

const One = z.object({ slug: Slug });

export const chapterRoutes = newRoutes();

chapterRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Chapters by country and city',
    responses: { 200: json(ChapterList, 'Chapters') },
  }),
  async (c) => c.json(await listChapters(c.var.ctx), 200),
);

chapterRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Found a chapter; it waits to be approved',
    request: { body: json(FoundChapter, 'The chapter') },
    responses: { 201: json(One, 'Its name in addresses') },
  }),
  async (c) => c.json(await foundChapter(c.var.ctx, c.req.valid('json')), 201),
);

chapterRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}',
    summary: 'A chapter',
    request: { params: One },
    responses: { 200: json(Chapter, 'The chapter') },
  }),
  async (c) => c.json(await getChapter(c.var.ctx, c.req.valid('param').slug), 200),
);

chapterRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{slug}',
    summary: 'Give the page of a chapter other words',
    request: { params: One, body: json(EditChapter, 'What the page says') },
    responses: { 204: empty('Saved') },
  }),
  async (c) => {
    await editChapter(c.var.ctx, c.req.valid('param').slug, c.req.valid('json'));
    return c.body(null, 204);
  },
);

chapterRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}/posts',
    summary: 'What the members of a chapter publish, newest first',
    request: { params: One, query: PublishedQuery },
    responses: { 200: json(page(PublishedPost), 'Posts') },
  }),
  async (c) =>
    c.json(await listChapterPosts(c.var.ctx, c.req.valid('param').slug, c.req.valid('query')), 200),
);

chapterRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/approve',
    summary: 'Show a chapter to everybody',
    request: { params: One },
    responses: { 204: empty('Approved') },
  }),
  async (c) => {
    await decideChapter(c.var.ctx, c.req.valid('param').slug, null);
    return c.body(null, 204);
  },
);

chapterRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/refuse',
    summary: 'Refuse a chapter',
    request: { params: One, body: json(z.object({ reason: Reason }), 'Why') },
    responses: { 204: empty('Refused') },
  }),
  async (c) => {
    await decideChapter(c.var.ctx, c.req.valid('param').slug, c.req.valid('json').reason);
    return c.body(null, 204);
  },
);

chapterRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{slug}/membership',
    summary: 'Join a chapter',
    request: { params: One },
    responses: { 204: empty('Joined') },
  }),
  async (c) => {
    await joinChapter(c.var.ctx, c.req.valid('param').slug);
    return c.body(null, 204);
  },
);

chapterRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{slug}/membership',
    summary: 'Leave a chapter',
    request: { params: One },
    responses: { 204: empty('Left') },
  }),
  async (c) => {
    await leaveChapter(c.var.ctx, c.req.valid('param').slug);
    return c.body(null, 204);
  },
);

const OneLeader = One.extend({ handle: Handle });

chapterRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{slug}/leaders/{handle}',
    summary: 'Make a member of a chapter one of those who lead it',
    request: { params: OneLeader },
    responses: { 204: empty('Appointed') },
  }),
  async (c) => {
    const { slug, handle } = c.req.valid('param');
    await appointLeader(c.var.ctx, slug, handle, true);
    return c.body(null, 204);
  },
);

chapterRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{slug}/leaders/{handle}',
    summary: 'Make one of those who lead a chapter an ordinary member',
    request: { params: OneLeader },
    responses: { 204: empty('Stepped back') },
  }),
  async (c) => {
    const { slug, handle } = c.req.valid('param');
    await appointLeader(c.var.ctx, slug, handle, false);
    return c.body(null, 204);
  },
);
