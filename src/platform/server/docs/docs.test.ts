import { expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { platform } from '../platform.ts';

const api = testApi([platform]);

test('the page loads only its own files, and runs no script that stands in it', async () => {
  const answer = await api.call(null, 'GET', '/api/docs');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
  const html = await answer.text();
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
  expect(loaded.every((path) => path.startsWith('/'))).toBe(true);
  expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|style=/);
  for (const path of loaded.filter((one) => one.startsWith('/api/'))) {
    const file = await api.call(null, 'GET', path);
    expect(file.status, path).toBe(200);
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(file.headers.get('content-type')).toMatch(/^text\/(css|javascript); charset=utf-8$/);
    expect((await file.text()).length).toBeGreaterThan(100);
  }
});

test('nothing else of the package is served', async () => {
  for (const name of [
    'index.html',
    'package.json',
    '..%2Fpackage.json',
    'constructor',
    '__proto__',
    'absolute-path.js',
  ]) {
    expect((await api.call(null, 'GET', `/api/docs/${name}`)).status, name).toBe(404);
  }
});

test('the description is OpenAPI 3.1 and names every route with who may use it', async () => {
  const document = (await api.openapi()) as never as {
    openapi: string;
    info: { description: string };
    paths: Record<string, Record<string, { summary?: string; 'x-access'?: string; security?: unknown[] }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  expect(document.info.description).toContain('Idempotency-Key');
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ place: `${method} ${path}`, ...described })),
  );
  expect(routes.length).toBeGreaterThan(5);
  for (const route of routes) {
    expect(route.summary, route.place).toBeTruthy();
    expect(route['x-access'], route.place).toBeTruthy();
    expect(route.security !== undefined, route.place).toBe(route['x-access'] !== 'open');
  }
});
