import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that a simulated receiver took. */
export type Taken = {
  kind: string;
  text: string;
  body: Record<string, unknown>;
  headers: IncomingMessage['headers'];
};

export type Robots = {
  url: string;
  /** Addresses as each vendor gives them out. */
  addresses: Record<'webhook' | 'dingtalk' | 'wecom' | 'feishu', string>;
  keys: { webhook: string; dingtalk: string; feishu: string };
  taken: Taken[];
  /** Answers of the next requests, before they are judged: a status, or a redirect. */
  disturb: (number | { location: string })[];
  stop(): Promise<void>;
};

const same = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
const hmac = (key: string | Buffer, content: string) =>
  createHmac('sha256', key).update(content).digest('base64');

/**
 * DingTalk, WeCom, Feishu and a Standard Webhooks receiver on loopback: each checks address, form, signature, size and
 * its published limit within any minute, and refuses with the code of the real one.
 */
export async function startRobots(): Promise<Robots> {
  const keys = {
    webhook: `whsec_${Buffer.from('a key of four and twenty').toString('base64')}`,
    dingtalk: 'SEC000000000000000000000',
    feishu: 'demo-secret',
  };
  const taken: Taken[] = [];
  const disturb: Robots['disturb'] = [];
  const times = new Map<string, number[]>();
  const isTooOften = (kind: string, limits: [count: number, ms: number][]): boolean => {
    const now = Date.now();
    const list = [...(times.get(kind) ?? []), now];
    times.set(kind, list);
    return limits.some(([count, ms]) => list.filter((at) => now - at < ms).length > count);
  };
  const seenIds = new Set<string>();

  const judges: Record<string, (url: URL, raw: string, request: IncomingMessage) => [number, unknown]> = {
    '/robot/send': (url, raw) => {
      const say = (errcode: number, errmsg: string): [number, unknown] => [200, { errcode, errmsg }];
      if (url.searchParams.get('access_token') !== 'ding-token') return say(300001, 'token is not exist');
      const timestamp = url.searchParams.get('timestamp') ?? '';
      const expected = hmac(keys.dingtalk, `${timestamp}\n${keys.dingtalk}`);
      if (Math.abs(Date.now() - Number(timestamp)) > 3_600_000) return say(310000, 'invalid timestamp');
      if (!same(url.searchParams.get('sign') ?? '', expected)) return say(310000, 'sign not match');
      if (Buffer.byteLength(raw) > 20_000) return say(460101, 'message too long');
      const body = JSON.parse(raw) as { msgtype: string; markdown?: { title?: string; text?: string } };
      if (body.msgtype !== 'markdown' || !body.markdown?.title || !body.markdown.text)
        return say(400601, 'bad form');
      if (isTooOften('dingtalk', [[20, 60_000]]))
        return say(130101, 'send too fast, exceed 20 times per minute');
      taken.push({ kind: 'dingtalk', text: body.markdown.text, body, headers: {} });
      return say(0, 'ok');
    },
    '/cgi-bin/webhook/send': (url, raw) => {
      const say = (errcode: number, errmsg: string): [number, unknown] => [200, { errcode, errmsg }];
      if (url.searchParams.get('key') !== 'wecom-key') return say(93000, 'invalid webhook url');
      const body = JSON.parse(raw) as { msgtype: string; markdown?: { content?: string } };
      const content = body.markdown?.content ?? '';
      if (body.msgtype !== 'markdown' || content === '') return say(40008, 'invalid message type');
      if (Buffer.byteLength(content) > 4096) return say(40058, 'markdown.content exceed max length 4096');
      if (isTooOften('wecom', [[20, 60_000]])) return say(45009, 'api freq out of limit');
      taken.push({ kind: 'wecom', text: content, body, headers: {} });
      return say(0, 'ok');
    },
    '/open-apis/bot/v2/hook/feishu-hook': (_url, raw) => {
      const say = (code: number, msg: string): [number, unknown] => [200, { code, msg, data: {} }];
      if (Buffer.byteLength(raw) > 20 * 1024) return say(9499, 'Bad Request: too large');
      const body = JSON.parse(raw) as {
        timestamp?: string;
        sign?: string;
        msg_type: string;
        card?: { header?: { title?: { content?: string } }; elements?: { tag: string; content?: string }[] };
      };
      if (Math.abs(Date.now() / 1000 - Number(body.timestamp)) > 3600)
        return say(19021, 'timestamp is not within one hour');
      if (!same(body.sign ?? '', hmac(`${body.timestamp}\n${keys.feishu}`, ''))) {
        return say(19021, 'sign match fail or timestamp is not within one hour from current time');
      }
      const text = body.card?.elements?.[0]?.content;
      if (body.msg_type !== 'interactive' || !body.card?.header?.title?.content || !text)
        return say(9499, 'Bad Request');
      if (
        isTooOften('feishu', [
          [100, 60_000],
          [5, 1000],
        ])
      )
        return say(11232, 'frequency limited');
      taken.push({ kind: 'feishu', text, body, headers: {} });
      return say(0, 'success');
    },
    '/hook': (_url, raw, { headers }) => {
      const id = String(headers['webhook-id'] ?? '');
      const timestamp = String(headers['webhook-timestamp'] ?? '');
      const expected = `v1,${hmac(Buffer.from(keys.webhook.slice(6), 'base64'), `${id}.${timestamp}.${raw}`)}`;
      if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return [400, { error: 'too old' }];
      if (!same(String(headers['webhook-signature'] ?? ''), expected)) return [401, { error: 'signature' }];
      // The same id again is the same message.
      if (!seenIds.has(id)) {
        seenIds.add(id);
        const body = JSON.parse(raw) as Record<string, unknown>;
        taken.push({ kind: 'webhook', text: raw, body, headers });
      }
      return [204, undefined];
    },
  };

  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const trouble = disturb.shift();
      if (trouble !== undefined) {
        if (typeof trouble === 'number') response.writeHead(trouble).end('not now');
        else response.writeHead(302, trouble).end();
        return;
      }
      const url = new URL(request.url ?? '/', 'http://localhost');
      const judge = judges[url.pathname];
      const isJson = request.headers['content-type']?.startsWith('application/json');
      if (!judge || request.method !== 'POST' || !isJson) {
        response.writeHead(404).end();
        return;
      }
      const [status, answer] = judge(url, Buffer.concat(chunks).toString('utf8'), request);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(answer === undefined ? undefined : JSON.stringify(answer));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    keys,
    taken,
    disturb,
    addresses: {
      webhook: `${url}/hook`,
      dingtalk: `${url}/robot/send?access_token=ding-token`,
      wecom: `${url}/cgi-bin/webhook/send?key=wecom-key`,
      feishu: `${url}/open-apis/bot/v2/hook/feishu-hook`,
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
