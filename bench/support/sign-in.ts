import { createHash, randomBytes } from 'node:crypto';
import { createPool } from '#src/platform/server/db.ts';
import type { Elepherd } from './elepherd.ts';

/** Signs in as the first owner through the link that a start prints, and answers the cookie a browser would send. */
export const signIn = (elepherd: Elepherd): Promise<string> =>
  openSession(elepherd, new URL(elepherd.signInLink).hash.slice(1));

/** Makes so many members of a year, trusted by the community, signs each in, and answers their cookies. */
export async function signInMembers(elepherd: Elepherd, count: number): Promise<string[]> {
  const pool = createPool(elepherd.databaseUrl, 1);
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest());
  try {
    await pool.query(
      `with made as (insert into identity.account (name, email, email_verified)
         select 'Bench ' || n, $1 || n || '@example.com', true from generate_series(1, $2::int) n returning id, name, email),
       numbered as (select *, row_number() over (order by email) as n from made),
       members as (insert into community.member (account_id, handle, name, trust_level, joined_at)
         select id, $1 || n, name, 3, now() - interval '1 year' from numbered)
       insert into identity.sign_in_link (account_id, token_hash, expires_at)
         select n.id, h.hash, now() + interval '10 minutes' from numbered n join unnest($3::bytea[]) with ordinality h (hash, at) on h.at = n.n`,
      [`bench-${randomBytes(3).toString('hex')}-`, count, hashes],
    );
  } finally {
    await pool.end();
  }
  const cookies: string[] = [];
  for (const token of tokens) cookies.push(await openSession(elepherd, token));
  return cookies;
}

async function openSession(elepherd: Elepherd, token: string): Promise<string> {
  const answer = await fetch(`${elepherd.url}/api/identity/sign-in/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) throw new Error(`the link did not sign in: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}
