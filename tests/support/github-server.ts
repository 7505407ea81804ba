import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

export type GithubUser = {
  id: number;
  login: string;
  name: string | null;
  /** What the profile shows to everybody. */
  email: string | null;
  emails: { email: string; primary: boolean; verified: boolean; visibility: 'public' | 'private' | null }[];
};

const client = { id: 'Iv1.elepherd', secret: 'github-secret-0123456789' };
type Grant = { login: string; redirect: string; challenge: string | null; scopes: string[] };

/**
 * A server that speaks GitHub's OAuth web flow and the two addresses of its API that sign-in asks, as its documentation describes
 * them: refusals of the token come with status 200, those of the API as a JSON `message`. It keeps all that it was asked.
 */
export async function startGithub(people: Record<string, GithubUser>) {
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, Grant>();
  const asked: { path: string; headers: IncomingMessage['headers'] }[] = [];
  /** How `/user/emails` answers instead, until it is taken away. */
  let trouble: 'forbidden' | 'garbage' | 'endless' | undefined;
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    asked.push({ path: request.url ?? '/', headers: request.headers });
    if (pathname === '/login/oauth/authorize') return authorize(searchParams, response);
    if (pathname === '/login/oauth/access_token' && request.method === 'POST')
      return exchange(new URLSearchParams(await bodyOf(request)), response);
    if (pathname === '/api/v3/user' || pathname === '/api/v3/user/emails')
      return api(pathname, request, response);
    json(response, 404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' });
  }

  /** What the person clicks is in the header of the test's request: who they are, or that they refuse. */
  function authorize(asks: URLSearchParams, response: ServerResponse): void {
    const login = asks.get('login') ?? '';
    const redirect = asks.get('redirect_uri') ?? '';
    const back = new URL(redirect);
    back.searchParams.set('state', asks.get('state') ?? '');
    if (asks.get('client_id') !== client.id) return json(response, 404, { message: 'Not Found' });
    if (login === 'nobody') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The user has denied your application access.');
    } else {
      const code = randomBytes(10).toString('hex');
      const challenge = asks.get('code_challenge_method') === 'S256' ? asks.get('code_challenge') : null;
      codes.set(code, { login, redirect, challenge, scopes: (asks.get('scope') ?? '').split(/[ ,]/) });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  function exchange(form: URLSearchParams, response: ServerResponse): void {
    const grant = codes.get(form.get('code') ?? '');
    const refuse = (error: string, text: string) =>
      json(response, 200, { error, error_description: text, error_uri: 'https://docs.github.com/apps' });
    if (form.get('client_id') !== client.id || form.get('client_secret') !== client.secret)
      return refuse(
        'incorrect_client_credentials',
        'The client_id and/or client_secret passed are incorrect.',
      );
    codes.delete(form.get('code') ?? '');
    if (!grant) return refuse('bad_verification_code', 'The code passed is incorrect or expired.');
    if (form.get('redirect_uri') !== grant.redirect)
      return refuse('redirect_uri_mismatch', 'The redirect_uri MUST match the registered callback URL.');
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (grant.challenge !== null && challenge !== grant.challenge)
      return refuse('bad_verification_code', 'The code verifier does not match.');
    const token = `gho_${randomBytes(18).toString('hex')}`;
    tokens.set(token, grant);
    json(response, 200, { access_token: token, scope: grant.scopes.join(','), token_type: 'bearer' });
  }

  function api(pathname: string, request: IncomingMessage, response: ServerResponse): void {
    const grant = tokens.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (!grant) return json(response, 401, { message: 'Bad credentials', status: '401' });
    if (!request.headers['user-agent'])
      return json(response, 403, { message: 'Request forbidden by administrative rules.' });
    const { emails, ...user } = people[grant.login]!;
    if (pathname.endsWith('/user')) return json(response, 200, { ...user, type: 'User' });
    if (!grant.scopes.includes('user:email') || trouble === 'forbidden')
      return json(response, 404, { message: 'Not Found' });
    if (trouble === 'garbage') return void response.writeHead(200).end('<html>a proxy</html>');
    if (trouble === 'endless') {
      response.writeHead(200, { 'content-type': 'application/json' });
      const write = () => {
        while (!response.destroyed && response.write(`"${'x'.repeat(65_536)}",`));
        if (!response.destroyed) response.once('drain', write);
      };
      return write();
    }
    json(response, 200, emails);
  }

  return {
    url,
    asked,
    tokens,
    settings: { GITHUB_URL: url, GITHUB_CLIENT_ID: client.id, GITHUB_CLIENT_SECRET: client.secret },
    secret: client.secret,
    setTrouble: (next: typeof trouble) => (trouble = next),
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
