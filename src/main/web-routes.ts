import { createRequestHandler, type RequestHandler, type ServerBuild } from 'react-router';

/**
 * A handler for each first segment of an address, with the routes that begin so: the router looks through all it is given
 * several times for every page, and a site has hundreds. A page that goes on in the browser needs the map of all others, so
 * segments with such a page share one handler of everything. `dress` changes the routes of one handler.
 */
export function handlersByPlace(
  build: ServerBuild,
  dress: (routes: ServerBuild['routes']) => ServerBuild['routes'],
): (pathname: string) => RequestHandler {
  const firstOf = (path: string) => path.split('/')[1] ?? '';
  const isFixed = (segment: string) => !/^:|\*|\?$/.test(segment);
  const leaves = leavesOf(build).map(({ id, path }) => ({ id, first: firstOf(path) }));
  const make = (routes: ServerBuild['routes']) =>
    createRequestHandler({ ...build, routes: dress(routes) }, 'production');
  const whole = make(build.routes);
  const handlers = new Map<string, RequestHandler>();
  for (const place of new Set(leaves.map(({ first }) => first).filter(isFixed))) {
    const kept = new Set<string>();
    for (const { id, first } of leaves) {
      if (first !== place && isFixed(first)) continue;
      for (let at: string | undefined = id; at !== undefined; at = build.routes[at]?.parentId) kept.add(at);
    }
    const routes = Object.fromEntries(Object.entries(build.routes).filter(([id]) => kept.has(id)));
    if (pagesOf(routes).every(({ id }) => isStill(routes, id))) handlers.set(place, make(routes));
  }
  return (pathname) => handlers.get(firstOf(pathname).replace(/\.data$/, '')) ?? whole;
}

/** Whether a page, or what it stands in, says that nothing takes it over in the browser. */
export function isStill(routes: ServerBuild['routes'], id: string | undefined): boolean {
  const route = id === undefined ? undefined : routes[id];
  const handle = route?.module.handle as { hydrate?: boolean } | undefined;
  return route !== undefined && (handle?.hydrate === false || isStill(routes, route.parentId));
}

/** Routes that draw something and have none below them. */
export function pagesOf(routes: ServerBuild['routes']) {
  const all = Object.values(routes).flatMap((route) => (route?.module.default ? [route] : []));
  const parents = new Set(all.map(({ parentId }) => parentId));
  return all.filter(({ id }) => !parents.has(id));
}

/** Every path pattern the build serves: /operations/:id and so on. */
export const pathPatterns = (build: ServerBuild): ReadonlySet<string> =>
  new Set(leavesOf(build).map(({ path }) => path));

function leavesOf({ routes }: ServerBuild): { id: string; path: string }[] {
  const full = (id: string): string => {
    const route = routes[id];
    if (!route) return '';
    const above = route.parentId ? full(route.parentId) : '';
    return route.path ? `${above}/${route.path}` : above;
  };
  return Object.values(routes).flatMap((route) =>
    route && (route.path || route.index) ? [{ id: route.id, path: full(route.id) || '/' }] : [],
  );
}
