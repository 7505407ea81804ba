import { expect, test } from 'vitest';
import { expectAnswer, type OpenApiDocument } from './openapi.ts';

const json = (schema: object) => ({ content: { 'application/json': { schema: schema as never } } });
const document: OpenApiDocument = {
  openapi: '3.1.0',
  paths: {
    '/api/farm/cows/{id}': {
      get: { responses: { 200: json({ $ref: '#/components/schemas/Cow' }), 204: {} } },
    },
    '/api/farm/cows/new': { get: { responses: { 200: json({ type: 'string' }) } } },
    '/api/farm/cows': {
      get: {
        responses: {
          200: json({ type: 'array', items: { $ref: '#/components/schemas/Cow' } }),
          default: json({ type: 'object' }),
        },
      },
    },
  },
  components: {
    schemas: {
      Cow: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          weight: { type: ['integer', 'null'] },
          born: { type: 'string', format: 'date-time' },
        },
        required: ['name', 'weight'],
      },
    },
  },
};
const check = (path: string, status: number, body: unknown) => () =>
  expectAnswer(document, 'get', path, status, body);

test('takes answers that fit', () => {
  check('/api/farm/cows/7?full=1', 200, { name: 'Elsa', weight: null })();
  check('/api/farm/cows/new', 200, 'text')();
  check('/api/farm/cows/7', 204, '')();
  check('/api/farm/cows', 200, [{ name: 'Elsa', weight: 700, born: '2026-01-01T00:00:00.000Z' }])();
  check('/api/farm/cows', 404, {})();
});

test('refuses what the description does not say', () => {
  expect(check('/api/farm/cows/7', 200, { name: 'Elsa' })).toThrow('weight');
  expect(check('/api/farm/cows/7', 200, { name: 'Elsa', weight: 1.5 })).toThrow('weight');
  expect(check('/api/farm/cows/7', 200, { name: 'Elsa', weight: 1, born: 'yesterday' })).toThrow('born');
  expect(check('/api/farm/cows', 200, [{ name: 'Elsa', weight: 1, secret: 'x' }])).toThrow('secret');
  expect(check('/api/farm/cows/7', 201, {})).toThrow('status');
  expect(check('/api/farm/cows/7', 404, {})).toThrow('status');
  expect(check('/api/farm/cows/7', 204, { a: 1 })).toThrow('without a body');
  expect(check('/api/farm/pigs', 200, {})).toThrow('no such route');
});
