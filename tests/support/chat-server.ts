import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

export type Completion = { model: string; messages: { role: string; content: string }[]; max_tokens: number };
export type Asked = { url: string; headers: IncomingHttpHeaders; body: string; completion: Completion };
/** What the server does with a request: a text is what its model says. */
export type Answering = (asked: Asked, response: ServerResponse) => string | undefined;

/**
 * A server that speaks the chat completions of OpenAI, as its documentation describes them: it refuses a wrong key with 401 and a
 * body that is no request with 400, and otherwise lets `answering` say what the model writes. It keeps all that it was asked.
 */
export async function startChatServer(key: string) {
  const asked: Asked[] = [];
  let answering: Answering = () => 'Nothing.';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const refuse = (status: number, code: string) =>
        json(response, status, { error: { message: 'Refused.', type: 'invalid_request_error', code } });
      if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
        return refuse(404, 'unknown_url');
      if (request.headers.authorization !== `Bearer ${key}`) return refuse(401, 'invalid_api_key');
      const body = Buffer.concat(chunks).toString('utf8');
      let completion: Completion;
      try {
        completion = JSON.parse(body) as Completion;
      } catch {
        return refuse(400, 'invalid_json');
      }
      if (typeof completion.model !== 'string' || !Array.isArray(completion.messages))
        return refuse(400, 'invalid_request');
      const one = { url: request.url, headers: request.headers, body, completion };
      asked.push(one);
      const content = answering(one, response);
      if (content === undefined) return;
      json(response, 200, {
        id: 'chatcmpl-1',
        object: 'chat.completion',
        created: 1_764_500_000,
        model: completion.model,
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    answer: (next: Answering) => (answering = next),
  };
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
