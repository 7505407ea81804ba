import { createRequestHandler, type RequestHandler, type ServerBuild } from 'react-router';

/**
 * A handler for each first segment of an address, with the routes that begin so: the router looks through all it is given
 * several times for every page, and a site has hundreds. `dress` changes the routes of one handler.
 */
export function handlersByPlace(
  build: ServerBuild,
  dress: (routes: ServerBuild['routes']) => ServerBuild['routes'],
): (pathname: string) => RequestHandler {
  const firstOf = (path: string) => path.split('/')[1] ?? '';
  const isFixed = (segment: string) => !/^:|\*|\?$/.test(segment);
  const leaves = leavesOf(build).map(({ id, path }) => ({ id, first: firstOf(path) }));
  const places = new Set(leaves.map(({ first }) => first).filter(isFixed));
  const handlers = new Map<string, RequestHandler>();
  return (pathname) => {
    // Data of a page is asked for at its address with this ending, those of `/` at a name of their own.
    const asked = firstOf(pathname)
      .replace(/\.data$/, '')
      .replace(/^_root$/, '');
    const place = places.has(asked) ? asked : '*';
    const known = handlers.get(place);
    if (known) return known;
    const kept = new Set(['root']);
    for (const { id, first } of leaves) {
      if (first !== place && isFixed(first)) continue;
      for (let at: string | undefined = id; at !== undefined; at = build.routes[at]?.parentId) kept.add(at);
    }
    const routes = Object.fromEntries(Object.entries(build.routes).filter(([id]) => kept.has(id)));
    const made = createRequestHandler({ ...build, routes: dress(routes) }, 'production');
    handlers.set(place, made);
    return made;
  };
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
