import { z } from 'zod';
import { TagName } from '#src/community/contract/posts.ts';
import {
  EditTag,
  ListTags,
  NewSynonym,
  TagPage,
  TagQuery,
  TagSummary,
  WeighedTag,
  WeightPreview,
  WeightQuery,
  WeighTag,
} from '#src/community/contract/tags.ts';
import { page } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { addSynonym, removeSynonym } from './add-synonym.ts';
import { editTag } from './edit-tag.ts';
import { getTagPage, getWeightPreview, listTags } from './queries.ts';
import { weighTag } from './weigh-tag.ts';

const Tag = z.object({ tag: TagName });

export const tagRoutes = newRoutes();

tagRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Tags, the most used first or by name',
    request: { query: ListTags },
    responses: { 200: json(page(TagSummary), 'Tags') },
  }),
  async (c) => c.json(await listTags(c.var.ctx, c.req.valid('query')), 200),
);

tagRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{tag}',
    summary: 'A tag, by its name or a synonym, with the posts about it',
    request: { params: Tag, query: TagQuery },
    responses: { 200: json(TagPage, 'The tag') },
  }),
  async (c) => c.json(await getTagPage(c.var.ctx, c.req.valid('param').tag, c.req.valid('query')), 200),
);

tagRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{tag}',
    summary: 'Say what a tag is about, and whether only staff may use it; by staff',
    request: { params: Tag, body: json(EditTag, 'The tag') },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await editTag(c.var.ctx, c.req.valid('param').tag, c.req.valid('json'));
    return c.body(null, 204);
  },
);

tagRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{tag}/synonyms',
    summary: 'Make a name lead to a tag; a tag that has it is merged; by staff',
    request: { params: Tag, body: json(NewSynonym, 'The name') },
    responses: { 204: empty('It leads there') },
  }),
  async (c) => {
    await addSynonym(c.var.ctx, c.req.valid('param').tag, c.req.valid('json').name);
    return c.body(null, 204);
  },
);

tagRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{tag}/synonyms/{name}',
    summary: 'Take a name away from a tag; by staff',
    request: { params: Tag.extend({ name: TagName }) },
    responses: { 204: empty('It leads nowhere') },
  }),
  async (c) => {
    const { tag, name } = c.req.valid('param');
    await removeSynonym(c.var.ctx, tag, name);
    return c.body(null, 204);
  },
);

tagRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{tag}/weight',
    summary:
      'What another weight of a tag would change, and for how many; for who may change rules of points',
    request: { params: Tag, query: WeightQuery },
    responses: { 200: json(WeightPreview, 'What would change') },
  }),
  async (c) =>
    c.json(await getWeightPreview(c.var.ctx, c.req.valid('param').tag, c.req.valid('query').weight), 200),
);

tagRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{tag}/weight',
    summary: 'Let the posts under a tag bring no reputation, once or twice as much; all reputations follow',
    request: { params: Tag, body: json(WeighTag, 'The weight') },
    responses: { 200: json(WeighedTag, 'Weighed') },
  }),
  async (c) => c.json(await weighTag(c.var.ctx, c.req.valid('param').tag, c.req.valid('json')), 200),
);
