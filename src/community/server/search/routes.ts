import { z } from 'zod';
import { SearchQuery, SearchResult, SuggestQuery, Suggestion } from '#src/community/contract/search.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { searchCommunity, suggestSearch } from './queries.ts';

export const searchRoutes = newRoutes();

searchRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Search everything public in the community',
    request: { query: SearchQuery },
    responses: { 200: json(SearchResult, 'What fits, best first') },
  }),
  async (c) => c.json(await searchCommunity(c.var.ctx, c.req.valid('query')), 200),
);

searchRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/suggestions',
    summary: 'What somebody who has typed this much may look for',
    request: { query: SuggestQuery },
    responses: { 200: json(z.array(Suggestion), 'At most eight') },
  }),
  async (c) => c.json(await suggestSearch(c.var.ctx, c.req.valid('query').q), 200),
);
