import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { homeFiles } from '#src/platform/contract/home.ts';

/** The Elepherd that `npm start` has just brought up, as it tells the scripts it starts. */
export const local = z
  .object({ ELEPHERD_URL: z.url(), AGENT_PORT: z.coerce.number(), ELEPHERD_HOME: z.string() })
  .transform((env) => ({ url: env.ELEPHERD_URL, agentPort: env.AGENT_PORT, home: env.ELEPHERD_HOME }));

/** One call of the API with the key of this machine; throws what it refused. */
export async function ask<T extends z.ZodType>(
  { url, home }: z.output<typeof local>,
  method: string,
  path: string,
  schema: T,
  body?: object,
): Promise<z.output<T>> {
  const token = (await readFile(join(home, homeFiles.adminToken), 'utf8')).trim();
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return schema.parse(JSON.parse(text));
}
