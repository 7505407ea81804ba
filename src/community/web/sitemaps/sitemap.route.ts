import { SitemapKind, SitemapPart, SitemapSlice } from '#src/community/contract/sitemaps.ts';
import { apiContext, pathsContext, publicUrlContext } from '#src/platform/web/contexts.ts';
import { element } from '../feeds/xml.ts';
import type { Route } from './+types/sitemap.route.ts';

const sections = [
  '/community',
  '/questions',
  '/articles',
  '/faq',
  '/tags',
  '/members',
  '/organisations',
  '/chapters',
  '/experts',
  '/products',
  '/services',
  '/wishes',
  '/wishes/roadmap',
  '/committees',
  '/meetings',
  '/elections',
  '/decisions',
  '/transparency',
  '/case-studies',
  '/newsletters',
  '/feeds',
];

/** GET /sitemaps/posts/0.xml: the addresses of one part, written while they are read: all of them are never in memory. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const part = /^(.*)\.xml$/.exec(params.file)?.[1] ?? '';
  const publicUrl = context.get(publicUrlContext);
  const paths = context.get(pathsContext);
  const address = (path: string, updatedAt: string | null) =>
    element(
      'url',
      {},
      element('loc', {}, publicUrl + path),
      updatedAt === null ? null : element('lastmod', {}, updatedAt),
    ).xml;
  if (params.kind === 'pages' && part === '0')
    return answer([sections.filter((path) => paths.has(path)).map((path) => address(path, null))]);
  const kind = SitemapKind.safeParse(params.kind);
  if (!kind.success || !SitemapPart.safeParse(part).success) throw new Response(null, { status: 404 });
  const api = context.get(apiContext);
  const slice = async (cursor: string | null) => {
    const query = new URLSearchParams({ kind: kind.data, part, ...(cursor !== null && { cursor }) });
    return api.get(`/api/community/sitemaps/slice?${query.toString()}`, SitemapSlice);
  };
  // The first is read before anything is said, so that what fails at once fails as a whole.
  const first = await slice(null);
  if (first.entries.length === 0) throw new Response(null, { status: 404 });
  async function* slices() {
    for (let one = first; ; one = await slice(one.nextCursor)) {
      yield one.entries.map(({ path, updatedAt }) => address(path, updatedAt));
      if (one.nextCursor === null) return;
    }
  }
  return answer(slices());
}

function answer(slices: Iterable<string[]> | AsyncIterable<string[]>): Response {
  const encoder = new TextEncoder();
  const parts = lines(slices);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'x-elepherd-stream': '1' },
  });
}

async function* lines(slices: Iterable<string[]> | AsyncIterable<string[]>) {
  yield '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n';
  for await (const slice of slices) yield `${slice.join('\n')}\n`;
  yield '</urlset>\n';
}
