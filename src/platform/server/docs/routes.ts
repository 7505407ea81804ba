import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Hono } from 'hono';
import { platformText } from '../../contract/platform.text.ts';
import { AppError } from '../errors.ts';
import type { ApiEnv } from '../http.ts';

const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Elepherd API</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<main id="docs"></main>
<noscript>This page needs scripts. The description itself is at /api/openapi.json.</noscript>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/init.js"></script>
</body>
</html>
`;

/** A reader who is signed in tries requests as themselves: the header is what writes by cookie must carry. */
const init = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: -1,
  docExpansion: 'none',
  filter: true,
  tagsSorter: 'alpha',
  validatorUrl: null,
  requestInterceptor(request) {
    request.headers['x-elepherd-csrf'] = '1';
    return request;
  },
});
`;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Swagger UI puts a few sizes into style attributes.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The readable page about the API, and all it loads; nothing comes from another site. */
export function docsRoutes(): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const files: Record<string, { type: string; read(): Promise<string> }> = {
    'swagger-ui.css': { type: 'text/css', read: () => readFile(join(folder, 'swagger-ui.css'), 'utf8') },
    'swagger-ui-bundle.js': {
      type: 'text/javascript',
      read: () => readFile(join(folder, 'swagger-ui-bundle.js'), 'utf8'),
    },
    'init.js': { type: 'text/javascript', read: async () => init },
  };
  const headers = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' };
  routes.get('/', (c) =>
    c.html(page, 200, { ...headers, 'content-security-policy': policy, 'x-frame-options': 'DENY' }),
  );
  routes.get('/:file', async (c) => {
    const name = c.req.param('file');
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!file) throw new AppError('not_found', platformText.notFound);
    const type = `${file.type}; charset=utf-8`;
    return c.body(await file.read(), 200, {
      ...headers,
      'content-type': type,
      'cache-control': 'public, max-age=3600',
    });
  });
  return routes;
}
