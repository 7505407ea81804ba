import { z } from 'zod';
import {
  CommentSource,
  EditComment,
  WriteComment,
  WrittenComment,
} from '#src/community/contract/comments.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireMember } from '../members/require-member.ts';
import { editComment } from './edit-comment.ts';
import { getCommentSource } from './queries.ts';
import { removeComment } from './remove-comment.ts';
import { writeComment } from './write-comment.ts';

export const commentRoutes = newRoutes();

const params = z.object({ comment: PostId });

commentRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Comment on a post or a wish',
    request: { body: json(WriteComment, 'The post or the wish, and the words') },
    responses: { 201: json(WrittenComment, 'The comment, and whether others see it already') },
  }),
  async (c) => c.json(await writeComment(c.var.ctx, c.req.valid('json')), 201),
);

commentRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{comment}',
    summary: 'A comment, to answer it or, when it is yours, to change it',
    request: { params },
    responses: { 200: json(CommentSource, 'The comment, and where it stands') },
  }),
  async (c) => {
    const { ctx } = c.var;
    return c.json(await getCommentSource(ctx, await requireMember(ctx), c.req.valid('param').comment), 200);
  },
);

commentRoutes.openapi(
  route('signed-in', {
    method: 'patch',
    path: '/{comment}',
    summary: 'Give your comment other words',
    request: { params, body: json(EditComment, 'The words') },
    responses: { 200: json(WrittenComment, 'The comment') },
  }),
  async (c) => c.json(await editComment(c.var.ctx, c.req.valid('param').comment, c.req.valid('json')), 200),
);

commentRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{comment}',
    summary: 'Take a comment away: your own, or as staff anybody’s',
    request: { params },
    responses: { 204: empty('Taken away') },
  }),
  async (c) => {
    await removeComment(c.var.ctx, c.req.valid('param').comment);
    return c.body(null, 204);
  },
);
