import { RouterContextProvider, type ServerBuild } from 'react-router';
import { expect, test } from 'vitest';
import { handlersByPlace, pathPatterns } from './web-routes.ts';

/** Routes with a page each; those named in `still` leave without hydration. */
function buildOf(paths: readonly string[], still: readonly string[]) {
  const known: Record<string, string[]> = {};
  const routes: Record<string, unknown> = { root: { id: 'root', path: '', module: { default: () => null } } };
  for (const path of paths)
    routes[path] = {
      id: path,
      parentId: 'root',
      path,
      module: { default: () => null, ...(still.includes(path) && { handle: { hydrate: false } }) },
    };
  const render = (request: Request, status: number, headers: Headers, context: { routeModules: object }) => {
    known[new URL(request.url).pathname] = Object.keys(context.routeModules);
    return new Response('drawn', { status, headers });
  };
  const build = {
    entry: { module: { default: render, handleError: () => {} } },
    routes,
    assets: { routes: {}, entry: { imports: [], module: '' }, url: '', version: '1' },
    publicPath: '/',
    assetsBuildDirectory: '',
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: 'initial' },
  } as unknown as ServerBuild;
  return { build, known };
}

test('a still page is looked for among those that begin as its address does; one that hydrates knows all others', async () => {
  const paths = [
    'articles',
    'articles/:id',
    'tags',
    'hosts',
    'hosts/:id',
    'hosts/:id/plain',
    ':anything/feed',
  ];
  const still = ['articles', 'articles/:id', 'tags', 'hosts/:id/plain', ':anything/feed'];
  const { build, known } = buildOf(paths, still);
  const handlerOf = handlersByPlace(build, (routes) => routes);
  for (const path of ['/articles/7', '/tags', '/hosts/7', '/hosts/7/plain', '/who/feed', '/nowhere']) {
    const answer = await handlerOf(path)(
      new Request(`http://elepherd.example${path}`),
      new RouterContextProvider(),
    );
    expect([path, answer.status]).toEqual([path, path === '/nowhere' ? 404 : 200]);
  }
  const all = ['root', ...paths].toSorted();
  const seen = Object.fromEntries(Object.entries(known).map(([path, ids]) => [path, ids.toSorted()]));
  expect(seen).toEqual({
    '/articles/7': [':anything/feed', 'articles', 'articles/:id', 'root'],
    '/tags': [':anything/feed', 'root', 'tags'],
    '/hosts/7': all,
    '/hosts/7/plain': all,
    '/who/feed': all,
    '/nowhere': all,
  });
});

test('data of a page is asked for at its address with an ending', () => {
  const { build } = buildOf(['articles', 'hosts'], ['articles']);
  const handlerOf = handlersByPlace(build, (routes) => routes);
  expect(handlerOf('/articles.data')).toBe(handlerOf('/articles'));
  expect(handlerOf('/hosts.data')).toBe(handlerOf('/'));
  expect(handlerOf('/articles')).not.toBe(handlerOf('/hosts'));
  expect([...pathPatterns(build)]).toEqual(['/articles', '/hosts']);
});
