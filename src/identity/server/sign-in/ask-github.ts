import { z } from 'zod';
import { AskProblem, askSetAddress, parseJson } from '#src/platform/server/ask-set-address.ts';

/** Somebody as GitHub knows them, by the address that GitHub verified and they use. */
export type GithubPerson = { id: number; name: string; email: string; emailVerified: true };

const User = z.object({
  id: z.number().int().positive(),
  login: z.string().min(1).max(100),
  name: z.string().nullish(),
});
const Emails = z.array(z.object({ email: z.email().max(254), primary: z.boolean(), verified: z.boolean() }));

/**
 * Who a token of GitHub belongs to. Undefined when GitHub refuses, does not answer in time or says something else than it
 * documents, and for people without a verified primary address; what a profile shows publicly is never taken for one.
 */
export async function askGithub(api: string, token: string): Promise<GithubPerson | undefined> {
  const [user, emails] = await Promise.all([
    askFor(`${api}/user`, token, User),
    askFor(`${api}/user/emails?per_page=100`, token, Emails),
  ]);
  const primary = emails?.find((one) => one.primary && one.verified);
  if (!user || !primary) return undefined;
  const { id, login, name } = user;
  return { id, name: name || login, email: primary.email.toLowerCase(), emailVerified: true };
}

async function askFor<T>(url: string, token: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    const { body } = await askSetAddress(url, {
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
      },
      seconds: 10,
      bytesAtMost: 256 * 1024,
    });
    return schema.safeParse(parseJson(body)).data;
  } catch (error) {
    if (error instanceof AskProblem) return undefined;
    throw error;
  }
}
