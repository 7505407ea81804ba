import type { Elepherd } from './elepherd.ts';

/** Signs in as the first owner through the link that a start prints, and answers the cookie a browser would send. */
export async function signIn(elepherd: Elepherd): Promise<string> {
  const token = new URL(elepherd.signInLink).hash.slice(1);
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
