import { Hono } from 'hono';
import type { RouterContextProvider, ServerBuild } from 'react-router';
import { expect, test } from 'vitest';
import { z } from 'zod';
import * as contexts from '#src/platform/web/contexts.ts';
import { Unsent } from '#src/platform/web/unsent.ts';
import { pageRenderer } from './web-pages.ts';

const ada = {
  user: { id: 'u1', name: 'Ada', email: 'ada@example.com' },
  org: null,
  permissions: [],
  locale: 'zh-CN',
};

/** An API that knows Ada by her cookie, sets one of its own on sign-in, and counts how often it is asked. */
function smallApi() {
  const seen: { path: string; cookie: string | null; csrf: string | null; env: unknown }[] = [];
  const app = new Hono();
  app.use(async (c, next) => {
    const { req, env } = c;
    seen.push({
      path: req.path,
      cookie: req.header('cookie') ?? null,
      csrf: req.header('x-elepherd-csrf') ?? null,
      env,
    });
    await next();
  });
  app.get('/api/identity/viewer', (c) => {
    const cookie = c.req.header('cookie') ?? '';
    if (cookie.includes('session=broken')) return c.text('down', 503);
    if (cookie.includes('session=ada')) return c.json(ada);
    return c.json({ type: 'about:blank', title: '', status: 401, code: 'unauthenticated', detail: '' }, 401);
  });
  app.post('/api/sign-in', (c) =>
    c.json({ ok: true }, 200, { 'set-cookie': 'session=ada; HttpOnly; Path=/' }),
  );
  return { seen, api: async (request: Request, env: unknown) => app.fetch(request, env as object) };
}

/** The smallest build: one page that says who reads it, and a form. */
function smallBuild(options: { scripts?: boolean; isKept?: boolean; still?: boolean; read?: string } = {}) {
  let drawn = 0;
  let sent = Promise.resolve('');
  const loader = ({ context }: { context: RouterContextProvider }) => ({
    locale: context.get(contexts.localeContext),
    user: context.get(contexts.viewerContext).user?.name ?? null,
    failed: context.get(contexts.viewerFailureContext) !== null,
    paths: [...context.get(contexts.pathsContext)],
  });
  const action = async ({ context, request }: { context: RouterContextProvider; request: Request }) => {
    const form = await request.formData();
    await context.get(contexts.apiContext).post('/api/sign-in', {}, z.object({ ok: z.boolean() }));
    return { name: form.get('name') };
  };
  const render = (_request: Request, status: number, headers: Headers, context: never) => {
    drawn += 1;
    const { staticHandlerContext, serverHandoffStream } = context as {
      staticHandlerContext: { loaderData: Record<string, unknown>; actionData: unknown };
      serverHandoffStream: ReadableStream<Uint8Array>;
    };
    const { actionData } = staticHandlerContext;
    const loaderData = Unsent.open(staticHandlerContext.loaderData);
    sent = new Response(serverHandoffStream).text();
    headers.set('content-type', 'text/html; charset=utf-8');
    headers.set('etag', 'W/"one"');
    if (options.scripts) headers.set('x-elepherd-scripts', '1');
    if (options.isKept) headers.set('x-elepherd-kept', '1');
    if (options.read) headers.set('x-elepherd-read', encodeURIComponent(options.read));
    return new Response(JSON.stringify({ ...loaderData, action: actionData ?? null }), {
      status,
      headers,
    });
  };
  const page = {
    id: 'page',
    parentId: 'root',
    path: 'form/:id',
    module: { default: () => null, loader, action, ...(options.still && { handle: { hydrate: false } }) },
  };
  const build = {
    entry: { module: { ...contexts, Unsent, default: render, handleError: () => {} } },
    routes: { root: { id: 'root', path: '', module: { default: () => null } }, page },
    assets: { routes: {}, entry: { imports: [], module: '' }, url: '', version: '1' },
    publicPath: '/',
    assetsBuildDirectory: '',
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: 'initial' },
  } as unknown as ServerBuild;
  return { build, drawn: () => drawn, sent: async () => sent };
}

const address = 'http://elepherd.example/form/7';
const ask = (headers: Record<string, string> = {}) => new Request(address, { headers });
const send = (headers: Record<string, string>) =>
  new Request(address, { method: 'POST', body: new URLSearchParams({ name: 'Ada' }), headers });
const pageOf = async (answer: Response) =>
  (await answer.json()) as { page: Record<string, unknown>; action: unknown };

test('a reader without a session costs no look-up and reads the language of the browser', async () => {
  const { api, seen } = smallApi();
  const render = pageRenderer(smallBuild().build, api);
  const { page } = await pageOf(await render(ask({ 'accept-language': 'zh-TW,en;q=0.5' }), {}));
  expect(page).toMatchObject({ locale: 'zh-CN', user: null, paths: ['/form/:id'] });
  expect(seen).toEqual([]);
});

test('the language of the cookie wins over the account, which wins over the browser', async () => {
  const render = pageRenderer(smallBuild().build, smallApi().api);
  const account = await pageOf(await render(ask({ cookie: 'session=ada', 'accept-language': 'en' }), {}));
  expect(account.page).toMatchObject({ locale: 'zh-CN', user: 'Ada' });
  const cookie = await pageOf(await render(ask({ cookie: 'session=ada; elepherd_locale=en' }), {}));
  expect(cookie.page).toMatchObject({ locale: 'en', user: 'Ada' });
});

test('a session that cannot be looked up is a failure, not a stranger', async () => {
  const render = pageRenderer(smallBuild().build, smallApi().api);
  expect((await pageOf(await render(ask({ cookie: 'session=broken' }), {}))).page).toMatchObject({
    failed: true,
  });
  expect((await pageOf(await render(ask({ cookie: 'session=old' }), {}))).page).toMatchObject({
    failed: false,
    user: null,
  });
});

test.each([
  ['no origin at all', {}],
  ['another origin', { origin: 'https://evil.example' }],
  ['an origin that says null', { origin: 'null' }],
  ['another site by fetch metadata', { 'sec-fetch-site': 'cross-site', origin: 'http://elepherd.example' }],
  ['a sibling site', { 'sec-fetch-site': 'same-site', origin: 'http://other.elepherd.example' }],
])('a form sent with %s is refused before the API hears of it', async (_, headers) => {
  const { api, seen } = smallApi();
  const render = pageRenderer(smallBuild().build, api);
  const answer = await render(send({ cookie: 'session=ada', ...headers }), {});
  expect(answer.status).toBe(403);
  expect(seen).toEqual([]);
});

test.each([
  ['its own origin', { origin: 'http://elepherd.example' }],
  [
    'its own origin behind a TLS proxy',
    { origin: 'https://elepherd.example', 'sec-fetch-site': 'same-origin' },
  ],
])(
  'a form from %s reaches the API as its reader, and the API’s cookies reach the reader',
  async (_, headers) => {
    const { api, seen } = smallApi();
    const render = pageRenderer(smallBuild().build, api);
    const env = { incoming: 'the connection' };
    const answer = await render(send({ cookie: 'session=ada', ...headers }), env);
    expect(answer.headers.getSetCookie()).toEqual(['session=ada; HttpOnly; Path=/']);
    expect((await pageOf(answer)).action).toEqual({ page: { name: 'Ada' } });
    expect(seen.find((one) => one.path === '/api/sign-in')).toEqual({
      path: '/api/sign-in',
      cookie: 'session=ada',
      csrf: '1',
      env,
    });
  },
);

test('inline scripts run only by a nonce that is new for each page', async () => {
  const render = pageRenderer(smallBuild({ scripts: true }).build, smallApi().api);
  const policies = await Promise.all(
    [1, 2].map(async () => (await render(ask(), {})).headers.get('content-security-policy') ?? ''),
  );
  const nonces = policies.map((policy) => /script-src 'self' 'nonce-([\w-]{22})'/.exec(policy)?.[1]);
  expect(nonces[0]).toBeDefined();
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(policies.join(' ')).not.toMatch(/script-src[^;]*unsafe|default-src [^;]*\*/);
});

test('a page without scripts allows none inline', async () => {
  const answer = await pageRenderer(smallBuild().build, smallApi().api)(ask(), {});
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
});

test('an anonymous page is drawn once in its seconds and not sent twice to who has it', async () => {
  const { build, drawn } = smallBuild({ isKept: true });
  const render = pageRenderer(build, smallApi().api);
  const first = await render(ask(), {});
  const second = await render(ask(), {});
  expect(drawn()).toBe(1);
  expect(await second.text()).toBe(await first.text());
  const third = await render(ask({ 'if-none-match': 'W/"one"' }), {});
  expect([third.status, await third.text()]).toEqual([304, '']);
  await render(ask({ 'accept-language': 'zh-CN' }), {});
  expect(drawn()).toBe(2);
});

test('a signed-in page is never kept', async () => {
  const { build, drawn } = smallBuild({ isKept: true });
  const render = pageRenderer(build, smallApi().api);
  await render(ask({ cookie: 'session=ada' }), {});
  const second = await render(ask({ cookie: 'session=ada' }), {});
  expect(drawn()).toBe(2);
  expect(second.headers.get('cache-control')).toBe('private, no-store');
});

test('readers who ask for one page at once have it drawn once', async () => {
  const { build, drawn } = smallBuild({ isKept: true });
  const render = pageRenderer(build, smallApi().api);
  const answers = await Promise.all(Array.from({ length: 20 }, async () => render(ask(), {})));
  const bodies = new Set(await Promise.all(answers.map(async (answer) => answer.text())));
  expect([drawn(), bodies.size]).toEqual([1, 1]);
});

test('readers who ask at once for a page that is kept for nobody each get their own', async () => {
  const { build, drawn } = smallBuild();
  const render = pageRenderer(build, smallApi().api);
  await Promise.all(Array.from({ length: 5 }, async () => render(ask(), {})));
  expect(drawn()).toBe(5);
});

test('an address with a language is in that language, in the page and in what the API says to it', async () => {
  const { api, seen } = smallApi();
  const render = pageRenderer(smallBuild().build, api);
  const cookie = 'session=ada; elepherd_locale=en';
  const answer = await render(new Request(`${address}?lang=zh-CN`, { headers: { cookie } }), {});
  expect((await pageOf(answer)).page).toMatchObject({ locale: 'zh-CN', user: 'Ada' });
  expect(seen[0]?.cookie).toBe(`elepherd_locale=zh-CN; ${cookie}`);
  const unknown = await render(new Request(`${address}?lang=xx`, { headers: { cookie } }), {});
  expect((await pageOf(unknown)).page).toMatchObject({ locale: 'en' });
});

test('data is written for the browser only where a page goes on there, or where it asks for the data alone', async () => {
  const ada = { cookie: 'session=ada' };
  const still = smallBuild({ still: true });
  const render = pageRenderer(still.build, smallApi().api);
  expect((await pageOf(await render(ask(ada), {}))).page).toMatchObject({ user: 'Ada' });
  expect(await still.sent()).not.toContain('Ada');
  const data = await render(new Request(`${address}.data`, { headers: ada }), {});
  expect(await data.text()).toContain('Ada');

  const lively = smallBuild();
  await pageRenderer(lively.build, smallApi().api)(ask(ada), {});
  expect(await lively.sent()).toContain('Ada');
});

test('what a route counts is told of every reader, be the page drawn or kept, and of nobody else', async () => {
  const { api } = smallApi();
  const told: [string, string | null, string | null][] = [];
  const render = pageRenderer(smallBuild({ isKept: true, read: 'organisation 中文' }).build, api, {
    onRead: (read, { userAgent, accountId }) => void told.push([read, userAgent, accountId]),
  });
  const headers = { 'user-agent': 'Firefox' };
  const [first] = await Promise.all([render(ask(headers), {}), render(ask(headers), {})]);
  expect(first.headers.has('x-elepherd-read')).toBe(false);
  await render(ask(headers), {});
  expect(told).toEqual(Array.from({ length: 3 }, () => ['organisation 中文', 'Firefox', null]));
  told.length = 0;
  await render(new Request(address, { method: 'HEAD', headers }), {});
  await render(send({ origin: 'http://elepherd.example' }), {});
  expect(told).toEqual([]);
  await render(ask({ ...headers, cookie: 'session=ada' }), {});
  expect(told).toEqual([['organisation 中文', 'Firefox', expect.any(String)]]);
});
