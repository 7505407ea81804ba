import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { findText } from '../files.ts';

export type PatroniAnswer = { status: number; body: unknown };

/**
 * One request to the Patroni of a cluster on this host. Its certificate is checked against the cluster's own authority in
 * `/etc/patroni/<name>/ca.crt`; without that file it is asked over plain HTTP, as a Patroni that was not made here may be.
 */
export async function askPatroniRest(options: {
  name: string;
  port: number;
  method: string;
  path: string;
  body?: unknown;
  username?: string | undefined;
  password?: string | undefined;
  timeoutSeconds: number;
  signal?: AbortSignal;
  etc?: string;
}): Promise<PatroniAnswer> {
  const authority = await findText(join(options.etc ?? '/etc', 'patroni', options.name, 'ca.crt'));
  const body = options.body === undefined ? undefined : Buffer.from(JSON.stringify(options.body));
  const credentials =
    options.username === undefined ? undefined : `${options.username}:${options.password ?? ''}`;
  return new Promise((resolve, reject) => {
    const request = authority === undefined ? httpRequest : httpsRequest;
    const outgoing = request({
      host: '127.0.0.1',
      port: options.port,
      method: options.method,
      path: options.path,
      agent: false,
      headers: {
        ...(body ? { 'content-type': 'application/json', 'content-length': String(body.length) } : {}),
        ...(credentials ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } : {}),
      },
      ...(options.signal ? { signal: options.signal } : {}),
      // The certificate names the address other members use; that it is this cluster's own is what counts here.
      ...(authority === undefined ? {} : { ca: authority, checkServerIdentity: () => undefined }),
    });
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`no answer within ${options.timeoutSeconds} s`)),
      options.timeoutSeconds * 1000,
    );
    outgoing.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > 4 * 1024 * 1024) outgoing.destroy(new Error('the answer is too long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        clearTimeout(timer);
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, body: parse(text) });
      });
    });
    outgoing.end(body);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
