import { z } from 'zod';

type Schema = { [key: string]: unknown };
type Answer = { content?: Record<string, { schema?: Schema }> };
type Described = { responses?: Record<string, Answer> };

/** What `/api/openapi.json` answers, as far as the check reads it. */
export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components?: { schemas?: Record<string, Schema> };
}

/**
 * Checks a real answer against the API's own description; throws a sentence that says what does not fit. Also refused: an
 * undescribed route or status, and a field that the description does not name.
 */
export function expectAnswer(
  document: OpenApiDocument,
  method: string,
  path: string,
  status: number,
  body: unknown,
): void {
  const pathname = path.split('?')[0] ?? path;
  const place = `${method.toUpperCase()} ${pathname} ${status}`;
  const described = findOperation(document, method.toLowerCase(), pathname);
  if (!described) throw new Error(`${place}: the description has no such route`);
  const answer =
    described.responses?.[status] ?? (status >= 400 ? described.responses?.['default'] : undefined);
  if (!answer) throw new Error(`${place}: the description does not name this status`);
  const [type, content] = Object.entries(answer.content ?? {})[0] ?? [];
  if (content?.schema === undefined) {
    if (body !== undefined && body !== null && body !== '')
      throw new Error(`${place}: described without a body, answered with one`);
    return;
  }
  if (!type?.includes('json')) return;
  const checked = schemaOf(document, content.schema).safeParse(body);
  if (!checked.success)
    throw new Error(
      `${place}: the answer is not what the description says\n${z.prettifyError(checked.error)}`,
    );
}

/** The same for a `Response`; returns its body. */
export async function expectResponse(
  document: OpenApiDocument,
  method: string,
  path: string,
  response: Response,
): Promise<unknown> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  const body: unknown = isJson ? JSON.parse(text) : text;
  expectAnswer(document, method, path, response.status, body);
  return body;
}

/** The route a path belongs to: fixed parts win over `{parameters}`. */
function findOperation(document: OpenApiDocument, method: string, pathname: string): Described | undefined {
  const fits = Object.entries(document.paths)
    .filter(([, methods]) => method in methods)
    .filter(([pattern]) =>
      new RegExp(`^${pattern.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`).test(
        pathname,
      ),
    )
    .sort(([a], [b]) => a.split('{').length - b.split('{').length);
  return fits[0]?.[1][method];
}

const known = new WeakMap<Schema, z.ZodType>();

function schemaOf(document: OpenApiDocument, schema: Schema): z.ZodType {
  const before = known.get(schema);
  if (before) return before;
  const $defs = document.components?.schemas ?? {};
  const made = z.fromJSONSchema(strict({ ...schema, $defs }) as z.core.JSONSchema.JSONSchema);
  known.set(schema, made);
  return made;
}

/** References as JSON Schema writes them, and no fields beside those named. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, strict(part)]));
  if (typeof copy['$ref'] === 'string')
    copy['$ref'] = copy['$ref'].replace('#/components/schemas/', '#/$defs/');
  if ('properties' in copy && typeof copy['type'] === 'string' && !('additionalProperties' in copy))
    copy['additionalProperties'] = false;
  return copy;
}
