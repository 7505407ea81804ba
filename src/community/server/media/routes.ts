import { z } from 'zod';
import { SavedDraft } from '#src/community/contract/drafts.ts';
import { Episode, ImportTranscript } from '#src/community/contract/media.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { countPlay } from './count-play.ts';
import { importTranscript } from './import-transcript.ts';
import { listEpisodes } from './queries.ts';
import { setReminder } from './set-reminder.ts';

const Id = z.object({ article: PostId });

export const mediaRoutes = newRoutes();

mediaRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/episodes',
    summary: 'The last episodes of the podcast',
    responses: { 200: json(z.array(Episode), 'Episodes, the newest first') },
  }),
  async (c) => c.json(await listEpisodes(c.var.ctx), 200),
);

mediaRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/transcripts',
    summary:
      'Make a transcript (SubRip or WebVTT) my draft of an article, with headings that lead to the moment',
    request: { body: json(ImportTranscript, 'The transcript') },
    responses: { 200: json(SavedDraft, 'The draft is saved') },
  }),
  async (c) => c.json(await importTranscript(c.var.ctx, c.req.valid('json')), 200),
);

mediaRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{article}/sound',
    summary: 'Go to the sound of an article; counts a listener',
    request: { params: Id },
    responses: { 302: empty('It is there') },
  }),
  async (c) => c.redirect(await countPlay(c.var.ctx, c.req.valid('param').article), 302),
);

mediaRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{article}/reminder',
    summary: 'Tell me before this live session begins',
    request: { params: Id },
    responses: { 204: empty('I will be told') },
  }),
  async (c) => {
    await setReminder(c.var.ctx, c.req.valid('param').article, true);
    return c.body(null, 204);
  },
);

mediaRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{article}/reminder',
    summary: 'Do not tell me of this session',
    request: { params: Id },
    responses: { 204: empty('I will not be told') },
  }),
  async (c) => {
    await setReminder(c.var.ctx, c.req.valid('param').article, false);
    return c.body(null, 204);
  },
);
