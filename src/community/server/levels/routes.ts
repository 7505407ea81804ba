import { LevelList, LevelTerms, OwnLevel } from '#src/community/contract/levels.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { changeLevels } from './change-levels.ts';
import { getOwnLevel, listLevels } from './queries.ts';

export const levelRoutes = newRoutes();

levelRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'The levels of members, and what each takes',
    responses: { 200: json(LevelList, 'The levels, the lowest first') },
  }),
  async (c) => c.json(await listLevels(c.var.ctx), 200),
);

levelRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/',
    summary: 'Say what each level takes',
    request: { body: json(LevelTerms, 'The levels, the lowest first') },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await changeLevels(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

levelRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/own',
    summary: 'My level, and what is missing to the next',
    responses: { 200: json(OwnLevel, 'The level') },
  }),
  async (c) => c.json(await getOwnLevel(c.var.ctx), 200),
);
