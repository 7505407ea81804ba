import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3Server {
  /** Address of the one bucket. */
  url: string;
  objects: Map<string, { bytes: Buffer; contentType: string }>;
  /** How many of the next requests are answered with 503. */
  failing: number;
  stop(): Promise<void>;
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string) => createHmac('sha256', key).update(data).digest();

/** A small object store that speaks S3 over HTTP and takes only what is rightly signed (Signature Version 4, recomputed here). */
export async function startS3Server(keys: { id: string; secret: string; region: string }): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const end = (status: number, headers: Record<string, string> = {}, bytes: Buffer | string = '') =>
      response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : bytes);
    if (state.failing > 0) {
      state.failing--;
      return end(503, {}, '<Error><Code>SlowDown</Code></Error>');
    }
    const refusal = whyNot(request, body, keys);
    if (refusal) return end(403, {}, `<Error><Code>${refusal}</Code></Error>`);
    const [, bucket, ...rest] = (request.url ?? '').split('/');
    if (bucket !== 'herd') return end(404, {}, '<Error><Code>NoSuchBucket</Code></Error>');
    const key = rest.join('/');
    const found = objects.get(key);
    if (request.method === 'PUT') {
      if (request.headers['content-length'] === undefined)
        return end(411, {}, '<Error><Code>MissingContentLength</Code></Error>');
      objects.set(key, { bytes: body, contentType: request.headers['content-type'] ?? '' });
      return end(200, { etag: `"${sha256(body)}"` });
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return end(204);
    }
    if (!found) return end(404, {}, '<Error><Code>NoSuchKey</Code></Error>');
    return end(
      200,
      { 'content-type': found.contentType, 'content-length': String(found.bytes.length) },
      found.bytes,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const state: S3Server = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/herd`,
    objects,
    failing: 0,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return state;
}

/** The reason a request is refused, as S3 names it; undefined when its signature is right. */
export function whyNot(
  request: IncomingMessage,
  body: Buffer,
  keys: { id: string; secret: string; region: string },
): string | undefined {
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (!given) return 'AccessDenied';
  const [, credential = '', signedHeaders = '', signature] = given;
  const [id, day = '', region, service, end] = credential.split('/');
  if (id !== keys.id) return 'InvalidAccessKeyId';
  const date = String(request.headers['x-amz-date']);
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - at) < 15 * 60_000) || !date.startsWith(day)) return 'RequestTimeTooSkewed';
  if (region !== keys.region || service !== 's3' || end !== 'aws4_request')
    return 'AuthorizationHeaderMalformed';
  const names = signedHeaders.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date') || !names.includes('x-amz-content-sha256'))
    return 'AccessDenied';
  const payload = String(request.headers['x-amz-content-sha256']);
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  if (request.method === 'PUT' && payload === 'UNSIGNED-PAYLOAD') return 'AccessDenied';
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const canonical = [
    request.method,
    path,
    query.split('&').sort().join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signedHeaders,
    payload,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const signingKey = ['s3', 'aws4_request'].reduce(
    (key, part) => hmac(key, part),
    hmac(hmac(`AWS4${keys.secret}`, day), keys.region),
  );
  const expected = hmac(signingKey, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString(
    'hex',
  );
  return expected === signature ? undefined : 'SignatureDoesNotMatch';
}
